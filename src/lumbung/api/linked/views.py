"""What stands behind the addresses of linked data. Nothing here carries a cell of a file."""

from django.db.models import Max
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.utils import timezone

from lumbung.api.data import asking
from lumbung.api.data.door import for_programs, of_dataset
from lumbung.api.data.problems import Problem
from lumbung.api.linked import croissant as croissants
from lumbung.api.linked import data_json as data_jsons
from lumbung.api.linked import dcat, package, rdf
from lumbung.api.linked.shown import Shown, all_shown, one_shown, page_of_shown
from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.catalogue.queries import visible

PER_PAGE = 100  # datasets


@for_programs
def catalogue(request: HttpRequest, form: str) -> HttpResponseBase:
    """A page of the whole catalogue in DCAT-AP."""
    if set(request.GET) - {"page"}:
        raise Problem("unknown-parameter")
    number = asking.number(request.GET, "page", least=1, most=999_999) or 1
    view = _view(request, number)
    shown = page_of_shown(first=(number - 1) * PER_PAGE, most=PER_PAGE)
    response = _written(form, list(dcat.catalogue(request, view, shown)))
    if view.following:
        response["Link"] = f'<{view.following}>; rel="next"'
    return response


@of_dataset
def dataset(request: HttpRequest, shown: Dataset, form: str) -> HttpResponseBase:
    """One dataset in DCAT-AP."""
    return _written(form, list(dcat.dataset(request, _open(shown))))


@of_dataset
def datapackage(request: HttpRequest, shown: Dataset) -> HttpResponseBase:
    """One dataset as a Data Package."""
    return JsonResponse(package.package(request, _open(shown)))


@of_dataset
def croissant(request: HttpRequest, shown: Dataset) -> HttpResponseBase:
    """One dataset in Croissant."""
    said = croissants.croissant(request, _open(shown))
    return JsonResponse(said, content_type="application/ld+json")


@for_programs
def data_json(request: HttpRequest) -> HttpResponseBase:
    """The whole catalogue in DCAT-US 1.1."""
    pieces = data_jsons.data_json(request, all_shown()) if request.method == "GET" else iter([b""])
    return StreamingHttpResponse(pieces, content_type="application/json")


def _open(dataset: Dataset) -> Shown:
    found = one_shown(dataset)
    if found is None:
        raise Problem("unknown", status=404)
    return found


def _view(request: HttpRequest, number: int) -> dcat.View:
    """Where the pages are. Raise Problem (404) for one beyond the last."""
    total = visible().count()
    last = max(1, -(-total // PER_PAGE))
    if number > last:
        raise Problem("unknown", status=404)

    def page(there: int) -> str:
        here = request.build_absolute_uri(request.path)
        return f"{here}?page={there}" if 1 <= there <= last else ""

    return dcat.View(
        this=page(number),
        first=page(1),
        previous=page(number - 1),
        following=page(number + 1),
        last=page(last),
        total=total,
        modified=visible().order_by().aggregate(newest=Max("released_at"))["newest"] or timezone.now(),
    )


def _written(form: str, triples: list[rdf.Triple]) -> HttpResponse:
    content_type, write = rdf.WRITERS[form]
    response = HttpResponse(write(triples), content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    return response
