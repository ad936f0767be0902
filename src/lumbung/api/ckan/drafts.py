"""Packages on their way: whose they are, and how they are told. Only their organisation's producers ever see them."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from lumbung.api.ckan import gatekeeping
from lumbung.api.ckan.identifiers import Kind, opened, sealed
from lumbung.api.ckan.licences import title_of
from lumbung.api.ckan.organisations import small_group, small_organisation
from lumbung.api.ckan.packages import EXTRAS, address, moment
from lumbung.api.models import Draft, Piece
from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.queries import organisations_where
from lumbung.portal.accounts.roles import Role
from lumbung.portal.catalogue.models import Dataset, Release
from lumbung.portal.catalogue.queries import visible
from lumbung.portal.catalogue.states import DatasetState
from lumbung.portal.catalogue.vocabulary import LICENCE_ADDRESSES, Licence, Theme
from lumbung.portal.intake.actions import DESCRIPTION
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.states import ON_ITS_WAY, State

FORGOTTEN_AFTER = timedelta(days=30)  # a draft to which no file ever came


def drafts_of(person: Person | None) -> QuerySet[Draft]:
    """The drafts of the organisations for which the person produces data; none for anybody."""
    if person is None:
        return Draft.objects.none()
    return Draft.objects.filter(organisation__in=organisations_where(person, Role.PRODUSEN))


def own_draft(person: Person | None, text: str) -> Draft | None:
    """One of them by its id or its name, or by the id or the name of the dataset that it goes on with."""
    named = Q(name=text) | Q(dataset__slug=text)
    if (number := _uuid(text)) is not None:
        named |= Q(pk=number) | Q(dataset=opened(Kind.DATASET, text))
    return drafts_of(person).filter(named).select_related("organisation", "dataset").first()


def own_piece(person: Person | None, text: str) -> Piece | None:
    """A resource of one of them by its id."""
    number = _uuid(text)
    if number is None:
        return None
    found = Piece.objects.filter(pk=number, draft__in=drafts_of(person))
    return found.select_related("draft__organisation", "draft__dataset", "submission").first()


def pending_piece(person: Person, resource: str) -> Piece | None:
    """What is on its way to become the next release of a published resource, by the resource's id."""
    found = Piece.objects.filter(draft__in=drafts_of(person), resource=resource, submission__state__in=ON_ITS_WAY)
    return found.select_related("draft__organisation", "draft__dataset", "submission").last()


def published_as(draft: Draft) -> Dataset | None:
    """The visible dataset that the first of its files became."""
    return _became(draft.pieces.exclude(submission=None))


def became(piece: Piece) -> Dataset | None:
    """The visible dataset that its file became."""
    return _became(Piece.objects.filter(pk=piece.pk).exclude(submission=None))


def draft_behind(dataset: Dataset) -> Draft | None:
    """The draft that a dataset came from, or the one that goes on with it."""
    sent = [UUID(one) for one in dataset.releases.values_list("submission", flat=True)]
    going_on = Draft.objects.filter(dataset=dataset).first()
    piece = Piece.objects.filter(submission__in=sent).select_related("draft").first()
    return going_on or (piece.draft if piece else None)


def _became(pieces: QuerySet[Piece]) -> Dataset | None:
    sent = [str(one) for one in pieces.values_list("submission", flat=True)]
    release = Release.objects.filter(submission__in=sent, dataset__in=visible().order_by()).first()
    return release.dataset if release else None


def dataset_behind(text: str) -> Dataset | None:
    """What a draft became, by the id and the name it had: whoever made it may come back with them.

    Asks the database the same twice whatever there is, so that no time tells of what is not public.
    """
    number = _uuid(text)
    named = Q(draft__name=text) if number is None else Q(draft=number)
    sent = Piece.objects.filter(named, submission__state=State.PUBLISHED).values_list("submission", flat=True)
    told = ["", *map(str, sent[:100])]
    release = Release.objects.filter(submission__in=told, dataset__in=visible().order_by()).first()
    return release.dataset if release else None


def words_of(draft: Draft) -> dict[str, str]:
    """What was said about it: words that wait for a file, over those of its newest file, or of its dataset."""
    known = known_of(draft)
    return {name: draft.words.get(name) or known[name] for name in DESCRIPTION}


def known_of(draft: Draft) -> dict[str, str]:
    """The words that stand elsewhere: with its newest file that is still there, or with the dataset it goes on with,
    but for the period, which is another each time."""
    pieces = draft.pieces.exclude(submission=None).exclude(submission__state=State.SHREDDED)
    newest = pieces.select_related("submission").last()
    source: object = newest.submission if newest else None
    if source is None and draft.dataset_id:
        source = visible().filter(pk=draft.dataset_id).first()
    said = {name: getattr(source, name, "") for name in DESCRIPTION}
    return {**said, "period": ""} if newest is None else said


def forget_old() -> None:
    """Away with drafts to which no file ever came, and with what waited for a dataset that was removed."""
    sent = Piece.objects.exclude(submission=None).values("draft")
    before = timezone.now() - FORGOTTEN_AFTER
    Draft.objects.filter(begun_at__lt=before).exclude(pk__in=sent).delete()
    Draft.objects.filter(dataset__state=DatasetState.REMOVED).delete()


def package(draft: Draft) -> dict[str, Any]:
    """As `package_show` tells a dataset, and beside it what the gate says."""
    words = words_of(draft)
    licence = Licence(words["licence"]) if words["licence"] else None
    pieces = list(draft.pieces.select_related("submission"))
    about: dict[str, Any] = {
        **dict.fromkeys(("author", "author_email", "creator_user_id", "maintainer", "maintainer_email", "version")),
        "id": str(draft.pk),
        "isopen": licence is not None,
        "license_id": licence.value if licence else None,
        "license_title": title_of(licence) if licence else None,
        "metadata_created": moment(draft.begun_at),
        "metadata_modified": moment(draft.changed_at),
        "name": draft.name,
        "notes": words["description"],
        "num_resources": len(pieces),
        "num_tags": 0,
        "organization": small_organisation(draft.organisation),
        "owner_org": sealed(Kind.ORGANISATION, draft.organisation_id),
        "private": True,
        "state": "draft",
        "title": words["title"],
        "type": "dataset",
        "url": None,
        "extras": [{"key": name, "value": words[name]} for name in EXTRAS if words.get(name)],
        "resources": [resource(piece, position) for position, piece in enumerate(pieces)],
        "tags": [],
        "groups": [small_group(Theme(words["theme"]))] if words["theme"] else [],
        "relationships_as_subject": [],
        "relationships_as_object": [],
        "gate": _waiting(words, pieces),
    }
    return {**about, "license_url": LICENCE_ADDRESSES[licence]} if licence else about


def resource(piece: Piece, position: int = 0) -> dict[str, Any]:
    """As `resource_show` tells a resource. Its address leads to the desk, for the file is not given to anybody."""
    sent = piece.submission
    name = sent.filename_masked if sent else piece.name
    return {
        **dict.fromkeys(("cache_last_updated", "cache_url", "description", "mimetype", "mimetype_inner")),
        "created": moment(piece.begun_at),
        "datastore_active": False,
        "format": name.rpartition(".")[2].upper()[:20] if "." in name else "",
        "hash": sent.sha256 if sent else "",
        "id": str(piece.pk),
        "last_modified": moment(sent.received_at) if sent else None,
        "metadata_modified": moment(sent.state_since if sent else piece.begun_at),
        "name": name,
        "package_id": str(piece.draft_id),
        "position": position,
        "resource_type": None,
        "size": sent.size if sent else None,
        "state": "draft",
        "url": address(sent.get_absolute_url()) if sent else "",
        "url_type": "upload",
        **({"gate": gatekeeping.said_of(sent)} if sent else {}),
    }


def _waiting(words: Mapping[str, str], pieces: list[Piece]) -> dict[str, Any]:
    sent = [piece.submission for piece in pieces if piece.submission]
    states = [gatekeeping.said_of(one) for one in sent]
    return {"state": _last(sent), "missing": gatekeeping.missing(words), "files": states}


def _last(sent: list[Submission]) -> str:
    """Where its newest file stands."""
    return State(sent[-1].state).value if sent else "waiting-for-file"


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
