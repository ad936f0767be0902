"""The filters of a check for residents, made in a confined child from the files themselves. Knows no database.

What comes out can be published: numbers under a key that is destroyed at the end, filled up with random ones.
"""

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import polars as pl

from lumbung import gate
from lumbung.trace import affected, oprf
from lumbung.trace.fingerprint import Numbers

KINDS = {"warga": False, "kantor": True}  # whether it is over the NIK alone


def key_of(seed: bytes, kind: str) -> int:
    """The key of one kind of filters, out of the seed of a check."""
    return oprf.derive_key(seed, kind.encode())


def filters(*, file: BinaryIO, sizes: Sequence[int], seed: str, at: str, folder: str) -> dict[str, Any]:
    """Write the filters KIND-DISTRICT of everybody in files of these `sizes`; in a confined child only.

    Each is its numbers, ascending, eight bytes each, big-endian. `seed` is hexadecimal. Gives `code`, `districts` (the
    entries of each, filling included) and `missing`: people with a NIK and no KK.
    """
    from lumbung.tracing import rows

    frames = []
    for size in sizes:
        try:
            frames.append(rows.people(gate.countable(io.BytesIO(file.read(size))), at=date.fromisoformat(at)))
        except gate.NotTheInspectedFile:
            return {"code": "not-wholly-read"}
    people = pl.concat(frames).filter(pl.col("nik").is_not_null()) if frames else pl.DataFrame({"nik": []})
    if people.is_empty():
        return {"code": "nobody"}
    districts: dict[str, int] = {}
    for kind, alone in KINDS.items():
        key = key_of(bytes.fromhex(seed), kind)
        made = affected.filters(people, key=key, random=np.random.default_rng(), office=alone)
        for district, numbers in made.items():
            (Path(folder) / f"{kind}-{district}").write_bytes(_written(numbers))
        districts = {district: len(numbers) for district, numbers in made.items()} if alone else districts
    with_card = people.filter(pl.col("kk").is_not_null())["nik"].n_unique()
    return {"code": "", "districts": districts, "missing": people["nik"].n_unique() - with_card}


def _written(numbers: Numbers) -> bytes:
    return numbers.astype(">u8").tobytes()
