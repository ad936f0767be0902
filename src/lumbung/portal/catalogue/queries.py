"""What may be read from the shelf. `visible` is the only place that decides what is public."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Sum

from lumbung.portal.accounts.models import Organisation
from lumbung.portal.catalogue.models import Closing, Dataset, Distribution
from lumbung.portal.catalogue.states import DatasetState, Shut

NOW_OVER_ALL = "SELECT 1 FROM catalogue_closing WHERE path = '' AND ended_at IS NULL"


def visible() -> QuerySet[Dataset]:
    """The datasets that the public may see, newest first. Nothing else decides this."""
    open_ones = Dataset.objects.filter(state=DatasetState.PUBLISHED).exclude(organisation__in=_shut_organisations())
    return open_ones.select_related("organisation")


def shown(keys: Iterable[int]) -> dict[int, Dataset]:
    """What is told of datasets whose keys `visible` gave for this same answer; it does not ask that once more."""
    return Dataset.objects.select_related("organisation").order_by().in_bulk(list(keys))


def whole_portal() -> Closing | None:
    """What holds for the whole portal now: closed, to be read only, or neither. Asked before every page, therefore in
    the database's own words first, which take a tenth of the time."""
    with connection.cursor() as cursor:
        cursor.execute(NOW_OVER_ALL)
        shut = cursor.fetchone()
    return Closing.objects.filter(path="", ended_at=None).first() if shut else None


def closing_over(organisation: Organisation) -> Closing | None:
    """What an organisation is closed by now: itself, one above it or the whole portal, the widest of them."""
    paths = [organisation.path[:end] for end in range(0, len(organisation.path) + 1, Organisation.steplen)]
    return Closing.objects.filter(Q(path__in=paths), ended_at=None, shut=Shut.CLOSED).order_by("path").first()


def _shut_organisations() -> QuerySet[Organisation]:
    """Asked by the database itself, once in a query, so that no answer falls between closing and asking."""
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    shut = Closing.objects.filter(ended_at=None, shut=Shut.CLOSED).annotate(whose=path)
    return Organisation.objects.filter(Exists(shut.filter(whose__startswith=F("path")))).order_by()


def statistics_of(village: str) -> QuerySet[Dataset]:
    """The open datasets of statistics that Lumbung made of a village (a kode wilayah), the newest first."""
    return visible().filter(village=village)


def closed_statistics_of(village: str) -> Dataset | None:
    """The statistics of a village that were open last and are closed now: for the stone on its page."""
    return Dataset.objects.filter(village=village).exclude(state=DatasetState.PUBLISHED).first()


def rows_of_all() -> int:
    """How many rows stand on the shelf, for the front page."""
    rows = Distribution.objects.filter(release__dataset__in=visible().order_by(), format="csv").aggregate(
        rows=Sum("rows")
    )
    return rows["rows"] or 0
