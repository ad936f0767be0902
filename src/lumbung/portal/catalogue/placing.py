"""What a place says of itself and shows first: the only writer of PlacePage and Pin, each change recorded."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction

from lumbung.portal.accounts.models import Organisation, Person
from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import Actor, Subject
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.catalogue.models import Dataset, Pin, PlacePage
from lumbung.portal.catalogue.permissions import check_tells
from lumbung.portal.catalogue.place_queries import datasets_about


@transaction.atomic
def tell(
    place: Organisation, *, person: Person, by: Actor, office: Mapping[str, Any], pinned: Collection[Dataset]
) -> None:
    """Write the office's own words and its pins; raise Refused for who may not. Nothing is recorded twice.

    Only open datasets of the place can be pinned; a pin on one that is closed now stays and shows nothing.
    """
    check_tells(person, place)
    page, _ = PlacePage.objects.get_or_create(organisation=place)
    changed = sorted(name for name, value in office.items() if getattr(page, name) != value)
    for name in changed:
        setattr(page, name, office[name])
    page.save()
    open_ones = {dataset.pk for dataset in datasets_about(place)}
    wanted = {dataset.pk for dataset in pinned} & open_ones
    before = set(Pin.objects.filter(organisation=place, dataset__in=open_ones).values_list("dataset_id", flat=True))
    Pin.objects.filter(organisation=place, dataset__in=before - wanted).delete()
    Pin.objects.bulk_create(Pin(organisation=place, dataset_id=key) for key in sorted(wanted - before))
    if changed or wanted != before:
        record(Kind.PLACE_TOLD, by=by, subject=_subject(place), fields=changed, pins=len(wanted))


def _subject(place: Organisation) -> Subject:
    return Subject(kind="organisation", id=place.slug, label=place.name, organisation=place.slug)
