"""The menu of the desk, which alone knows every room: one link for each thing this person may do."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.queries import roles_of
from lumbung.portal.accounts.roles import LOG_READERS, Role
from lumbung.portal.catalogue.permissions import MAY_CLOSE
from lumbung.portal.intake.queries import waiting_requests

Link = dict[str, str | int]


def desk_links(request: HttpRequest) -> dict[str, list[Link]]:
    """`desk_links` for the base templates: none for the public."""
    person = getattr(request, "user", None)
    if not isinstance(person, Person):
        return {}
    return {"desk_links": list(_links(person, roles_of(person)))}


def _links(person: Person, roles: set[str]) -> list[Link]:
    links: list[Link] = [{"address": reverse("intake:desk"), "label": _("Kiriman")}]
    if Role.PRODUSEN in roles:
        links.append({"address": reverse("intake:sid"), "label": _("Sambungan SID")})
    if Role.WALIDATA in roles:
        links.append({"address": reverse("review:queue"), "label": _("Meja tinjau")})
    if roles.intersection(MAY_CLOSE):
        links.append({"address": reverse("publication:desk"), "label": _("Data terbit")})
    if Role.PPDP in roles:
        waiting = waiting_requests(person)
        links.append({"address": reverse("intake:requests"), "label": _("Permintaan pelepasan"), "count": waiting})
    if roles.intersection(LOG_READERS):
        links.append({"address": reverse("audit:log"), "label": _("Jejak")})
    if Role.ADMIN in roles:
        links.append({"address": reverse("accounts:people"), "label": _("Orang dan organisasi")})
    links.append({"address": reverse("account_change_password"), "label": _("Kata sandi")})
    return links
