"""The training house as a Django application."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    """Labelled by the room's own name."""

    name = "lumbung.portal.training"
    label = "training"
