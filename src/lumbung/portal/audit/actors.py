"""Who acts, and on what: plain facts, taken once at the edge and carried to where they are recorded."""

from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody or something that acts. `id` is "person:<number>", "public" or "system"; `organisation` is a name."""

    id: str
    name: str
    organisation: str = ""
    address: str = ""
    device: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is acted on. `kind` is "submission", "dataset", "person" or "organisation"; `id` its uuid, slug or number.

    `organisation` is the slug of the organisation it belongs to: that decides who may read the line.
    `label` is what a person calls it; it must not hold a value from a file.
    """

    kind: str
    id: str
    label: str = ""
    organisation: str = ""
    sha256: str = ""

    @property
    def key(self) -> str:
        """As it stands in the record: "submission:<uuid>"."""
        return f"{self.kind}:{self.id}"


SYSTEM = Actor(id="system", name="Lumbung")


def actor_of(request: HttpRequest) -> Actor:
    """The signed-in person, or the public, with address and device as the socket and the browser tell them.

    A proxy's X-Forwarded-For is not believed here; whether there is one to believe, the site itself knows.
    """
    where = {
        "address": request.META.get("REMOTE_ADDR", "")[:45],
        "device": request.META.get("HTTP_USER_AGENT", "")[:200],
    }
    person = request.user
    if not person.is_authenticated:
        return Actor(id="public", name="Umum", **where)
    return Actor(id=f"person:{person.pk}", name=person.name, organisation=person.organisation_names(), **where)
