"""Under which addresses programs could take something of a dataset, for requests to those who copied it."""

from collections import Counter

from django.urls import reverse

from lumbung.api.ckan.packages import has_rows, resource_id
from lumbung.api.linked.rdf import WRITERS
from lumbung.portal.catalogue.models import Dataset, Distribution

OF_TABLES = ("rows", "groups", "dump")


def of_dataset(dataset: Dataset) -> list[str]:
    """Paths, without what was asked behind them. Of a removed dataset, whose files nobody knows any more, those of one
    table and none of CKAN's file addresses, which are made of the files.
    """
    slug, files = dataset.slug, list(Distribution.every.filter(release__dataset=dataset))
    tables = Counter(file.release_id for file in files if file.format == "parquet" and not file.part)
    numbers = range(1, max(tables.values(), default=1) + 1)
    rows = [reverse(f"data:{name}", args=[slug, number]) for number in numbers for name in OF_TABLES]
    taken = [reverse("ckan:download", args=[slug, resource_id(dataset, file), file.name]) for file in files]
    dumps = dict.fromkeys(reverse("ckan:dump", args=[resource_id(dataset, one)]) for one in files if has_rows(one))
    linked = [reverse("linked:dataset", args=[slug, form]) for form in WRITERS]
    linked += [reverse(f"linked:{name}", args=[slug]) for name in ("datapackage", "croissant")]
    return [reverse("data:about", args=[slug]), *rows, *linked, *taken, *dumps]
