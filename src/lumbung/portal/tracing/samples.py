"""Samples while they wait: sealed as they arrived, opened into memory alone, destroyed with their question."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

from lumbung.portal.audit.keys import master_key
from lumbung.portal.intake.seal import CHUNK, Tampered, unseal, unwrap
from lumbung.portal.intake.vault import Sealed
from lumbung.portal.tracing.models import Question, Sample
from lumbung.portal.tracing.places import place


def keep(question: Question, sealed: Iterable[Sealed]) -> None:
    """Move sealed files to their place and write their rows, in the transaction that adds the question."""
    for position, one in enumerate(sealed):
        one.passing.rename(place("samples") / str(one.id))
        Sample.objects.create(
            id=one.id,
            question=question,
            position=position,
            size=one.size,
            wrapped_key=one.wrapped_key,
            sealed_name=one.sealed_name,
        )


@contextmanager
def opened(samples: Iterable[Sample]) -> Iterator[tuple[BinaryIO, list[int]]]:
    """The plain bytes of all of them, one after the other, as one file in memory; and the size of each.

    Raise Tampered where one is not what was kept, KeyFileMissing without key file.
    """
    descriptor = os.memfd_create("sample", os.MFD_CLOEXEC)
    with os.fdopen(descriptor, "w+b") as plain:
        sizes = [_poured(one, plain) for one in samples]
        plain.flush()
        plain.seek(0)
        yield plain, sizes


def destroy(question: Question) -> list[str]:
    """Destroy the keys of a question's samples; gives the names of the files, to be deleted once that is certain."""
    names = [str(pk) for pk in question.samples.values_list("pk", flat=True)]
    question.samples.all().delete()
    return names


def delete(names: Iterable[str]) -> None:
    """Delete what nobody can open any more."""
    for name in names:
        (place("samples") / name).unlink(missing_ok=True)


def _poured(one: Sample, plain: BinaryIO) -> int:
    key = unwrap(bytes(one.wrapped_key), key=master_key(), bound_to=one.id.bytes)
    size = 0
    try:
        with (place("samples") / str(one.id)).open("rb", buffering=CHUNK) as sealed:
            for chunk in unseal(sealed, key=key, bound_to=one.id.bytes):
                size += plain.write(chunk)
    except FileNotFoundError:
        raise Tampered from None
    return size
