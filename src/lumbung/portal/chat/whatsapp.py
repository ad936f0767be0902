"""WhatsApp Business Platform, Cloud API: webhooks and messages as Meta documents them.

Handshake: GET with hub.mode, hub.verify_token, hub.challenge. Notifications: POST, signed X-Hub-Signature-256 (HMAC-
SHA-256 of the raw body with the app secret). Sent: POST <base>/<phone number id>/messages; read receipts by the same
address; DELETE <base>/<media id> for media. The API has no call that deletes a message: what a person wrote stays on
their telephone and, until it was delivered, with Meta; we can only not keep it. Media are never fetched, and their id
is asked to be deleted.
"""

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from lumbung.portal.chat import sending
from lumbung.portal.chat.gateways import Message, NotSent
from lumbung.portal.chat.models import Channel
from lumbung.portal.chat.secret_file import of_channel

MEDIA = ("image", "document", "video", "audio", "sticker")
OTHER_FILES = ("contacts", "location")  # no media, but somebody's data all the same
SILENT = ("reaction", "system")  # nobody waits for an answer to these
MOST_MESSAGES = 100  # of one notification


class WhatsApp:
    """One number of an office."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._secrets = of_channel(channel)

    def challenge(self, asked: Mapping[str, str]) -> str | None:
        """What the handshake must be answered with; None where it is not Meta's or nothing is configured."""
        token, said = self._secrets.get("verify_token", ""), asked.get("hub.verify_token", "")
        mode, challenge = asked.get("hub.mode"), asked.get("hub.challenge", "")
        fits = bool(token) and hmac.compare_digest(token.encode(), said.encode(errors="replace"))
        return challenge if fits and mode == "subscribe" and challenge.isalnum() and len(challenge) < 200 else None

    def is_genuine(self, body: bytes, signature: str) -> bool:
        """Whether the raw body is signed with our app's secret."""
        secret = self._secrets.get("app_secret", "")
        expected = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        return bool(secret) and hmac.compare_digest(expected.encode(), signature.encode(errors="replace"))

    def said(self, body: bytes) -> list[Message]:
        """The messages of a notification to this number; statuses and everything else are passed over. Raise
        ValueError where it is no notification."""
        try:
            whole = json.loads(body)
        except RecursionError:
            raise ValueError from None
        found = []
        for value in _values(whole):
            if _dict(value.get("metadata")).get("phone_number_id") == self._channel.account:
                found += [one for entry in _list(value.get("messages")) if (one := _message(entry))]
        return found[:MOST_MESSAGES]

    def answer(self, message: Message, text: str) -> None:
        """A text message to the sender."""
        told = {"recipient_type": "individual", "to": message.sender, "type": "text"}
        self._post({**told, "text": {"preview_url": False, "body": text}})

    def read(self, message: Message) -> None:
        """The blue ticks."""
        self._post({"status": "read", "message_id": message.id})

    def remove(self, message: Message) -> None:
        """Ask for its media to be deleted; the message itself the API cannot delete."""
        for one in message.files:
            sending.send("DELETE", f"{self._base()}/{quote(one, safe='')}", headers=self._headers())

    def _post(self, said: dict[str, Any]) -> None:
        body = json.dumps({"messaging_product": "whatsapp", **said}, ensure_ascii=False).encode()
        address = f"{self._base()}/{quote(self._channel.account, safe='')}/messages"
        sending.send("POST", address, body=body, headers={**self._headers(), "Content-Type": "application/json"})

    def _base(self) -> str:
        if not self._secrets.get("base") or not self._secrets.get("access_token"):
            raise NotSent("not-configured")
        return self._secrets["base"].rstrip("/")

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._secrets.get('access_token', '')}"}


def _values(whole: Any) -> Iterator[dict[str, Any]]:
    if not isinstance(whole, dict) or whole.get("object") != "whatsapp_business_account":
        raise ValueError
    for entry in _list(whole.get("entry")):
        for change in _list(_dict(entry).get("changes")):
            yield _dict(_dict(change).get("value"))


def _message(entry: Any) -> Message | None:
    one = _dict(entry)
    number, sender, kind = (_text(one.get(name)) for name in ("id", "from", "type"))
    if not number or not (sender.isascii() and sender.isdigit() and len(sender) <= 20) or kind in SILENT:
        return None
    part = _dict(one.get(kind))
    words = [_text(part.get(name)) for name in ("body", "caption", "text", "filename")]
    words += [_text(_dict(part.get(name)).get("title")) for name in ("button_reply", "list_reply")]
    files = tuple(filter(None, [_text(part.get("id"))])) if kind in MEDIA else ()
    text = "\n".join(filter(None, words))
    return Message(id=number, sender=sender, text=text, has_file=kind in (*MEDIA, *OTHER_FILES), files=files)


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    """JSON may hold half a letter, which no UTF-8 has."""
    return value.encode(errors="replace").decode() if isinstance(value, str) else ""
