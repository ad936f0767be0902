"""The addresses that CKAN's clients ask. Any version may be named; the answers are those of version 3."""

from django.urls import path, re_path

from lumbung.api.ckan import downloading, dumping, views

app_name = "ckan"
urlpatterns = [
    re_path(r"^api/?(?:[123]/?)?$", views.version, name="version"),
    re_path(r"^api/(?:[123]/)?action/(?P<name>[^/]+)/?$", views.action, name="action"),
    path("datastore/dump/<str:number_>", dumping.dump, name="dump"),
    path("dataset/<slug:slug>/resource/<uuid:number>/download/<str:name>", downloading.download, name="download"),
]
