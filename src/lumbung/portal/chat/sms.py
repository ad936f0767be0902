"""Any SMS gateway that can speak a plain form, in both directions, with a bearer token.

Incoming: POST, application/x-www-form-urlencoded, `id` (the gateway's own number of the message), `from`, `text`.
Sent: POST to the configured address, the same encoding, `to` and `text`. Nothing can be deleted at a telephone company
through such a form; we can only not keep it.
"""

import hmac
from collections.abc import Mapping
from urllib.parse import urlencode

from lumbung.portal.chat import sending
from lumbung.portal.chat.gateways import Message, NotSent
from lumbung.portal.chat.models import Channel
from lumbung.portal.chat.secret_file import of_channel


class Sms:
    """One number of an office."""

    def __init__(self, channel: Channel) -> None:
        self._secrets = of_channel(channel)

    def is_genuine(self, header: str) -> bool:
        """Whether an Authorization header shows the gateway's token."""
        expected = f"Bearer {self._secrets.get('incoming', '')}"
        return len(expected) > len("Bearer ") and hmac.compare_digest(
            expected.encode(), header.encode(errors="replace")
        )

    def said(self, form: Mapping[str, str]) -> list[Message]:
        """The message of one call. Raise ValueError where a field is missing."""
        number, sender = form.get("id", ""), form.get("from", "").strip()
        if not number or not sender or len(sender) > 30:
            raise ValueError
        return [Message(id=number, sender=sender, text=form.get("text", ""))]

    def answer(self, message: Message, text: str) -> None:
        """An SMS to the sender."""
        if not self._secrets.get("base") or not self._secrets.get("outgoing"):
            raise NotSent("not-configured")
        headers = {
            "Authorization": f"Bearer {self._secrets['outgoing']}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        body = urlencode({"to": message.sender, "text": text}).encode()
        sending.send("POST", self._secrets["base"], body=body, headers=headers)

    def read(self, message: Message) -> None:
        """An SMS knows no such thing."""

    def remove(self, message: Message) -> None:
        """Nothing can be taken back."""
