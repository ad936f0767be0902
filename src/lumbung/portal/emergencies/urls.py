"""Where an app pushes, and the desk."""

from django.urls import path

from lumbung.portal.emergencies import push_views, views

app_name = "emergencies"
urlpatterns = [
    path("darurat/panggilan", push_views.push, name="push"),
    path("meja/darurat/", views.desk, name="desk"),
    path("meja/darurat/<int:number>", views.feed, name="feed"),
    path("meja/darurat/<int:number>/kunci", views.make_key, name="make-key"),
    path("meja/darurat/<int:number>/cabut", views.revoke_keys, name="revoke-keys"),
    path("meja/darurat/<int:number>/akhiri", views.end, name="end"),
    path("meja/darurat/<int:number>/petugas", views.name_officer, name="name-officer"),
    path("meja/darurat/<int:number>/petugas/<int:officer>", views.dismiss, name="dismiss"),
    path("meja/darurat/<int:number>/cari", views.find, name="find"),
    path("meja/darurat/<int:number>/cetak", views.print_quarter, name="print"),
    path("meja/darurat/<int:number>/serahkan", views.hand_in, name="hand-in"),
    path("meja/darurat/panggilan/<uuid:call_id>", views.call, name="call"),
]
