"""What this room does by itself once an hour: destroy the calls whose time is over."""

from lumbung.portal.emergencies.store import destroy_due


def forget_calls() -> int:
    """How many calls were destroyed."""
    return destroy_due()
