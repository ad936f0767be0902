"""Datasets and their files as CKAN's packages and resources: https://docs.ckan.org/en/2.11/api/#ckan.logic.action.get

A package shows the newest open release. A resource keeps its id from release to release. Nobody's name or address
stands in any of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.conf import settings

from lumbung.api.ckan.identifiers import Kind, opened, sealed
from lumbung.api.ckan.licences import title_of
from lumbung.api.ckan.organisations import small_group, small_organisation, tags_of
from lumbung.portal.catalogue.models import Dataset, Distribution, Release
from lumbung.portal.catalogue.queries import visible
from lumbung.portal.catalogue.vocabulary import CONTENT_TYPES, Licence, Theme

EXTRAS = ("theme", "period", "source", "unit", "frequency", "classification", "legal_basis", "village")


@dataclass(slots=True)
class Shown:
    """A visible dataset with its newest open release, that release's files, and the days of the first and the last."""

    dataset: Dataset
    release: Release | None = None
    files: list[Distribution] = field(default_factory=list)
    first: datetime | None = None


def shown(datasets: Sequence[Dataset]) -> list[Shown]:
    """The same datasets with what belongs to them, in two questions to the database however many there are."""
    found = {dataset.pk: Shown(dataset) for dataset in datasets}
    for release in Release.objects.filter(dataset__in=found).order_by("number"):
        one = found[release.dataset_id]
        one.first = one.first or release.published_at
        one.release = release
    newest = {one.release.pk: one for one in found.values() if one.release}
    for file in Distribution.objects.filter(release__in=newest):
        newest[file.release_id].files.append(file)
    return list(found.values())


def dataset_named(text: str) -> Dataset | None:
    """A visible dataset by its id or its name."""
    number = opened(Kind.DATASET, text)
    found = visible().filter(slug=text) if number is None else visible().filter(pk=number)
    return found.first()


def file_named(text: str) -> tuple[Shown, Distribution] | None:
    """A file of a visible dataset's newest open release by the resource's id."""
    number = opened(Kind.RESOURCE, text)
    for one in shown(list(visible().filter(pk=number))) if number is not None else []:
        for file in one.files:
            if resource_id(one.dataset, file) == text.lower():
                return one, file
    return None


def has_rows(file: Distribution) -> bool:
    """Whether the datastore knows it."""
    return file.format == "csv" and not file.part


def resource_id(dataset: Dataset, file: Distribution) -> str:
    """The id, the same in every release: of the place and form of a file, not of its bytes."""
    return sealed(Kind.RESOURCE, dataset.pk, f"{file.position}/{file.format}/{file.part and file.sheet}/{file.part}")


def package(one: Shown) -> dict[str, object]:
    """As `package_show` tells it."""
    dataset, licence = one.dataset, Licence(one.dataset.licence) if one.dataset.licence else None
    about: dict[str, object] = {
        "author": None,
        "author_email": None,
        "creator_user_id": None,
        "id": sealed(Kind.DATASET, dataset.pk),
        "isopen": licence is not None,
        "license_id": licence.value if licence else None,
        "license_title": title_of(licence) if licence else None,
        "maintainer": None,
        "maintainer_email": None,
        "metadata_created": moment(one.first or dataset.released_at),
        "metadata_modified": moment(changed_at(dataset)),
        "name": dataset.slug,
        "notes": dataset.description,
        "num_resources": len(one.files),
        "num_tags": len(words_of(dataset)),
        "organization": small_organisation(dataset.organisation),
        "owner_org": sealed(Kind.ORGANISATION, dataset.organisation_id),
        "private": False,
        "state": "active",
        "title": dataset.title,
        "type": "dataset",
        "url": address(dataset.get_absolute_url()),
        "version": str(one.release.number) if one.release else None,
        "extras": [{"key": name, "value": getattr(dataset, name)} for name in EXTRAS if getattr(dataset, name)],
        "resources": [resource(one, file, position) for position, file in enumerate(one.files)],
        "tags": tags_of(words_of(dataset)),
        "groups": [small_group(Theme(dataset.theme))] if dataset.theme else [],
        "relationships_as_subject": [],
        "relationships_as_object": [],
    }
    return {**about, "license_url": dataset.licence_address()} if licence else about


def resource(one: Shown, file: Distribution, position: int) -> dict[str, object]:
    """As `resource_show` tells it."""
    number, published = resource_id(one.dataset, file), moment(changed_at(one.dataset))
    path = f"/dataset/{one.dataset.slug}/resource/{number}/download/{file.name}"  # `reverse` is slow
    return {
        "cache_last_updated": None,
        "cache_url": None,
        "created": moment(one.first or one.dataset.released_at),
        "datastore_active": has_rows(file),
        "description": "\n".join(file.notes) if isinstance(file.notes, list) else "",
        "format": file.format.upper(),
        "hash": f"sha256:{file.sha256}",
        "id": number,
        "last_modified": published,
        "metadata_modified": published,
        "mimetype": CONTENT_TYPES[file.format].partition(";")[0],
        "mimetype_inner": None,
        "name": name_of(one.dataset, file),
        "package_id": sealed(Kind.DATASET, one.dataset.pk),
        "position": position,
        "resource_type": None,
        "size": file.size,
        "state": "active",
        "url": address(path),
        "url_type": "upload",
    }


def name_of(dataset: Dataset, file: Distribution) -> str:
    """What a resource is called: the title, its sheet where there are several, its format."""
    sheet = f" ({file.sheet})" if file.sheet else ""
    return f"{dataset.title}{sheet}, {file.format.upper()}"


def words_of(dataset: Dataset) -> list[str]:
    """The tags of a dataset: its theme, its year, the kode of its village."""
    return [word for word in (dataset.theme, str(dataset.year or ""), dataset.village) if word]


def changed_at(dataset: Dataset) -> datetime:
    """When a harvester has to look again: a new release, or opened again after a closing."""
    return max(dataset.released_at, dataset.state_since)


def moment(at: datetime) -> str:
    """As CKAN writes a moment: UTC without saying so, with microseconds."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds")


def address(path: str) -> str:
    """The whole address of a path of this site."""
    return f"{settings.LUMBUNG_URL}{path}"


def packages(datasets: Iterable[Dataset]) -> list[dict[str, object]]:
    """Several at once, in their order."""
    return [package(one) for one in shown(list(datasets))]
