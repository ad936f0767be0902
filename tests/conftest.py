"""What every test may ask for."""

from pathlib import Path

import pytest

BESIDE = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The corpora that lie beside the repository; where they are absent the test says so and is skipped."""
    if not BESIDE.is_dir():
        pytest.skip("../shared is not here: the corpora beside the repository were not tried")
    return BESIDE


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes are called by their place: packed ones hold the time, and both workers must collect the same tests."""
    return argname if isinstance(val, bytes) else None
