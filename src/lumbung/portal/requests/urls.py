"""The addresses of document requests. No number of a person and no secret stands in one.

The prefix `/layanan/kirim/` is the counter's.
"""

from django.urls import path

from lumbung.portal.requests import desk_views, office_views, views

app_name = "requests"
urlpatterns = [
    path("layanan/", views.services, name="services"),
    path("layanan/status/", views.standing, name="standing"),
    path("layanan/status/<slug:ticket>", views.standing, name="standing-of"),
    path("layanan/ajukan/<slug:office>/<slug:service>", views.form, name="form"),
    path("meja/layanan/", desk_views.desk, name="desk"),
    path("meja/layanan/<int:number>", desk_views.request_, name="request"),
    path("meja/layanan/<int:number>/amplop", desk_views.sealed, name="sealed"),
    path("meja/layanan/<int:number>/tolak", desk_views.reject, name="reject"),
    path("meja/layanan/<int:number>/urungkan", desk_views.undo, name="undo"),
    path("meja/layanan/<int:number>/<slug:state>", desk_views.move, name="move"),
    path("meja/loket/<slug:slug>", office_views.arrange, name="arrange"),
    path("meja/loket/<slug:slug>/hari", office_views.set_day, name="set-day"),
    path("meja/loket/<slug:slug>/hari/<int:number>/cabut", office_views.unset_day, name="unset-day"),
    path("meja/loket/<slug:slug>/statistik", office_views.count, name="count"),
    path("meja/loket/<slug:slug>/kunci", office_views.key, name="key"),
    path("meja/loket/<slug:slug>/kunci/daftar", office_views.register_key, name="register-key"),
    path("meja/loket/<slug:slug>/layanan/<slug:service>", office_views.offer, name="offer"),
]
