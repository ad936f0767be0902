"""The portal's own settings, but that a program may ask as often as it likes: what is measured still counts."""

from lumbung.config.settings import *  # noqa: F403

API_BY_ADDRESS = API_BY_KEY = 1_000_000_000
