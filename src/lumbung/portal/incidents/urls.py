"""The addresses of reports and incidents. No code ever stands in one."""

from django.urls import path

from lumbung.portal.incidents import desk_views, incident_views, views

app_name = "incidents"
urlpatterns = [
    path("lapor/<slug:slug>", views.report, name="report"),
    path("laporan", views.follow, name="follow"),
    path("meja/laporan/", desk_views.desk, name="desk"),
    path("meja/laporan/<int:number>", desk_views.matter, name="matter"),
    path("meja/laporan/<int:number>/tutup", desk_views.close, name="close"),
    path("meja/laporan/<int:number>/jawab", desk_views.settle, name="settle"),
    path("meja/laporan/<int:number>/kontak/<int:report_number>", desk_views.contact, name="contact"),
    path("meja/insiden/", incident_views.incidents, name="incidents"),
    path("meja/insiden/<int:number>", incident_views.incident, name="incident"),
    path("meja/insiden/<int:number>/selesai", incident_views.end, name="end"),
]
