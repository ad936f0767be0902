"""The whole suite: once on SQLite with the browser, and the portal once more on a real PostgreSQL.

`python -m tests` is what `make test` calls. A part that is missing is said loudly; under CI=true it is a failure.
"""

import os
import subprocess
import sys

from tests.postgresql import NotInstalled, cluster

PYTEST = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadgroup"]


def on_sqlite() -> int:
    """Everything. Returns pytest's exit code."""
    return subprocess.call(PYTEST)


def on_postgresql() -> int:
    """The portal's tests against a server of our own. Returns pytest's exit code, 1 where CI has no server."""
    try:
        with cluster() as url:
            return subprocess.call([*PYTEST, "tests/portal"], env={**os.environ, "DATABASE_URL": url})
    except NotInstalled:
        print("!!! PostgreSQL is not installed: the portal was NOT tried on it.", file=sys.stderr)
        return 1 if os.environ.get("CI") == "true" else 0


if __name__ == "__main__":
    sys.exit(on_sqlite() or on_postgresql())
