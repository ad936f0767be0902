"""The tag library `design`: `{% load design %}` in any template.

Filters
    {{ value|wib }}        "3 Juni 2019 pukul 14.05 WIB"; a date without time "3 Juni 2019"
    {{ value|tanggal }}    "3 Juni 2019", whether or not there is a time
    {{ number|angka }}     "1.234,5"; nothing is "–"; {{ number|angka:2 }} fixes the decimals
    {{ bytes|ukuran }}     "1,2 MB"

Tags of one line
    {% state_badge state %}                              any verdict, submission state or dataset state
    {% shape "octagon" %}                                the shape alone
    {% field form.title %}                               label, control, help and errors, tied together for a reader
    {% form_errors form %}                               what is wrong, above the form; nothing where all is well
    {% empty_state title text href label %}              where a list has nothing (href and label may be left out)
    {% stat_tile label value note %}                     one figure with its name (note may be left out)
    {% progress_bar value of label %}                    a <progress> with its figure in words; value None: busy
    {% pagination page %}                                a django.core.paginator.Page; keeps the query string
    {% breadcrumbs _("Katalog") "/" dataset.title %}     label, address, label, address, ... and the present page
    {% way_on title text href label main %}              a card that offers a way forward; main: the first choice

Tags around a block
    {% notice "grows|waits|closed|past" title %} ... {% endnotice %}
    {% scroll label %} <table class="table"> ... </table> {% endscroll %}
    {% confirm address label tone title %} extra fields and words {% endconfirm %}
        a closed drawer with a form that posts to `address` (tone "grows", "waits" or "closed"; csrf inside)

Classes for templates: `btn btn-primary` (one a page), `btn btn-outline`, `btn btn-quiet`, `btn btn-closed` (shuts
something), `panel`, `panel-stilts` (the one thing of the page), `ways` (grid of cards), `facts` (a <dl>), `tiles`,
`lead`, `muted`, `mono`, `num` (right-aligned figures), `stack`, `cluster`, `narrow`, `visually-hidden`, and
Bootstrap's `row`/`col-*`, `form-*`, `table`, `m*-*`, `p*-*`, `d-*`. A form with `data-once` is sent once however
often it is clicked; a form with `data-upload` shows the progress of its file; `data-copy="#id"` on a button copies a
text.

Base templates: `design/base.html` (blocks title, trail, lead, content, aside, scripts; `lead` holds
`<header class="page-head"><h1>...</h1><p class="lead">...</p></header>`, `aside` an `<aside class="aside">`) for the
public, `design/desk.html` for desks; a context variable `desk_links` = [{"address", "label", "count", "current"}]
fills the desk's menu.
`design/stone.html` (extends base; variables because, since) is the page of a closed dataset, and `design/refusal.html`
(variables title, sentence, next_step, href, label) the page of any refusal.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, Form, RadioSelect, Select
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from lumbung.portal.design import wording
from lumbung.portal.design.badges import badge_of
from lumbung.portal.design.shapes import SHAPES

register = template.Library()


@register.filter
def wib(value: datetime | date | None) -> str:
    """A moment in words, WIB."""
    return wording.moment(value)


@register.filter
def tanggal(value: datetime | date | None) -> str:
    """A day in words."""
    return wording.day(value)


@register.filter
def angka(value: int | float | Decimal | None, decimals: int | None = None) -> str:
    """A number the Indonesian way."""
    return wording.number(value, decimals=decimals)


@register.filter
def ukuran(value: int | None) -> str:
    """A size in bytes, for people."""
    return wording.size(value)


@register.simple_tag
def shape(name: str) -> SafeString:
    """One of the small shapes that stand beside a word; hidden from screen readers, which read the word."""
    return format_html(
        '<svg class="shape" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">{}</svg>',
        SHAPES[name],
    )


@register.inclusion_tag("design/state_badge.html")
def state_badge(state: object) -> dict[str, Any]:
    """Colour, word and shape of a state."""
    return {"badge": badge_of(state)}


@register.inclusion_tag("design/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """A form field with all that belongs to it. The widget gets its class here, and nowhere else."""
    widget = bound.field.widget
    chooses = isinstance(widget, CheckboxInput)
    several = isinstance(widget, RadioSelect | CheckboxSelectMultiple)
    if several:
        return {"field": bound, "several": True}
    style = "form-check-input" if chooses else "form-select" if isinstance(widget, Select) else "form-control"
    mark = " is-invalid" if bound.errors else ""
    return {"field": bound, "chooses": chooses, "control": bound.as_widget(attrs={"class": style + mark})}


@register.inclusion_tag("design/form_errors.html")
def form_errors(form: Form) -> dict[str, Any]:
    """What is wrong with a form, with a link to each field."""
    return {"form": form, "wrong": [bound for bound in form if bound.errors]}


@register.inclusion_tag("design/empty_state.html")
def empty_state(title: str, text: str = "", href: str = "", label: str = "") -> dict[str, str]:
    """Where a list has nothing: says so, and what to do."""
    return {"title": title, "text": text, "href": href, "label": label}


@register.inclusion_tag("design/stat_tile.html")
def stat_tile(label: str, value: object, note: str = "") -> dict[str, object]:
    """One figure with its name. Format the figure before it comes here."""
    return {"label": label, "value": value, "note": note}


@register.inclusion_tag("design/progress_bar.html")
def progress_bar(value: int | None, of: int, label: str) -> dict[str, object]:
    """How far something is; without a value: that it is under way."""
    return {"value": value, "of": of, "label": label}


@register.inclusion_tag("design/pagination.html", takes_context=True)
def pagination(context: Mapping[str, Any], page: Page) -> dict[str, Any]:
    """Links to the pages beside this one, with everything else of the address kept."""
    kept = context["request"].GET.copy()
    kept.pop("page", None)
    around = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "kept": f"{kept.urlencode()}&" if kept else "", "around": list(around)}


@register.inclusion_tag("design/breadcrumbs.html")
def breadcrumbs(*parts: str) -> dict[str, Any]:
    """The way from the first page to this one: label, address, label, address, ..., label."""
    steps = list(zip(parts[:-1:2], parts[1::2], strict=False))
    return {"steps": steps, "here": parts[-1]}


@register.inclusion_tag("design/way_on.html")
def way_on(title: str, text: str, href: str = "", label: str = "", main: bool = False) -> dict[str, object]:
    """A card with a way forward; without an address it says what will come. `main` marks the first choice."""
    return {"title": title, "text": text, "href": href, "label": label, "main": main}


@register.simple_block_tag
def notice(content: str, tone: str, title: str = "") -> SafeString:
    """A message that stands in the page."""
    sign = {"grows": "tick", "waits": "triangle", "closed": "octagon", "past": "ring"}[tone]
    head = format_html('<p class="notice-title">{}</p>', title) if title else ""
    return format_html(
        '<div class="notice tone-{}">{}<div class="notice-body">{}{}</div></div>', tone, shape(sign), head, content
    )


@register.simple_block_tag
def scroll(content: str, label: str) -> SafeString:
    """A wide table in a frame that scrolls by finger and by keyboard."""
    return format_html('<div class="scroll" role="region" tabindex="0" aria-label="{}">{}</div>', label, content)


@register.simple_block_tag(takes_context=True)
def confirm(
    context: template.Context, content: str, address: str, label: str, tone: str = "grows", title: str = ""
) -> SafeString:
    """A drawer that opens to a form: an act that wants a second look. The act posts to `address`."""
    page = get_template("design/confirm.html")
    inside = {"address": address, "label": label, "tone": tone, "title": title or label, "content": content}
    return mark_safe(page.render(inside, context.get("request")))  # noqa: S308 - a rendered template is escaped
