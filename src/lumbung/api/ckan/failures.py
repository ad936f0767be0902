"""What goes wrong, in CKAN's own shapes: https://docs.ckan.org/en/2.11/api/#making-an-api-request"""

from collections.abc import Mapping, Sequence

Details = Mapping[str, object]


class Failure(Exception):
    """An answer that is no result: an HTTP status, and what stands under "error". Its text is its kind alone."""

    status = 400
    kind = ""

    def __init__(self, details: Details) -> None:
        super().__init__(self.kind)
        self.details = details

    def error(self) -> dict[str, object]:
        """As clients read it."""
        return {"__type": self.kind, **self.details}


class NotThere(Failure):
    """404: it never was, or it is closed, or it is not for this asker; nobody can tell which."""

    status = 404
    kind = "Not Found Error"

    def __init__(self, message: str = "Not found") -> None:
        super().__init__({"message": message})


class NotAllowed(Failure):
    """403."""

    status = 403
    kind = "Authorization Error"

    def __init__(self, message: str) -> None:
        super().__init__({"message": f"Access denied: {message}"})


class Invalid(Failure):
    """409: each named field with its sentences. What the gate refuses is one of these as well."""

    status = 409
    kind = "Validation Error"

    def __init__(self, fields: Mapping[str, object]) -> None:
        super().__init__(fields)


class BadQuery(Failure):
    """400: a search that is not understood; harvesters then ask for everything."""

    kind = "Search Query Error"

    def __init__(self, message: str) -> None:
        super().__init__({"message": f"Invalid search query: {message}"})


class TooMuch(Failure):
    """413: a body larger than is read."""

    status = 413
    kind = "Request Too Large Error"

    def __init__(self, most: int) -> None:
        super().__init__({"message": f"Body larger than {most} bytes"})


class ReadOnly(Failure):
    """503: the portal may only be read for a while."""

    status = 503
    kind = "Service Unavailable"

    def __init__(self) -> None:
        super().__init__({"message": "The portal may only be read at the moment"})


class BadRequest(Exception):
    """400 with a bare string, as CKAN answers what is no action or no JSON."""

    def __init__(self, said: str) -> None:
        super().__init__("bad-request")
        self.said = f"Bad request - {said}"


def missing(*names: str) -> Invalid:
    """409 for arguments that are needed."""
    return Invalid({name: ["Missing value"] for name in names})


def wrong(name: str, *sentences: str) -> Invalid:
    """409 for one argument."""
    told: Sequence[str] = list(sentences)
    return Invalid({name: told})
