"""Every action by its name: what answers it, and whether it writes."""

from collections.abc import Callable
from dataclasses import dataclass
from inspect import getdoc

from lumbung.api.ckan import reading, sending_rows, tables, writing
from lumbung.api.ckan.arguments import Given, needed
from lumbung.api.ckan.caller import Caller
from lumbung.api.ckan.failures import NotAllowed, NotThere

Answer = Callable[[Caller, Given], object]


@dataclass(frozen=True, slots=True)
class Action:
    """`answer` gives the result or raises a Failure; `to` is what a writing action does, as a refusal words it."""

    answer: Answer
    to: str = ""

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
WRITES: dict[Answer, str] = {
    writing.package_create: "create packages",
    writing.package_update: "edit package",
    writing.package_patch: "edit package",
    writing.package_delete: "delete package",
    writing.dataset_purge: "purge dataset",
    writing.resource_create: "create resource",
    writing.resource_update: "edit resource",
    writing.resource_patch: "edit resource",
    writing.resource_delete: "delete resource",
    sending_rows.datastore_create: "write to the datastore",
    sending_rows.datastore_upsert: "write to the datastore",
    sending_rows.datastore_delete: "write to the datastore",
}
AT_THE_DESK = (
    "organization_create", "organization_update", "organization_patch", "organization_delete",
    "organization_member_create", "organization_member_delete", "group_create", "group_update", "group_patch",
    "group_delete", "user_create", "user_update", "user_patch", "user_delete", "user_invite", "member_create",
    "member_delete", "api_token_create", "api_token_revoke", "resource_view_create", "resource_view_update",
    "resource_view_delete", "bulk_update_public", "package_owner_org_update",
)  # fmt: skip


def at_the_desk(caller: Caller, told: Given) -> object:
    """Not done by programs: people do this at their desk, where it takes a second step or a second person."""
    raise NotAllowed("Ini hanya dikerjakan orang di mejanya, bukan oleh program.")


ACTIONS = {
    **{answer.__name__: Action(answer) for answer in READS},
    **{answer.__name__: Action(answer, to) for answer, to in WRITES.items()},
    **{name: Action(at_the_desk, name.replace("_", " ")) for name in AT_THE_DESK},
}
