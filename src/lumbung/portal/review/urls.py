"""The review desk."""

from django.urls import path

from lumbung.portal.review import views

app_name = "review"
urlpatterns = [
    path("meja/tinjau/", views.queue, name="queue"),
    path("meja/tinjau/<uuid:submission_id>", views.submission, name="submission"),
    path("meja/tinjau/<uuid:submission_id>/pratinjau", views.preview, name="preview"),
    path("meja/tinjau/<uuid:submission_id>/lembar", views.sheet, name="sheet"),
]
