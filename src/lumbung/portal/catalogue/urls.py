"""The public addresses of the shelf."""

from django.urls import path

from lumbung.portal.catalogue import views

app_name = "catalogue"
urlpatterns = [
    path("", views.front, name="front"),
    path("dataset/<slug:slug>", views.dataset, name="dataset"),
    path("desa/<str:kode>", views.village, name="village"),
    path("dataset/<slug:slug>/pratinjau", views.preview, name="preview"),
    path("dataset/<slug:slug>/unduh/<str:name>", views.download, name="download"),
]
