#!/usr/bin/env python3
"""Check single lines of a record of Lumbung, each with its proof. Python's standard library and verify.py beside it.

    python verify_line.py LINES [HEADS ...]

LINES has one object on each line: "entry", "leaf" and "opened" as in events.jsonl (see verify.py), "head" (a signed
head) and "proof": the hashes that lead from the leaf to the head's root (RFC 9162, 2.1.3.2), the nearest first, in
hexadecimal. HEADS are files of heads that witnesses outside have kept: every head used here must be among them.
Exit 0 where all holds, 1 where anything does not, 2 on wrong use.
"""

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

if __package__:
    from lumbung.portal.audit import verify
else:
    import verify  # type: ignore[import-not-found, no-redef, unused-ignore]

SENTENCES = {
    "true": "baris {0} masih seperti ketika ditulis, dan bernaung di bawah kepala atas {1} catatan",
    "false": "baris {0} TIDAK terbukti",
    "unknown": "baris {0} terbukti, tetapi kepalanya tidak ada pada saksi yang diberikan",
}
Found = tuple[int, str, int]  # the line's number, a key of SENTENCES, the size of the record under the head


def reached(leaf: bytes, index: int, size: int, proof: Iterable[str]) -> str:
    """The root to which a proof leads, in hexadecimal; "" for one that is too short or too long."""
    last = size - 1
    for step in map(bytes.fromhex, proof):
        if last == 0:
            return ""
        if index & 1 or index == last:
            leaf = verify.sha256(b"\1", step, leaf)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            leaf = verify.sha256(b"\1", leaf, step)
        index, last = index >> 1, last >> 1
    return leaf.hex() if last == 0 else ""


def check(line: dict[str, Any], kept: Sequence[tuple[int, str]], is_signed: verify.IsSigned) -> Found:
    """What one line is worth. `kept` are the heads of witnesses as (size, root); none: nobody is asked."""
    number = 0
    try:
        entry = json.loads(line["entry"])
        number = int(entry["sequence"])
        heads, _faults = verify.said_by([line["head"]], is_signed)
        ((size, root, _key),) = heads
        whole = verify.fault_of(line, entry, number) is None and 0 < number <= size
        if not whole or reached(bytes.fromhex(line["leaf"]), number - 1, size, line["proof"]) != root:
            return number, "false", 0
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError):
        return number, "false", 0
    return number, "true" if not kept or (size, root) in kept else "unknown", size


def main(words: list[str]) -> int:
    """Say what each line is worth."""
    if not words or not all(Path(word).is_file() for word in words):
        print(__doc__)
        return 2
    outside, _faults = verify.said_by(
        [head for path in words[1:] for head in verify.objects(Path(path))], verify.is_signed
    )
    kept = [(size, root) for size, root, _key in outside]
    found = [check(line, kept, verify.is_signed) for line in verify.objects(Path(words[0]))]
    for number, answer, size in found:
        print(SENTENCES[answer].format(number, size))
    return 0 if found and all(answer == "true" for _number, answer, _size in found) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
