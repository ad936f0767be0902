"""What every page may know about the person looking at it."""

from django.http import HttpRequest

from lumbung.portal.accounts.queries import roles_of


def roles(request: HttpRequest) -> dict[str, set[str]]:
    """`roles`: the values of the roles held anywhere, for menus only."""
    return {"roles": roles_of(request.user) if hasattr(request, "user") else set()}
