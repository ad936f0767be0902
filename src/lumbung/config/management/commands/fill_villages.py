"""`lumbung manage fill_villages`: what the villages of the demo bring themselves, while the portal answers already."""

import logging
import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from lumbung.cli.demo_villages import fill_villages
from lumbung.invent import invent_regency

POLITENESS = 10  # steps down in the scheduler's favour: whoever looks at the portal comes first


class Command(BaseCommand):
    """A few minutes' work. Interrupted, it goes on where it was; does nothing where all is there."""

    help = "Let the villages of the demo publish statistics, budgets and what they offer."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether the terminal follows."""
        parser.add_argument("--show", action="store_true", help="Show the progress.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Give way to everybody else, then fill."""
        os.nice(POLITENESS)
        logging.disable(logging.INFO)  # a line for every file would drown the progress
        try:
            fill_villages(invent_regency(), show=options["show"])
        finally:
            logging.disable(logging.NOTSET)
