"""Publication as a Django application. It writes the catalogue's tables, and owns its calls to harvesters."""

from django.apps import AppConfig


class PublicationConfig(AppConfig):
    """Labelled by the room's own name."""

    name = "lumbung.portal.publication"
    label = "publication"
