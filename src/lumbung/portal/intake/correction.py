"""Mending a held table in the browser: what may be left out, what stays, and the rest sent as a new submission.

Nothing of the body is shown: the page has names of columns, numbers of rows and what the gate said of them.
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung import confine, gate
from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import Conflicting, Unfit
from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import Actor
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.intake import vault
from lumbung.portal.intake.actions import DESCRIPTION, locked, receive
from lumbung.portal.intake.masking import masked
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.permissions import check_correctable
from lumbung.portal.intake.seal import Tampered

NAME = "tabel-diperbaiki.csv"
RANGE = re.compile(r"(\d{1,7})(?:\s*-\s*(\d{1,7}))?")
MOST_RANGES = 200
SELDOM = 0.2  # a finding in fewer of a column's cells than this is offered as rows to leave out, not as a column

Rows = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What is left out: of which table, which columns (letters), which rows (first and last row of the sheet)."""

    table: int
    columns: tuple[str, ...]
    rows: Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenColumn:
    """One column: its letter, its name where it may be shown, what was found in it, and whether to leave it out."""

    letter: str
    name: str
    found: tuple[str, ...]
    advised: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenTable:
    """One table of a held file, without any of its cells. `rows_advised` is such as "9, 12-15"."""

    number: int
    sheet: str
    rows: int
    columns: tuple[SeenColumn, ...]
    rows_advised: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """A table with something left out: its text, what is left of it, and what the gate says of it now."""

    text: str
    rows: int
    names: tuple[str, ...]
    inspection: gate.Inspection


def rows_of(text: str) -> Rows:
    """ "5, 9-12" as ranges. Raise ValueError where it is anything else, or far too much."""
    parts = [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]
    matches = [RANGE.fullmatch(part) for part in parts]
    ranges = [(int(match[1]), int(match[2] or match[1])) for match in matches if match]
    if len(ranges) < len(parts) or len(parts) > MOST_RANGES or any(last < first for first, last in ranges):
        raise ValueError("rows")
    return tuple(ranges)


def seen(submission: Submission) -> list[SeenTable]:
    """The tables of a held file as they may be shown. Raise Conflicting or Unfit where it cannot be opened."""
    tables = _asked(submission, "look", {})["tables"]
    titles = {rule.code: rule.title["id"] for rule in gate.rules()}
    reasons = (submission.inspection or {}).get("reasons", [])
    return [_seen(table, [one for one in reasons if _concerns(one, table)], titles) for table in tables]


def mended(submission: Submission, choice: Choice) -> Mended:
    """The table without what was chosen, already looked at by the gate. Raise Unfit where nothing would be left."""
    arguments = {"table": choice.table, "columns": list(choice.columns), "rows": [list(one) for one in choice.rows]}
    said = _asked(submission, "mend", arguments)
    if not said["rows"]:
        raise Unfit(
            "nothing-left",
            _("Dengan pilihan itu tidak ada baris yang tersisa."),
            _("Kembali, lalu sisakan sedikitnya satu kolom dan satu baris."),
        )
    text = str(said["text"])
    inspection = gate.inspect(io.BytesIO(text.encode()), name=NAME)
    return Mended(text=text, rows=int(said["rows"]), names=_showable(said["names"]), inspection=inspection)


def send(submission: Submission, choice: Choice, *, person: Person, by: Actor) -> Submission:
    """Send what is left as a new submission with the held one's description. It is inspected like anything else.

    Raise Refused and kin; the held file stays as it is.
    """
    rest = mended(submission, choice)
    sealed = vault.seal_bytes([rest.text.encode()], name=NAME)
    try:
        with transaction.atomic():
            current = locked(submission)
            check_correctable(current)
            result = receive(
                sealed,
                person=person,
                organisation=current.organisation,
                by=by,
                description={name: getattr(current, name) for name in DESCRIPTION},
                dataset=current.dataset,
                derived_from=current,
            )
            rows = sum(last - first + 1 for first, last in choice.rows)
            left_out = {"columns": len(choice.columns), "rows": rows}
            record(Kind.CORRECTED, by=by, subject=current.subject, because="", result=str(result.pk), **left_out)
    finally:
        sealed.discard()
    return result


def _asked(submission: Submission, verb: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """What the confined child says about the held file."""
    check_correctable(submission)
    try:
        with vault.open_plain(submission) as plain:
            answer: dict[str, Any] = confine.call(
                f"lumbung.portal.intake.correcting:{verb}",
                file=plain,
                arguments={"inspection": submission.inspection, **arguments},
                limits=gate.limits(),
            )
    except Tampered:
        raise Conflicting("damaged", _("Berkas yang tersimpan tidak dapat dibuka lagi.")) from None
    except confine.Ended as ended:
        raise _refused(ended) from None
    return answer


def _refused(ended: confine.Ended) -> Unfit:
    if ended.error == "TooLarge":
        return Unfit(
            "too-large-to-mend",
            _("Tabel yang tersisa terlalu besar untuk diperbaiki di sini."),
            _("Perbaiki di aplikasi asalnya, simpan, lalu kirim lagi."),
        )
    return Unfit(
        "not-mendable",
        _("Isi berkas ini tidak dapat dibuka untuk diperbaiki di sini."),
        _("Perbaiki di aplikasi asalnya, simpan, lalu kirim lagi."),
    )


def _concerns(reason: Mapping[str, Any], table: Mapping[str, Any]) -> bool:
    place = reason["place"]
    same = (place.get("sheet") or "", place.get("part") or "") == (masked(table["sheet"]), masked(table["part"]))
    return same and not place.get("hidden")


def _seen(table: Mapping[str, Any], reasons: Sequence[Mapping[str, Any]], titles: Mapping[str, str]) -> SeenTable:
    names = _showable([column["name"] for column in table["columns"]])
    columns = [
        _column(column["letter"], name, _about(column["letter"], reasons), titles)
        for column, name in zip(table["columns"], names, strict=True)
    ]
    seldom = [one["place"]["row"] for one in reasons if _is_seldom(one) and one["place"].get("row")]
    return SeenTable(
        number=int(table["number"]),
        sheet=masked(table["sheet"]),
        rows=int(table["rows"]),
        columns=tuple(columns),
        rows_advised=", ".join(row for row in dict.fromkeys(seldom) if _is_rows(row)),
    )


def _about(letter: str, reasons: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [reason for reason in reasons if reason["place"].get("column") == letter]


def _column(letter: str, name: str, reasons: Sequence[Mapping[str, Any]], titles: Mapping[str, str]) -> SeenColumn:
    found = tuple(dict.fromkeys(titles[one["code"]] for one in reasons))
    advised = any(one["severity"] == "hold" and not _is_seldom(one) for one in reasons)
    return SeenColumn(letter=letter, name=name, found=found, advised=advised)


def _is_seldom(reason: Mapping[str, Any]) -> bool:
    """Found in a few cells of a long column: leaving those rows out costs less than the column."""
    return bool(reason["place"].get("column")) and 0 < reason["hits"] < SELDOM * reason["of"]


def _is_rows(text: str) -> bool:
    try:
        return bool(rows_of(text))
    except ValueError:
        return False


def _showable(names: Sequence[str]) -> tuple[str, ...]:
    """The names of columns, or none of them where the gate finds somebody in one: a row of data read as names."""
    table = io.StringIO()
    csv.writer(table).writerows([["uraian"], *([name] for name in names if name)])
    found = gate.inspect(io.BytesIO(table.getvalue().encode()), name="kolom.csv")
    return tuple("" if found.reasons else masked(str(name)) for name in names)
