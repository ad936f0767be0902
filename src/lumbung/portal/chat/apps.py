"""The room as Django knows it."""

from django.apps import AppConfig


class ChatConfig(AppConfig):
    """Short label, so that tables are named chat_*."""

    name = "lumbung.portal.chat"
    label = "chat"
