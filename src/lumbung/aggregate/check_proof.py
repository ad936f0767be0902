"""Does the proof of a package hold? By addition only: `python check_proof.py FOLDER`.

A folder of several packages (a district: one for each village, one for all of them and their sums) holds where each
does, and where no two of them say different things of one number.

Standard library only, and nothing shared with the program that made the package. It reads the tables as they are
published (tabel-*.csv) and the proof (bukti.json), and asks:

1. Is every published number the sum that the proof says it is, in every one of the possible tables?
2. Are all entries of the possible tables whole numbers, none below zero?
3. Are there, for every hidden number, two possible tables that differ in it: for a protected one, a table in which it
   is 0 and one in which it is at least k?

What it cannot know is which hidden numbers are small; it can know that nobody else can tell either.
"""

import csv
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def lines(folder: str | Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Every line of the tables with the name of its number."""
    for path in sorted(Path(folder).glob("tabel-*.csv")):
        table = path.stem.removeprefix("tabel-")
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                area = row["kode_wilayah"] + (f"#{row['dusun']}" if row["tingkat"] == "dusun" else "")
                yield f"{area}/{table}/{row['jenis_kelamin']}/{row['kategori']}", row


def published(folder: str | Path) -> dict[str, int | None]:
    """Every number of the tables by its name; None where it is hidden."""
    numbers: dict[str, int | None] = {}
    for name, row in lines(folder):
        if name in numbers or (row["nilai"] == "") != (row["tanda"] == "*"):
            raise ValueError("tabel tidak terbaca")
        numbers[name] = int(row["nilai"]) if row["nilai"] else None
    return numbers


def packages(folder: str | Path) -> list[Path]:
    """The packages of a folder: itself, or each folder in it that has a proof."""
    here = Path(folder)
    return [here] if (here / "bukti.json").exists() else sorted(path.parent for path in here.glob("*/bukti.json"))


def contradictions(folders: list[Path]) -> Iterator[str]:
    """Complaints about numbers of one day that one package shows and another hides, or shows as another one."""
    said: dict[tuple[str, str], str] = {}
    for folder in folders:
        for name, row in lines(folder):
            if said.setdefault((row["periode"], name), row["nilai"]) != row["nilai"]:
                yield f"{name} berbeda di dua paket."


def whole(proof: dict[str, Any]) -> Iterator[str]:
    """Complaints about the possible tables: shape, entries, every sum in every table."""
    home: dict[int, int] = {}
    place: dict[int, int] = {}
    for number, component in enumerate(proof["components"]):
        for position, piece in enumerate(component["pieces"]):
            home[piece], place[piece] = number, position
        for table in component["tables"]:
            if len(table) != len(component["pieces"]) or any(type(n) is not int or n < 0 for n in table):
                yield f"Tabel kemungkinan di bagian {number} bukan bilangan bulat yang lengkap."
        if not component["tables"]:
            yield f"Bagian {number} tidak punya tabel kemungkinan."
    if sorted(home) != list(range(len(proof["pieces"]))):
        yield "Ada potongan yang tidak berada di satu bagian pun, atau di dua bagian."
    for entry in proof["sums"]:
        homes = {home[piece] for piece, _ in entry["terms"]}
        if len(homes) != 1:
            yield f"Jumlah {entry['cells'][:1]} tidak berada di satu bagian."
            continue
        for table in proof["components"][homes.pop()]["tables"]:
            if sum(table[place[piece]] * factor for piece, factor in entry["terms"]) != entry["value"]:
                yield f"Jumlah {entry['cells'][:1]} tidak cocok di satu tabel kemungkinan."
                break


def covered(numbers: dict[str, int | None], proof: dict[str, Any]) -> Iterator[str]:
    """Complaints about published numbers that no sum accounts for, or that differ from theirs."""
    shown: dict[str, int] = {}
    for entry in proof["sums"]:
        if not entry["cells"] and entry["value"] != 0:
            yield "Ada jumlah tanpa nama yang bukan nol."
        for name in entry["cells"]:
            if shown.setdefault(name, entry["value"]) != entry["value"]:
                yield f"{name} punya dua nilai dalam bukti."
    for name, parts in proof["additions"]:
        if any(numbers.get(part) is None for part in parts):
            yield f"{name} adalah jumlah dari angka yang tidak ditampilkan."
        else:
            shown[name] = sum(numbers[part] or 0 for part in parts)
    for name, value in numbers.items():
        if value is not None and shown.get(name) != value:
            yield f"{name} di tabel tidak sama dengan di bukti."
        if value is None and name in shown:
            yield f"{name} disembunyikan di tabel, tetapi ada di bukti."
    for name in shown:
        if name not in numbers:
            yield f"{name} ada di bukti, tetapi tidak di tabel."


def ranges(proof: dict[str, Any]) -> Iterator[tuple[str, int, int, int]]:
    """For every claim: its name, its k, and its sum in its two tables."""
    place: dict[int, tuple[int, int]] = {}
    for number, component in enumerate(proof["components"]):
        place.update({piece: (number, position) for position, piece in enumerate(component["pieces"])})
    for claim in proof["claims"]:
        found = []
        for side in ("low", "high"):
            if any(place[piece][0] != claim["component"] for piece in claim["pieces"]):
                raise ValueError("pernyataan di luar bagiannya")
            table = proof["components"][claim["component"]]["tables"][claim[side]]
            found.append(sum(table[place[piece][1]] for piece in claim["pieces"]))
        yield claim["name"], claim["k"], found[0], found[1]


def unanswered(numbers: dict[str, int | None], proof: dict[str, Any]) -> Iterator[str]:
    """Complaints about hidden numbers without two tables that differ in them."""
    known = {name: (low, high) for name, _, low, high in ranges(proof)}
    for name, value in numbers.items():
        if value is None and name not in known:
            yield f"{name} disembunyikan tanpa bukti."
        elif value is None and known[name][0] == known[name][1]:
            yield f"{name} dapat dihitung kembali."


def problems(folder: str | Path) -> list[str]:
    """All complaints about a package, in Indonesian; an empty list if its proof holds."""
    try:
        with (Path(folder) / "bukti.json").open(encoding="utf-8") as file:
            proof = json.load(file)
        numbers = published(folder)
        if not numbers:
            return ["Tidak ada tabel di folder ini."]
        return [*whole(proof), *covered(numbers, proof), *unanswered(numbers, proof)]
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError, OverflowError, csv.Error):
        return ["Bukti atau tabel tidak lengkap atau tidak terbaca."]


def summary(folder: str | Path) -> str:
    """What was counted, for people: how many numbers are shown, hidden, and protected."""
    numbers = published(folder)
    with (Path(folder) / "bukti.json").open(encoding="utf-8") as file:
        proof = json.load(file)
    kinds: Counter[str] = Counter()
    for name, k, low, high in ranges(proof):
        if name in numbers:
            kinds["terlindung" if low == 0 and high >= k else "berentang"] += 1
    shown = sum(value is not None for value in numbers.values())
    return (
        f"Bukti berlaku: {shown} angka ditampilkan, {len(numbers) - shown} disembunyikan "
        f"({kinds['terlindung']} bisa 0 dan bisa mencapai batas, {kinds['berentang']} lainnya tidak dapat dipastikan)."
    )


def main(arguments: list[str]) -> int:
    """Exit 0 if the proof of every package holds and they agree, 1 if not, 2 if called otherwise."""
    if len(arguments) != 1:
        print("Pemakaian: python check_proof.py FOLDER")  # noqa: T201
        return 2
    folders = packages(arguments[0]) or [Path(arguments[0])]
    found = [(folder, complaint) for folder in folders for complaint in problems(folder)]
    if not found:
        found = [(Path(arguments[0]), complaint) for complaint in contradictions(folders)]
    for folder, complaint in found[:20]:
        print(f"{folder.name}: {complaint}" if len(folders) > 1 else complaint)  # noqa: T201
    if found:
        print(f"Bukti tidak berlaku: {len(found)} keberatan.")  # noqa: T201
        return 1
    for folder in folders:
        print(f"{folder.name}: {summary(folder)}" if len(folders) > 1 else summary(folder))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
