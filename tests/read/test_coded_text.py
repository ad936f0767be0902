"""Texts that are another file in a code. What must not be taken for one stands first."""

import base64
import gzip
import hashlib
import random
import zlib

import pytest

from lumbung.read.coded_text import LONGEST, decoded

rng = random.Random(20261123)
TABLE = b"desa,jiwa\nMadusari,120\nNgaglik,98\n"
NOT_CODED = {
    "digests": "\n".join(hashlib.md5(str(number).encode()).hexdigest() for number in range(50)),
    "keys": "\n".join(base64.b64encode(rng.randbytes(32)).decode() for _ in range(50)),
    "kode desa": "\n".join(f"3308{number:06d}" for number in range(200)),
    "years": "\n".join(str(year) for year in range(1950, 2027)),
    "amounts": "\n".join(str(rng.randrange(10**9)) for _ in range(200)),
    "names of villages": "Madusari\nNgaglik\nKrajan\nSukorejo\nTegalrejo\nWonosari\n",
    "one long word": "a" * 5_000,
    "an address with a blank": "https://data.example/unduh%20desa%202026.csv",
    "prose": "Rapat desa dihadiri 33 warga dan menyetujui anggaran 2026.\n" * 20,
    "a table": TABLE.decode() * 30,
}
CODED = {
    "hexadecimal": TABLE.hex(),
    "hexadecimal, wrapped": "\n".join(TABLE.hex()[at : at + 16] for at in range(0, 2 * len(TABLE), 16)),
    "hexadecimal, two bytes a letter": TABLE.decode().encode("utf-16-le").hex(),
    "base64, wrapped": base64.encodebytes(TABLE * 3).decode(),
    "base64 for addresses, unpadded": base64.urlsafe_b64encode(TABLE).decode().rstrip("="),
    "base64 of zlib": base64.b64encode(zlib.compress(TABLE)).decode(),
    "base64 within a frame": f"-----BEGIN DATA-----\n{base64.encodebytes(TABLE).decode()}-----END DATA-----\n",
    "base32": base64.b32encode(TABLE).decode(),
    "ascii85": base64.a85encode(TABLE).decode(),
}


@pytest.mark.parametrize("name", NOT_CODED)
def test_what_is_no_code_gives_nothing(name: str) -> None:
    assert [content for content in decoded(NOT_CODED[name].encode()) if b"\n" in content or b"," in content] == []


@pytest.mark.parametrize("name", CODED)
def test_a_whole_text_in_a_code_is_given_as_it_was(name: str) -> None:
    given = {content.replace(b"\0", b"") for content in decoded(CODED[name].encode())}
    assert any(TABLE in content for content in given)


def test_each_line_may_be_in_a_code_of_its_own() -> None:
    lines = [b"desa Madusari 1", b"desa Ngaglik 22"]
    text = b"\n".join(base64.b32encode(line) for line in lines)
    assert b"\n".join(lines) in set(decoded(text))


def test_a_packed_file_comes_out_packed() -> None:
    packed = gzip.compress(TABLE, mtime=0)
    assert packed in set(decoded(base64.b64encode(packed)))


def test_a_text_that_is_too_long_for_a_code_is_left_as_it_is() -> None:
    assert list(decoded(b"79" * LONGEST)) == []
