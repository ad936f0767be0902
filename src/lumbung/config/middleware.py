"""The one place where a refusal becomes a page, and the headers that no library sets."""

from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from lumbung.config.views import not_found, refusal
from lumbung.portal.accounts.permissions import Refused

NOTHING_OF_THE_DEVICE = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class TrueAddress:
    """Behind a proxy on this machine, a visitor's address is the one that the proxy saw.

    It is believed only where the site is reached by https, which `lumbung serve` does not speak, hence through a
    proxy; only from this machine itself; and only the last entry of X-Forwarded-For, which the proxy has added.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Puts the address where the record and the counting of failures look for it."""
        last = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        socket = _address(request.META.get("REMOTE_ADDR", ""))
        if settings.ENCRYPTED and socket and socket.is_loopback and (seen := _address(last)):
            request.META["REMOTE_ADDR"] = str(seen)
        return self.get_response(request)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text)
    except ValueError:
        return None


class FirstPassword:
    """Who came in with a password that an admin has seen chooses another before any desk opens."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Leads to the page of the new password; public pages and sign-out stay open."""
        choose = reverse("account_change_password")
        desk = request.path_info.startswith(reverse("home")) and request.path_info != choose
        if desk and request.user.is_authenticated and request.user.must_change_password:
            return redirect(choose)
        return self.get_response(request)


class Refusals:
    """Shows `Refused` with its sentence and way on; every other exception stays a bug and is shown without detail."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Adds the Permissions-Policy, and keeps the pages of people who are signed in out of shared caches."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", NOTHING_OF_THE_DEVICE)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page for the family of refusals, nothing for others."""
        if not isinstance(exception, Refused):
            return None
        return refusal(
            request,
            status=exception.status,
            sentence=exception.sentence,
            next_step=exception.next_step,
            address=exception.address,
        )


class IndonesianFirst:
    """Only what a person chose here changes the language: many an Indonesian's telephone asks for English pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Takes the browser's wish away before Django's own middleware reads it; the cookie stays."""
        request.META.pop("HTTP_ACCEPT_LANGUAGE", None)
        return self.get_response(request)


class WithoutNul:
    """A NUL stands in no address of this site, and PostgreSQL does not even let one be asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """404 for a NUL in the path; what is asked behind the path is read by the rooms."""
        return not_found(request) if "\0" in request.path else self.get_response(request)
