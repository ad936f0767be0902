"""How much a reader may unfold. Every number is a ceiling on work or memory, none is a threshold of judgement."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Ceilings for one file; whatever goes over is `Unreadable("too-large")`, `Unreadable("bomb")` or named unread."""

    bytes: int = 512 * 2**20
    columns: int = 16_384
    cells: int = 40_000_000
    json_bytes: int = 64 * 2**20  # becomes a tree of objects, many times its size
    html_bytes: int = 32 * 2**20  # becomes rows of objects, and takes its time
    depth: int = 200
    members: int = 10_000  # of one package
    unfolded_bytes: int = 2 * 2**30  # of all members of one package together
    steep_bytes: int = 64 * 2**20  # a member that unfolds beyond this is judged by `ratio`
    ratio: int = 200  # unfolded to packed; sheets of repeated rows reach about a hundred
    part_bytes: int = 96 * 2**20  # a member other than a sheet, which is held in memory whole
    nesting: int = 3  # a package within a package within a package
