"""The public page, what gateways deliver to, and the desk."""

from django.urls import path

from lumbung.portal.chat import views, webhook_views

app_name = "chat"
urlpatterns = [
    path("obrolan/", views.links, name="links"),
    path("obrolan/kiriman/whatsapp/<uuid:channel_id>", webhook_views.whatsapp, name="whatsapp"),
    path("obrolan/kiriman/sms/<uuid:channel_id>", webhook_views.sms, name="sms"),
    path("meja/obrolan/", views.desk, name="desk"),
    path("meja/obrolan/jalur", views.add_channel, name="add-channel"),
    path("meja/obrolan/jalur/<uuid:channel_id>", views.turn, name="turn"),
    path("meja/obrolan/teks", views.add_text, name="add-text"),
    path("meja/obrolan/teks/<int:number>/hapus", views.drop_text, name="drop-text"),
]
