"""The desk of the shelf: every dataset with its state, and the few acts that change it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import may, person_of
from lumbung.portal.audit.actors import actor_of
from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.catalogue.permissions import check_closes
from lumbung.portal.catalogue.states import DatasetState
from lumbung.portal.catalogue.vocabulary import ClosingGround
from lumbung.portal.intake.queries import readable_among
from lumbung.portal.publication import actions, queries
from lumbung.portal.publication import rescan as rescan_all
from lumbung.portal.publication.forms import ClosingForm, ReasonForm, RemovalForm, ShutForm
from lumbung.portal.publication.permissions import check_calls_out, check_keeps, check_reopens, check_watches
from lumbung.portal.publication.states import MOVES
from lumbung.portal.review.queries import submission_for_reviewer

PER_PAGE = 25


@require_safe
@login_required
@never_cache
def desk(request: HttpRequest) -> HttpResponse:
    """Every dataset this person is on duty for, whatever its state."""
    me = person_of(request)
    datasets = queries.datasets_for_keeper(me)
    state = request.GET.get("keadaan", "")
    if state in DatasetState.values:
        datasets = datasets.filter(state=state)
    page = Paginator(datasets, PER_PAGE).get_page(request.GET.get("page"))
    about = {"page": page, "states": DatasetState, "state": state, "may_call_out": may(check_calls_out, me)}
    return render(request, "publication/desk.html", about)


@require_safe
@login_required
@never_cache
def dataset(request: HttpRequest, slug: str) -> HttpResponse:
    """One dataset with the acts that are open to this person now."""
    me = person_of(request)
    return render(request, "publication/dataset.html", _about(me, queries.dataset_for_keeper(me, slug)))


@require_POST
@login_required
def publish(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """Put an approved submission on the shelf."""
    me = person_of(request)
    shelved = actions.publish(submission_for_reviewer(me, submission_id), person=me, by=actor_of(request))
    messages.success(request, _("Data terbit dan sudah dapat dicari, dilihat, dan diunduh oleh siapa pun."))
    return redirect(shelved)


@require_POST
@login_required
def quarantine(request: HttpRequest, slug: str) -> HttpResponse:
    """One click closes it on every route; a reason may be written, the button gives one otherwise."""
    me = person_of(request)
    found = queries.dataset_for_keeper(me, slug)
    because = request.POST.get("because", "").replace("\0", "").strip() or _(
        "Ditutup dari halaman data: diduga memuat data pribadi."
    )
    actions.quarantine(found, person=me, by=actor_of(request), because=because)
    messages.success(request, _("Data ditutup: halaman, unduhan, dan pencariannya tertutup sekarang juga."))
    return redirect("publication:dataset", slug)


@require_POST
@login_required
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Take it off the shelf."""
    me = person_of(request)
    found = queries.dataset_for_keeper(me, slug)
    form = ClosingForm(request.POST)
    if not form.is_valid():
        return _again(request, found, closing_form=form)
    ground = ClosingGround(form.cleaned_data["ground"])
    because = form.cleaned_data["because"]
    actions.withdraw(found, person=me, by=actor_of(request), because=because, ground=ground)
    messages.success(request, _("Data ditarik. Alamatnya menerangkan mengapa dan sejak kapan."))
    return redirect("publication:dataset", slug)


@require_POST
@login_required
def restore(request: HttpRequest, slug: str) -> HttpResponse:
    """Open it again."""
    me = person_of(request)
    found = queries.dataset_for_keeper(me, slug)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _again(request, found, reason_form=form)
    actions.restore(found, person=me, by=actor_of(request), because=form.cleaned_data["because"])
    messages.success(request, _("Data dibuka kembali setelah setiap berkasnya diperiksa sekali lagi."))
    return redirect("publication:dataset", slug)


@require_POST
@login_required
def remove(request: HttpRequest, slug: str) -> HttpResponse:
    """Destroy it."""
    me = person_of(request)
    found = queries.dataset_for_keeper(me, slug)
    form = RemovalForm(request.POST)
    if not form.is_valid():
        return _again(request, found, removal_form=form)
    traces = actions.remove(found, person=me, by=actor_of(request), **form.cleaned_data)
    if any(traces.left().values()):
        messages.error(request, _("Data dihapus, tetapi masih ada yang tersisa. Hubungi pengelola situs sekarang."))
    else:
        messages.success(request, _("Data dihapus. Sudah diperiksa: tidak ada yang tersisa."))
    return redirect("publication:dataset", slug)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def rescan(request: HttpRequest) -> HttpResponse:
    """How far the second look is, and what it found; the button asks for a look at everything."""
    me = person_of(request)
    check_watches(me)
    if request.method == "POST":
        rescan_all.ask(person=me, by=actor_of(request))
        messages.success(request, _("Semua berkas yang terbit akan diperiksa sekali lagi, sedikit demi sedikit."))
        return redirect("publication:rescan")
    return render(request, "publication/rescan.html", {"rescan": rescan_all.progress()})


def _again(request: HttpRequest, found: Dataset, **forms: Any) -> HttpResponse:
    """The same page with what is wrong in the form."""
    return render(request, "publication/dataset.html", {**_about(person_of(request), found), **forms}, status=422)


def _about(me: Person, found: Dataset) -> dict[str, Any]:
    """What the page of one dataset shows this person."""
    moves, keeps = MOVES[DatasetState(found.state)], may(check_keeps, me, found)
    releases = list(queries.releases_of(found))
    return {
        "dataset": found,
        "releases": releases,
        "readable": readable_among(me, [release.submission for release in releases]),
        "shut_form": ShutForm(),
        "may_quarantine": DatasetState.QUARANTINED in moves and may(check_closes, me, found),
        "may_withdraw": DatasetState.WITHDRAWN in moves and keeps,
        "may_restore": DatasetState.PUBLISHED in moves and may(check_reopens, me, found),
        "may_remove": DatasetState.REMOVED in moves and keeps,
        "may_keep": keeps,
        "backups": queries.backups_with(found) if found.state == DatasetState.REMOVED else [],
        "reason_form": ReasonForm(),
        "closing_form": ClosingForm(),
        "removal_form": RemovalForm(),
    }
