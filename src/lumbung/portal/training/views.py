"""The lessons, the files to practise with, and the two things that only the trainer does."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lumbung.portal.accounts.permissions import person_of
from lumbung.portal.audit.actors import actor_of
from lumbung.portal.training import actions
from lumbung.portal.training.forms import SheetForm
from lumbung.portal.training.lessons import lessons
from lumbung.portal.training.permissions import check_trains, in_training, trains
from lumbung.portal.training.practice import FILE_NAMES, practice_file


@in_training
@require_safe
@login_required
@never_cache
def overview(request: HttpRequest) -> HttpResponse:
    """The three lessons as this person stands in them."""
    me = person_of(request)
    return render(request, "training/lessons.html", {"lessons": lessons(me), "trains": trains(me)})


@in_training
@require_safe
@login_required
@never_cache
def take(request: HttpRequest, lesson: str) -> HttpResponse:
    """The file of a lesson, invented for this person; that they took it is a line of the record."""
    if lesson not in FILE_NAMES:
        raise Http404
    file = practice_file(lesson, seed=person_of(request).pk)
    actions.note_taken(file, lesson=lesson, by=actor_of(request))
    answer = HttpResponse(file.content, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return answer


@in_training
@login_required
@never_cache
def sheet(request: HttpRequest) -> HttpResponse:
    """Accounts for a class, on a sheet to be printed and cut: shown once."""
    me = person_of(request)
    check_trains(me)
    form = SheetForm(request.POST or None)
    made = []
    if request.method == "POST" and form.is_valid():
        made = actions.make_accounts(form.cleaned_data["number"], person=me, by=actor_of(request))
    return render(request, "training/sheet.html", {"form": form, "made": made})


@in_training
@require_POST
@login_required
@never_cache
def empty(request: HttpRequest) -> HttpResponse:
    """Ask for everything to be destroyed, now and not only tonight."""
    actions.ask_to_empty(person=person_of(request), by=actor_of(request))
    return render(request, "training/emptied.html", status=202)
