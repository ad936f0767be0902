"""`lumbung manage work`: take jobs off the list, one at a time, with the gate warmed beforehand."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from lumbung import gate

BETWEEN_LOOKS = 0.25  # seconds; a small file should have its verdict in under two


class Command(BaseCommand):
    """Runs until it is told to stop; finishes the job at hand first."""

    help = "Take inspections off the list until told to stop."

    def handle(self, *args: Any, **options: Any) -> None:
        """Warm the gate, then hand over to the job library's own loop."""
        gate.warm()
        call_command("db_worker", interval=BETWEEN_LOOKS, startup_delay=False, reload=False, verbosity=0)
