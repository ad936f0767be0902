"""Which addresses belong to which service, read from the settings (SERVICE_ADDRESSES, SERVICES_NEVER_SHUT).

A part of an address is literal; `*` stands for one part. The longest beginning that fits decides, so that a service
may lie within another's addresses; "/" is open data, so that whatever is new is shut with it until it is named.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

NEVER = ""  # in place of a code: no switch shuts this address


class Beginning(NamedTuple):
    """One line of the table: `fits` is matched at the beginning of a path, `weight` its length."""

    weight: int
    fits: re.Pattern[str]
    code: str


class Table:
    """The lines, the longest first."""

    def __init__(self, addresses: Mapping[str, Sequence[str]], never: Sequence[str]) -> None:
        lines = [(one, code) for code, several in addresses.items() for one in several]
        lines += [(one, NEVER) for one in never]
        made = [Beginning(len(one), re.compile(re.escape(one).replace(r"\*", "[^/]+")), code) for one, code in lines]
        self.beginnings = sorted(made, key=lambda one: -one.weight)

    def code_of(self, path: str) -> str:
        """The service that an address belongs to, or NEVER. Versions of CKAN's addresses count as one."""
        plain = re.sub(r"^/api/[123]/", "/api/", path)
        return next((one.code for one in self.beginnings if one.fits.match(plain)), NEVER)
