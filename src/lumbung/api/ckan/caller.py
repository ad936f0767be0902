"""Who asks: a person whose key came along, or anybody. A browser's session is not looked at, so it cannot be borrowed.

The key stands in `Authorization`, bare as CKAN's clients send it or behind "Bearer", or in `X-CKAN-API-Key`.
"""

from dataclasses import dataclass, replace

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from lumbung.api.ckan.failures import NotAllowed
from lumbung.portal.accounts.models import ApiToken, Person
from lumbung.portal.accounts.tokens import token_of
from lumbung.portal.audit.actors import Actor, actor_of
from lumbung.portal.intake.vault import Sealed

HEADERS = ("Authorization", "X-CKAN-API-Key")


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who asks and how the record names them. `person` is None for anybody; `upload` is the file that came along."""

    request: HttpRequest
    person: Person | None
    writes: bool
    by: Actor
    upload: Sealed | None = None

    @property
    def sender(self) -> Person:
        """The person, where `check_sends` has let them through."""
        assert self.person is not None
        return self.person

    def check_sends(self, to: str) -> None:
        """Raise NotAllowed unless a person's key came along that may send; worded as by CKAN: "not authorized to"."""
        if self.person is None:
            raise NotAllowed(f"User  not authorized to {to}")
        if not self.writes:
            raise NotAllowed("Kunci ini hanya untuk membaca. Buat kunci yang boleh mengirim.")


def caller_of(request: HttpRequest) -> Caller:
    """Who asks. From here on the request is theirs, for whatever records it; an unknown key is nobody's."""
    token = next((found for header in HEADERS if (found := _token(request.headers.get(header, "")))), None)
    request.user = token.person if token else AnonymousUser()
    by = actor_of(request)
    if token:
        by = replace(by, device=f"API {token.pk} {by.device}"[:200])
    return Caller(request=request, person=token.person if token else None, writes=bool(token and token.writes), by=by)


def _token(header: str) -> ApiToken | None:
    scheme, _space, rest = header.strip().partition(" ")
    text = rest.strip() if scheme.lower() == "bearer" else header.strip()
    return token_of(text) if text else None
