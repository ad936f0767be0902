"""How a dBase table begins: version, a possible date, and the first field by name and letter. Source: as in `dbf`."""

import re

MARK = re.compile(
    rb"[\x02\x03\x04\x05\x30-\x32\x43\x63\x7b\x83\x8b\x8c\xcb\xe5\xf5\xfb].[\0-\x0c][\0-\x1f].{28}"
    rb"(?=[^\0]{1,10}\0).{11}[A-Z0+@]",
    re.DOTALL,
)
