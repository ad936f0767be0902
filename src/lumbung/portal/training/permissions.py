"""Who may do what in a training house. Everywhere else its pages are not there at all."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Organisation, Person
from lumbung.portal.accounts.permissions import Refused
from lumbung.portal.accounts.queries import holds
from lumbung.portal.accounts.roles import Role


def in_training(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """404 on every portal that is no training house."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **named: object) -> HttpResponse:
        if not settings.TRAINING:
            raise Http404
        return view(request, *args, **named)

    return guarded


def trains(person: Person) -> bool:
    """Whether they are the trainer: walidata of the whole invented regency, in a training house."""
    top = Organisation.objects.filter(depth=1).first()
    return bool(settings.TRAINING and top and holds(person, Role.WALIDATA, top))


def check_trains(person: Person) -> None:
    """Raise Refused unless they are the trainer of a training house."""
    if not trains(person):
        raise Refused("not-trainer", _("Langkah ini hanya untuk pelatih, di rumah latihan."))
