"""`lumbung manage tell_training`: note a training, so that the record can say what was uploaded after it."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lumbung.portal.accounts.models import Organisation
from lumbung.portal.audit.actions import record_now
from lumbung.portal.audit.actors import SYSTEM, Subject
from lumbung.portal.audit.kinds import Kind


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
        if until < since:
            raise CommandError("Hari terakhir mendahului hari pertama.")
        if organisation and not Organisation.objects.filter(slug=organisation).exists():
            raise CommandError("Organisasi itu tidak dikenal.")
        subject = Subject(kind="training", id=since.isoformat(), organisation=organisation)
        days = {"since": since.isoformat(), "until": until.isoformat()}
        line = record_now(Kind.TRAINING_HELD, by=SYSTEM, subject=subject, **days)
        self.stdout.write(f"Tercatat pada baris {line.sequence}.")
