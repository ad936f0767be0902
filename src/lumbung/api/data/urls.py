"""The addresses of rows."""

from django.urls import path

from lumbung.api.data import pages, views

app_name = "data"
urlpatterns = [
    path("api/data/", pages.explained, name="explained"),
    path("api/data/openapi.json", views.openapi, name="openapi"),
    path("api/data/<slug:slug>", views.about, name="about"),
    path("api/data/<slug:slug>/<int:number>/rows", views.rows, name="rows"),
    path("api/data/<slug:slug>/<int:number>/groups", views.groups, name="groups"),
    path("api/data/<slug:slug>/<int:number>/dump", views.dump, name="dump"),
    path("api/data/<path:rest>", views.nothing, name="nothing"),
]
