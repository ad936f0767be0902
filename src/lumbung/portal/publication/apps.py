"""Publication as a Django application. It owns no tables: it writes the catalogue's."""

from django.apps import AppConfig


class PublicationConfig(AppConfig):
    """Labelled by the room's own name."""

    name = "lumbung.portal.publication"
    label = "publication"
