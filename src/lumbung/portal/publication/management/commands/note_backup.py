"""`lumbung manage note_backup PLACE --days N`: for the last line of the agency's own backup job."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lumbung.portal.accounts.permissions import Unfit
from lumbung.portal.publication.backups import note


class Command(BaseCommand):
    """Makes no backup: writes down that one was made, so that a removal can say where copies live on."""

    help = "Write down that a backup of the data folder was made now, where it lies and after how many days it goes."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where, and for how long."""
        parser.add_argument("place", help="A name for the place, such as 'NAS Diskominfo'.")
        parser.add_argument("--days", type=int, required=True, help="Days until it is destroyed.")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line in the register and one in the record."""
        try:
            backup = note(options["place"], days=options["days"])
        except Unfit as unfit:
            raise CommandError(str(unfit.sentence)) from None
        self.stdout.write(f"Tercatat: {backup.place}, sampai {backup.expires_at:%d-%m-%Y}.")
