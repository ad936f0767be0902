"""The key file: the secrets that must never stand in the database.

A JSON object with "django" (signs sessions and forms) and "master" (wraps the key of every stored file), readable by
its owner alone. It is made at the first start and never again: a new master key would make every file unreadable.
"""

import base64
import json
import os
import secrets
from pathlib import Path

from django.conf import settings


class KeyFileMissing(Exception):
    """There are stored files but no key file: it must be brought back from the backup, not made anew."""


def ensure(path: Path, *, home: Path) -> None:
    """Make the key file at the first start. Raise KeyFileMissing where files are already stored without it."""
    if path.exists():
        return
    if any((home / "submissions").glob("*/*")):
        raise KeyFileMissing
    path.parent.mkdir(parents=True, exist_ok=True)
    keys = {"django": secrets.token_urlsafe(50), "master": base64.b64encode(secrets.token_bytes(32)).decode()}
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(keys, file)
        file.flush()
        os.fsync(file.fileno())


def django_secret(path: Path) -> str:
    """The secret that signs sessions; without a key file a passing one, so that tools can load the settings."""
    if not path.exists():
        return secrets.token_urlsafe(50)
    secret: str = json.loads(path.read_text(encoding="utf-8"))["django"]
    return secret


def master_key() -> bytes:
    """The 32 bytes that wrap the key of every stored file. Raise KeyFileMissing; never makes one."""
    try:
        plain = json.loads(Path(settings.LUMBUNG_KEY_FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise KeyFileMissing from None
    return base64.b64decode(plain["master"])
