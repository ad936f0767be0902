"""The regency, the home and the shelf of the portal's own tests, and a server that answers other programs."""

import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

from tests.portal.conftest import (  # noqa: F401 - fixtures and hooks are found by their names
    _let_the_flush_through,
    _nothing_is_written_after_a_flush,
    actor,
    django_db_modify_db_settings,
    home,
    person,
    pytest_runtest_teardown,
    regency,
)
from tests.portal.shelves import desk  # noqa: F401

Program = Callable[[Sequence[str]], subprocess.CompletedProcess[str]]


class Quiet(WSGIRequestHandler):
    """Says nothing on the terminal."""

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def serving(db: None) -> Iterator[tuple[str, Program]]:
    """The address of this very process, and a way to run a program that asks it: answers come from the test's own
    thread, so that the program sees what the test wrote."""
    with make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Quiet) as server:
        server.timeout = 0.2

        def run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
            ended: list[subprocess.CompletedProcess[str]] = []
            asking = threading.Thread(
                target=lambda: ended.append(subprocess.run(command, capture_output=True, text=True, check=False))
            )
            for signal in (request_started, request_finished):  # as Django's own test client does, each time anew
                signal.disconnect(close_old_connections)
            asking.start()
            while asking.is_alive():
                server.handle_request()
            for signal in (request_started, request_finished):
                signal.connect(close_old_connections)
            return ended[0]

        yield f"http://127.0.0.1:{server.server_port}", run
