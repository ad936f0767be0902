"""The page that explains the own API, with lines to copy about a table that really stands on the shelf."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lumbung.api.data import describing, filters, grouping
from lumbung.api.data.examples import examples
from lumbung.api.data.tables import Table, tables_of
from lumbung.api.data.writing import CONTENT_TYPES
from lumbung.portal.catalogue.door import fresh
from lumbung.portal.catalogue.queries import visible

LOOKED_AT = 20  # datasets, for one that has a table


@require_safe
def explained(request: HttpRequest) -> HttpResponse:
    """In plain words: what can be asked, and how."""
    table = _a_table()
    context = {
        "table": table,
        "examples": examples(request.build_absolute_uri("/"), table, describing.columns(table)) if table else [],
        "openapi": request.build_absolute_uri(reverse("data:openapi")),
        "ways": filters.WAYS,
        "measures": [grouping.COUNT, *(f"{way}:kolom" for way in (*grouping.OF_NUMBERS, *grouping.OF_ANY))],
        "forms": list(CONTENT_TYPES),
    }
    response = render(request, "api/explained.html", context)
    fresh(request, response)
    return response


def _a_table() -> Table | None:
    """A table of the newest datasets."""
    listed = (tables_of(dataset) for dataset in visible()[:LOOKED_AT])
    return next((tables[0] for tables in listed if tables), None)
