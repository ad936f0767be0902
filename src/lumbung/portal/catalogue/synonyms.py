"""What was asked, in words of the field that mean the same (dana desa, APBDes). The list stands in synonyms.toml."""

import tomllib
from functools import cache
from pathlib import Path

Phrase = tuple[str, ...]
SMALL_WORDS = frozenset({"di", "ke", "dari", "dan", "atau", "yang", "untuk", "per", "pada", "menurut", "dengan"})
"""They narrow nothing, and are left out of what is asked."""
LONGEST = 6
"""Words of the longest phrase that is looked for."""


def widened(asked: list[str]) -> list[tuple[Phrase, ...]]:
    """The words in order, without small ones, each as a choice of equals; those of a known phrase are taken as one."""
    words = [word for word in asked if word not in SMALL_WORDS]
    terms: list[tuple[Phrase, ...]] = []
    while words:
        beginnings = (tuple(words[:length]) for length in range(min(LONGEST, len(words)), 0, -1))
        phrase = next((phrase for phrase in beginnings if phrase in _equals()), (words[0],))
        terms.append(_equals().get(phrase, (phrase,)))
        words = words[len(phrase) :]
    return terms


def is_known(word: str) -> bool:
    """Whether the word alone is one of the list."""
    return (word,) in _equals()


@cache
def _equals() -> dict[Phrase, tuple[Phrase, ...]]:
    """Each phrase of the list, without its small words, and all that are equal to it, with theirs."""
    listed = tomllib.loads(Path(__file__).with_name("synonyms.toml").read_text(encoding="utf-8"))["groups"]
    groups = [tuple(tuple(phrase.split()) for phrase in group) for group in listed]
    return {tuple(word for word in phrase if word not in SMALL_WORDS): group for group in groups for phrase in group}
