#!/usr/bin/env python3
"""Check an exported record of Lumbung. One file, Python's standard library alone; read it before you trust it.

    python verify.py FOLDER [HEADS ...]

FOLDER holds `events.jsonl` and `heads.jsonl`. HEADS are further files of heads, as witnesses outside have kept them:
what they have seen must still be there. Exit 0 where all holds, 1 where anything does not, 2 on wrong use.

events.jsonl, one object a line: "entry" (the canonical text of one act), "leaf" (its hash) and "opened" (what the
commitments in the entry promise, as field -> [salt, value]; may be empty). heads.jsonl: "statement" (at, root, size),
"signature" and "key" (Ed25519, RFC 8032). The tree is that of RFC 9162: a leaf is SHA-256(0x00 + text), an inner node
SHA-256(0x01 + left + right). Everything binary is in hexadecimal.
"""

import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

SENTENCES = {
    "missing": "catatan {0} hilang",
    "changed": "catatan {0} bukan lagi yang dulu ditulis",
    "among": "catatan pertama yang diubah ada di antara {0} dan {1}",
    "unsigned": "kepala atas {0} catatan tidak ditandatangani oleh kuncinya",
    "two-histories": "ada dua kepala yang berbeda atas {0} catatan: ada dua riwayat",
    "two-keys": "kepala ditandatangani dengan lebih dari satu kunci: tanyakan kapan dan oleh siapa kunci diganti",
    "clock": "catatan {0} bertanggal lebih dahulu daripada sebelumnya: jam pernah dimundurkan",
    "no-head-yet": "catatan {0} sampai {1} belum bernaung di bawah suatu kepala",
    "no-head": "tidak ada satu pun kepala yang ditandatangani: tidak ada yang dapat dibuktikan",
    "no-outside": "tanpa kepala dari saksi luar: pemegang kunci bisa saja menulis ulang semuanya",
}
Said = tuple[str, int, int]  # a key of SENTENCES and its numbers
Point = tuple[int, int, int, int]  # X, Y, Z, T
IsSigned = Callable[[bytes, bytes, bytes], bool]

P = 2**255 - 19  # Ed25519: the field, the curve's constant, the order of the base point, and the base point
D = -121665 * pow(121666, P - 2, P) % P
ORDER = 2**252 + 27742317777372353535851937790883648493
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def sha256(*pieces: bytes) -> bytes:
    return hashlib.sha256(b"".join(pieces)).digest()


def add(a: Point, b: Point) -> Point:
    A, B = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    C, E = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = B - A, E - C, E + C, B + A
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number: int, point: Point) -> Point:
    reached: Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            reached = add(reached, point)
        point, number = add(point, point), number >> 1
    return reached


def point_of(raw: bytes) -> Point | None:
    """The point that 32 bytes stand for, or None."""
    y = int.from_bytes(raw, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little")) or (0, 1, 1, 0)


def is_signed(message: bytes, signature: bytes, key: bytes) -> bool:
    public, first = point_of(key), point_of(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if (len(signature), len(key)) != (64, 32) or public is None or first is None or s >= ORDER:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    left, right = times(s, BASE), add(first, times(h, public))
    return not ((left[0] * right[2] - right[0] * left[2]) % P or (left[1] * right[2] - right[1] * left[2]) % P)


def fault_of(line: dict[str, Any], entry: dict[str, Any], number: int) -> Said | None:
    """What is wrong with one line, or None. `entry` is what its text says."""
    if entry["sequence"] != number:
        return "missing" if entry["sequence"] > number else "changed", number, number
    true = hashlib.sha256(b"\0" + line["entry"].encode()).hexdigest() == line["leaf"]
    for field, (salt, value) in line.get("opened", {}).items():
        true &= hashlib.sha256(bytes.fromhex(salt) + value.encode()).hexdigest() == entry["commitments"].get(field)
    return None if true else ("changed", number, number)


def grow(peaks: list[bytes], size: int, leaf: bytes) -> None:
    """Add a leaf to the roots of the full trees of a growing tree."""
    while size & 1:
        leaf, size = sha256(b"\1", peaks.pop(), leaf), size >> 1
    peaks.append(leaf)


def root_of(peaks: list[bytes]) -> str:
    whole = peaks[-1] if peaks else sha256()
    for peak in reversed(peaks[:-1]):
        whole = sha256(b"\1", peak, whole)
    return whole.hex()


def said_by(heads: Iterable[dict[str, str]], is_signed: IsSigned) -> tuple[list[tuple[int, str, str]], list[Said]]:
    """(what is said as (size, root, key), faults): the heads that bear their signature, the smallest first."""
    said: list[tuple[int, str, str]] = []
    faults: list[Said] = []
    for head in heads:
        size, root, signed = 0, "", False
        with suppress(KeyError, TypeError, ValueError, RecursionError):
            text = head["statement"]
            size, root = json.loads(text)["size"], json.loads(text)["root"]
            signed = is_signed(text.encode(), bytes.fromhex(head["signature"]), bytes.fromhex(head["key"]))
        if signed and type(size) is int and size > 0 and type(root) is str:
            said.append((size, root, head["key"]))
        else:
            faults.append(("unsigned", size if type(size) is int else 0, 0))
    return sorted(said), faults


def verify(
    lines: Iterable[dict[str, Any]], heads: Iterable[dict[str, str]], is_signed: IsSigned = is_signed
) -> tuple[list[Said], list[Said], tuple[int, int]]:
    """(faults, notes, figures), the first bad entry first. `lines` in order; `heads` in any order."""
    said, faults = said_by(heads, is_signed)
    roots: dict[int, set[str]] = {}
    for size, root, _key in said:
        roots.setdefault(size, set()).add(root)
    faults += [("two-histories", size, 0) for size, different in roots.items() if len(different) > 1]
    notes: list[Said] = []
    peaks: list[bytes] = []
    number, latest, good = 0, "", 0
    if len({key for _size, _root, key in said}) > 1:
        notes.append(("two-keys", 0, 0))
    for number, line in enumerate(lines, 1):
        try:
            entry = json.loads(line["entry"])
            fault, at = fault_of(line, entry, number), str(entry["at"])
        except (AttributeError, KeyError, TypeError, ValueError, RecursionError):
            fault, at = ("changed", number, number), ""
        if fault:
            return [fault, *faults], notes, (number, len(said))
        if at < latest:
            notes.append(("clock", number, 0))
        latest = max(latest, at)
        grow(peaks, number - 1, bytes.fromhex(line["leaf"]))
        if number in roots:
            if roots[number] != {root_of(peaks)}:
                return [("among", good + 1, number), *faults], notes, (number, len(said))
            good = number
    if said and said[-1][0] > number:
        faults.insert(0, ("missing", number + 1, said[-1][0]))
    notes += [("no-head-yet", good + 1, number)] if number > good else []
    faults += [("no-head", 0, 0)] if number and not said else []
    return faults, notes, (number, len(said))


def objects(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8", errors="replace") as file:
        for line in file:
            try:
                yield json.loads(line)
            except (ValueError, RecursionError):
                yield {}


def main(words: list[str]) -> int:
    files = [Path(words[0], "events.jsonl"), Path(words[0], "heads.jsonl"), *map(Path, words[1:])] if words else []
    lost = [str(path) for path in files if not path.is_file()]
    if lost or not files:
        print("tidak ditemukan: " + ", ".join(lost) if lost else __doc__)
        return 2
    outside = [head for path in files[2:] for head in objects(path)]
    faults, notes, (number, signed) = verify(objects(files[0]), [*objects(files[1]), *outside])
    notes += [] if outside else [("no-outside", 0, 0)]
    for code, first, last in notes:
        print("perlu diketahui:", SENTENCES[code].format(first, last))
    for code, first, last in faults:
        print("TIDAK BENAR:", SENTENCES[code].format(first, last))
    print(f"{number} catatan, {signed} kepala:", "TIDAK seperti semula" if faults else "semuanya masih seperti semula")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
