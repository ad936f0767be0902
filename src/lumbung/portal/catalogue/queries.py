"""What may be read from the shelf. `visible` is the only place that decides what is public."""

from django.db.models import QuerySet, Sum

from lumbung.portal.catalogue.models import Dataset, Distribution
from lumbung.portal.catalogue.states import DatasetState


def visible() -> QuerySet[Dataset]:
    """The datasets that the public may see, newest first. Nothing else decides this."""
    return Dataset.objects.filter(state=DatasetState.PUBLISHED).select_related("organisation")


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
