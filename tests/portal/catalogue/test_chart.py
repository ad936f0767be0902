"""Which chart fits which table, and that nothing is added up that does not belong together."""

from datetime import date

import polars as pl
import pytest

from lumbung.portal.catalogue.chart import Chart, Kind, Plan, changed, chosen, drawn, may_have_chart, pinned, shape_of
from lumbung.portal.catalogue.columns import columns_of


def chart_of(table: pl.DataFrame, **asked: str) -> Chart | None:
    lazy = table.lazy()
    shape = shape_of(lazy)
    plan = chosen(shape)
    return None if plan is None else drawn(pinned(plan, shape, lazy, asked=asked), lazy)


def fitting(table: pl.DataFrame) -> Chart:
    chart = chart_of(table)
    assert chart is not None
    return chart


AGES = pl.DataFrame(
    [
        {"kecamatan": place, "kelompok umur": age, "jenis kelamin": sex, "jumlah": number}
        for place in ("A", "B")
        for age in ("10-14", "5-9", "75+", "0-4", "Jumlah")
        for sex, number in (("L", 1), ("P", 2), ("T", 3))
    ]
)


def test_age_by_sex_is_a_pyramid_in_the_order_of_age_without_totals() -> None:
    chart = fitting(AGES)
    assert chart.plan.kind is Kind.PYRAMID
    assert chart.labels == ["0-4", "5-9", "10-14", "75+"]
    assert chart.names == ["L", "P"]
    assert chart.values == [[2, 2, 2, 2], [4, 4, 4, 4]]


def test_men_and_women_as_columns_are_a_pyramid_too() -> None:
    table = pl.DataFrame({"Umur": ["0-4", "5-9"], "Laki-laki": [1, 2], "Perempuan": [3, 4], "Jumlah": [4, 6]})
    chart = fitting(table)
    assert (chart.plan.kind, chart.names) == (Kind.PYRAMID, ["Laki-laki", "Perempuan"])


def test_plan_beside_realisation_is_pairs() -> None:
    table = pl.DataFrame(
        {"Uraian": ["Pajak", "Retribusi"], "Persen": [90.0, 80.0], "Anggaran": [10, 20], "Realisasi": [9, 16]}
    )
    chart = fitting(table)
    assert (chart.plan.kind, chart.names, chart.labels) == (
        Kind.BARS,
        ["Anggaran", "Realisasi"],
        ["Retribusi", "Pajak"],
    )


def test_years_are_a_line_in_order() -> None:
    chart = fitting(pl.DataFrame({"tahun": [2023, 2021, 2022], "jumlah": [3, 1, 2]}))
    assert (chart.plan.kind, chart.labels, chart.values) == (Kind.LINE, ["2021", "2022", "2023"], [[1, 2, 3]])


def test_names_are_bars_the_largest_first_and_the_regency_is_not_one_of_its_districts() -> None:
    table = pl.DataFrame({"Kecamatan": ["A", "B", "Kabupaten Contoh", "C"], "Jumlah": [1, 3, 6, 2]})
    chart = fitting(table)
    assert (chart.labels, chart.values, chart.of) == (["B", "C", "A"], [[3, 2, 1]], 3)


def test_many_bars_are_the_thirty_largest() -> None:
    chart = fitting(pl.DataFrame({"desa": [f"Desa {n}" for n in range(300)], "jumlah": list(range(300))}))
    assert (len(chart.labels), chart.of, chart.labels[0]) == (30, 300, "Desa 299")


def test_another_table_in_the_same_file_is_never_added() -> None:
    rows = [
        {"tingkat": level, "tabel": table, "jenis_kelamin": sex, "kategori": category, "nilai": 5}
        for level in ("desa", "dusun")
        for table, categories in (("agama", ("islam", "hindu")), ("umur", ("0-4", "5-9")))
        for sex in ("L", "P", "T")
        for category in categories
    ]
    chart = fitting(pl.DataFrame(rows))
    assert chart.plan.kind is Kind.PYRAMID
    assert chart.labels == ["0-4", "5-9"]
    assert chart.values == [[5, 5], [5, 5]]
    assert [(pin.name, pin.value) for pin in chart.plan.pins] == [("tingkat", "desa"), ("tabel", "umur")]


def test_the_newest_year_unless_another_is_asked_for() -> None:
    table = pl.DataFrame({"tahun": [2022, 2022, 2023, 2023], "desa": ["A", "B"] * 2, "jumlah": [1, 2, 3, 4]})
    assert fitting(table).values == [[4, 3]]
    older = chart_of(table, tahun="2022")
    assert older is not None
    assert older.values == [[2, 1]]


def test_next_year_s_plan_does_not_hide_the_year_that_was_carried_out() -> None:
    columns = {"Tahun": [2024, 2024, 2025, 2025], "Uraian": ["A", "B"] * 2, "Anggaran": [1, 2, 3, 4]}
    table = pl.DataFrame({**columns, "Realisasi": [1, None, None, None]})
    chart = fitting(table)
    assert [(pin.name, pin.value) for pin in chart.plan.pins] == [("Tahun", "2024")]
    assert chart_of(table, Tahun="2025").plan.pins[0].value == "2025"  # type: ignore[union-attr]
    nothing = table.with_columns(pl.lit(None, pl.Int64).alias("Realisasi"))
    assert fitting(nothing).plan.pins[0].value == "2025"


def test_a_sum_with_something_hidden_is_hidden() -> None:
    table = pl.DataFrame({"desa": ["A", "A", "B", "B"], "dusun": ["1", "2", "1", "2"], "jumlah": [1, None, 2, 3]})
    chart = fitting(table)
    plan = changed(chart.plan, shape_of(table.lazy()), x="desa", series="")
    again = drawn(plan, table.lazy())
    assert (again.labels, again.values, again.gaps) == (["B", "A"], [[5, None]], 1)


def test_shares_are_averaged_and_it_is_said() -> None:
    table = pl.DataFrame({"desa": ["A", "A", "B"], "rt": ["1", "2", "1"], "persen": [10.0, 20.0, 50.0]})
    chart = drawn(Plan(kind=Kind.BARS, x="desa", measures=("persen",)), table.lazy())
    assert (chart.values, chart.averaged) == ([[50.0, 15.0]], True)


@pytest.mark.parametrize(
    "table",
    [
        pl.DataFrame({"nama": ["a", "b"], "alamat": ["c", "d"]}),
        pl.DataFrame({"jumlah": [1, 2]}),
        pl.DataFrame({"nama": ["a"], "jumlah": [1]}),
        pl.DataFrame({"nama": [], "jumlah": []}, schema={"nama": pl.String, "jumlah": pl.Int64}),
    ],
)
def test_no_chart_where_none_fits(table: pl.DataFrame) -> None:
    assert chart_of(table) is None


def test_somebody_s_choice_is_kept_where_the_table_has_it() -> None:
    shape = shape_of(AGES.lazy())
    plan = chosen(shape)
    assert plan is not None
    bars = changed(plan, shape, kind="batang", x="kecamatan", series="")
    assert (bars.kind, bars.x, bars.series) == (Kind.BARS, "kecamatan", "")
    odd = changed(plan, shape, kind="<script>", x="tidak ada", measures=["tidak ada"], series="tidak ada")
    assert (odd.x, odd.measures) == (plan.x, plan.measures)


def test_headers_alone_tell_whether_to_ask() -> None:
    assert may_have_chart(columns_of(AGES.schema))
    assert not may_have_chart(columns_of({"nama": pl.String()}))


def test_yes_and_no_or_days_may_name_bars() -> None:
    chart = fitting(pl.DataFrame({"aktif": [True, False, True], "jumlah": [1, 2, 3]}))
    assert chart.values == [[4, 2]]
    days = fitting(pl.DataFrame({"hari": [date(2024, 1, day) for day in (1, 2)], "jumlah": [1, 2]}))
    assert days.values
