"""Raw bytes as text: nothing that a person could read is passed over."""

import pytest

from lumbung.read.sweep import text_of_bytes

NUMBER = "3308204102999001"


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    ("before", "behind"), [(b"", b""), (b"\x01", b"\x01"), (b"\xfe\xff", b"\x80"), (b"\0\0", b"\0")]
)
def test_a_number_is_whole_whatever_stands_around_it(encoding: str, before: bytes, behind: bytes) -> None:
    runs = text_of_bytes(before + NUMBER.encode(encoding) + behind).replace("þ", "").replace("ÿ", "").split("\n")
    assert NUMBER in runs
