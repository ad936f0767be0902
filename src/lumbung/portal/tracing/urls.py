"""The addresses of the tracing desk and of the checks for residents. No number of anybody stands in one: a filter is
called by its kecamatan."""

from django.urls import path

from lumbung.portal.tracing import asking_views, check_desk_views, check_views, holding_views, views

app_name = "tracing"
urlpatterns = [
    path("cek-warga", check_views.checks, name="checks"),
    path("cek-warga/<int:number>", check_views.check, name="check"),
    path("cek-warga/<int:number>/saringan/<slug:district>", check_views.filter_file, name="check-filter"),
    path("cek-warga/<int:number>/hitung", check_views.evaluate, name="check-evaluate"),
    path("meja/cek-warga/", check_desk_views.desk, name="check-desk"),
    path("meja/cek-warga/<int:number>/buka", check_desk_views.open_, name="check-open"),
    path("meja/cek-warga/<int:number>/tutup", check_desk_views.close, name="check-close"),
    path("meja/cek-warga/<int:number>", check_desk_views.office, name="check-office"),
    path("meja/cek-warga/<int:number>/saringan/<slug:district>", check_desk_views.filter_file, name="office-filter"),
    path("meja/cek-warga/<int:number>/hitung", check_desk_views.evaluate, name="office-evaluate"),
    path("meja/telusur/", views.desk, name="desk"),
    path("meja/telusur/milik-siapa", asking_views.match, name="match"),
    path("meja/telusur/klaim", asking_views.claim, name="claim"),
    path("meja/telusur/terkena", asking_views.concerned, name="concerned"),
    path("meja/telusur/sidik", holding_views.holdings, name="holdings"),
    path("meja/telusur/sidik/<int:number>/musnahkan", holding_views.destroy, name="destroy-holding"),
    path("meja/telusur/<uuid:question_id>", views.question, name="question"),
    path("meja/telusur/<uuid:question_id>/kemajuan", views.progress, name="progress"),
    path("meja/telusur/<uuid:question_id>/musnahkan", views.destroy, name="destroy"),
    path("meja/telusur/<uuid:question_id>/t6.<slug:format>", views.paper, name="paper"),
    path("meja/telusur/<uuid:question_id>/insiden", views.into_incident, name="into-incident"),
    path("meja/telusur/<uuid:question_id>/daftar", views.take_list, name="list"),
]
