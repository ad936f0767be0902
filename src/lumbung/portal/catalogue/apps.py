"""The catalogue as a Django application."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Labelled by the room's own name."""

    name = "lumbung.portal.catalogue"
    label = "catalogue"
    default_auto_field = "django.db.models.BigAutoField"
