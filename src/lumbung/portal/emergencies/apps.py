"""The room as Django knows it."""

from django.apps import AppConfig


class EmergenciesConfig(AppConfig):
    """Short label, so that tables are named emergencies_*."""

    name = "lumbung.portal.emergencies"
    label = "emergencies"
