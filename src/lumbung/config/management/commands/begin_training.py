"""`lumbung manage begin_training`: fill an emptied training house. Called by `lumbung serve --training`."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from lumbung.cli.demo_regency import add_organisations
from lumbung.cli.site import static_is_stale
from lumbung.invent.regency import KODE, Regency, invent_regency
from lumbung.portal.accounts.models import Organisation
from lumbung.portal.training.actions import lock_the_shelf, settle

DISTRICTS = 2  # enough villages for a class


class Command(BaseCommand):
    """Tables, the lock on the shelf, an invented regency, and the trainer; what is there already stays."""

    help = "Fill an emptied training house; refuses every other home."

    def handle(self, *args: Any, **options: Any) -> None:
        """The lock comes first, so that there is no moment without it."""
        if not settings.TRAINING:
            raise CommandError(f"{Path(settings.LUMBUNG_HOME)} is no training house")
        call_command("migrate", interactive=False, verbosity=0)
        lock_the_shelf()
        add_organisations(Regency(districts=invent_regency().districts[:DISTRICTS]))
        settle(Organisation.objects.get(kode=KODE))
        if static_is_stale():
            call_command("collectstatic", interactive=False, verbosity=0)
