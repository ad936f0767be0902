"""The chart as the page of a dataset shows it: its figures, a sentence that says them, and what can be changed."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

import polars as pl
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from lumbung.portal.catalogue import asking, rows, shelf
from lumbung.portal.catalogue.chart import (
    Chart,
    Kind,
    Plan,
    Shape,
    changed,
    chosen,
    drawn,
    may_have_chart,
    pinned,
    shape_of,
)
from lumbung.portal.catalogue.column_words import words_of_release
from lumbung.portal.catalogue.columns import Column, columns_of, told
from lumbung.portal.catalogue.models import Distribution
from lumbung.portal.design import wording

KINDS: dict[Kind, Promise] = {
    Kind.BARS: gettext_lazy("Batang"),
    Kind.LINE: gettext_lazy("Garis"),
    Kind.PYRAMID: gettext_lazy("Piramida"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One value of a control of the chart's form."""

    value: str
    label: str | Promise
    chosen: bool


def worth_asking(table: Distribution) -> bool:
    """Whether the table may have a chart, by its headers: nothing else is read."""
    return may_have_chart(columns_of(pl.scan_parquet(shelf.path_of(table)).collect_schema()))


def chart_of(request: HttpRequest, table: Distribution) -> dict[str, object]:
    """The chart of the rows that the table shows, changed as the address asks; `chart` is None where none fits."""
    query = request.GET
    narrowed = rows.matching(shelf.path_of(table), asking.question(query))
    shape = shape_of(narrowed)
    plan = chosen(shape)
    if plan is None:
        return {"chart": None}
    series = query.get("menurut") if "menurut" in query else None
    plan = changed(
        plan, shape, kind=query.get("bagan", ""), x=query.get("x", ""), measures=query.getlist("y"), series=series
    )
    plan = pinned(plan, shape, narrowed, asked=asking.pins(query))
    figures = drawn(plan, narrowed)
    if not figures.labels or not figures.names:
        return {"chart": None}
    named = {one.name: one for one in told(shape.measures, words_of_release(table.release))}
    measures = [named[name] for name in plan.measures]
    figures = figures if plan.series else replace(figures, names=[one.with_unit for one in measures])
    return {
        "chart": figures,
        "chart_rows": _rows(figures),
        "chart_says": says(figures, measures),
        "chart_notes": _notes(figures),
        "chart_data": data_for_screen(figures, measures),
        "controls": _controls(plan, shape),
        "chart_carried": asking.hidden(query, without=(*asking.OF_CHART, asking.PIN)),
        "chart_query": asking.changed(query, _query_of(plan)) + _pins_of(plan),
    }


def says(chart: Chart, measures: Sequence[Column]) -> str:
    """What the chart shows, in one sentence; the figures with their units, where those are known."""
    plan = chart.plan
    figures = ", ".join(one.with_unit for one in measures)
    where = {"figures": figures, "x": plan.x, "series": plan.series}
    if plan.kind is Kind.PYRAMID:
        return _("Piramida: %(figures)s menurut %(x)s.") % where
    if plan.series:
        return _("%(figures)s menurut %(x)s dan %(series)s.") % where
    return _("%(figures)s menurut %(x)s.") % where


def _notes(chart: Chart) -> list[str]:
    """What one must know so as not to misread it."""
    notes = [
        _("Hanya %(name)s: %(value)s.") % {"name": pin.name, "value": pin.value}
        for pin in chart.plan.pins
        if pin.value
    ]
    if chart.of > len(chart.labels):
        counts = {"shown": wording.number(len(chart.labels)), "of": wording.number(chart.of)}
        if chart.plan.kind is Kind.BARS:
            notes.append(_("Yang digambar: %(shown)s terbesar dari %(of)s.") % counts)
        else:
            notes.append(_("Yang digambar: %(shown)s dari %(of)s.") % counts)
    if chart.averaged:
        notes.append(_("Angka beberapa baris dirata-ratakan, tidak dijumlahkan."))
    if chart.gaps:
        notes.append(_("Sebagian angka kosong atau disembunyikan, jadi tidak digambar."))
    return notes


def data_for_screen(chart: Chart, measures: Sequence[Column]) -> str:
    """What the browser draws from, as JSON; `unit` only where all figures have the same."""
    units = {one.unit for one in measures}
    return json.dumps(
        {
            "kind": chart.plan.kind.value,
            "labels": chart.labels,
            "names": chart.names,
            "values": chart.values,
            "unit": units.pop() if len(units) == 1 else "",
            "language": get_language() or "id",
        },
        ensure_ascii=False,
    )


def _rows(chart: Chart) -> list[tuple[str, list[str]]]:
    """The same figures as text, for the table beside the chart."""
    return [(label, [_figure(series[at]) for series in chart.values]) for at, label in enumerate(chart.labels)]


def _figure(value: float | None) -> str:
    if value is None:
        return wording.NOTHING
    return wording.number(int(value) if value.is_integer() else round(value, 2))


def _controls(plan: Plan, shape: Shape) -> dict[str, object]:
    """What the form offers."""
    names = [column.name for column in shape.dimensions if shape.distinct[column.name] > 1]
    pyramid = plan.kind is Kind.PYRAMID or bool(plan.series) or len(plan.measures) == 2
    kinds = [kind for kind in Kind if kind is not Kind.PYRAMID or pyramid]
    together: Sequence[Choice] = [Choice(value="", label=_("semua, dijumlahkan"), chosen=False)]
    return {
        "kinds": [Choice(value=kind, label=KINDS[kind], chosen=kind is plan.kind) for kind in kinds],
        "along": [Choice(value=name, label=name, chosen=name == plan.x) for name in names],
        "measures": [
            Choice(value=one.name, label=one.name, chosen=one.name in plan.measures) for one in shape.measures
        ],
        "series": [
            Choice(value="", label=_("tidak dipecah"), chosen=not plan.series),
            *(Choice(value=name, label=name, chosen=name == plan.series) for name in names if name != plan.x),
        ],
        "pins": [
            (pin, [*together, *(Choice(value=one, label=one, chosen=one == pin.value) for one in pin.choices)])
            for pin in plan.pins
        ],
    }


def _query_of(plan: Plan) -> dict[str, object]:
    return {"bagan": plan.kind.value, "x": plan.x, "y": None, "menurut": plan.series}


def _pins_of(plan: Plan) -> str:
    pairs = [("y", name) for name in plan.measures] + [(asking.PIN + pin.name, pin.value) for pin in plan.pins]
    return "&" + urlencode(pairs)
