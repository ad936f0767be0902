"""Tracing as a Django application."""

from django.apps import AppConfig


class TracingConfig(AppConfig):
    """Labelled by the room's own name."""

    name = "lumbung.portal.tracing"
    label = "tracing"
    default_auto_field = "django.db.models.BigAutoField"
