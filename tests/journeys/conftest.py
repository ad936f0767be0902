"""A real portal with its own home, started as anybody would start it, and a browser before it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.browser import AXE, ROOT, WIDTHS, Walk, chromium, start, walk

STATIC = ROOT / "src/lumbung/portal/design/static/design/lumbung.css"
START_WITHIN = 120  # seconds, on a busy machine
PICTURES = ROOT / "docs" / "pictures"


def missing() -> list[str]:
    """What the walks need and this machine lacks."""
    needs = {"chromium": chromium(), "the built front end (sh front/build)": STATIC.exists() and AXE.exists()}
    return [name for name, there in needs.items() if not there]


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def wait_until_up(site: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_WITHIN
    while time.monotonic() < end:
        assert process.poll() is None, "the portal did not start"
        try:
            with urllib.request.urlopen(f"{site}/healthz", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the portal did not answer in time")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running portal: web server, workers and housekeeping."""
    lacking = missing()
    if lacking:
        told = f"the browser did NOT walk the portal, for this machine lacks: {', '.join(lacking)}"
        pytest.fail(told) if os.environ.get("CI") == "true" else pytest.skip(told)
    home = tmp_path_factory.mktemp("home")
    address = f"http://127.0.0.1:{free_port()}"
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment = {**kept, "LUMBUNG_HOME": str(home), "LUMBUNG_URL": address}
    subprocess.run([sys.executable, "-m", "tests.journeys.seed", home], cwd=ROOT, env=environment, check=True)
    command = [sys.executable, "-m", "lumbung.cli", "serve", "--port", address.rsplit(":", 1)[1]]
    with (home / "portal.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        wait_until_up(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)


@pytest.fixture(scope="session")
def browser(site: str) -> Iterator[Browser]:
    """One Chromium for all walks."""
    with sync_playwright() as playwright:
        chosen = start(playwright)
        yield chosen
        chosen.close()


@pytest.fixture(params=list(WIDTHS))
def width(request: pytest.FixtureRequest) -> str:
    """Each walk is walked on a phone and at a desk."""
    return str(request.param)


@pytest.fixture
def visitor(site: str, browser: Browser, width: str) -> Iterator[Callable[..., Walk]]:
    """Ask it for as many people as a story needs; each has a browser of their own."""
    with ExitStack() as people:

        def enter(**look: str) -> Walk:
            one: AbstractContextManager[Walk] = walk(browser, site=site, width=width, **look)
            return people.enter_context(one)

        yield enter


@pytest.fixture
def picture(width: str) -> Callable[..., Path | None]:
    """Where a picture for the documents goes; nowhere unless PICTURES=1 asks for them."""

    def place(name: str) -> Path | None:
        if os.environ.get("PICTURES") != "1" or width != "desktop":
            return None
        return PICTURES / f"{name}.png"

    return place
