"""Registers the room with Django, so that its templates, tags and built styles are found."""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    """The room `design`."""

    name = "lumbung.portal.design"
    label = "design"
