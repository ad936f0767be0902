"""The addresses of the tracing desk. No name, number or value ever stands in one."""

from django.urls import path

from lumbung.portal.tracing import asking_views, holding_views, views

app_name = "tracing"
urlpatterns = [
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
