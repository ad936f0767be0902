"""What a file that the gate let through says about itself: headers, the lines around its table, its years.

Read in a confined child while somebody describes the file, shown to its producer as proposals, kept nowhere.
"""

from dataclasses import dataclass

import polars as pl

from lumbung import confine, gate
from lumbung.portal.catalogue.columns import Column, columns_of
from lumbung.portal.intake import vault
from lumbung.portal.intake.masking import holds_long_number
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.seal import Tampered

LARGEST = 16 << 20  # bytes: reading more again would keep the person waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class Glimpse:
    """Of the first table: its columns, the loose lines around it, the first and the last of its years; all empty where
    there is no table, or none that can be read."""

    columns: tuple[Column, ...] = ()
    lines: tuple[str, ...] = ()
    years: tuple[int, ...] = ()


def glimpse_of(submission: Submission) -> Glimpse:
    """Nothing of a file that is too large. The caller has asked whether its columns may be described
    (`check_columns_describable`)."""
    if submission.size > LARGEST:
        return Glimpse()
    target, arguments = "lumbung.portal.intake.naming:glimpse", {"inspection": submission.inspection}
    try:
        with vault.open_plain(submission) as plain:
            said = confine.call(target, file=plain, arguments=arguments, limits=gate.limits())
    except (confine.Ended, Tampered):
        return Glimpse()
    types = {True: pl.Float64(), False: pl.String()}
    named = zip(map(str, said["names"]), said["numeric"], strict=True)
    schema = {name: types[bool(numeric)] for name, numeric in named if not holds_long_number(name)}
    lines = tuple(line for line in map(str, said["lines"]) if not holds_long_number(line))
    return Glimpse(columns=tuple(columns_of(schema)), lines=lines, years=tuple(map(int, said["years"])))
