"""The pages of a training house; on every other portal they answer as if they had never been."""

from django.urls import path

from lumbung.portal.training import views

app_name = "training"
urlpatterns = [
    path("meja/latihan", views.overview, name="lessons"),
    path("meja/latihan/berkas/<slug:lesson>", views.take, name="take"),
    path("meja/latihan/peserta", views.sheet, name="sheet"),
    path("meja/latihan/kosongkan", views.empty, name="empty"),
]
