"""The addresses that CKAN's clients ask."""

from django.urls import path

from lumbung.api.ckan import views

app_name = "ckan"
urlpatterns = [
    path("api", views.version),
    path("api/", views.version),
    path("api/3", views.version, name="version"),
    path("api/3/", views.version),
]
