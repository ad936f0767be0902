"""What this room does by itself: visit the mailboxes, and forget who wrote."""

import logging

from lumbung.portal.chat import answering, mail
from lumbung.portal.chat.gateways import NotSent
from lumbung.portal.chat.models import Channel, ChannelKind

log = logging.getLogger(__name__)


def visit_mailboxes() -> None:
    """Answer every letter that nobody has seen, in every mailbox that is on."""
    for channel in Channel.objects.filter(kind=ChannelKind.EMAIL, is_on=True):
        try:
            with mail.opened(channel) as box:
                answering.answer_all(channel, box, box.said())
        except NotSent as failed:
            log.warning("a mailbox was not visited: %s", failed.code)
        except Exception as problem:  # noqa: BLE001 - what a stranger wrote must not stop the house's keeper
            log.warning("a letter could not be read: %s", type(problem).__name__)


def forget_senders() -> int:
    """How many answered messages were forgotten."""
    return answering.forget()
