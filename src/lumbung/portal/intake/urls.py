"""The producer's desk, the PPDP's desk, and the public page of rules."""

from django.urls import path

from lumbung.portal.intake import (
    arrival_views,
    column_words_views,
    correction_views,
    counting_offline_views,
    counting_rollup_views,
    counting_views,
    release_views,
    sid_views,
    upload_views,
    views,
)
from lumbung.portal.intake.blanks import views as blank_views

app_name = "intake"
urlpatterns = [
    path("meja/kiriman/", views.desk, name="desk"),
    path("meja/kiriman/baru", upload_views.new, name="new"),
    path("meja/kiriman/<uuid:submission_id>", views.submission, name="submission"),
    path("meja/kiriman/<uuid:submission_id>/keadaan", views.progress, name="progress"),
    path("meja/kiriman/<uuid:submission_id>/keterangan", views.describe, name="describe"),
    path("meja/kiriman/<uuid:submission_id>/kolom", column_words_views.describe_columns, name="describe-columns"),
    path("meja/kiriman/<uuid:submission_id>/ke-isian", blank_views.bring_over, name="into-form"),
    path("meja/kiriman/<uuid:submission_id>/pelepasan", views.ask, name="ask"),
    path("meja/kiriman/<uuid:submission_id>/musnahkan", views.shred, name="shred"),
    path("meja/kiriman/<uuid:submission_id>/contoh", views.evidence, name="evidence"),
    path("meja/kiriman/<uuid:submission_id>/perbaiki", correction_views.correct, name="correct"),
    path("meja/kiriman/<uuid:submission_id>/statistik", counting_views.ask, name="ask-statistics"),
    path("meja/kiriman/<uuid:submission_id>/statistik/keadaan", counting_views.progress, name="counting"),
    path("meja/kiriman/<uuid:submission_id>/lampiran/<str:name>", counting_views.attachment, name="attachment"),
    path("meja/unggahan/", arrival_views.begin, name="begin-arrival"),
    path("meja/unggahan/<uuid:number>", arrival_views.piece, name="arrival"),
    path("meja/isian/", blank_views.overview, name="blanks"),
    path("meja/isian/<slug:code>/<slug:slug>/<int:year>", blank_views.entry, name="entry"),
    path("meja/isian/<slug:code>/<slug:slug>/<int:year>/blangko", blank_views.workbook, name="entry-workbook"),
    path("meja/isian/<slug:code>/<slug:slug>/<int:year>/dari-blangko", blank_views.fill, name="entry-fill"),
    path("meja/pelepasan/", release_views.requests, name="requests"),
    path("meja/pelepasan/<int:number>", release_views.answer, name="answer"),
    path("meja/paket", counting_offline_views.bring, name="bring"),
    path("meja/paket/<uuid:parcel_id>", counting_offline_views.parcel, name="parcel"),
    path("meja/paket/<uuid:parcel_id>/keadaan", counting_offline_views.parcel_progress, name="parcel-progress"),
    path("meja/paket/<str:kode>/ingatan.json", counting_offline_views.memory, name="memory"),
    path("meja/jumlah", counting_rollup_views.overview, name="sums"),
    path("meja/jumlah/<str:kode>", counting_rollup_views.add_up, name="add-up"),
    path("meja/sid/", sid_views.keys, name="sid"),
    path("meja/sid/<slug:slug>/kunci", sid_views.make, name="make-sid-key"),
    path("meja/sid/<slug:slug>/cabut", sid_views.revoke, name="revoke-sid-key"),
    path("api/v1/<path:called>", sid_views.push, name="sid-push"),
    path("aturan", views.rules, name="rules"),
]
