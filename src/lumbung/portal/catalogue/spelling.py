"""Words that were mistyped, led back to words of the search index: nothing is suggested that does not find anything.

First every word one slip away (a letter missing, doubled, changed or exchanged with its neighbour) that the index
holds; where there is none, the likest of those that begin alike. The index holds words of open datasets alone.
"""

from collections.abc import Iterator
from difflib import SequenceMatcher
from string import ascii_lowercase

from django.db import connection

from lumbung.portal.catalogue.search import MOST_WORDS, stem, words_of
from lumbung.portal.catalogue.synonyms import SMALL_WORDS, is_known

SHORTEST = 3
LIKE = 4  # letters: shorter words are all like each other, and none of them is suggested
LONGEST = 20
ALIKE = 0.75
OF_ALL = "SELECT word, ndoc FROM ts_stat('SELECT words FROM catalogue_search')"


def corrected(words: str) -> str:
    """What was asked with each unknown word replaced by the likest; "" where nothing had to be, or can be."""
    asked = words_of(words)[:MOST_WORDS]
    meant = [word if _is_left_alone(word) else _likest(word) for word in asked]
    return " ".join(meant) if meant != asked and all(meant) else ""


def _is_left_alone(word: str) -> bool:
    if len(word) < SHORTEST or len(word) > LONGEST or word in SMALL_WORDS or is_known(word):
        return True
    return bool(_known([word, stem(word)]) or _beginning_with(word))


def _likest(word: str) -> str:
    """The commonest known word one slip away, else the likest that begins alike; "" for none."""
    near = _known(sorted({one for one in _slips(word) if len(one) >= LIKE}))
    if near:
        return max(near, key=lambda one: (near[one], one))
    alike = [(SequenceMatcher(None, word, one).ratio(), one) for one in _beginning_with(word[:2])]
    best = max((pair for pair in alike if len(pair[1]) >= LIKE), default=(0.0, ""))
    return best[1] if best[0] >= ALIKE else ""


def _slips(word: str) -> Iterator[str]:
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        yield from (head + letter + tail for letter in ascii_lowercase)
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in ascii_lowercase)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]


def _known(words: list[str]) -> dict[str, int]:
    """Those that the index holds, with the number of datasets they stand in."""
    marks = ", ".join(["%s"] * len(words))
    if connection.vendor == "postgresql":
        return _asked(f"{OF_ALL} WHERE word IN ({marks})", words)
    return _asked(f"SELECT term, doc FROM catalogue_terms WHERE term IN ({marks})", words)  # noqa: S608 - only marks


def _beginning_with(letters: str) -> dict[str, int]:
    bounds = [letters, f"{letters}\U0010ffff"]
    if connection.vendor == "postgresql":
        return _asked(f'{OF_ALL} WHERE word COLLATE "C" >= %s AND word COLLATE "C" < %s', bounds)
    return _asked("SELECT term, doc FROM catalogue_terms WHERE term >= %s AND term < %s", bounds)


def _asked(sql: str, parameters: list[str]) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return dict(cursor.fetchall())
