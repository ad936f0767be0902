"""What a recipient sees who opens a link: what the copy is, the statement, the file; later, that it is destroyed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lumbung.portal.audit.actors import actor_of
from lumbung.portal.copies import handing
from lumbung.portal.copies.copy_views import as_download
from lumbung.portal.copies.forms import ReceiptForm, StatementForm
from lumbung.tracing.copies import HEADINGS

SESSION_KEY = "copy"  # where the session keeps the token, so that no later address carries it


@require_safe
@never_cache
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Take the token out of the address, into the session, and lead on."""
    handing.open_link(token)
    request.session[SESSION_KEY] = token
    return redirect("copies:receive")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def receive(request: HttpRequest) -> HttpResponse:
    """Acknowledge with name and code, and take the file in the same breath."""
    token = request.session.get(SESSION_KEY, "")
    found = handing.open_link(token)
    form = ReceiptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        fetched = handing.receive(token, code=said["code"], received_by=said["received_by"], by=actor_of(request))
        return as_download(fetched)
    context = {
        "copy": found,
        "handout": found.handout,
        "columns": [HEADINGS[name] for name in found.handout.columns],
        "form": form,
        "statement_form": StatementForm(),
    }
    return render(request, "copies/receive.html", context, status=422 if form.is_bound else 200)


@require_POST
@never_cache
def state(request: HttpRequest) -> HttpResponse:
    """It is destroyed, says the recipient."""
    token = request.session.get(SESSION_KEY, "")
    found = handing.open_link(token)
    form = StatementForm(request.POST)
    if not form.is_valid():
        context = {"copy": found, "handout": found.handout, "form": ReceiptForm(), "statement_form": form}
        return render(request, "copies/receive.html", context, status=422)
    handing.end_by_link(token, code=form.cleaned_data["code"], words=form.cleaned_data["words"], by=actor_of(request))
    request.session.pop(SESSION_KEY, None)
    return render(request, "copies/ended.html")
