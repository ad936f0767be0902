"""One's own keys for programs: which there are, a new one shown once, an old one revoked."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from lumbung.portal.accounts import tokens
from lumbung.portal.accounts.forms import TokenForm
from lumbung.portal.accounts.models import Scope
from lumbung.portal.accounts.permissions import person_of
from lumbung.portal.audit.actors import actor_of


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
@reauthentication_required(allow_get=True)
def keys(request: HttpRequest) -> HttpResponse:
    """The list with the form; after the form, the new key's text on this one page and never again."""
    form = TokenForm(request.POST or None)
    text = ""
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        text = tokens.make(
            person_of(request),
            purpose=chosen["purpose"],
            scope=Scope(chosen["scope"]),
            days=int(chosen["days"]),
            by=actor_of(request),
        )
        form = TokenForm()
    context = {"form": form, "text": text, "tokens": person_of(request).tokens.all()}
    return render(request, "accounts/tokens.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """The key opens nothing from now on. Somebody else's, or none: nothing happens."""
    if tokens.revoke(person_of(request), by=actor_of(request), only=number):
        messages.success(request, _("Kunci dicabut. Program yang memakainya ditolak sejak sekarang."))
    return redirect("tokens")
