"""The review desk as a Django application."""

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    """Labelled by the room's own name."""

    name = "lumbung.portal.review"
    label = "review"
    default_auto_field = "django.db.models.BigAutoField"
