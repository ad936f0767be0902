"""Controlled copies as a Django application."""

from django.apps import AppConfig


class CopiesConfig(AppConfig):
    """Labelled by the room's own name."""

    name = "lumbung.portal.copies"
    label = "copies"
    default_auto_field = "django.db.models.BigAutoField"
