"""Organisations and groups as CKAN tells them. Groups are the themes of the catalogue; people are in neither."""

from collections import Counter
from collections.abc import Iterable

from lumbung.api.ckan.identifiers import Kind, opened, sealed
from lumbung.portal.accounts.models import Organisation
from lumbung.portal.catalogue.queries import visible
from lumbung.portal.catalogue.vocabulary import Theme

SINCE = "2026-01-01T00:00:00.000000"  # nobody keeps when an organisation or a theme was entered


def organisation_named(text: str) -> Organisation | None:
    """By its id or its name."""
    number = opened(Kind.ORGANISATION, text)
    if number is not None:
        return Organisation.objects.filter(pk=number).first()
    return Organisation.objects.filter(slug=text).first()


def theme_named(text: str) -> Theme | None:
    """By its id or its name; None also for no theme at all."""
    return next((theme for theme in Theme if text in (theme.value, theme_id(theme))), None)


def theme_id(theme: Theme) -> str:
    """The id of a theme."""
    return sealed(Kind.WORD, 0, f"theme:{theme.value}")


def small_organisation(organisation: Organisation) -> dict[str, object]:
    """As it stands in a package."""
    return {
        "id": sealed(Kind.ORGANISATION, organisation.pk),
        "name": organisation.slug,
        "title": organisation.name,
        "type": "organization",
        "description": str(organisation.get_kind_display()),
        "image_url": "",
        "created": SINCE,
        "is_organization": True,
        "approval_status": "approved",
        "state": "active",
    }


def organisation_dict(organisation: Organisation, *, packages: int) -> dict[str, object]:
    """As a list with all fields tells it."""
    return {**small_organisation(organisation), **_shown(organisation.name, packages)}


def group_dict(theme: Theme, *, packages: int) -> dict[str, object]:
    """The same of a theme."""
    name = str(theme.label)
    return {
        "id": theme_id(theme),
        "name": theme.value,
        "title": name,
        "type": "group",
        "description": "",
        "image_url": "",
        "created": SINCE,
        "is_organization": False,
        "approval_status": "approved",
        "state": "active",
        **_shown(name, packages),
    }


def small_group(theme: Theme) -> dict[str, object]:
    """As it stands in a package."""
    wanted = ("description", "display_name", "id", "image_display_url", "name", "title")
    told = group_dict(theme, packages=0)
    return {name: told[name] for name in wanted}


def above(organisation: Organisation) -> list[dict[str, str]]:
    """The organisation right above it, as ckanext-hierarchy names it."""
    parent = Organisation.objects.filter(path=organisation.path[: -Organisation.steplen]).first()
    return [{"name": parent.slug, "capacity": "public"}] if parent else []


def packages_by_organisation() -> Counter[int]:
    """How many visible datasets each has, by its key."""
    return Counter(visible().order_by().values_list("organisation_id", flat=True))


def packages_by_theme() -> Counter[str]:
    """How many visible datasets each theme has."""
    return Counter(visible().order_by().values_list("theme", flat=True))


def tags_of(words: Iterable[str]) -> list[dict[str, object]]:
    """Tags as a package tells them."""
    return [tag_dict(word) for word in words]


def tag_dict(word: str) -> dict[str, object]:
    """One tag."""
    return {
        "display_name": word,
        "id": sealed(Kind.WORD, 0, f"tag:{word}"),
        "name": word,
        "state": "active",
        "vocabulary_id": None,
    }


def _shown(name: str, packages: int) -> dict[str, object]:
    return {"display_name": name, "image_display_url": "", "num_followers": 0, "package_count": packages}
