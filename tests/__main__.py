"""The whole suite: once on SQLite, in a browser, and the portal once more on a real PostgreSQL.

`python -m tests` is what `make test` calls. A part that is missing is said loudly; under CI=true it is a failure.
"""

import os
import subprocess
import sys

from tests.postgresql import NotInstalled, cluster

PYTEST = [sys.executable, "-m", "pytest"]
SIDE_BY_SIDE = ["-n", "2", "--dist", "worksteal"]


def on_sqlite() -> int:
    """Everything but the browser. Returns pytest's exit code."""
    return subprocess.call([*PYTEST, *SIDE_BY_SIDE, "--ignore=tests/journeys"])


def in_the_browser() -> int:
    """The journeys, one after another: they share one portal and one browser. Returns pytest's exit code."""
    return subprocess.call([*PYTEST, "tests/journeys"])


def on_postgresql() -> int:
    """The portal's tests against a server of our own. Returns pytest's exit code, 1 where CI has no server."""
    try:
        with cluster() as url:
            return subprocess.call([*PYTEST, *SIDE_BY_SIDE, "tests/portal"], env={**os.environ, "DATABASE_URL": url})
    except NotInstalled:
        print("!!! PostgreSQL is not installed: the portal was NOT tried on it.", file=sys.stderr)
        return 1 if os.environ.get("CI") == "true" else 0


if __name__ == "__main__":
    sys.exit(on_sqlite() or in_the_browser() or on_postgresql())
