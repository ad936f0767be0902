"""Every address for machines."""

from django.urls import include, path

urlpatterns = [
    path("", include("lumbung.api.ckan.urls")),
    path("", include("lumbung.api.data.urls")),
    path("", include("lumbung.api.linked.urls")),
]
