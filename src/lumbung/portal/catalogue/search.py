"""Finding datasets by word: FTS5 on SQLite, a tsvector with GIN on PostgreSQL, one behaviour.

A word finds its relatives (penduduk, kependudukan) by PySastrawi's stemming, at indexing and at asking alike; on
PostgreSQL its own `indonesian` dictionary, which knows fewer relatives, is asked besides. Words of the field that mean
the same are asked for together. The last letters may still be missing: every word is also a beginning.
The index lies in the database itself, so it changes in the transaction of the act that changes the shelf.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from Sastrawi.Dictionary.ArrayDictionary import ArrayDictionary
from Sastrawi.Stemmer.Stemmer import Stemmer
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

from lumbung.portal.catalogue.models import Dataset, Distribution
from lumbung.portal.catalogue.synonyms import Phrase, widened

WORD = re.compile(r"[^\W_]+")
LONGEST_WORD = 40
MOST_WORDS = 8

TITLE_WEIGHT = 8  # a word in the title says more than the same word in the description


def index(dataset: Dataset) -> None:
    """Make the dataset findable by its title, description, organisation, theme and column names as they are now."""
    _write(dataset.pk, title=dataset.title, words=" ".join(_words_about(dataset)))


def remove(dataset: Dataset) -> None:
    """Make it unfindable. The words themselves may lie in the index's old pages until `sweep`."""
    with connection.cursor() as cursor:
        column = "dataset_id" if _on_postgresql() else "rowid"
        cursor.execute(f"DELETE FROM catalogue_search WHERE {column} = %s", [dataset.pk])  # noqa: S608 - our own word


def sweep() -> None:
    """Rewrite the index, so that nothing of a removed dataset is left in it; PostgreSQL's VACUUM does so by itself."""
    if not _on_postgresql():
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO catalogue_search (catalogue_search) VALUES ('optimize')")


def ranked(datasets: QuerySet[Dataset], words: str) -> list[int]:
    """The keys of those of `datasets` that have all the words, best first, in one look at the database."""
    if datasets.query.is_empty():
        return []
    return ranked_among(*datasets.order_by().values("pk").query.sql_with_params(), words=words)


def ranked_among(allowed: str, besides: Sequence[Any], *, words: str) -> list[int]:
    """The same where the question for the keys of the datasets is written already, with its parameters.

    The index is asked first and each of its finds is then looked up, for which the join must not be turned round.
    """
    sql, parameters, order = _question(words)
    if not parameters:
        return []
    found = sql.replace(" FROM ", f" AS found, {order} AS rank FROM ", 1)
    joined = f"SELECT found FROM ({found}) AS f CROSS JOIN ({allowed}) AS d WHERE d.pk = found ORDER BY rank, found"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(joined, [*parameters, *besides])
        return [key for (key,) in cursor.fetchall()]


def matching(words: str) -> RawSQL | list[int]:
    """The keys of what has all the words, in no order, for the database to join: `filter(pk__in=matching(words))`."""
    sql, parameters, _order = _question(words)
    return RawSQL(sql, parameters) if parameters else []  # noqa: S611 - every word of theirs is a parameter


def _question(words: str) -> tuple[str, list[str], str]:
    """What to ask this database, with which parameters (none where nothing was asked), and its rank, low for good."""
    asked = widened(words_of(words)[:MOST_WORDS])
    if not asked:
        return "", [], ""
    return _asked_of_postgresql(asked) if _on_postgresql() else _asked_of_sqlite(asked)


def _words_about(dataset: Dataset) -> Iterable[str]:
    yield from (dataset.description, dataset.organisation.name, str(dataset.get_theme_display()))
    yield from (dataset.period, dataset.source, dataset.unit)
    tables = Distribution.objects.filter(release__dataset=dataset, format="csv")
    for headers in tables.values_list("headers", flat=True):
        yield from headers


def _write(key: int, *, title: str, words: str) -> None:
    with connection.cursor() as cursor:
        if _on_postgresql():
            vector = "setweight(to_tsvector('indonesian', %s) || to_tsvector('simple', %s), 'A') || "
            vector += "setweight(to_tsvector('indonesian', %s) || to_tsvector('simple', %s), 'C')"
            sql = f"INSERT INTO catalogue_search (dataset_id, words) VALUES (%s, {vector})"  # noqa: S608 - our own words
            sql += " ON CONFLICT (dataset_id) DO UPDATE SET words = excluded.words"
            cursor.execute(sql, [key, title, _with_stems(title), words, _with_stems(words)])
        else:
            cursor.execute("DELETE FROM catalogue_search WHERE rowid = %s", [key])
            row: list[int | str] = [key, _with_stems(title), _with_stems(words)]
            cursor.execute("INSERT INTO catalogue_search (rowid, title, words) VALUES (%s, %s, %s)", row)


def _asked_of_sqlite(asked: list[tuple[Phrase, ...]]) -> tuple[str, list[str], str]:
    match = " AND ".join(f"({' OR '.join(map(_phrase_of_sqlite, term))})" for term in asked)
    sql = "SELECT rowid FROM catalogue_search WHERE catalogue_search MATCH %s"
    return sql, [match], f"bm25(catalogue_search, {TITLE_WEIGHT}.0, 1.0)"


def _phrase_of_sqlite(phrase: Phrase) -> str:
    """Words in this order, or one word as a beginning or by its root."""
    if len(phrase) > 1:
        return f'"{" ".join(phrase)}"'
    root = stem(phrase[0])
    return f'"{phrase[0]}"*' if root.startswith(phrase[0]) else f'"{phrase[0]}"* OR "{root}"'


def _asked_of_postgresql(asked: list[tuple[Phrase, ...]]) -> tuple[str, list[str], str]:
    query = " && ".join(f"({' || '.join(map(_phrase_of_postgresql, term))})" for term in asked)
    sql = f"SELECT dataset_id FROM catalogue_search, (SELECT {query} AS asked) AS q WHERE words @@ asked"  # noqa: S608
    parameters = [word for term in asked for phrase in term for word in _parameters_of(phrase)]
    return sql, parameters, "-ts_rank(words, asked)"


def _phrase_of_postgresql(phrase: Phrase) -> str:
    if len(phrase) > 1:
        return "phraseto_tsquery('simple', %s)"
    return "to_tsquery('indonesian', %s) || to_tsquery('simple', %s) || to_tsquery('simple', %s)"


def _parameters_of(phrase: Phrase) -> list[str]:
    """The parameters of the piece of SQL above."""
    return [" ".join(phrase)] if len(phrase) > 1 else [f"{phrase[0]}:*", f"{phrase[0]}:*", stem(phrase[0])]


def _with_stems(text: str) -> str:
    words = words_of(text)
    stems = (stem(word) for word in words)
    return " ".join([*words, *(root for root, word in zip(stems, words, strict=True) if root != word)])


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, without signs."""
    return [word[:LONGEST_WORD].lower() for word in WORD.findall(text)]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The root of one Indonesian word in lower case; a word that is not Indonesian is its own root."""
    return str(_stemmer().stem(word)) or word


@lru_cache(maxsize=1)
def _stemmer() -> Stemmer:
    return Stemmer(ArrayDictionary(StemmerFactory().get_words()))


def _on_postgresql() -> bool:
    return connection.vendor == "postgresql"
