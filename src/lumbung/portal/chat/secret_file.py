"""What the machine's keeper writes beside the key file, and nobody into the database: `obrolan.toml`.

    origins = ["https://graph.facebook.com"]      # where messages may be sent; nothing else is ever called

    [channels."<id of the channel>"]              # WhatsApp Business Cloud API
    app_secret = "..."                            # signs what comes in (X-Hub-Signature-256)
    verify_token = "..."                          # the handshake of the webhook
    access_token = "..."                          # what is sent
    base = "https://graph.facebook.com/v23.0"

    [channels."<id>"]                             # SMS
    incoming = "..."                              # Authorization: Bearer ... of what comes in
    outgoing = "..."                              # the same of what is sent
    base = "https://sms.contoh.go.id/kirim"

    [channels."<id>"]                             # e-mail
    imap = "mail.contoh.go.id"
    smtp = "mail.contoh.go.id"
    user = "..."
    password = "..."

Without the file, or a channel's part of it, the channel answers nothing and calls nobody.
"""

import logging
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from lumbung.portal.chat.models import Channel

log = logging.getLogger(__name__)


def of_channel(channel: Channel) -> Mapping[str, str]:
    """The texts of the channel's part; empty where it has none."""
    parts = _read().get("channels")
    part = parts.get(str(channel.pk)) if isinstance(parts, dict) else None
    return {name: text for name, text in part.items() if isinstance(text, str)} if isinstance(part, dict) else {}


def origins() -> tuple[str, ...]:
    """Where messages may be sent: scheme, host and port."""
    listed = _read().get("origins")
    return tuple(one for one in listed if isinstance(one, str)) if isinstance(listed, list) else ()


def _read() -> dict[str, Any]:
    path = Path(settings.LUMBUNG_KEY_FILE).with_name("obrolan.toml")
    try:
        return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    except (OSError, ValueError) as problem:  # ValueError: not TOML, or not UTF-8
        log.warning("obrolan.toml cannot be read: %s", type(problem).__name__)
        return {}
