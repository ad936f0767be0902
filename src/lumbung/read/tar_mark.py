"""How a tar archive is known by its first block. Source: POSIX.1-2017 pax, and the tar of Version 7 before it."""

import re

MARK = re.compile(rb".{257}ustar", re.DOTALL)
BLOCK = 512


def is_tar(head: bytes) -> bool:
    """Whether the first block is a header: by its mark, or for archives older than it by its checksum."""
    if MARK.match(head):
        return True
    if len(head) < BLOCK or not head[0] or not any(head[:BLOCK]):
        return False
    field = head[148:156].strip(b" \0")
    if not re.fullmatch(rb"[0-7]{3,7}", field) or not re.fullmatch(rb"[0-7 \0]{12}", head[124:136]):
        return False
    return int(field, 8) == sum(head[:148]) + 8 * 32 + sum(head[156:BLOCK])
