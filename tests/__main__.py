"""The whole suite: once on SQLite, in a browser, and the portal once more on a real PostgreSQL.

`python -m tests` is what `make test` calls. A part that is missing is said loudly; under CI=true it is a failure.
"""

import os
import subprocess
import sys
import tempfile

from tests.postgresql import NotInstalled, cluster

PYTEST = [sys.executable, "-m", "pytest"]
SIDE_BY_SIDE = ["-n", "2", "--dist", "worksteal"]
# The portal, and of the interfaces what asks the database in words of its own: searches, rows, their release.
ON_POSTGRESQL = [
    "tests/portal",
    "tests/api/ckan/test_reading.py",
    "tests/api/ckan/test_rows.py",
    "tests/api/data/test_rows.py",
]


def on_sqlite() -> int:
    """Everything but the browser. Returns pytest's exit code."""
    return subprocess.call([*PYTEST, *SIDE_BY_SIDE, "--ignore=tests/journeys"])


def on_postgresql() -> int:
    """These tests against a server of our own. Returns pytest's exit code, 1 where CI has no server."""
    try:
        with cluster() as url:
            asked = [*PYTEST, *SIDE_BY_SIDE, *ON_POSTGRESQL]
            return subprocess.call(asked, env={**os.environ, "DATABASE_URL": url})
    except NotInstalled:
        print("!!! PostgreSQL is not installed: the portal was NOT tried on it.", file=sys.stderr)
        return 1 if os.environ.get("CI") == "true" else 0


def in_the_browser_and_on_postgresql() -> int:
    """The journeys, one after another since they share one portal and one browser, beside the portal on the server.

    A browser mostly waits, so both together take little longer than one. What the journeys say follows at the end.
    Returns the first exit code that is not nought.
    """
    with tempfile.TemporaryFile() as said:
        journeys = subprocess.Popen([*PYTEST, "tests/journeys"], stdout=said, stderr=subprocess.STDOUT)
        codes = [on_postgresql(), journeys.wait()]
        said.seek(0)
        print(said.read().decode(errors="replace"))
    return next((code for code in codes if code), 0)


if __name__ == "__main__":
    sys.exit(on_sqlite() or in_the_browser_and_on_postgresql())
