"""The admin's page of addresses that are told when something is closed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from lumbung.portal.accounts.permissions import person_of
from lumbung.portal.audit.actors import actor_of
from lumbung.portal.publication import telling
from lumbung.portal.publication.forms import WebhookForm
from lumbung.portal.publication.models import Call, Webhook
from lumbung.portal.publication.permissions import check_calls_out

MOST_CALLS = 30


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def webhooks(request: HttpRequest) -> HttpResponse:
    """Every address with how its last calls went, and the form for another; its secret is shown this once."""
    me = person_of(request)
    check_calls_out(me)
    form, secret = WebhookForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        _added, secret = telling.add(form.cleaned_data["address"], person=me, by=actor_of(request))
    calls = Call.objects.select_related("webhook").order_by("-pk")[:MOST_CALLS]
    listed = Webhook.objects.filter(ended_at=None)
    context = {"form": form if not secret else WebhookForm(), "secret": secret, "webhooks": listed, "calls": calls}
    status = 422 if request.method == "POST" and not secret else 200
    return render(request, "publication/webhooks.html", context, status=status)


@require_POST
@login_required
def end(request: HttpRequest, number: int) -> HttpResponse:
    """Tell it nothing more."""
    telling.end(get_object_or_404(Webhook, pk=number), person=person_of(request), by=actor_of(request))
    messages.success(request, _("Alamat itu tidak diberi tahu lagi."))
    return redirect("publication:webhooks")
