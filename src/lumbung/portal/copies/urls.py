"""The addresses of controlled copies. A link's token stands in one address only, which leads on at once."""

from django.urls import path

from lumbung.portal.copies import copy_views, desk_views, recipient_views, viewing_views

app_name = "copies"
urlpatterns = [
    path("salinan/buka/<str:token>", recipient_views.open_link, name="open"),
    path("salinan/terima", recipient_views.receive, name="receive"),
    path("salinan/musnah", recipient_views.state, name="state"),
    path("meja/salinan/", desk_views.desk, name="desk"),
    path("meja/salinan/minta/<uuid:submission_id>", desk_views.ask, name="ask"),
    path("meja/salinan/alarm/<int:number>", desk_views.answer, name="answer"),
    path("meja/salinan/<uuid:handout_id>", desk_views.handout, name="handout"),
    path("meja/salinan/<uuid:handout_id>/putuskan", desk_views.decide, name="decide"),
    path("meja/salinan/<uuid:handout_id>/serah-terima.json", desk_views.record, name="record"),
    path("meja/salinan/<uuid:handout_id>/rahasia", desk_views.seal, name="seal"),
    path("meja/salinan/<uuid:handout_id>/lacak", copy_views.trace, name="trace"),
    path("meja/salinan/berkas/<uuid:copy_id>", copy_views.copy, name="copy"),
    path("meja/salinan/berkas/<uuid:copy_id>/tautan", copy_views.offer, name="offer"),
    path("meja/salinan/berkas/<uuid:copy_id>/kertas", copy_views.paper, name="paper"),
    path("meja/salinan/berkas/<uuid:copy_id>/ambil", copy_views.take, name="take"),
    path("meja/salinan/berkas/<uuid:copy_id>/akhir", copy_views.end, name="end"),
    path("meja/salinan/berkas/<uuid:copy_id>/cabut", copy_views.revoke, name="revoke"),
    path("meja/ruang-baca/minta/<uuid:submission_id>", viewing_views.ask, name="ask-viewing"),
    path("meja/ruang-baca/<uuid:viewing_id>", viewing_views.room, name="room"),
    path("meja/ruang-baca/<uuid:viewing_id>/putuskan", viewing_views.decide, name="decide-viewing"),
    path("meja/ruang-baca/<uuid:viewing_id>/tutup", viewing_views.close, name="close-viewing"),
    path("meja/ruang-baca/<uuid:viewing_id>/masuk", viewing_views.enter, name="enter"),
    path("meja/ruang-baca/<uuid:viewing_id>/<int:number>", viewing_views.rows, name="rows"),
]
