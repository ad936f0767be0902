"""What gunicorn runs as the counter: `lumbung.counter.serving:counter()`, its folder in LUMBUNG_HOME/counter."""

import os
from pathlib import Path

from lumbung.counter.application import Counter


def folder() -> Path:
    """Where the envelopes lie."""
    return Path(os.environ.get("LUMBUNG_HOME", "var")) / "counter"


def counter() -> Counter:
    """The application. Reached by https means through a proxy, for the counter itself does not speak it."""
    addresses = (os.environ.get(name, "") for name in ("LUMBUNG_COUNTER_URL", "LUMBUNG_URL"))
    return Counter(folder(), proxied=any(address.startswith("https:") for address in addresses))
