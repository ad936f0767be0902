"""One file of the corpus, and what the gate has to say about it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lumbung.gate import Inspection, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """`subject` is a layout or a family of lookalikes; `must` maps reason codes to the column each belongs in.

    A column of None is any column of the right sheet. `sheet` is None where the format knows no sheets. A case with an
    empty `must` must not be held. `least` is the severity that is enough: one number alone is for a person to look at.
    """

    subject: str
    damage: str
    format: str
    write: Callable[[Path], None]
    sheet: str | None = None
    must: tuple[tuple[str, str | None], ...] = ()
    least: Verdict = Verdict.HOLD

    @property
    def name(self) -> str:
        """For people: what, how damaged, in which format."""
        return f"{self.subject}-{self.damage}.{self.format}"

    @property
    def file_name(self) -> str:
        """As an operator would call it; it tells nothing about the contents."""
        return f"unggahan.{'xls' if self.format == 'html' else self.format.split('-')[0]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the gate said. `codes` are those that hold; `missed` the wanted reasons that were not found in place."""

    case: Case
    verdict: Verdict
    codes: tuple[str, ...]
    missed: tuple[str, ...]
    seconds: float

    @property
    def held(self) -> bool:
        """Not merely sent to a person: held; or what is enough for this case."""
        return self.verdict in (Verdict.HOLD, self.case.least)

    @property
    def right(self) -> bool:
        """Held for at least one of the wanted reasons, in its place."""
        return self.held and len(self.missed) < len(self.case.must)


def judged(case: Case, inspection: Inspection) -> Outcome:
    """Compare an inspection with what the case wants."""
    held_at = {
        (reason.code, reason.place.sheet, reason.place.column)
        for reason in inspection.reasons
        if reason.severity in (Verdict.HOLD, case.least)
    }
    missed = tuple(
        code
        for code, column in case.must
        if not any(
            code == found and case.sheet in (None, sheet) and (column is None or there == column)
            for found, sheet, there in held_at
        )
    )
    return Outcome(
        case=case,
        verdict=inspection.verdict,
        codes=tuple(sorted({code for code, _, _ in held_at})),
        missed=missed,
        seconds=inspection.seconds,
    )
