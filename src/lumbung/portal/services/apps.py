"""The room as Django knows it."""

from django.apps import AppConfig


class ServicesConfig(AppConfig):
    """Short label, so that tables are named services_*."""

    name = "lumbung.portal.services"
    label = "services"
