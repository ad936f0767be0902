"""Does a column of numbers agree with another column: its dates with dates of birth, its sex with a column of sexes?

Plain agreement lies: a constant "L" agrees with most numbers of family cards. So sex is weighed for women and men
apart, only where both occur, and everything is set against what unrelated rows of the same columns would give.
Agreement can only strengthen: a corrected birth date leaves the NIK as it was.
"""

from collections.abc import Iterator

import polars as pl

from lumbung.detect.chance import at_least
from lumbung.detect.structure import parts
from lumbung.document import Table

SAMPLE = 2_000
LEAST = 5
CERTAIN = 0.001
SPELLINGS = 50
"""More values than this, blanks around them included, are no column of sexes."""
_DATED = r"\d[-/. |]\d{1,2}[-/. |]\d"
_DAY_FIRST = r"(?:^|[ ,/])(\d{1,2})[-/. |](\d{1,2})[-/. |](?:\d{2}|\d{4})(?:$|[ T])"
_YEAR_FIRST = r"(?:^|[ ,/])\d{4}[-/.](\d{1,2})[-/.](\d{1,2})(?:$|[ T])"


def with_others(table: Table, column: str, hits: pl.DataFrame) -> dict[str, float]:
    """The best agreement of each kind, as evidence; empty where chance explains it. `hits` has row and number."""
    whole = hits.drop_nulls("number")
    some = whole.gather_every(max(1, whole.height // SAMPLE))
    if some.height < LEAST:
        return {}
    seen = parts(some["number"])
    others = table.texts.drop(column)[some["row"]]
    best = {"agrees-birth-date": 0.0, "agrees-sex": 0.0}
    both_sexes = bool(seen["woman"].any()) and not seen["woman"].all()
    for series in others.get_columns():
        different = series.unique()
        if different.str.contains(_DATED).any():
            best["agrees-birth-date"] = max(best["agrees-birth-date"], _dates(seen, series))
        if both_sexes and different.len() <= SPELLINGS and _are_sexes(different):
            best["agrees-sex"] = max(best["agrees-sex"], _sexes(seen["woman"], series))
    return {name: round(share, 4) for name, share in best.items() if share}


def _dates(seen: pl.DataFrame, others: pl.Series) -> float:
    """The share of rows in which day and month agree, 0.0 where chance explains it. Years may have been shifted."""
    day = others.str.extract(_DAY_FIRST, 1).fill_null(others.str.extract(_YEAR_FIRST, 2)).cast(pl.Int64)
    month = others.str.extract(_DAY_FIRST, 2).fill_null(others.str.extract(_YEAR_FIRST, 1)).cast(pl.Int64)
    both = pl.DataFrame({"own": seen["day_month"] % 4000, "other": day * 100 + month}).drop_nulls()
    if both.height < LEAST:
        return 0.0
    agreed = int((both["own"] == both["other"]).sum())
    apart = max(_shifted(both), default=0.0)
    chance = at_least(agreed, of=both.height, probability=max(apart, 1 / 366))
    return agreed / both.height if chance < CERTAIN else 0.0


def _shifted(both: pl.DataFrame) -> Iterator[float]:
    """Agreement with rows that have nothing to do with each other."""
    for step in {1, 3, both.height // 2}:
        other = pl.concat([both["other"].slice(step), both["other"].head(step)])
        yield int((both["own"] == other).sum()) / both.height


def _are_sexes(different: pl.Series) -> bool:
    """Whether there are two to four values, blanks left out."""
    texts = different.str.strip_chars()
    return 2 <= texts.filter(texts != "").n_unique() <= 4


def _sexes(woman: pl.Series, others: pl.Series) -> float:
    """The balanced agreement with a column of two to four values, 0.0 where one sex is rare or chance explains it."""
    both = pl.DataFrame({"woman": woman, "value": others.str.strip_chars()}).filter(pl.col("value") != "")
    share = int(both["woman"].sum()) / both.height if both.height else 0.0
    if both.height < LEAST or not 0.1 <= share <= 0.9:
        return 0.0
    by_value = both.group_by("value").agg(women=pl.col("woman").sum(), all=pl.len())
    female = by_value.filter(pl.col("women") * 2 > pl.col("all"))
    women_right = int(female["women"].sum())
    men_right = int((by_value["all"] - by_value["women"]).sum()) - int((female["all"] - female["women"]).sum())
    right = women_right + men_right
    choices = 2**by_value.height
    chance = choices * at_least(right, of=both.height, probability=max(share, 1 - share))
    women = int(both["woman"].sum())
    balanced = (women_right / women + men_right / (both.height - women)) / 2
    return balanced if chance < CERTAIN and balanced > 0.5 else 0.0
