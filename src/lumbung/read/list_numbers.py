"""Whether a document's lists write digits before their lines that are no count of the lines.

Sources: ECMA-376 part 1, 17.9 (`lvlText`, `start`), 21.1.2.4 (bullets); OpenDocument 1.3 part 3, 16.30 (list styles).
Half a number as a label and the rest behind it looks like one number, and stands nowhere as one. Which line gets
which label is not worked out: such a document was not wholly read.
"""

import re
from collections.abc import Mapping

OWN, STARTS = 3, 1_000  # digits of its own; a list that begins so far up counts no lines
PLACES = re.compile(r"%[1-9]")
TEXTS = {
    "lvlText": ("val",),
    "buChar": ("char",),
    "list-level-style-bullet": ("bullet-char", "num-prefix", "num-suffix"),
}
FIRST = {
    "start": "val",
    "startOverride": "val",
    "buAutoNum": "startAt",
    "list-item": "start-value",
    "list-header": "start-value",
}
NUMBERED = ("list-level-style-number", "outline-level-style")


def writes_digits(name: str, attributes: Mapping[str, str]) -> bool:
    """Whether an element (local names) gives a list digits of its own."""
    texts = TEXTS.get(name, ("num-prefix", "num-suffix") if name in NUMBERED else ())
    own = PLACES.sub("", "".join(attributes.get(key, "") for key in texts))
    first = attributes.get(FIRST.get(name, "start-value" if name in NUMBERED else ""), "")
    return sum(sign.isdecimal() for sign in own) >= OWN or (first.isdecimal() and int(first[:9]) >= STARTS)
