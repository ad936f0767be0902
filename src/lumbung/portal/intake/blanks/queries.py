"""Reading entries and deliveries: what is drafted, on its way, on the shelf, and who is missing."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from lumbung.portal.accounts.models import Organisation, OrganisationKind, Person
from lumbung.portal.accounts.queries import organisations_where
from lumbung.portal.accounts.roles import Role
from lumbung.portal.catalogue.models import Dataset, Release
from lumbung.portal.catalogue.queries import visible
from lumbung.portal.intake.blanks.definition import Blank
from lumbung.portal.intake.models import Delivery, Entry, Submission
from lumbung.portal.intake.states import ON_ITS_WAY, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where one village stands with one blank and year: `code` is "published", "sent", "held", "draft" or "none"."""

    organisation: Organisation
    code: str
    submission: Submission | None
    address: str


def address(organisation: Organisation, blank: Blank, year: int) -> str:
    """Where it is filled in."""
    return reverse("intake:entry", args=[blank.code, organisation.slug, year])


def villages_of(person: Person, *roles: Role) -> QuerySet[Organisation]:
    """The villages with a kode wilayah in which the person holds one of the roles, by name."""
    return organisations_where(person, *roles).filter(kind=OrganisationKind.VILLAGE).exclude(kode="").order_by("name")


def entry_of(organisation: Organisation, blank: Blank, year: int) -> Entry | None:
    """The draft, if there is one."""
    return Entry.objects.filter(organisation=organisation, blank=blank.code, year=year).first()


def carried_over(organisation: Organisation, blank: Blank, year: int) -> Entry | None:
    """The newest draft of an earlier year: what hardly changes need not be typed again."""
    earlier = Entry.objects.filter(organisation=organisation, blank=blank.code, year__lt=year)
    return earlier.order_by("-year").first()


def under_way(organisation: Organisation, blank: Blank) -> Submission | None:
    """What was sent and is not decided yet."""
    return Submission.objects.filter(organisation=organisation, blank=blank.code, state__in=ON_ITS_WAY).first()


def newest(blank: Blank, organisation: Organisation | None = None) -> list[Delivery]:
    """The newest published answers for each village and year, by kode wilayah and year: of open datasets alone."""
    found = Delivery.objects.filter(blank=blank.code, submission__state=State.PUBLISHED)
    found = found.filter(organisation=organisation) if organisation else found
    sent = list(found.select_related("organisation", "submission__submitted_by"))
    shelved = _open_datasets([one.submission for one in sent])
    latest: dict[tuple[str, int], Delivery] = {}
    for one in sent:
        if str(one.submission_id) in shelved:
            latest.setdefault((one.organisation.kode, one.year), one)
    return [latest[key] for key in sorted(latest)]


def published(blank: Blank, organisation: Organisation) -> list[Delivery]:
    """All answers of an organisation that ever came on the shelf, the newest first: what readers may have kept."""
    sent = Delivery.objects.filter(blank=blank.code, organisation=organisation, submission__state=State.PUBLISHED)
    return list(sent)


def dataset_of(organisation: Organisation, blank: Blank) -> Dataset | None:
    """The open dataset that this organisation's answers already have, so that it gets its next release."""
    published = {"organisation": organisation, "blank": blank.code, "state": State.PUBLISHED}
    sent = Submission.objects.filter(**published).order_by("-received_at")
    shelved = _open_datasets(sent)
    return next((shelved[str(one.pk)] for one in sent if str(one.pk) in shelved), None)


def _open_datasets(submissions: Iterable[Submission]) -> dict[str, Dataset]:
    """By the submission's id, the dataset that it became a release of, where that stands open on the shelf."""
    numbers = [str(one.pk) for one in submissions]
    releases = Release.objects.filter(submission__in=numbers, dataset__in=visible().order_by())
    return {release.submission: release.dataset for release in releases.select_related("dataset")}


def standings(villages: QuerySet[Organisation], blank: Blank, year: int) -> list[Standing]:
    """Where each village stands."""
    about = {"organisation__in": villages, "blank": blank.code, "year": year}
    sent: dict[int, Submission] = {}
    for one in Delivery.objects.filter(**about).select_related("submission"):
        sent.setdefault(one.organisation_id, one.submission)
    drafted = set(Entry.objects.filter(**about).values_list("organisation_id", flat=True))
    return [_standing(village, sent.get(village.pk), village.pk in drafted, blank, year) for village in villages]


def _standing(village: Organisation, sent: Submission | None, drafted: bool, blank: Blank, year: int) -> Standing:
    codes = {State.PUBLISHED: "published", State.HELD: "held", State.REJECTED: "held", State.SHREDDED: "none"}
    code = codes.get(State(sent.state), "sent") if sent else "none"
    where = address(village, blank, year)
    return Standing(
        organisation=village,
        code="draft" if code == "none" and drafted else code,
        submission=sent,
        address=where,
    )
