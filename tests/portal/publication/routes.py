"""Every address of the site, out of the URL table, and what each may show of a dataset.

A new public address has to be named in one of the tables below, or a test fails: nobody can forget one. What stands
under `/meja/` needs no name: it must lead a stranger to the sign-in.
"""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from lumbung.api.ckan.identifiers import Kind, sealed
from lumbung.api.ckan.packages import has_rows, resource_id
from lumbung.portal.catalogue.models import Dataset, Distribution, Release

DESK = "meja/"
# What belongs to one dataset and answers 410 once that is closed.
OF_A_DATASET = {
    "catalogue:dataset", "catalogue:dataset-feed", "catalogue:preview", "catalogue:chart", "catalogue:columns",
    "catalogue:features", "catalogue:picture", "catalogue:narrowed", "catalogue:change", "catalogue:download",
    "catalogue:newest", "catalogue:dictionary",
    "data:about", "data:rows", "data:groups", "data:dump",
    "linked:dataset", "linked:datapackage", "linked:croissant",
    "ckan:download", "ckan:dump",
}  # fmt: skip
# What shows many datasets: a closed one is no longer among them.
OF_MANY = {
    "catalogue:front", "catalogue:villages", "catalogue:village", "catalogue:district", "catalogue:regency",
    "catalogue:feed", "catalogue:sitemaps", "catalogue:sitemap",
    "data:explained", "linked:catalogue", "linked:data-json",
    "ckan:action",
}  # fmt: skip
# What shows nothing that came out of a dataset.
OF_NONE = {
    "healthz", "set_language", "guide", "guide-register", "account_login", "mfa_authenticate", "accept_invitation",
    "open_invitation", "account_logout", "audit:heads", "audit:heads_file", "intake:sid-push", "intake:rules",
    "incidents:report", "incidents:follow", "catalogue:robots", "services:status", "services:status-json",
    "services:status-atom", "publication:withdrawals", "publication:withdrawals-atom",
    "tracing:checks", "tracing:check", "tracing:check-filter", "tracing:check-evaluate",
    "copies:open", "copies:receive", "copies:state",
    "requests:services", "requests:form", "requests:standing", "requests:standing-of",
    "data:openapi", "data:nothing", "emergencies:push", "chat:links", "chat:whatsapp", "chat:sms",
    "ckan:version",
}  # fmt: skip

ASKED = {"data:groups": "?by=kecamatan"}
"""What an address must be asked for, to answer at all."""


def table() -> Iterator[tuple[str, str]]:
    """Name and pattern of every address."""
    yield from _walked(get_resolver(), "", "")


def _walked(resolver: URLResolver, before: str, namespace: str) -> Iterator[tuple[str, str]]:
    for one in resolver.url_patterns:
        pattern = before + str(one.pattern)
        if isinstance(one, URLResolver):
            inner = f"{namespace}{one.namespace}:" if one.namespace else namespace
            yield from _walked(one, pattern, inner)
        elif isinstance(one, URLPattern):
            yield f"{namespace}{one.name or pattern}", pattern


def public() -> dict[str, str]:
    """The addresses a stranger may ask for."""
    return {name: pattern for name, pattern in table() if not pattern.startswith(DESK)}


def unclassified() -> set[str]:
    """Public addresses of which nobody has said what they show."""
    return set(public()) - OF_A_DATASET - OF_MANY - OF_NONE


def of_release(release: Release) -> list[str]:
    """The addresses that belong to one release alone."""
    slug, files = release.dataset.slug, Distribution.every.filter(release=release)
    files_ = [reverse("catalogue:download", args=[slug, file.name]) for file in files]
    return [*files_, reverse("catalogue:change", args=[slug, release.number])]


def of_dataset(dataset: Dataset) -> list[str]:
    """Every address of one dataset, each pattern of the table filled in with all that it has, and asked of parts."""
    files = Distribution.every.filter(release__dataset=dataset)
    formats = sorted({file.format for file in files})
    wanted: dict[str, list[dict[str, Any]]] = {
        "catalogue:download": [{"name": file.name} for file in files],
        "catalogue:newest": [{"format": one} for one in formats],
        "catalogue:dictionary": [{"format": one} for one in ("csv", "json")],
        "catalogue:change": [{"number": one.number} for one in Release.every.filter(dataset=dataset)],
    }
    wanted |= {name: [{"number": 1}] for name in ("data:rows", "data:groups", "data:dump")}
    wanted["linked:dataset"] = [{"form": one} for one in ("ttl", "jsonld", "xml")]
    numbers = {file.name: resource_id(dataset, file) for file in files}
    wanted["ckan:download"] = [{"number": number, "name": name} for name, number in numbers.items()]
    rows = [reverse("ckan:dump", args=[numbers[file.name]]) for file in files if has_rows(file)]
    addresses = rows + [
        reverse(name, kwargs={"slug": dataset.slug, **rest}) + ASKED.get(name, "")
        for name in sorted(OF_A_DATASET - {"ckan:dump"})
        for rest in wanted.get(name, [{}])
    ]
    return [*addresses, f"{dataset.get_absolute_url()}?halaman=2", f"{dataset.get_absolute_url()}/pratinjau?q=a"]


def of_many(dataset: Dataset, *, words: str, kode: str, district: str, regency: str) -> list[str]:
    """Every address that lists datasets, asked so that this one would be among them."""
    filled: dict[str, list[str]] = {
        "catalogue:front": ["/", f"/?q={words}", f"/?theme={dataset.theme}", f"/?q={words[:4]}"],
        "catalogue:village": [reverse("catalogue:village", args=[kode])],
        "catalogue:district": [reverse("catalogue:district", args=[district])],
        "catalogue:regency": [reverse("catalogue:regency", args=[regency])],
        "catalogue:sitemap": [reverse("catalogue:sitemap", args=["dataset"])],
        "linked:catalogue": [reverse("linked:catalogue", args=[one]) for one in ("ttl", "jsonld", "xml")],
        "ckan:action": [f"/api/3/action/{asked}" for asked in asked_of_ckan(dataset, words)],
    }
    return [address for name in sorted(OF_MANY) for address in filled.get(name) or [reverse(name)]]


def asked_of_ckan(dataset: Dataset, words: str) -> list[str]:
    """Every question by which CKAN's clients could come to the dataset."""
    files = Distribution.every.filter(release__dataset=dataset)
    numbers = [resource_id(dataset, file) for file in files]
    of_files = ("resource_show?id=", "datastore_search?resource_id=", "datastore_info?id=", "resource_view_list?id=")
    of_it = ("package_show?id=", "package_activity_list?id=")
    names = (dataset.slug, sealed(Kind.DATASET, dataset.pk))
    return [
        f"package_search?q={words}",
        "package_search?q=*:*&rows=1000&facet.field=%5B%22organization%22%2C%22tags%22%5D",
        f"package_search?fq=name:{dataset.slug}",
        "package_list",
        "current_package_list_with_resources?limit=1000",
        f"package_autocomplete?q={words}",
        f"resource_search?query=name:{words}",
        f"organization_show?id={dataset.organisation.slug}&include_datasets=true",
        *([f"group_package_show?id={dataset.theme}"] if dataset.theme else []),
        *([f"tag_show?id={dataset.theme}&include_datasets=true"] if dataset.theme else []),
        *(f"{action}{name}" for action in of_it for name in names),
        *(f"{action}{number}" for action in of_files for number in numbers),
    ]
