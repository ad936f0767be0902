"""Document requests as a Django application."""

from django.apps import AppConfig


class RequestsConfig(AppConfig):
    """Labelled by the room's own name."""

    name = "lumbung.portal.requests"
    label = "requests"
    default_auto_field = "django.db.models.BigAutoField"
