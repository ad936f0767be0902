"""The status page and its desk."""

from django.urls import path

from lumbung.portal.services import views

app_name = "services"
urlpatterns = [
    path("status", views.status, name="status"),
    path("status.json", views.status_json, name="status-json"),
    path("status.atom", views.status_atom, name="status-atom"),
    path("meja/status/", views.desk, name="desk"),
    path("meja/status/<int:number>/cabut", views.end, name="end"),
]
