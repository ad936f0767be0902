"""The national list of services, reasons and days off, and what one office makes of it.

Source: `services.toml` and `holidays.toml` beside this file, which name the regulations.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from lumbung.portal.requests.models import Offer, Office

HERE = Path(__file__).parent
CANNOT_OPEN = "cannot-open"  # by which an office says that it has lost its key
NOT_ANSWERED = "not-answered"  # given by the house alone, to what nobody answered in time


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One service: what it is called, what to bring, by how many working hours it should be answered."""

    code: str
    name: str
    about: str
    hours: int
    kinds: tuple[str, ...]
    requirements: tuple[str, ...]
    offered: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a request cannot go on, and what to do next, in ready sentences."""

    code: str
    says: str
    bring: str


@cache
def _read(name: str) -> dict[str, object]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def national() -> dict[str, Service]:
    """Every service by its code, as the regulations have it."""
    found = _read("services.toml")["services"]
    assert isinstance(found, list)
    return {
        one["code"]: Service(**{**one, "kinds": tuple(one["kinds"]), "requirements": tuple(one["requirements"])})
        for one in found
    }


def reasons() -> dict[str, Reason]:
    """Every reason by its code, in the order of the list."""
    found = _read("services.toml")["reasons"]
    assert isinstance(found, list)
    return {one["code"]: Reason(**one) for one in found}


def source() -> str:
    """The regulations that the list follows."""
    return str(_read("services.toml")["source"])


def services_of(office: Office) -> dict[str, Service]:
    """All services as this office has them, those it does not offer among them."""
    changed = {offer.service: offer for offer in office.offers.all()}
    return {code: _changed(service, changed.get(code)) for code, service in national().items()}


def offered_by(office: Office) -> dict[str, Service]:
    """What the public may ask this office for."""
    return {code: one for code, one in services_of(office).items() if one.offered}


def days_off(office: Office) -> Mapping[date, str]:
    """Days on which this office does not work, national ones and its own."""
    days = {date.fromisoformat(day): str(name) for day, name in _national_days().items()}
    for own in office.days_off.all():
        if own.works:
            days.pop(own.day, None)
        else:
            days[own.day] = own.name
    return days


def knows_year(year: int) -> bool:
    """Whether the national list has this year's days."""
    return any(day.startswith(str(year)) for day in _national_days())


def _national_days() -> Mapping[str, object]:
    found = _read("holidays.toml")["days"]
    assert isinstance(found, dict)
    return found


def _changed(service: Service, offer: Offer | None) -> Service:
    if offer is None:
        return service
    lines = tuple(filter(None, (line.strip() for line in offer.requirements.splitlines())))
    return replace(service, offered=offer.offered, hours=offer.hours, requirements=lines)
