"""Reports and incidents as a Django application."""

from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    """Labelled by the room's own name."""

    name = "lumbung.portal.incidents"
    label = "incidents"
    default_auto_field = "django.db.models.BigAutoField"
