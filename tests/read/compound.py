"""Compound files written stream by stream, so that a test can plant a number in any stream. Source: MS-CFB 2."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

SECTOR, MINI, CUTOFF = 512, 64, 4096
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
NOTHING = 0xFFFFFFFF
STORAGE, STREAM, ROOT = 1, 2, 5


@dataclass
class Node:
    """A storage with its children, or a stream with its content."""

    name: str
    content: bytes | None = None
    children: "dict[str, Node]" = field(default_factory=dict)
    number: int = 0
    start: int = END
    following: int = NOTHING


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file of these streams; a slash in a name stands between a storage and what is in it."""
    root = _tree(streams)
    nodes = _numbered(root)
    sectors: list[bytes] = []
    table: list[int] = []
    minis, mini_table = bytearray(), []
    for node in nodes:
        if node.content and len(node.content) < CUTOFF:
            node.start = len(mini_table)
            count = -(-len(node.content) // MINI)
            mini_table += [*range(node.start + 1, node.start + count), END]
            minis += node.content.ljust(count * MINI, b"\0")
        elif node.content:
            node.start = _put(sectors, table, node.content)
    root.content, root.start = bytes(minis), _put(sectors, table, bytes(minis)) if minis else END
    mini_start = _put(sectors, table, struct.pack(f"<{len(mini_table)}I", *mini_table), fill=b"\xff") if minis else END
    directory = _put(sectors, table, b"".join(_entry(node) for node in nodes))
    return _file(sectors, table, directory, mini_start, -(-len(mini_table) * 4 // SECTOR))


def _tree(streams: Mapping[str, bytes]) -> Node:
    root = Node("Root Entry")
    for path, content in streams.items():
        node = root
        *storages, name = path.split("/")
        for storage in storages:
            node = node.children.setdefault(storage, Node(storage))
        node.children[name] = Node(name, content)
    return root


def _numbered(root: Node) -> list[Node]:
    """All nodes, each with its number and that of its next sibling."""
    nodes = [root]
    for node in nodes:
        children = sorted(node.children.values(), key=lambda child: (len(child.name), child.name.upper()))
        for child in children:
            child.number = len(nodes)
            nodes.append(child)
        for child, following in pairwise(children):
            child.following = following.number
    return nodes


def _entry(node: Node) -> bytes:
    name = node.name.encode("utf-16-le")[:62]
    kind = ROOT if node.number == 0 else STORAGE if node.content is None else STREAM
    first = min((child.number for child in node.children.values()), default=NOTHING)
    size = len(node.content or b"")
    head = name.ljust(64, b"\0") + struct.pack("<HBB", len(name) + 2, kind, 1)
    links = struct.pack("<III", NOTHING, node.following, first)
    return head + links + bytes(36) + struct.pack("<IQ", node.start if size else (END if kind != STORAGE else 0), size)


def _put(sectors: list[bytes], table: list[int], content: bytes, *, fill: bytes = b"\0") -> int:
    start = len(sectors)
    count = max(1, -(-len(content) // SECTOR))
    padded = content.ljust(count * SECTOR, fill)
    sectors += [padded[index * SECTOR : (index + 1) * SECTOR] for index in range(count)]
    table += [*range(start + 1, start + count), END]
    return start


def _file(sectors: list[bytes], table: list[int], directory: int, mini_start: int, minis: int) -> bytes:
    count = 1
    while count * 128 < len(table) + count:
        count += 1
    start = len(sectors)
    table = [*table, *[FAT] * count]
    packed = struct.pack(f"<{len(table)}I", *table).ljust(count * SECTOR, b"\xff")
    listed = [*range(start, start + count)]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, count, directory, 0, CUTOFF, mini_start, minis, END, 0)
    head += struct.pack("<109I", *listed, *[FREE] * (109 - count))
    return head + b"".join(sectors) + packed
