"""From a register to a package of statistics, in one confined child: the register goes in, only the package comes out.

The walk through three rooms: the gate opens the file, `register` finds the residents, `aggregate` counts, protects and
proves. What goes back to the caller are counts, row numbers and headings, never a value.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from lumbung import gate, register
from lumbung.aggregate import sid
from lumbung.register import Recognised, Report

__all__ = ["make"]

STEPS = ("reading", "counting", "protecting", "writing")
SIGN = "langkah"  # beside the package: the step that is under way, for whoever waits


def make(
    *,
    file: BinaryIO,
    village: str,
    period: str,
    mapping: Mapping[str, str],
    memory: Sequence[Mapping[str, Any]],
    folder: str,
) -> dict[str, Any]:
    """Write the package of `village` (dotted code) for a day (ISO) into the new `folder`; in a confined child only.

    `mapping` is what a person said columns are, by letter or heading; `memory` is that of all earlier releases. Gives
    `code` ("" for a package, else why there is none), `report` (register.Report, plain) and `proposal` (the columns to
    be named by a person: letter, heading, field). Where there is a code there is no folder.
    """
    sign = Path(folder).with_name(SIGN)
    sign.write_text("reading")
    try:
        document = gate.countable(file)
        recognised = register.recognise(document, told=mapping)
    except gate.NotTheInspectedFile:
        return _answer("not-wholly-read")
    except register.NotUnderstood:
        return _answer("no-such-column")
    sign.write_text("counting")
    counted = register.residents(document, mapping=recognised, at=date.fromisoformat(period), village=village)
    report = counted.report
    if report.refusal:
        return _answer(report.refusal, report, recognised)
    del document
    code = _package(counted.residents, period=period, memory=memory, folder=Path(folder), sign=sign)
    if not code:
        sid.write(Path(folder), village=village, period=period)
    return _answer(code, report, recognised)


def _package(residents: Any, *, period: str, memory: Sequence[Mapping[str, Any]], folder: Path, sign: Path) -> str:
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
        package.publish(made, folder)
    except Refused as refused:
        return refused.code
    return ""


def _answer(code: str, report: Report | None = None, recognised: Recognised | None = None) -> dict[str, Any]:
    """Plain values with every word of the file scrubbed."""
    said = report.as_dict() if report else {}
    columns = recognised.unclear if recognised else ()
    proposal = [
        {"letter": column.letter, "heading": gate.scrub(column.heading), "field": column.field} for column in columns
    ]
    unmapped = [gate.scrub(heading) for heading in (recognised.unmapped if recognised else ())]
    return {"code": code, "report": said, "proposal": {"columns": proposal}, "unmapped": unmapped}
