"""Whether a register as a whole may be counted: of this village, of this time, of all its people, readable enough."""

from datetime import date

import polars as pl

from lumbung.register.codes import share

UNUSABLE = 0.02  # share of the living whose age, sex or state cannot be read: beyond it the totals would be wrong
OTHER = 0.5  # share of family cards issued by another kecamatan
LARGE = 1000  # people among whom, in a year, some are born
_UNREADABLE = ("no-age", "no-sex", "unreadable-state", "future-birth", "impossible-age")
_VILLAGE_DIGITS = 10  # a shorter number is some system's own
_NO_PROVINCE = "99"  # invented villages carry it, with family cards of real regions


def unfit(fit: pl.DataFrame, counted: pl.DataFrame, *, village: str, at: date) -> str:
    """The first reason against counting (see Report.refusal), or nothing."""
    unusable = fit.filter(pl.col("left_out").is_in(_UNREADABLE)).height
    if counted.is_empty():
        return "nobody"
    if unusable > UNUSABLE * (unusable + counted.height):
        return "future-births" if _mostly_future(fit, unusable) else "too-many-unusable"
    if _of_another(counted, village):
        return "other-village"
    if counted.height >= LARGE and int(counted["age"].min()) >= 17:  # type: ignore[arg-type]
        return "no-children"
    if counted.height >= LARGE and _old(counted, at):
        return "old-register"
    return ""


def _mostly_future(fit: pl.DataFrame, unusable: int) -> bool:
    return fit.filter(pl.col("left_out") == "future-birth").height * 2 > unusable


def _of_another(counted: pl.DataFrame, village: str) -> bool:
    """By the village code that some layouts carry, else by the kecamatan in the family cards."""
    said = counted["f_desa"].str.replace_all(r"\D", "")
    said = said.filter(said.str.len_chars() == _VILLAGE_DIGITS)
    if said.len():
        return share(said != village.replace(".", "")) > OTHER
    cards = counted["kk"].drop_nulls().unique()
    district = village.replace(".", "")[:6]
    return not district.startswith(_NO_PROVINCE) and share(cards.str.slice(0, 6) != district) > OTHER


def _old(counted: pl.DataFrame, at: date) -> bool:
    """Nobody was born in the year before the reference date: the register was written earlier."""
    newest = counted["birth_told"].max()
    return isinstance(newest, date) and (at - newest).days > 365
