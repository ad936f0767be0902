"""People and organisations as a Django application."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Labelled by the room's own name."""

    name = "lumbung.portal.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
