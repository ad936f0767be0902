"""What a program says about a dataset, read out of CKAN's fields into those of a submission; and the names it gives.

Title and notes are themselves; the licence is known by its id, the theme by a group or a tag; everything else that
Lumbung asks for stands in `extras` under its own name (period, source, unit, frequency, classification, legal_basis).
What has no place here (author, maintainer, url, further tags) is looked at by the gate like the rest, and not kept.
"""

import re
from collections.abc import Mapping

from lumbung.api.ckan.arguments import Given, dictionaries, text
from lumbung.api.ckan.failures import Invalid, NotAllowed
from lumbung.api.ckan.licences import licence_of
from lumbung.api.ckan.organisations import organisation_named, theme_named
from lumbung.portal.accounts.models import Organisation, Person
from lumbung.portal.accounts.queries import holds
from lumbung.portal.accounts.roles import Role
from lumbung.portal.catalogue.queries import visible
from lumbung.portal.catalogue.vocabulary import Classification, Frequency
from lumbung.portal.intake.actions import DESCRIPTION
from lumbung.portal.intake.models import Submission

NAME = re.compile(r"[a-z0-9_-]*")
LENGTHS = range(2, 101)
LONGEST_NOTES = 5_000
IN_EXTRAS = ("theme", "period", "source", "unit", "frequency", "classification", "legal_basis")
CHOICES: dict[str, list[str]] = {"frequency": list(Frequency.values), "classification": list(Classification.values)}


def described(told: Given, *, known: Mapping[str, str], whole: bool) -> dict[str, str]:
    """The words about a dataset: those that were sent over those that are known; `whole` forgets the known ones.

    Raise Invalid where one is too long or none of the choices.
    """
    sent: dict[str, str] = {}
    if "title" in told:
        sent["title"] = text(told, "title")
    if "notes" in told:
        sent["description"] = text(told, "notes")
    if "license_id" in told:
        licence = licence_of(text(told, "license_id"))
        sent["licence"] = licence.value if licence else ""
    if theme := _theme(told):
        sent["theme"] = theme
    sent |= _extras(told)
    words = {name: sent.get(name, "" if whole else known.get(name, "")).strip() for name in DESCRIPTION}
    words["title"] = words["title"] or known.get("title", "") or text(told, "name")
    _check(words)
    return words


def check_name(told: Given, person: Person) -> tuple[str, Organisation]:
    """The name and the organisation of a new package. Raise Invalid as CKAN does, both fields at once; NotAllowed."""
    name, wrong = text(told, "name"), {}
    if not name:
        wrong["name"] = ["Missing value"]
    elif not NAME.fullmatch(name):
        wrong["name"] = ["Must be purely lowercase alphanumeric (ascii) characters and these symbols: -_"]
    elif len(name) not in LENGTHS:
        wrong["name"] = [f"Must be between {LENGTHS[0]} and {LENGTHS[-1]} characters long"]
    elif visible().filter(slug=name).exists():
        wrong["name"] = ["That URL is already in use."]
    asked = text(told, "owner_org")
    organisation = organisation_named(asked) if asked else None
    if organisation is None:
        wrong["owner_org"] = ["Organization does not exist" if asked else "An organization must be provided"]
    if wrong or organisation is None:
        raise Invalid(wrong)
    if not holds(person, Role.PRODUSEN, organisation):
        raise NotAllowed("User not authorized to add dataset to this organization")
    return name, organisation


def _extras(told: Given) -> dict[str, str]:
    extras = dictionaries(told, "extras", most=200)
    pairs = ((text(one, "key"), text(one, "value")) for one in extras)
    return {key: value for key, value in pairs if key in IN_EXTRAS}


def _theme(told: Given) -> str:
    """The first group or tag that is a theme."""
    for name in ("groups", "tags"):
        for one in dictionaries(told, name, most=200):
            theme = theme_named(text(one, "name") or text(one, "id"))
            if theme is not None:
                return theme.value
    return ""


def _check(words: dict[str, str]) -> None:
    wrong: dict[str, object] = {}
    for name, value in words.items():
        longest = Submission._meta.get_field(name).max_length or LONGEST_NOTES  # type: ignore[union-attr]
        if len(value) > longest:
            wrong[name] = [f"Must be at most {longest} characters long"]
        if value and name in CHOICES and value not in CHOICES[name]:
            wrong[name] = [f"Must be one of: {', '.join(CHOICES[name])}"]
        if value and name == "theme" and theme_named(value) is None:
            wrong[name] = ["Must be the name of a group"]
    if wrong:
        raise Invalid(wrong)
