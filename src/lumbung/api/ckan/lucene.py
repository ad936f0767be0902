"""The part of Lucene's query language that CKAN's clients use, as a tree: https://lucene.apache.org/core/queryparser

    words "a phrase" field:value field:"a phrase" field:(a OR b) field:[x TO y] field:beg* *:* + - NOT AND OR ( )

AND binds before OR, and OR before standing side by side, which means AND: what harvesters mean when they join
`organization:a OR organization:b` and `metadata_modified:[x TO *]` by a space. Anything else is not understood.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

LONGEST = 10_000  # characters
MOST_TERMS = 300
DEEPEST = 20
TOKEN = re.compile(
    r"""\s*(?:
        (?P<open>\() | (?P<close>\)) |
        (?P<all>\*:\*) |
        (?P<both>AND\b|&&) | (?P<either>OR\b|\|\|) | (?P<no>NOT\b|!) |
        (?P<sign>[+-])(?=\S) |
        (?P<field>[A-Za-z_][\w.]*)\s*:(?!:) |
        (?P<range>[\[{]\s*(?P<from>"[^"]*"|[^\s"\]}]+)\s+TO\s+(?P<to>"[^"]*"|[^\s"\]}]+)\s*[\]}]) |
        "(?P<phrase>(?:[^"\\]|\\.)*)" |
        (?P<word>(?:[^\s()"\[\]{}:\\]|\\.)+(?::(?!\s)(?:[^\s()"\[\]{}\\]|\\.)*)?)
    )(?:[~^][\d.]*)?""",
    re.VERBOSE,
)
WEIGHT = re.compile(r"(?<!\\)[~^][\d.]*$")
ESCAPED = re.compile(r"\\(.)")


class NotUnderstood(ValueError):
    """The query is none. Its text is a reason in our words, never a piece of the query."""


@dataclass(frozen=True, slots=True)
class Everything:
    """`*:*`."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word, a phrase, or a beginning (`starts`), of a field or ("") of any."""

    field: str
    text: str
    starts: bool = False
    phrase: bool = False


@dataclass(frozen=True, slots=True)
class Range:
    """From and to, each "*" for open; the bounds belong to it unless `without` names "from" or "to"."""

    field: str
    begin: str
    end: str
    without: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Not:
    """What does not fit the part."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class All:
    """What fits every part."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Any:
    """What fits one of the parts."""

    parts: tuple["Node", ...]


Node = Everything | Term | Range | Not | All | Any


def parse(query: str) -> Node:
    """The tree of a query; an empty one fits everything. Raise NotUnderstood."""
    if len(query) > LONGEST:
        raise NotUnderstood("too long")
    reader = _Reader(_tokens(query))
    tree = reader.side_by_side(field="", depth=0) if reader.left else Everything()
    if reader.left:
        raise NotUnderstood("a parenthesis that was not opened")
    return tree


def _tokens(query: str) -> list[re.Match[str]]:
    found, at, end = [], 0, len(query.rstrip())
    while at < end:
        token = TOKEN.match(query, at)
        if token is None:
            raise NotUnderstood("syntax")
        found.append(token)
        at = token.end()
    if sum(token.lastgroup in ("word", "phrase", "range", "to") for token in found) > MOST_TERMS:
        raise NotUnderstood("too many terms")
    return found


class _Reader:
    """Walks through the tokens once."""

    def __init__(self, tokens: Sequence[re.Match[str]]) -> None:
        self._tokens = tokens
        self._at = 0

    @property
    def left(self) -> bool:
        return self._at < len(self._tokens)

    def side_by_side(self, *, field: str, depth: int) -> Node:
        if depth > DEEPEST:
            raise NotUnderstood("too deep")
        parts = [self._either(field, depth)]
        while self.left and not self._is("close"):
            parts.append(self._either(field, depth))
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _either(self, field: str, depth: int) -> Node:
        parts = [self._both(field, depth)]
        while self._take("either"):
            parts.append(self._both(field, depth))
        return parts[0] if len(parts) == 1 else Any(tuple(parts))

    def _both(self, field: str, depth: int) -> Node:
        parts = [self._one(field, depth)]
        while self._take("both"):
            parts.append(self._one(field, depth))
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _one(self, field: str, depth: int) -> Node:
        if depth > DEEPEST:
            raise NotUnderstood("too deep")
        if self._take("no"):
            return Not(self._one(field, depth + 1))
        if sign := self._take("sign"):
            part = self._one(field, depth + 1)
            return Not(part) if sign["sign"] == "-" else part
        if self._take("all"):
            return Everything()
        if self._take("open"):
            inner = self.side_by_side(field=field, depth=depth + 1)
            if not self._take("close"):
                raise NotUnderstood("a parenthesis that was not closed")
            return inner
        if named := self._take("field"):
            if field:
                raise NotUnderstood("a field within a field")
            return self._one(named["field"], depth + 1)
        return self._leaf(field)

    def _leaf(self, field: str) -> Node:
        if phrase := self._take("phrase"):
            return Term(field, ESCAPED.sub(r"\1", phrase["phrase"]), phrase=True)
        if bounds := self._take("range"):
            return _range(field, bounds)
        if word := self._take("word"):
            text = WEIGHT.sub("", word["word"])
            starts = text.endswith("*") and not text.endswith("\\*")
            if re.search(r"(?<!\\)[*?]", text.removesuffix("*")):
                raise NotUnderstood("a wildcard that is not at the end")
            return Term(field, ESCAPED.sub(r"\1", text.removesuffix("*") if starts else text), starts=starts)
        raise NotUnderstood("something is missing")

    def _is(self, kind: str) -> bool:
        return self.left and self._tokens[self._at][kind] is not None

    def _take(self, kind: str) -> re.Match[str] | None:
        if not self._is(kind):
            return None
        self._at += 1
        return self._tokens[self._at - 1]


def _range(field: str, bounds: re.Match[str]) -> Range:
    if not field:
        raise NotUnderstood("a range without a field")
    brackets = bounds["range"]
    outside = {"from"} if brackets[0] == "{" else set()
    outside |= {"to"} if brackets[-1] == "}" else set()
    return Range(field, bounds["from"].strip('"'), bounds["to"].strip('"'), frozenset(outside))
