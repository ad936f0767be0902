"""The desk stays shut to a guarded role without a second step, but for the pages where it is set up."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.second_step import lacks_second_step

DESK = "/meja/"


class SecondStep:
    """Leads to the page of the second step; public pages, the password and sign-out stay open."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Asks only on the desk, where alone somebody can do something by their role."""
        account = reverse("mfa_index")
        allowed = (account, reverse("account_change_password"))
        desk = request.path_info.startswith(DESK) and not request.path_info.startswith(allowed)
        if desk and isinstance(request.user, Person) and lacks_second_step(request.user):
            return redirect(account)
        return self.get_response(request)
