"""The interface for machines as a Django application."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Labelled by the room's own name."""

    name = "lumbung.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"
