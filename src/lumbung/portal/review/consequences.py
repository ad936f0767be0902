"""The uji konsekuensi of a refusal, stored with its decision; what has to be weighed says `intake.weighing`."""

from lumbung.portal.intake.weighing import Weighed
from lumbung.portal.review.models import ConsequenceTest, Decision


def keep(decision: Decision, weighed: Weighed) -> ConsequenceTest:
    """Store it with the decision."""
    return ConsequenceTest.objects.create(
        decision=decision,
        ground=weighed.ground,
        if_opened=weighed.if_opened,
        if_closed=weighed.if_closed,
        until=weighed.until,
    )
