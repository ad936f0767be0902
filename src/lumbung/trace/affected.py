"""The private answer to "am I affected?": for each district a filter that may be published whole.

For every row with NIK and KK the filter has the first 64 bits of OPRF(NIK, KK) under the incident's own key, sorted,
and is filled with random numbers up to a power of two, so that its size does not tell how many there are. Whoever asks
takes the whole filter of the first six digits of their NIK, has one blinded element evaluated, and looks alone;
the holder of the key sees neither the number nor the answer. The key is destroyed when the incident is closed, and the
filters are worthless from then on. Rows without a KK cannot be asked for so: for them an office has filters of its own
over the NIK alone, under another key, and each of its questions is a line of the record.
"""

import numpy as np
import polars as pl

from lumbung.trace import oprf
from lumbung.trace.fingerprint import SEPARATOR, Numbers

BITS = 64
LEAST = 256  # entries of a filter: of a district with one person nobody sees that it is one


def asked(nik: str, kk: str) -> bytes:
    """The input of the protocol for one person; at an office, which has seen the person's card, `kk` is empty."""
    return f"{nik}{SEPARATOR}{kk}".encode()


def shortened(output: bytes) -> int:
    """What a filter keeps of an output of the protocol."""
    return int.from_bytes(output[: BITS // 8], "big")


def filters(
    people: pl.DataFrame, *, key: int, random: np.random.Generator, office: bool = False
) -> dict[str, Numbers]:
    """The filter of each district, of people in the shape of SUBJECT; some milliseconds a person.

    `random` must be seeded by the operating system: a filling that can be guessed tells the count. `office` asks for
    those over the NIK alone.
    """
    cards = pl.lit("").alias("kk") if office else pl.col("kk")
    known = people.select("nik", cards).drop_nulls().unique(maintain_order=True)
    found: dict[str, list[int]] = {}
    for nik, kk in known.iter_rows():
        found.setdefault(nik[:6], []).append(shortened(oprf.direct(key, asked(nik, kk))))
    return {district: _filled(numbers, random) for district, numbers in sorted(found.items())}


def is_in(numbers: Numbers, output: bytes) -> bool:
    """Whether a filter holds an output: one asker in 2**64 per entry is told so wrongly."""
    wanted = np.uint64(shortened(output))
    place = int(np.searchsorted(numbers, wanted))
    return place < len(numbers) and bool(numbers[place] == wanted)


def _filled(numbers: list[int], random: np.random.Generator) -> Numbers:
    missing = max(LEAST, 1 << (len(numbers) - 1).bit_length()) - len(numbers)
    filling = random.integers(0, 2**64, missing, dtype=np.uint64)
    return np.sort(np.concatenate([np.array(numbers, dtype=np.uint64), filling]))
