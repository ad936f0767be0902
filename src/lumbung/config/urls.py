"""Every address of the site, room by room."""

from django.urls import include, path
from django.views.i18n import set_language

from lumbung.config import desk, guide, views

ROOMS = [
    *("accounts", "audit", "intake", "review", "publication", "incidents", "copies", "tracing", "services"),
    "requests",
    *("emergencies", "chat", "training"),
    "catalogue",
]

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("meja/", desk.home, name="home"),
    path("bahasa", set_language, name="set_language"),
    path("panduan/insiden", guide.guide, name="guide"),
    path(f"panduan/{guide.REGISTER}", guide.register, name="guide-register"),
    path("", include("lumbung.api.urls")),
    *[path("", include(f"lumbung.portal.{room}.urls")) for room in ROOMS],
]

handler400 = views.not_understood
handler403 = views.not_allowed
handler404 = views.not_found
handler500 = views.broken
