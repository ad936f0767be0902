"""Every action by its name: what answers it, and whether it writes."""

from collections.abc import Callable
from dataclasses import dataclass
from inspect import getdoc

from lumbung.api.ckan import reading, tables
from lumbung.api.ckan.arguments import Given, needed
from lumbung.api.ckan.caller import Caller
from lumbung.api.ckan.failures import NotThere

Answer = Callable[[Caller, Given], object]


@dataclass(frozen=True, slots=True)
class Action:
    """`answer` gives the result or raises a Failure; what `writes` is asked for by POST alone."""

    answer: Answer
    writes: bool = False

    @property
    def about(self) -> str:
        """What `help_show` tells of it."""
        return getdoc(self.answer) or ""


def help_show(caller: Caller, told: Given) -> str:
    """Return what is said about an action: name."""
    named = ACTIONS.get(needed(told, "name"))
    if named is None:
        raise NotThere
    return named.about


READS: tuple[Answer, ...] = (
    help_show,
    reading.status_show,
    reading.package_search,
    reading.package_show,
    reading.package_list,
    reading.package_autocomplete,
    reading.package_activity_list,
    reading.current_package_list_with_resources,
    reading.resource_show,
    reading.resource_search,
    reading.resource_view_list,
    reading.organization_list,
    reading.organization_show,
    reading.organization_list_for_user,
    reading.group_list,
    reading.group_show,
    reading.group_package_show,
    reading.tag_list,
    reading.tag_search,
    reading.tag_show,
    reading.license_list,
    reading.user_show,
    reading.user_list,
    tables.datastore_search,
    tables.datastore_info,
)
WRITES: tuple[Answer, ...] = ()
ACTIONS = {
    **{answer.__name__: Action(answer) for answer in READS},
    **{answer.__name__: Action(answer, writes=True) for answer in WRITES},
}
