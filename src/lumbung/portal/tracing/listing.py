"""Whom a leaked file concerns, for those who have to tell them: counts, and where it is asked for a list for letters,
sealed to one officer before it leaves the confined child. Knows no database.

The list has what an envelope needs, name and address; no NIK, no KK, no birth date.
"""

import base64
import csv
import hashlib
import io
import re
from collections.abc import Mapping
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

import polars as pl

from lumbung import concerned as counting
from lumbung import gate, register
from lumbung.document import Document, Table
from lumbung.portal.incidents.age import SEALED, Sealing
from lumbung.register import headings, numbers, rows
from lumbung.register.recognised import People

COLUMNS = ("nama", "alamat", "rt", "rw", "dusun", "desa")
FIELDS = {"nama": "f_nama", "alamat": "f_alamat", "dusun": "f_dusun"}
LIST = "surat-warga.csv"
BESIDE = {
    "rt": ("rt",),
    "rw": ("rw",),
    "desa": ("desa", "kelurahan", "desa kel", "desa kelurahan", "nama desa", "nama kelurahan", "kel desa"),
}
_KIND = re.compile(r"^(?:DESA|KELURAHAN|KEL|DS)\b\.?\s*")


def concerned(*, file: BinaryIO, at: str, villages: Mapping[str, str], recipient: str, most: int) -> dict[str, Any]:
    """Count the people of one file; in a confined child only.

    `villages` are names that are known, with their kode wilayah. Gives what `lumbung.concerned.count` gives, `code`,
    `villages` (people by kode, "" for others), and with a `recipient` (an age key) `list`: base64 of a ZIP with a CSV
    sealed to it, of `listed` people, "" where it would have more than `most` bytes.
    """
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    counts = counting.count(file=file, sizes=[size], at=at)
    if counts["unread"]:
        return {"code": "not-wholly-read"}
    if not counts["people"]:
        return {"code": "nobody"}
    file.seek(0)
    people = _people(gate.countable(file))
    sealed = _sealed(people, recipient=recipient) if recipient and people.height else b""
    fits = len(sealed) <= most
    return {
        **counts,
        "code": "",
        "villages": _by_village(people, villages, everybody=counts["people"]),
        "list": base64.b64encode(sealed).decode() if fits else "",
        "listed": people.height if sealed and fits else 0,
    }


def _people(document: Document) -> pl.DataFrame:
    """COLUMNS of everybody in the tables that are understood as lists of people, each person once."""
    mapping = register.recognise(document)
    frames = [pl.DataFrame(schema=dict.fromkeys(COLUMNS, pl.String))]
    for known in mapping.tables:
        table = document.tables[known.table]
        found = rows.people(table, known, mapping).filter("person")
        joined = found.join(_beside(table, known), on="row", how="left", maintain_order="left").with_columns(
            desa=pl.coalesce("desa", "f_desa")
        )
        born = found["f_tanggal_lahir"].fill_null("")
        person = pl.select(pl.coalesce(numbers.clean(found["f_nik"]), found["f_nama"] + born)).to_series()
        once = joined.with_columns(person=person).unique("person", keep="first", maintain_order=True)
        frames.append(once.rename({cell: name for name, cell in FIELDS.items()}).select(COLUMNS))
    return pl.concat(frames).filter(pl.col("nama").is_not_null())


def _beside(table: Table, known: People) -> pl.DataFrame:
    """RT, RW and village of every row, by headings for which a register's counting has no use."""
    named: dict[str, str] = {}
    for line in known.headings:
        for letter, cell in table.texts.row(line, named=True).items():
            found = next((name for name, words in BESIDE.items() if headings.plain(cell) in words), None)
            named.setdefault(found or "", letter)
    cells = [(pl.col(named[name]) if name in named else pl.lit(None, pl.String)).alias(name) for name in BESIDE]
    told = table.texts.select(cells) if table.texts.width else pl.DataFrame(schema=dict.fromkeys(BESIDE, pl.String))
    return told.with_row_index("row").with_columns(pl.col("row") + table.first_row)


def _by_village(people: pl.DataFrame, villages: Mapping[str, str], *, everybody: int) -> dict[str, int]:
    """By name or by kode; whoever stands under no village that we know is counted under ""."""
    known = {_plain(name): kode for name, kode in villages.items()}
    known |= {kode.replace(".", ""): kode for kode in villages.values()}
    counts: dict[str, int] = {}
    for written, count in people.group_by("desa").len().iter_rows():
        kode = known.get(_plain(written or ""), "") or known.get(re.sub(r"\D", "", written or ""), "")
        counts[kode] = counts.get(kode, 0) + count
    placed = sum(count for kode, count in counts.items() if kode)
    return {**{kode: count for kode, count in counts.items() if kode}, "": max(0, everybody - placed)}


def _plain(name: str) -> str:
    return _KIND.sub("", " ".join(name.upper().split()))


def _sealed(people: pl.DataFrame, *, recipient: str) -> bytes:
    """A ZIP in the shape of a bundle of evidence, so that `lumbung evidence open` opens it; its content is sealed."""
    text, inside, out = io.StringIO(), io.BytesIO(), io.BytesIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(COLUMNS)
    writer.writerows([_harmless(cell) for cell in row] for row in people.sort("desa", "dusun", "nama").iter_rows())
    content = text.getvalue().encode("utf-8-sig")
    with ZipFile(inside, "w", ZIP_DEFLATED) as bundle:
        bundle.writestr(LIST, content)
        bundle.writestr("SHA256SUMS", f"{hashlib.sha256(content).hexdigest()}  {LIST}\n")
    with ZipFile(out, "w") as outer, outer.open(SEALED, "w") as member:
        sealing = Sealing(member, recipient=recipient)  # type: ignore[arg-type]  # a member of a ZIP is written alike
        sealing.write(inside.getvalue())
        sealing.close()
    return out.getvalue()


def _harmless(cell: str | None) -> str:
    """No cell begins a formula when the list is opened in a spreadsheet."""
    plain = " ".join((cell or "").split())
    return f"'{plain}" if plain.startswith(("=", "+", "-", "@")) else plain
