"""From registers to packages of statistics, in one confined child: registers go in, only packages come out.

The walk through three rooms: the gate opens the file, `register` finds the residents, `aggregate` counts, protects and
proves. What goes back to the caller are counts, row numbers and headings, never a value.
"""

import io
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from lumbung import gate, register
from lumbung.aggregate import sid
from lumbung.aggregate.filled import Filled
from lumbung.document import Document
from lumbung.register import Recognised, Report

__all__ = ["make", "make_together"]

STEPS = ("reading", "counting", "protecting", "writing")
SIGN = "langkah"  # beside the package: the step that is under way, for whoever waits
WHOLE, SHARE = "gabungan", "desa-{}"  # folders of a release of several villages
HIDDEN = "•••"  # a heading that may be somebody's name
Memory = Sequence[Mapping[str, Any]]


class _Stopped(Exception):
    """Nothing comes of it; carries the answer."""

    def __init__(self, answer: dict[str, Any]) -> None:
        super().__init__(answer["code"])
        self.answer = answer


def make(
    *,
    file: BinaryIO,
    village: str,
    period: str,
    mapping: Mapping[str, str],
    memory: Memory,
    folder: str,
    written: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Write the package of `village` (dotted code) for a day (ISO) into the new `folder`; in a confined child only.

    `mapping` is what a person said columns are, by letter or heading; `memory` is that of all earlier releases;
    `written` has the `values` that go into the monograph beside the counted ones, and their `source`. Gives `code`
    ("" for a package, else why there is none), `report` (register.Report, plain) and `proposal` (the columns to be
    named by a person: letter, heading, field). Where there is a code there is no folder.
    """
    sign = Path(folder).with_name(SIGN)
    try:
        document, recognised = _opened(file, mapping, sign)
        counted = _counted(document, recognised, village=village, period=period, sign=sign)
    except _Stopped as stopped:
        return stopped.answer
    del document
    forms = {village: Filled(**written)} if written else {}
    code = _package(counted.residents, period=period, memory=memory, folder=Path(folder), sign=sign, forms=forms)
    if not code:
        sid.write(Path(folder), village=village, period=period)
    return _answer(code, counted.report, recognised)


def make_together(
    *,
    file: BinaryIO,
    sizes: Sequence[int],
    villages: Sequence[str],
    period: str,
    mapping: Mapping[str, str],
    memories: Sequence[Memory],
    folder: str,
) -> dict[str, Any]:
    """The packages of several villages, protected together with the sums of their districts and regency.

    `file` holds registers of these `sizes` (bytes), one after the other. With as many `villages` each register is of
    one village; otherwise its column of village codes says whose each row is, and `villages` (none: all) are taken.
    Writes a folder for each village and one for the whole. Gives `code`, `areas` that it is about, `reports` by
    village, and `left_out`: why a village is not there; what `make` gives where one register is the reason.
    """
    import polars as pl

    sign = Path(folder).with_name(SIGN)
    found, reports = [], {}
    try:
        for number, size in enumerate(sizes):
            document, recognised = _opened(io.BytesIO(file.read(size)), mapping, sign)
            shared = len(sizes) != len(villages)
            for village in _whose(document, recognised, villages) if shared else (villages[number],):
                counted = _counted(document, recognised, village=village, period=period, sign=sign, shared=shared)
                found.append(counted.residents)
                reports[village] = counted.report.as_dict()
            del document
    except _Stopped as stopped:
        return stopped.answer
    if len(found) != len(reports):
        return _answer("village-twice")
    answer = _packages(pl.concat(found), period=period, memories=memories, folder=Path(folder), sign=sign)
    return {**_answer(""), **answer, "reports": reports}


def _opened(file: BinaryIO, mapping: Mapping[str, str], sign: Path) -> tuple[Document, Recognised]:
    sign.write_text("reading")
    try:
        document = gate.countable(file)
        return document, register.recognise(document, told=mapping)
    except gate.NotTheInspectedFile:
        raise _Stopped(_answer("not-wholly-read")) from None
    except register.NotUnderstood:
        raise _Stopped(_answer("no-such-column")) from None


def _counted(
    document: Document, recognised: Recognised, *, village: str, period: str, sign: Path, shared: bool = False
) -> register.Register:
    sign.write_text("counting")
    at = date.fromisoformat(period)
    counted = register.residents(document, mapping=recognised, at=at, village=village, shared=shared)
    if counted.report.refusal:
        raise _Stopped(_answer(counted.report.refusal, counted.report, recognised, areas=[village]))
    return counted


def _whose(document: Document, recognised: Recognised, wanted: Sequence[str]) -> Sequence[str]:
    """The villages of a register that holds several; a refusal of the register itself comes first."""
    if recognised.refusal or recognised.needs_confirmation:
        raise _Stopped(_answer(recognised.refusal or "needs-confirmation", None, recognised))
    named = register.villages(document, mapping=recognised)
    whose = [village for village in named if not wanted or village in wanted]
    if not whose:
        raise _Stopped(_answer("no-village-codes", None, recognised))
    return whose


def _package(
    residents: Any, *, period: str, memory: Memory, folder: Path, sign: Path, forms: Mapping[str, Filled]
) -> str:
    """Protect, prove, write. The code of the refusal, or nothing."""
    from lumbung.aggregate import package, release
    from lumbung.aggregate.eligible import Refused
    from lumbung.aggregate.ledger import is_unchanged
    from lumbung.aggregate.policy import load

    sign.write_text("protecting")
    try:
        ledger = package.from_json(memory)
        made = release.make(residents, period=date.fromisoformat(period), policy=load(), ledger=ledger)
        if is_unchanged(ledger, package.past(made).cells, period=made.period):
            return "same-as-last"
        sign.write_text("writing")
        package.publish(made, folder, written=forms)
    except Refused as refused:
        return refused.code
    return ""


def _packages(residents: Any, *, period: str, memories: Sequence[Memory], folder: Path, sign: Path) -> dict[str, Any]:
    """Protect and prove all villages together, write the whole and each village's share of it."""
    from lumbung.aggregate import package, parts, release
    from lumbung.aggregate.eligible import Refused
    from lumbung.aggregate.ledger import is_unchanged, together
    from lumbung.aggregate.policy import load

    sign.write_text("protecting")
    try:
        known = together(package.from_json(memory) for memory in memories)
        ledger = together(known.of(code) for code in _codes(residents["village"].unique().to_list()))
        made = release.make(residents, period=date.fromisoformat(period), policy=load(), ledger=ledger)
        shares = {village: parts.of_village(made, village) for village in parts.villages(made)}
        same = [
            village
            for village, share in shares.items()
            if is_unchanged(share.earlier, package.past(share).cells, period=made.period)
        ]
        if same:
            return {"code": "same-as-last", "areas": same}
        sign.write_text("writing")
        package.publish(made, folder / WHOLE)
        for village, share in shares.items():
            package.publish(share, folder / SHARE.format(village))
            sid.write(folder / SHARE.format(village), village=village, period=period)
    except Refused as refused:
        return {"code": refused.code, "areas": list(refused.areas)}
    return {"left_out": {place: why for place, why in made.left_out.items() if "/" not in place}}


def _codes(villages: Sequence[str]) -> list[str]:
    """The villages, their districts and their regency."""
    above = {village.rsplit(".", level)[0] for village in villages for level in (1, 2)}
    return sorted({*villages, *above})


def _answer(
    code: str, report: Report | None = None, recognised: Recognised | None = None, *, areas: Sequence[str] = ()
) -> dict[str, Any]:
    """Plain values. A heading is shown only where every word of it is known, for it may be somebody's name."""
    said = report.as_dict() if report else {}
    columns = recognised.unclear if recognised else ()
    proposal = [
        {"letter": column.letter, "heading": _shown(column.heading), "field": column.field} for column in columns
    ]
    unmapped = [_shown(heading) or HIDDEN for heading in (recognised.unmapped if recognised else ())]
    return {
        "code": code,
        "areas": list(areas),
        "report": said,
        "proposal": {"columns": proposal},
        "unmapped": unmapped,
    }


def _shown(heading: str) -> str:
    return gate.scrub(register.shown(heading))
