"""The site itself as a Django application: its plain pages."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Labelled apart from the rooms."""

    name = "lumbung.config"
    label = "site"
