"""The menu of the desk, which alone knows every room: one link for each thing this person may do."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import may, person_of
from lumbung.portal.accounts.queries import roles_of
from lumbung.portal.accounts.roles import LOG_READERS, Role
from lumbung.portal.catalogue.permissions import MAY_CLOSE
from lumbung.portal.chat.permissions import SEES as SEES_CHAT
from lumbung.portal.copies.permissions import MAY_HAND
from lumbung.portal.copies.queries import waiting_for
from lumbung.portal.emergencies.permissions import check_has_desk
from lumbung.portal.incidents.queries import waiting_matters
from lumbung.portal.intake import views as intake
from lumbung.portal.intake.queries import waiting_requests
from lumbung.portal.requests import queries as requests
from lumbung.portal.services.queries import late
from lumbung.portal.tracing.permissions import check_sees_holdings, check_traces
from lumbung.portal.tracing.queries import has_open_checks

Link = dict[str, str | int | bool]


HOMES = (  # where each role begins its day
    (Role.PRODUSEN, "intake:desk"),
    (Role.WALIDATA, "review:queue"),
    (Role.PPDP, "intake:requests"),
    (Role.PETUGAS_PIKET, "publication:close"),
    (Role.ADMIN, "accounts:people"),
    (Role.PENELUSUR, "tracing:desk"),
    (Role.PETUGAS_LAYANAN, "requests:desk"),
)


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """The first page after signing in: everybody lands on the desk of their own work."""
    roles = roles_of(person_of(request))
    own = next((name for role, name in HOMES if role in roles), "intake:desk")
    return intake.desk(request) if own == "intake:desk" else redirect(own)


def desk_links(request: HttpRequest) -> dict[str, list[Link]]:
    """`desk_links` for the base templates, the nearest above the page marked as current: none for the public."""
    person = getattr(request, "user", None)
    if not isinstance(person, Person):
        return {}
    links = _links(person, roles_of(person))
    nearest = max(
        (str(one["address"]) for one in links if request.path.startswith(str(one["address"]))), key=len, default=""
    )
    return {"desk_links": [{**one, "current": one["address"] == nearest} for one in links]}


def _links(person: Person, roles: set[str]) -> list[Link]:
    links: list[Link] = []
    if settings.TRAINING:
        links.append({"address": reverse("training:lessons"), "label": _("Pelajaran")})
    if Role.PRODUSEN in roles:
        links.append({"address": reverse("intake:desk"), "label": _("Kiriman")})
        links.append({"address": reverse("intake:blanks"), "label": _("Isian desa")})
        links.append({"address": reverse("intake:bring"), "label": _("Paket statistik")})
        links.append({"address": reverse("intake:sid"), "label": _("Sambungan SID")})
    if Role.WALIDATA in roles:
        links.append({"address": reverse("review:queue"), "label": _("Meja tinjau")})
        links.append({"address": reverse("intake:sums"), "label": _("Jumlah wilayah")})
    if Role.WALIDATA in roles and Role.PRODUSEN not in roles:
        links.append({"address": reverse("intake:blanks"), "label": _("Isian desa")})
    if roles.intersection(MAY_CLOSE):
        links.append({"address": reverse("publication:close"), "label": _("Tutup data")})
        links.append({"address": reverse("publication:desk"), "label": _("Data terbit")})
        waiting = waiting_matters(person)
        links.append({"address": reverse("incidents:desk"), "label": _("Laporan umum"), "count": waiting})
        links.append({"address": reverse("incidents:incidents"), "label": _("Insiden")})
        links.append({"address": reverse("services:desk"), "label": _("Saklar layanan"), "count": late()})
    links += _of_registers(person, roles)
    if roles.intersection(SEES_CHAT):
        links.append({"address": reverse("chat:desk"), "label": _("Pesan tanpa NIK")})
    if may(check_has_desk, person):
        links.append({"address": reverse("emergencies:desk"), "label": _("Panggilan darurat")})
    if Role.PETUGAS_LAYANAN in roles:
        waiting = requests.waiting_for(person)
        links.append({"address": reverse("requests:desk"), "label": _("Permohonan dokumen"), "count": waiting})
    if Role.PPDP in roles:
        waiting = waiting_requests(person)
        links.append({"address": reverse("intake:requests"), "label": _("Permintaan pelepasan"), "count": waiting})
    if Role.PRODUSEN not in roles and roles.intersection((Role.WALIDATA, Role.PPDP, Role.PETUGAS_PIKET)):
        links.append({"address": reverse("intake:desk"), "label": _("Kiriman")})
    if roles.intersection(LOG_READERS):
        links.append({"address": reverse("audit:log"), "label": _("Jejak")})
    if Role.ADMIN in roles:
        links.append({"address": reverse("accounts:people"), "label": _("Orang dan organisasi")})
    links.append({"address": reverse("mfa_index"), "label": _("Akun saya")})
    return links


def _of_registers(person: Person, roles: set[str]) -> list[Link]:
    """What is asked about circulating data, and what is handed out of registers."""
    links: list[Link] = []
    if Role.PENELUSUR in roles and may(check_traces, person):
        links.append({"address": reverse("tracing:desk"), "label": _("Telusur")})
    if roles.intersection((Role.PENELUSUR, Role.PPDP)) and may(check_sees_holdings, person):
        links.append({"address": reverse("tracing:holdings"), "label": _("Sidik")})
    if Role.PPDP in roles or (Role.PRODUSEN in roles and has_open_checks()):
        links.append({"address": reverse("tracing:check-desk"), "label": _("Pemeriksaan warga")})
    if roles.intersection(MAY_HAND):
        waiting = waiting_for(person)
        links.append({"address": reverse("copies:desk"), "label": _("Salinan"), "count": waiting})
    return links
