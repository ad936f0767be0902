"""`lumbung manage rescan`: the second look at everything that is due, at once and with its progress on the screen."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from lumbung.portal.publication import looking_again
from lumbung.portal.publication.rescan import progress

AT_ONCE = 10  # releases between two lines of progress


class Command(BaseCommand):
    """May be cut off anywhere: what was looked at is written down one by one, and the rest stays due."""

    help = "Have the gate look again at what is published: all that is due, or with --all everything."

    def add_arguments(self, parser: CommandParser) -> None:
        """One switch."""
        parser.add_argument("--all", action="store_true", help="Everything, also what was looked at yesterday.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Go on until nothing is due."""
        if options["all"]:
            looking_again.ask_for_all()
        of, closed = progress().due, 0
        while due := progress().due:
            closed += looking_again.look_again(most=AT_ONCE)
            self.stdout.write(f"{min(of, of - due + AT_ONCE)} dari {of} rilis diperiksa, {closed} data ditutup")
        self.stdout.write("Tidak ada lagi yang menunggu diperiksa ulang.")
