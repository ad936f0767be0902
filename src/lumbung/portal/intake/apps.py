"""The door as a Django application."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Labelled by the room's own name."""

    name = "lumbung.portal.intake"
    label = "intake"
    default_auto_field = "django.db.models.BigAutoField"
