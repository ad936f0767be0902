"""The page on which a producer says what the columns of a file mean."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lumbung.portal.accounts.permissions import person_of
from lumbung.portal.audit.actors import actor_of
from lumbung.portal.catalogue.column_words import words_of
from lumbung.portal.intake import column_words, queries
from lumbung.portal.intake.column_words_form import ColumnWordsForm


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def describe_columns(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """One line for each column. The file is opened in a confined child for their names; no cell is shown."""
    found = queries.get_submission_for_producer(person_of(request), submission_id)
    names = column_words.names_of(found)
    form = ColumnWordsForm(request.POST or None, names=names, words=words_of(found.id_text))
    if request.method == "POST" and form.is_valid():
        column_words.tell(found, form.words(), by=actor_of(request))
        messages.success(request, _("Keterangan kolom disimpan."))
        return redirect(found)
    context = {"form": form, "submission": found}
    return render(request, "intake/column_words.html", context, status=422 if form.errors else 200)
