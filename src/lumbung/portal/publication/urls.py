"""The desk of the shelf."""

from django.urls import path

from lumbung.portal.publication import views

app_name = "publication"
urlpatterns = [
    path("meja/data/", views.desk, name="desk"),
    path("meja/data/terbitkan/<uuid:submission_id>", views.publish, name="publish"),
    path("meja/data/<slug:slug>", views.dataset, name="dataset"),
    path("meja/data/<slug:slug>/karantina", views.quarantine, name="quarantine"),
    path("meja/data/<slug:slug>/tarik", views.withdraw, name="withdraw"),
    path("meja/data/<slug:slug>/buka", views.restore, name="restore"),
    path("meja/data/<slug:slug>/hapus", views.remove, name="remove"),
]
