"""What a village's published blank says for its monograph: the fields that no register gives.

Only what stands open on the shelf goes along: it was inspected and decided on by people, and anybody can compare the
two. A blank that comes later is in the monograph of the next release.
"""

from collections.abc import Mapping
from typing import Any

from lumbung.aggregate import filled
from lumbung.portal.accounts.models import Organisation
from lumbung.portal.intake.blanks import queries
from lumbung.portal.intake.blanks.definition import blanks

CODE = "monografi"


def by_year(village: Organisation) -> dict[int, dict[str, Any]]:
    """For each year with published answers their `values` and `source`, as `lumbung.statistics.make` takes them."""
    blank = blanks()[CODE]
    (line,) = blank.rows()
    return {one.year: _said(one.year, one.values.get(line.code, {})) for one in queries.newest(blank, village)}


def written(village: Organisation, *, year: int) -> dict[str, Any] | None:
    """Those of the newest year that is not after `year`; None where nothing is published."""
    known = by_year(village)
    return known.get(max((one for one in known if one <= year), default=0))


def _said(year: int, answers: Mapping[str, object]) -> dict[str, Any]:
    values, _wrong = filled.understood(answers)
    return {"values": values, "source": f"isian desa tahun {year} yang terbit di portal"}
