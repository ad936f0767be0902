"""From where somebody acts: the socket's word, or that of the proxy on this machine, and nobody else's."""

from typing import Any

import pytest
from django.test import RequestFactory

from lumbung.config.middleware import TrueAddress


def seen(settings: Any, *, encrypted: bool = True, socket: str = "127.0.0.1", forwarded: str | None) -> str:
    settings.ENCRYPTED = encrypted
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    request = RequestFactory().get("/", REMOTE_ADDR=socket, headers=headers)
    TrueAddress(lambda request: request)(request)  # type: ignore[arg-type, return-value]
    return str(request.META["REMOTE_ADDR"])


def test_the_proxy_is_believed_for_what_it_added_itself(settings: Any) -> None:
    assert seen(settings, forwarded="198.51.100.7") == "198.51.100.7"
    assert seen(settings, forwarded="203.0.113.9, 198.51.100.7") == "198.51.100.7"
    assert seen(settings, socket="::1", forwarded="2001:db8::7") == "2001:db8::7"


@pytest.mark.parametrize("forwarded", [None, "", "unknown", "<b>", "198.51.100.7,", "198.51.100.7:80", "1" * 500])
def test_what_is_no_address_changes_nothing(settings: Any, forwarded: str | None) -> None:
    assert seen(settings, forwarded=forwarded) == "127.0.0.1"


def test_nobody_else_is_believed(settings: Any) -> None:
    assert seen(settings, socket="198.51.100.7", forwarded="203.0.113.9") == "198.51.100.7"
    assert seen(settings, encrypted=False, forwarded="203.0.113.9") == "127.0.0.1"
