"""The desk of the shelf."""

from django.urls import path

from lumbung.portal.publication import aftermath_views, calling_views, closing_views, machine_views, views

app_name = "publication"
urlpatterns = [
    path("penarikan.json", machine_views.as_json, name="withdrawals"),
    path("penarikan.atom", machine_views.as_atom, name="withdrawals-atom"),
    path("meja/data/", views.desk, name="desk"),
    path("meja/data/terbitkan/<uuid:submission_id>", views.publish, name="publish"),
    path("meja/data/<slug:slug>", views.dataset, name="dataset"),
    path("meja/data/<slug:slug>/karantina", views.quarantine, name="quarantine"),
    path("meja/data/<slug:slug>/tarik", views.withdraw, name="withdraw"),
    path("meja/data/<slug:slug>/buka", views.restore, name="restore"),
    path("meja/data/<slug:slug>/rilis/<int:number>/tutup", closing_views.shut_release, name="shut-release"),
    path("meja/data/<slug:slug>/rilis/<int:number>/buka", closing_views.open_release, name="open-release"),
    path("meja/periksa-ulang/", views.rescan, name="rescan"),
    path("meja/data/<slug:slug>/salinan", aftermath_views.forget, name="forget"),
    path("meja/cadangan/", aftermath_views.copies, name="backups"),
    path("meja/pemberitahuan/", calling_views.webhooks, name="webhooks"),
    path("meja/pemberitahuan/<int:number>/cabut", calling_views.end, name="end-webhook"),
    path("meja/tutup/", closing_views.close, name="close"),
    path("meja/tutup/data/<slug:slug>", closing_views.close_dataset, name="close-dataset"),
    path("meja/tutup/data/<slug:slug>/urungkan", closing_views.undo, name="undo"),
    path("meja/tutup/organisasi/<slug:slug>", closing_views.shut_organisation, name="shut-organisation"),
    path("meja/tutup/portal", closing_views.shut_portal, name="shut-portal"),
    path("meja/tutup/<int:number>/buka", closing_views.open_closing, name="open-closing"),
    path("meja/data/<slug:slug>/hapus", views.remove, name="remove"),
]
