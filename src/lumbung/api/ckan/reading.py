"""What everybody may ask about datasets, organisations, themes and words. A doc string is what `help_show` answers."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from lumbung.api.ckan import drafts, organisations, packages, searching
from lumbung.api.ckan.arguments import Given, names, needed, number, text, yes
from lumbung.api.ckan.caller import Caller
from lumbung.api.ckan.failures import BadQuery, NotAllowed, NotThere, wrong
from lumbung.api.ckan.identifiers import Kind, opened, sealed
from lumbung.api.ckan.licences import licence_list as licences
from lumbung.portal.accounts.models import Organisation, Person
from lumbung.portal.accounts.queries import organisations_where
from lumbung.portal.accounts.roles import Role
from lumbung.portal.catalogue.queries import shown, visible
from lumbung.portal.catalogue.vocabulary import Theme

MOST_ROWS = 1_000  # packages in one answer
MOST_NAMES = 100_000
MOST_FILTERS = 20
MOST_FACETS = 50
SPOKEN_AS = "2.11.0"  # the CKAN whose answers these are
DEFAULT_SORT = "score desc, metadata_modified desc"
FACET_TITLES = {"organization": "Organizations", "groups": "Groups", "tags": "Tags", "res_format": "Formats",
                "license_id": "Licenses"}  # fmt: skip


def status_show(caller: Caller, told: Given) -> dict[str, object]:
    """Return what this site is."""
    return {
        "site_title": "Lumbung",
        "site_description": _("Data terbuka yang tidak membocorkan warganya"),
        "site_url": settings.LUMBUNG_URL,
        "error_emails_to": "",
        "locale_default": settings.LANGUAGE_CODE,
        "extensions": ["lumbung", "datastore"],
        "ckan_version": SPOKEN_AS,
    }


def package_search(caller: Caller, told: Given) -> dict[str, object]:
    """Search for datasets: q, fq, fq_list, sort, rows (at most 1000), start, facet, facet.field, facet.limit,
    facet.mincount. Of Lucene: words, "phrases", field:value, field:[x TO y], beginnings*, + - NOT AND OR ( )."""
    filters = [*_filters(told, "fq"), *_filters(told, "fq_list")]
    if len(filters) > MOST_FILTERS:
        raise BadQuery("too many filters")
    datasets, words = searching.found(text(told, "q"), filters)
    sort = text(told, "sort") or DEFAULT_SORT
    start = number(told, "start", default=0, most=MOST_NAMES * 10)
    rows = number(told, "rows", default=10, most=MOST_ROWS)
    wanted = _facets_wanted(told)
    if wanted:
        every = searching.in_order(datasets, sort=sort, words=words)
        count, keys = len(every), every[start : start + rows]
    else:
        every = []
        count, keys = searching.page(datasets, sort=sort, words=words, start=start, rows=rows)
    facets = _facets(told, wanted, every)
    found = shown(keys)
    results = packages.packages(found[key] for key in keys if key in found)
    return {
        "count": count,
        "facets": {name: {item["name"]: item["count"] for item in items} for name, items in facets.items()},
        "results": results,
        "sort": sort,
        "search_facets": {
            name: {"title": FACET_TITLES.get(name, name), "items": items} for name, items in facets.items()
        },
    }


def _filters(told: Given, name: str) -> list[str]:
    """One filter, or a list of them, also as JSON; a filter may begin with a bracket of its own."""
    value = told.get(name)
    several = isinstance(value, list) or (isinstance(value, str) and value.lstrip().startswith('["'))
    return names(told, name) if several else [text(told, name)]


def _facets_wanted(told: Given) -> list[str]:
    wanted = names(told, "facet.field") if yes(told, "facet", default=True) else []
    if len(wanted) > MOST_FACETS:
        raise BadQuery("too many facets")
    return wanted


def _facets(told: Given, wanted: list[str], keys: list[int]) -> dict[str, list[dict[str, Any]]]:
    most = text(told, "facet.limit", "50").strip()
    least = number(told, "facet.mincount", default=1, most=MOST_NAMES)
    limit = -1 if most == "-1" else number(told, "facet.limit", default=50, most=MOST_NAMES)
    return searching.spread(keys, wanted, most=limit, least=least) if wanted else {}


def package_show(caller: Caller, told: Given) -> dict[str, object]:
    """Return the metadata of a dataset (package) and its resources, by id or name."""
    name = needed(told, "id", "name_or_id")
    dataset = packages.dataset_named(name) or drafts.dataset_behind(name)
    if dataset is not None:
        return packages.packages([dataset])[0]
    if (draft := drafts.own_draft(caller.person, name)) is None:
        raise NotThere
    return drafts.package(draft)


def resource_show(caller: Caller, told: Given) -> dict[str, object]:
    """Return the metadata of a resource, by id."""
    number_ = needed(told, "id")
    found = packages.file_named(number_)
    if found is None and (piece := drafts.own_piece(caller.person, number_)):
        return drafts.resource(piece)
    if found is None:
        raise NotThere
    one, file = found
    return packages.resource(one, file, one.files.index(file))


def package_list(caller: Caller, told: Given) -> list[str]:
    """Return the names of the site's datasets: limit, offset."""
    start, end = _page(told, default=MOST_NAMES, most=MOST_NAMES)
    return list(visible().order_by("slug").values_list("slug", flat=True)[start:end])


def current_package_list_with_resources(caller: Caller, told: Given) -> list[dict[str, object]]:
    """Return datasets with their resources, the latest first: limit, offset."""
    start, end = _page(told, default=10, most=MOST_ROWS)
    return packages.packages(visible()[start:end])


def package_autocomplete(caller: Caller, told: Given) -> list[dict[str, str]]:
    """Return datasets whose title has the words of q: limit."""
    words = needed(told, "q")
    most = number(told, "limit", default=10, most=100)
    found = visible().filter(title__icontains=words)[:most]
    return [
        {"name": one.slug, "title": one.title, "match_field": "title", "match_displayed": one.title} for one in found
    ]


def resource_search(caller: Caller, told: Given) -> dict[str, object]:
    """Search for resources: query=field:term, several of them, where field is name or format; limit, offset."""
    wanted = names(told, "query") if isinstance(told.get("query"), list) else [needed(told, "query")]
    datasets = visible()
    for one in wanted:
        column, colon, term = one.partition(":")
        if not colon or column not in ("name", "format"):
            raise BadQuery("only name:term and format:term")
        datasets = (
            datasets.filter(title__icontains=term)
            if column == "name"
            else datasets.filter(formats__icontains=f" {term} ")
        )
    formats = {one.partition(":")[2].lower() for one in wanted if one.startswith("format:")}
    start, end = _page(told, default=MOST_ROWS, most=MOST_ROWS)
    found = [
        packages.resource(one, file, position)
        for one in packages.shown(list(datasets[:MOST_ROWS]))
        for position, file in enumerate(one.files)
        if not formats or file.format in formats
    ]
    return {"count": len(found), "results": found[start:end]}


def organization_list(caller: Caller, told: Given) -> list[object]:
    """Return the organizations, as names or (all_fields) with everything: organizations, limit, offset, sort."""
    chosen = Organisation.objects.order_by("slug")
    if wanted := names(told, "organizations"):
        chosen = chosen.filter(slug__in=wanted)
    start, end = _page(told, default=MOST_ROWS, most=MOST_ROWS)
    if text(told, "sort").strip() in ("name desc", "title desc"):
        chosen = chosen.reverse()
    if not yes(told, "all_fields"):
        return list(chosen.values_list("slug", flat=True)[start:end])
    counts = organisations.packages_by_organisation()
    return [organisations.organisation_dict(one, packages=counts[one.pk]) for one in chosen[start:end]]


def organization_show(caller: Caller, told: Given) -> dict[str, object]:
    """Return an organization by id or name; include_datasets adds its datasets. People are never told."""
    found = organisations.organisation_named(needed(told, "id"))
    if found is None:
        raise NotThere
    theirs = visible().filter(organisation=found)
    listed = packages.packages(theirs[:MOST_ROWS]) if yes(told, "include_datasets") else []
    return {
        **organisations.organisation_dict(found, packages=theirs.order_by().count()),
        "users": [],
        "extras": [{"key": "kode", "value": found.kode}] if found.kode else [],
        "packages": listed,
        "tags": [],
        "groups": organisations.above(found),
    }


def organization_list_for_user(caller: Caller, told: Given) -> list[dict[str, object]]:
    """Return the organizations for which whoever asks may send data."""
    if caller.person is None:
        return []
    counts = organisations.packages_by_organisation()
    mine = organisations_where(caller.person, Role.PRODUSEN).order_by("slug")
    return [{**organisations.organisation_dict(one, packages=counts[one.pk]), "capacity": "editor"} for one in mine]


def group_list(caller: Caller, told: Given) -> list[object]:
    """Return the groups, which are the themes, as names or (all_fields) with everything."""
    start, end = _page(told, default=MOST_ROWS, most=MOST_ROWS)
    chosen = set(names(told, "groups"))
    themes = [theme for theme in Theme if not chosen or theme.value in chosen][start:end]
    if not yes(told, "all_fields"):
        return [theme.value for theme in themes]
    counts = organisations.packages_by_theme()
    return [organisations.group_dict(theme, packages=counts[theme.value]) for theme in themes]


def group_show(caller: Caller, told: Given) -> dict[str, object]:
    """Return a group by id or name; include_datasets adds its datasets."""
    theme = _theme(told)
    theirs = visible().filter(theme=theme)
    listed = packages.packages(theirs[:MOST_ROWS]) if yes(told, "include_datasets") else []
    about = organisations.group_dict(theme, packages=theirs.order_by().count())
    return {**about, "users": [], "extras": [], "packages": listed, "tags": [], "groups": []}


def group_package_show(caller: Caller, told: Given) -> list[dict[str, object]]:
    """Return the datasets of a group: limit."""
    most = number(told, "limit", default=MOST_ROWS, most=MOST_ROWS)
    return packages.packages(visible().filter(theme=_theme(told))[:most])


def tag_list(caller: Caller, told: Given) -> list[object]:
    """Return the tags in use: query, all_fields."""
    words = _tags(text(told, "query"))
    return [organisations.tag_dict(word) for word in words] if yes(told, "all_fields") else list(words)


def tag_search(caller: Caller, told: Given) -> dict[str, object]:
    """Search for tags by a part of them: query, limit, offset."""
    words = _tags(text(told, "query") or needed(told, "q", "query"))
    start, end = _page(told, default=MOST_ROWS, most=MOST_ROWS)
    return {"count": len(words), "results": [organisations.tag_dict(word) for word in words[start:end]]}


def tag_show(caller: Caller, told: Given) -> dict[str, object]:
    """Return a tag by id or name; include_datasets adds its datasets."""
    asked = needed(told, "id")
    found = next((tag for tag in map(organisations.tag_dict, _tags("")) if asked in (tag["id"], tag["name"])), None)
    if found is None:
        raise NotThere
    if not yes(told, "include_datasets"):
        return found
    datasets, _words = searching.found("", [f'tags:"{found["name"]}"'])
    return {**found, "packages": packages.packages(datasets[:MOST_ROWS])}


def license_list(caller: Caller, told: Given) -> list[dict[str, str]]:
    """Return the licenses under which data stands here: open ones only."""
    return licences()


def resource_view_list(caller: Caller, told: Given) -> list[object]:
    """Return the views of a resource: there are none, the page of a dataset shows table, chart and map by itself."""
    resource_show(caller, told)
    return []


def package_activity_list(caller: Caller, told: Given) -> list[dict[str, object]]:
    """Return when a dataset was released. No package is kept in an activity, and no person."""
    found = packages.dataset_named(needed(told, "id"))
    if found is None:
        raise NotThere
    number_ = sealed(Kind.DATASET, found.pk)
    most = number(told, "limit", default=31, most=100)
    return [
        {
            "id": sealed(Kind.WORD, release.number, f"release:{number_}"),
            "timestamp": packages.moment(release.published_at),
            "user_id": None,
            "object_id": number_,
            "activity_type": "new package" if release.number == 1 else "changed package",
            "data": {},
        }
        for release in found.releases.all()[:most]
    ]


def user_show(caller: Caller, told: Given) -> dict[str, object]:
    """Return one's own account. Nobody else's is told."""
    me = _me(caller, "see user")
    asked = text(told, "id")
    if asked and asked != user_name(me) and opened(Kind.PERSON, asked) != me.pk:
        raise NotAllowed(f"User {user_name(me)} not authorized to read user")
    return {
        "id": sealed(Kind.PERSON, me.pk),
        "name": user_name(me),
        "fullname": me.name,
        "display_name": me.name,
        "created": packages.moment(me.added_at),
        "about": None,
        "activity_streams_email_notifications": False,
        "sysadmin": False,
        "state": "active",
        "image_url": None,
        "image_display_url": None,
        "number_created_packages": 0,
    }


def user_list(caller: Caller, told: Given) -> list[str]:
    """Return the name of one's own account. Nobody else's is told."""
    return [user_name(_me(caller, "list users"))]


def user_name(person: Person) -> str:
    """What CKAN's clients call a person: no name and no address of theirs."""
    return f"orang-{sealed(Kind.PERSON, person.pk)[:8]}"


def _me(caller: Caller, to: str) -> Person:
    if caller.person is None:
        raise NotAllowed(f"User  not authorized to {to}")
    return caller.person


def _theme(told: Given) -> Theme:
    theme = organisations.theme_named(needed(told, "id"))
    if theme is None:
        raise NotThere
    return theme


def _tags(part: str) -> list[str]:
    open_ones = visible().order_by()
    themes = open_ones.exclude(theme="").values_list("theme", flat=True).distinct()
    years = open_ones.exclude(year=None).values_list("year", flat=True).distinct()
    villages = open_ones.exclude(village="").values_list("village", flat=True).distinct()
    words = sorted({*map(str, themes), *map(str, years), *map(str, villages)})
    return [word for word in words if part.lower() in word]


def _page(told: Given, *, default: int, most: int) -> tuple[int, int]:
    start = number(told, "offset", default=0, most=MOST_NAMES * 10)
    limit = number(told, "limit", default=default, most=most)
    if limit < 0:
        raise wrong("limit", "Must be a natural number")
    return start, start + limit
