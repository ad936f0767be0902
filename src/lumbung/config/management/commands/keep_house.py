"""`lumbung manage keep_house`: what must happen by itself: recover, sign the record, forget in time, sweep."""

import logging
import time
from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import OperationalError, close_old_connections

from lumbung.portal.accounts.jobs import close_dormant
from lumbung.portal.audit.jobs import keep_record
from lumbung.portal.chat.jobs import forget_senders, visit_mailboxes
from lumbung.portal.copies.jobs import forget, keep_copies
from lumbung.portal.emergencies.jobs import forget_calls
from lumbung.portal.incidents.jobs import keep_incidents
from lumbung.portal.intake import jobs
from lumbung.portal.intake.counting_renewal import renew
from lumbung.portal.publication.jobs import seal_closings, sweep_shelf
from lumbung.portal.publication.looking_again import look_again
from lumbung.portal.publication.stacking import freshen
from lumbung.portal.publication.telling import tell
from lumbung.portal.requests.destroying import destroy_due
from lumbung.portal.requests.draining import drain, offer_again
from lumbung.portal.requests.exporting import export, tell_counter
from lumbung.portal.services.jobs import reconcile_yesterday
from lumbung.portal.services.watching import keep_services
from lumbung.portal.tracing.jobs import forget_in_time, keep_tracing
from lumbung.portal.training.actions import empty_when_due

log = logging.getLogger(__name__)

BETWEEN_LOOKS = 5.0  # seconds
BETWEEN_STACKINGS = 30.0  # seconds
BETWEEN_ROUNDS = timedelta(hours=1).total_seconds()


class Command(BaseCommand):
    """Runs until it is told to stop. Every step may be cut off and done again."""

    help = "Take up what dead workers left, look again under new rules, shred what has expired: until told to stop."

    def handle(self, *args: Any, **options: Any) -> None:
        """Look often for what was left behind, go round once an hour."""
        last_round = last_stacking = float("-inf")
        while True:
            close_old_connections()
            try:
                jobs.recover()
                keep_record()
                keep_incidents()
                keep_copies()
                drain()
                tell_counter()
                seal_closings()
                tell()
                empty_when_due()
                if time.monotonic() - last_stacking > BETWEEN_STACKINGS:
                    last_stacking = time.monotonic()
                    freshen()
                    renew()
                    look_again()
                    keep_tracing()
                    keep_services()
                    visit_mailboxes()
                if time.monotonic() - last_round > BETWEEN_ROUNDS:
                    last_round = time.monotonic()
                    go_round()
            except OperationalError:  # the database is away or busy: it will be back
                log.warning("the database does not answer; trying again")
            time.sleep(BETWEEN_LOOKS)


def go_round() -> None:
    """Once an hour: look again under new rules, shred, sweep, forget old sessions and finished jobs."""
    log.info("shredded %s, swept %s", jobs.shred_expired(), jobs.sweep() + sweep_shelf())
    log.info("destroyed %s fingerprints and leftovers of tracing", forget_in_time())
    log.info("the access log differs from the record in %s places", reconcile_yesterday())
    log.info("closed %s accounts that nobody uses", close_dormant())
    log.info("destroyed %s files, marks and fingerprints of copies", forget())
    log.info("destroyed %s emergency calls whose time is over", forget_calls())
    log.info("forgot %s answered messages", forget_senders())
    log.info("destroyed %s requests for documents", destroy_due())
    log.info("offered %s envelopes again that had been set aside", offer_again())
    log.info("the counter was given %s pages", export())
    call_command("clearsessions", verbosity=0)
    call_command("prune_db_task_results", min_age_days=1, verbosity=0)
