"""The desk page where an office is arranged: address and hours, services and what they ask for, days off, its key."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lumbung.portal.accounts.models import Organisation
from lumbung.portal.accounts.permissions import may, person_of
from lumbung.portal.audit.actors import actor_of
from lumbung.portal.intake.printed import under_way
from lumbung.portal.requests import counting, offices
from lumbung.portal.requests.forms import DayForm, KeyForm, OfferForm, OfficeForm
from lumbung.portal.requests.listing import knows_year, services_of, source
from lumbung.portal.requests.models import Offer, Office
from lumbung.portal.requests.permissions import check_arranges, check_serves


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def arrange(request: HttpRequest, slug: str) -> HttpResponse:
    """Address, hours, and how long requests are kept; begins an office that does not serve yet."""
    me = person_of(request)
    organisation = get_object_or_404(Organisation, slug=slug)
    check_arranges(me, organisation)
    office = Office.objects.filter(organisation=organisation).first()
    form = OfficeForm(request.POST or None, instance=office, initial={} if office else {"weekdays": [0, 1, 2, 3, 4]})
    if request.method == "POST" and form.is_valid():
        offices.arrange(organisation, person=me, by=actor_of(request), said=form.cleaned_data)
        messages.success(request, _("Loket tersimpan."))
        return redirect("requests:arrange", slug)
    context: dict[str, object] = {"organisation": organisation, "office": office, "form": form, "source": source()}
    if office:
        context |= _arranged(office)
        context["may_key"] = may(check_serves, me, office)
    return render(request, "requests/office.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def offer(request: HttpRequest, slug: str, service: str) -> HttpResponse:
    """One service: offered or not, its standard, what it asks for."""
    office = _office(request, slug)
    known = services_of(office).get(service)
    if known is None:
        raise Http404
    said = {"offered": known.offered, "hours": known.hours, "requirements": "\n".join(known.requirements)}
    held = Offer.objects.filter(office=office, service=service).first()
    form = OfferForm(request.POST or None, instance=held, initial=said)
    if request.method == "POST" and form.is_valid():
        offices.offer(office, service, person=person_of(request), by=actor_of(request), said=form.cleaned_data)
        messages.success(request, _("Layanan tersimpan."))
        return redirect("requests:arrange", slug)
    context = {"office": office, "service": known, "form": form}
    return render(request, "requests/offer.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@login_required
def set_day(request: HttpRequest, slug: str) -> HttpResponse:
    """A day off, or one on which the office works all the same."""
    office = _office(request, slug)
    form = DayForm(request.POST)
    if form.is_valid():
        offices.set_day(office, **form.cleaned_data, person=person_of(request), by=actor_of(request))
        messages.success(request, _("Kalender tersimpan."))
    else:
        messages.error(request, _first_error(form))
    return redirect("requests:arrange", slug)


@require_POST
@login_required
def unset_day(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """As the national calendar has it."""
    offices.unset_day(_office(request, slug), number, person=person_of(request), by=actor_of(request))
    messages.success(request, _("Kalender tersimpan."))
    return redirect("requests:arrange", slug)


@require_safe
@login_required
@never_cache
def key(request: HttpRequest, slug: str) -> HttpResponse:
    """Where a key is made, in the browser, and its public half registered."""
    office = _office(request, slug)
    check_serves(person_of(request), office)
    return render(request, "requests/key.html", {"office": office, "keys": office.keys.all()})


@require_POST
@login_required
def register_key(request: HttpRequest, slug: str) -> HttpResponse:
    """New requests are sealed to this one from now on."""
    office = _office(request, slug)
    form = KeyForm(request.POST)
    recipient = form.cleaned_data["recipient"] if form.is_valid() else ""
    offices.register_key(office, recipient, person=person_of(request), by=actor_of(request))
    messages.success(request, _("Kunci kantor terdaftar. Permohonan baru disegel dengannya."))
    return redirect("requests:key", slug)


@require_POST
@login_required
def count(request: HttpRequest, slug: str) -> HttpResponse:
    """Print the quarters that are over, and hand their table in for inspection and review."""
    counting.hand_in(_office(request, slug), person=person_of(request), by=actor_of(request))
    messages.success(request, _("Statistik layanan dikirim untuk diperiksa dan ditinjau walidata."))
    return redirect("requests:arrange", slug)


def _office(request: HttpRequest, slug: str) -> Office:
    office = get_object_or_404(Office.objects.select_related("organisation"), organisation__slug=slug)
    check_arranges(person_of(request), office.organisation)
    return office


def _arranged(office: Office) -> dict[str, object]:
    year = timezone.localdate().year
    return {
        "services": services_of(office).values(),
        "days": office.days_off.all(),
        "day_form": DayForm(),
        "year": year,
        "next_year": year + 1,
        "knows_year": knows_year(year),
        "knows_next": knows_year(year + 1),
        "key": office.keys.filter(retired_at=None).first(),
        "ripe": counting.ripe(office),
        "printed": office.printed.all(),
        "counted": under_way(office.printed.all()),
    }


def _first_error(form: BaseForm) -> str:
    return str(next(iter(next(iter(form.errors.values())))))
