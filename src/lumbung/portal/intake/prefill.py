"""What a file says about itself before anybody types: its title from its name."""

import re

from lumbung.portal.intake.masking import masked

ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}$")
BREAKS = re.compile(r"[_\s]+|(?<=[^\W\d])-+(?=\w)|(?<=\w)-+(?=[^\W\d])")
LONGEST_TITLE = 200


def title_of(name: str) -> str:
    """ "penduduk_dusun-2024.xlsx" gives "Penduduk dusun 2024". Long numbers are hidden; may be empty."""
    plain = ENDING.sub("", name.replace("\\", "/").rpartition("/")[2])
    words = " ".join(BREAKS.sub(" ", masked(plain)).split())
    return (words[:1].upper() + words[1:])[:LONGEST_TITLE]


def title_for(name: str, *, typed: str, several: bool) -> str:
    """What the person typed; from the name where nothing was typed, and both where one text stands for several."""
    if not typed:
        return title_of(name)
    return f"{typed}: {title_of(name)}"[:LONGEST_TITLE] if several else typed
