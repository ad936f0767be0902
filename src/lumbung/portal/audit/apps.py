"""The record as a Django application."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Labelled by the room's own name."""

    name = "lumbung.portal.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
