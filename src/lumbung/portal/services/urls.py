"""The status page and the desk of the switches."""

from django.urls import path

from lumbung.portal.services import desk_views, views

app_name = "services"
urlpatterns = [
    path("status", views.status, name="status"),
    path("status.json", views.status_json, name="status-json"),
    path("status.atom", views.status_atom, name="status-atom"),
    path("meja/status/", desk_views.desk, name="desk"),
    path("meja/status/layanan-baru", desk_views.register, name="register"),
    path("meja/status/<slug:code>/gerakkan", desk_views.move, name="move"),
    path("meja/status/<slug:code>/urungkan", desk_views.undo, name="undo"),
    path("meja/status/<slug:code>/tanda-tangan", desk_views.sign, name="sign"),
    path("meja/status/<slug:code>/pantau", desk_views.watch, name="watch"),
    path("meja/status/<slug:code>/lepas", desk_views.retire, name="retire"),
]
