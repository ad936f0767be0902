"""`lumbung manage tell_training`: note a training, so that the record can say what was uploaded after it."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lumbung.portal.accounts.models import Organisation
from lumbung.portal.accounts.permissions import Unfit
from lumbung.portal.audit.actors import SYSTEM
from lumbung.portal.incidents import trainings


class Command(BaseCommand):
    """One line of the record; nothing is changed, and it cannot be taken back."""

    help = "Catat pelatihan yang diadakan: untuk satu organisasi, atau untuk semua."

    def add_arguments(self, parser: CommandParser) -> None:
        """The days, and for whom."""
        parser.add_argument(
            "--since", required=True, type=date.fromisoformat, help="Hari pertama, misalnya 2019-06-18."
        )
        parser.add_argument("--until", required=True, type=date.fromisoformat, help="Hari terakhir.")
        parser.add_argument("--organisation", default="", help="Slug organisasinya; kosong: semua.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the line. CommandError for days in the wrong order and for an organisation that nobody knows."""
        since, until, organisation = options["since"], options["until"], options["organisation"]
        if organisation and not Organisation.objects.filter(slug=organisation).exists():
            raise CommandError("Organisasi itu tidak dikenal.")
        try:
            line = trainings.tell(since=since, until=until, organisation=organisation, by=SYSTEM)
        except Unfit as unfit:
            raise CommandError(f"{unfit.sentence} {unfit.next_step}") from None
        self.stdout.write(f"Tercatat pada baris {line.sequence}.")
