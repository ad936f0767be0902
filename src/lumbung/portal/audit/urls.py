"""The record's pages."""

from django.urls import path

from lumbung.portal.audit import views

app_name = "audit"
urlpatterns = [
    path("kepala", views.heads, name="heads"),
    path("kepala.jsonl", views.heads_file, name="heads_file"),
    path("meja/jejak/", views.log, name="log"),
    path("meja/jejak/kiriman/<uuid:submission_id>", views.submission, name="submission"),
    path("meja/jejak/dataset/<slug:slug>", views.dataset, name="dataset"),
]
