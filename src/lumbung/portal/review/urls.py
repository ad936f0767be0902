"""The review desk."""

from django.urls import path

from lumbung.portal.review import bulk_views, talk, views

app_name = "review"
urlpatterns = [
    path("meja/tinjau/", views.queue, name="queue"),
    path("meja/tinjau/setujui", bulk_views.approve_several, name="approve_several"),
    path("meja/tinjau/<uuid:submission_id>/banding", bulk_views.compare, name="compare"),
    path("meja/percakapan/<uuid:submission_id>", talk.talk, name="talk"),
    path("meja/tinjau/<uuid:submission_id>", views.submission, name="submission"),
    path("meja/tinjau/<uuid:submission_id>/pratinjau", views.preview, name="preview"),
    path("meja/tinjau/<uuid:submission_id>/lembar", views.sheet, name="sheet"),
]
