"""The key file: the secrets that must never stand in the database.

A JSON object with "django" (signs sessions and forms), "master" (wraps the key of every stored file), "audit" (signs
the heads of the record) and "trace" (makes fingerprints of people), readable by its owner alone. It is made at the
first start and never again: a new master key would make every file unreadable. A key that an older file lacks is added
to it: so "trace" is changed by taking it out, and the fingerprints made with the old one are of no use from then on.
"""

import base64
import json
import os
import secrets
from pathlib import Path

from django.conf import settings

ADDED = ("audit", "trace")  # came after the first two, which nothing stands without


class KeyFileMissing(Exception):
    """There are stored files but no key file: it must be brought back from the backup, not made anew."""


def ensure(path: Path, *, home: Path) -> None:
    """Make the key file at the first start. Raise KeyFileMissing where files are already stored without it."""
    if path.exists():
        return _complete(path)
    if any((home / "submissions").glob("*/*")):
        raise KeyFileMissing
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(path, {"django": secrets.token_urlsafe(50), **{name: _fresh() for name in ("master", *ADDED)}})
    return None


def _complete(path: Path) -> None:
    keys = json.loads(path.read_text(encoding="utf-8"))
    if missing := [name for name in ADDED if name not in keys]:
        beside = path.with_name(path.name + ".baru")
        beside.unlink(missing_ok=True)  # left by a start that was killed here
        _write(beside, {**keys, **{name: _fresh() for name in missing}})
        beside.replace(path)


def _fresh() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def _write(path: Path, keys: dict[str, str]) -> None:
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
    return _key("master")


def audit_key() -> bytes:
    """The 32 bytes from which the Ed25519 key of the record's heads is made. Raise KeyFileMissing; never makes one."""
    return _key("audit")


def trace_key() -> bytes:
    """The 32 bytes with which people are fingerprinted. Raise KeyFileMissing; never makes one."""
    return _key("trace")


def _key(name: str) -> bytes:
    try:
        plain = json.loads(Path(settings.LUMBUNG_KEY_FILE).read_text(encoding="utf-8"))
        return base64.b64decode(plain[name])
    except (FileNotFoundError, KeyError):
        raise KeyFileMissing from None
