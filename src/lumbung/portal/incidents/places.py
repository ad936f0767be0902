"""The story of an incident, whatever it is over. Of a dataset `chronology` tells it; of an organisation or the portal
it is told here, where nobody has said yet which of the data it is.

Then the lines begin with the first awareness, "open" means that any of the datasets was, and of the uploads the newest
are listed. All of it is read from the record.
"""

from django.db.models import Q, QuerySet

from lumbung.portal.accounts.models import Organisation
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.incidents import chronology as of_dataset
from lumbung.portal.incidents.chronology import SENT, TAKEN, Chronology, paths_to, taken_from
from lumbung.portal.incidents.exposure import CLOSES, OPENS, SHUTS, UNSHUTS, exposures
from lumbung.portal.incidents.extent import releases_of
from lumbung.portal.incidents.models import Incident

MOST_UPLOADS = 50
MOST_LINES = 1_000  # on a page; evidence and proofs have all


def story(incident: Incident) -> Chronology:
    """What the record says of all that an incident is about. Changes nothing."""
    if incident.dataset:
        return of_dataset.chronology(incident.dataset, releases=releases_of(incident))
    became = _became(incident)
    newest = became.order_by("-sequence").values_list("subject", flat=True)[:MOST_UPLOADS]
    uploads = Event.objects.filter(subject__in=list(newest), kind__in=SENT).order_by("sequence")
    lines = lines_about(incident).exclude(kind__in=TAKEN)
    return Chronology(
        lines=tuple(lines[:MOST_LINES]),
        uploads=tuple(uploads),
        uploads_in_all=became.count(),
        exposures=tuple(exposures(_moves(incident).iterator(), above=_above(incident))),
        **taken_from(Event.objects.filter(_inside(incident), kind=Kind.DOWNLOADED)),
        reads=Event.objects.filter(_inside(incident), kind=Kind.ROWS_READ).count(),
    )


def lines_about(incident: Incident) -> QuerySet[Event]:
    """Every line of the story, in order, downloads as well."""
    if incident.dataset:
        return of_dataset.lines_about(incident.dataset)
    own = Q(subject=incident.subject.key) | Q(subject__in=_over(incident), kind__in=(*SHUTS, *UNSHUTS))
    since = Event.objects.filter(own | _inside(incident), sequence__gte=incident.aware)
    return since.order_by("sequence")


def _inside(incident: Incident) -> Q:
    """The lines about the datasets of a place."""
    about = Q(subject__startswith="dataset:")
    return about & Q(organisation__in=_slugs(incident)) if incident.organisation else about


def _slugs(incident: Incident) -> list[str]:
    """The organisation and all below it."""
    path = incident.organisation.path if incident.organisation else ""
    return list(Organisation.objects.filter(path__startswith=path).values_list("slug", flat=True))


def _over(incident: Incident) -> list[str]:
    """Whatever a closing of which shuts any of it, as the record names it."""
    slugs = set(_slugs(incident))
    if incident.organisation:
        above = Organisation.objects.filter(path__in=paths_to(incident.organisation))
        slugs |= set(above.values_list("slug", flat=True))
    return ["portal:all", *(f"organisation:{slug}" for slug in sorted(slugs))]


def _became(incident: Incident) -> QuerySet[Event]:
    """The lines by which files became releases before the place was closed."""
    published = Q(kind=Kind.PUBLISHED, subject__startswith="submission:", sequence__lt=incident.closing)
    if incident.organisation:
        published &= Q(organisation__in=_slugs(incident))
    return Event.objects.filter(published)


def _moves(incident: Incident) -> QuerySet[Event]:
    """What opened and closed any of the datasets, from the beginning."""
    shelf = _inside(incident) & Q(kind__in=(*OPENS, *CLOSES))
    above = Q(subject__in=_over(incident), kind__in=(*SHUTS, *UNSHUTS))
    return Event.objects.filter(shelf | above).order_by("sequence")


def _above(incident: Incident) -> dict[str, frozenset[str]]:
    """Of each dataset what lies above it."""
    names = {one.path: f"organisation:{one.slug}" for one in Organisation.objects.all()}
    step = Organisation.steplen
    over = {
        path: frozenset(["portal:all", *(names[path[:end]] for end in range(step, len(path) + 1, step))])
        for path in names
    }
    rows = incident.datasets().values_list("slug", "organisation__path")
    return {f"dataset:{slug}": over[path] for slug, path in rows}
