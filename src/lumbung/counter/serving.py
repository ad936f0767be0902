"""What gunicorn runs as the counter: `lumbung.counter.serving:counter()`, its folder in LUMBUNG_HOME/counter."""

import os
from pathlib import Path

from lumbung.counter.application import Counter


def folder() -> Path:
    """Where the envelopes lie."""
    return Path(os.environ.get("LUMBUNG_HOME", "var")) / "counter"


def counter() -> Counter:
    """The application. Reached by https means through a proxy, for the counter itself does not speak it."""
    return Counter(folder(), proxied=os.environ.get("LUMBUNG_COUNTER_URL", "").startswith("https:"))
