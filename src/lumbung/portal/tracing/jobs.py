"""The work that nobody waits for: answering questions, keeping fingerprints, and forgetting in time."""

import logging

from django_tasks import task

from lumbung.portal.audit.keys import KeyFileMissing
from lumbung.portal.intake.inspecting import at_work
from lumbung.portal.intake.seal import Tampered
from lumbung.portal.tracing import answering, asking, checking, preparing
from lumbung.portal.tracing.catching_up import catch_up
from lumbung.portal.tracing.expiring import expire

log = logging.getLogger(__name__)


@task
def answer_question(question_id: str) -> None:
    """Answer one question. Does nothing where it is done, destroyed or in other hands."""
    begun = asking.begin(question_id)
    if begun is None:
        return
    log.info("tracing %s, attempt %s", begun.pk, begun.attempts)
    try:
        with at_work(asking.mine(begun)):
            answering.work(begun)
    except (Tampered, KeyFileMissing):
        asking.refuse(begun, code="damaged")


@task
def prepare_check(check_id: int) -> None:
    """Make the filters of one check. Does nothing where they are there, or it is closed or in other hands."""
    begun = checking.begin(check_id)
    if begun is None:
        return
    with at_work(checking.mine(begun)):
        preparing.work(begun)


def keep_tracing() -> None:
    """Often: fingerprint what has none yet, and put questions and checks back on the list that nobody works on."""
    asking.take_up_the_left()
    checking.take_up_the_left()
    catch_up()


def forget_in_time() -> int:
    """Once an hour: fingerprints past their day, lists nobody took, leftovers. Gives how many."""
    return expire() + asking.sweep() + checking.sweep()
