"""What producer and walidata say to each other about a file. The record keeps that somebody spoke, not the words."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import person_of
from lumbung.portal.accounts.queries import holds
from lumbung.portal.accounts.roles import Role
from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import Actor, actor_of
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.queries import submissions_for
from lumbung.portal.review import reasons
from lumbung.portal.review.forms import CommentForm
from lumbung.portal.review.models import Comment


@transaction.atomic
def say(submission: Submission, *, person: Person, by: Actor, words: str) -> Comment:
    """One more message. Raise Unfit where it is empty, too long or holds a long number. Cannot be taken back."""
    comment = Comment.objects.create(submission=submission, by=person, words=reasons.checked(words), at=timezone.now())
    record(Kind.COMMENTED, by=by, subject=submission.subject)
    return comment


def submission_for_talk(person: Person, number: UUID) -> Submission:
    """For who produces data in its organisation, or is walidata there. Raise Http404 otherwise."""
    found = submissions_for(person, Role.PRODUSEN, Role.WALIDATA).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def talk(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """All that was said, and a place to answer."""
    me = person_of(request)
    found = submission_for_talk(me, submission_id)
    form = CommentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        say(found, person=me, by=actor_of(request), words=form.cleaned_data["words"])
        messages.success(request, _("Pesan tersimpan."))
        return redirect("review:talk", submission_id)
    reviews = holds(me, Role.WALIDATA, found.organisation)
    context = {"submission": found, "comments": found.comments.select_related("by"), "form": form, "reviews": reviews}
    return render(request, "review/talk.html", context, status=422 if form.errors else 200)
