"""Whom a closed dataset concerns, from its own files while they are still there: a confined child counts, and only
counts come back.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any, BinaryIO

from django.db.models import QuerySet

from lumbung import confine, gate
from lumbung.portal.catalogue.models import Dataset, Distribution, Release
from lumbung.portal.catalogue.shelf import path_of, stands

READABLE = ("csv", "xlsx", "json", "parquet", "geojson")  # the same table in several formats is counted once
FACTS = {  # as the gate names them -> as people call them
    "nik": "NIK",
    "nomor-kk": "nomor KK",
    "birth-date": "tanggal lahir",
    "birth-place": "tempat lahir",
    "mother": "nama ibu",
    "father": "nama ayah",
    "address": "alamat",
    "phone": "nomor telepon",
    "e-mail": "surel",
    "age": "umur",
    "sex": "jenis kelamin",
    "religion": "agama",
    "marital": "status perkawinan",
    "relation": "hubungan keluarga",
    "education": "pendidikan",
    "occupation": "pekerjaan",
    "blood": "golongan darah",
    "citizenship": "kewarganegaraan",
    "disability": "disabilitas",
}
MOST_FILES = 300  # of a whole organisation; beyond that somebody has to say first which data it is
LEFT_BY_A_CHILD = {"time": "too-long", "memory": "too-large"}


def counted(datasets: QuerySet[Dataset], *, at: date, releases: Sequence[int] = ()) -> dict[str, Any]:
    """How many people, how many of them children on a day, which facts of them, in everything that was published,
    or in the releases of some numbers alone.

    Gives `why_not` ("" where it was counted; else "no-files", "too-many", "too-long", "too-large", "not-read"),
    `files`, `at`, what `concerned.count` gives, and `findings`: what the gate says today (`code`, `hits`, `of`, and
    the `kinds` of facts it saw beside names). Does not change the datasets; may take minutes.
    """
    files = _tables(datasets, releases)
    said: dict[str, Any] = {"why_not": "no-files", "files": len(files), "at": at.isoformat(), "findings": []}
    if not files or len(files) > MOST_FILES:
        return {**said, "why_not": "too-many"} if files else said
    with _together(files) as (plain, sizes):
        try:
            arguments = {"sizes": sizes, "at": at.isoformat()}
            answer = confine.call("lumbung.concerned:count", file=plain, arguments=arguments, limits=gate.limits())
        except confine.Ended as ended:
            return {**said, "why_not": LEFT_BY_A_CHILD.get(ended.why, "not-read")}
    return {**said, **_checked(answer), "why_not": "", "findings": _findings(files)}


def _tables(datasets: QuerySet[Dataset], releases: Sequence[int]) -> list[Distribution]:
    """One file for each table of each release, closed ones too: the plainest format that lies on the shelf. No more
    than one beyond the most that are counted."""
    found: dict[tuple[int, str, int], Distribution] = {}
    chosen = Release.every.filter(dataset__in=datasets.order_by()).order_by("dataset", "number")
    for release in chosen.filter(number__in=releases) if releases else chosen[: MOST_FILES + 1]:
        for file in Distribution.every.filter(release=release):
            key = (release.pk, file.sheet, file.rows)
            if file.part == "" and file.format in READABLE and stands(file):
                found[key] = min(found.get(key, file), file, key=lambda one: READABLE.index(one.format))
    return list(found.values())


@contextmanager
def _together(files: list[Distribution]) -> Iterator[tuple[BinaryIO, list[int]]]:
    """All files one after the other in memory, never on a disk, and the size of each."""
    descriptor = os.memfd_create("incident", os.MFD_CLOEXEC)
    with os.fdopen(descriptor, "w+b") as plain:
        sizes = [plain.write(path_of(file).read_bytes()) for file in files]
        plain.flush()
        plain.seek(0)
        yield plain, sizes


def _checked(answer: Any) -> dict[str, Any]:
    """What the child says, as the numbers and the words that it may say and nothing else: it has read a file."""
    numbers = {name: int(answer[name]) for name in ("people", "children", "age_unknown", "families", "unread")}
    return {**numbers, "headings": [gate.scrub(str(heading)) for heading in answer["headings"]][:40]}


def _findings(files: list[Distribution]) -> list[dict[str, Any]]:
    """What the gate would say of these files today, by rule; of several files and places the largest number."""
    found: dict[str, dict[str, Any]] = {}
    for file in files:
        for reason in gate.inspect(path_of(file), name=file.name).reasons:
            one = {"code": reason.code, "hits": reason.hits, "of": reason.of, "kinds": _kinds(reason)}
            if reason.hits >= found.get(reason.code, {"hits": -1})["hits"]:
                found[reason.code] = one
    return [found[code] for code in sorted(found)]


def _kinds(reason: gate.Reason) -> list[str]:
    """The kinds of facts about a person that stand beside the names."""
    return sorted(set(FACTS) & {name for name, seen in reason.evidence.items() if seen})
