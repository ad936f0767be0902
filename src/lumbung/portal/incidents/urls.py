"""The addresses of reports and incidents. No code ever stands in one."""

from django.urls import path

from lumbung.portal.incidents import desk_views, incident_views, letter_views, views

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
    path("meja/insiden/<int:number>/susun", incident_views.gather, name="gather"),
    path("meja/insiden/<int:number>/tugas/<int:task_number>", incident_views.done, name="done"),
    path("meja/insiden/<int:number>/pelatihan", incident_views.training, name="training"),
    path("meja/insiden/<int:number>/penelusuran", letter_views.state, name="state"),
    path("meja/insiden/<int:number>/bundel", incident_views.evidence, name="evidence"),
    path("meja/insiden/<int:number>/bukti.jsonl", incident_views.proven, name="proofs"),
    path("meja/insiden/<int:number>/bukti/<int:line>.jsonl", incident_views.proven, name="proof"),
    path("meja/insiden/<int:number>/surat/<slug:kind>", letter_views.letter, name="letter"),
    path("meja/insiden/<int:number>/surat/<slug:kind>/susun", letter_views.write, name="write"),
    path("meja/insiden/<int:number>/surat/<slug:kind>/ubah", letter_views.edit, name="edit"),
    path("meja/insiden/<int:number>/surat/<slug:kind>/kirim", letter_views.sign, name="sign"),
    path("meja/insiden/<int:number>/surat/<slug:kind>.<slug:format>", letter_views.paper, name="paper"),
]
