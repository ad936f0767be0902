"""The file that a check is made of, where the PPDP brought one: sealed beside the check's key until it is read.

For data that leaked elsewhere, of which nothing lies here. The sealed bytes and their wrapped key lie in two files of
`checks`, named by the check; both are gone once the filters are there, cannot be made, or the check is closed.
"""

from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from lumbung.portal.audit.keys import master_key
from lumbung.portal.intake.seal import CHUNK, Tampered, unseal, unwrap
from lumbung.portal.intake.vault import Sealed
from lumbung.portal.tracing.models import ResidentCheck
from lumbung.portal.tracing.places import place

NAMED = 16  # bytes of the name that key and bytes are bound to


def keep(check: ResidentCheck, sealed: Sealed) -> None:
    """Take a sealed file over, in the transaction that opens the check."""
    _key(check).touch(mode=0o600)
    _key(check).write_bytes(sealed.id.bytes + sealed.wrapped_key)
    sealed.passing.rename(_sealed(check))


def is_here(check: ResidentCheck) -> bool:
    """Whether this check is made of a brought file, and of nothing else."""
    return _key(check).exists()


def pour(check: ResidentCheck, plain: BinaryIO) -> int:
    """Write the plain bytes into a file in memory, and give how many. Raise Tampered or KeyFileMissing."""
    kept, size = _key(check).read_bytes(), 0
    named = UUID(bytes=kept[:NAMED]).bytes
    key = unwrap(kept[NAMED:], key=master_key(), bound_to=named)
    try:
        with _sealed(check).open("rb", buffering=CHUNK) as sealed:
            for chunk in unseal(sealed, key=key, bound_to=named):
                size += plain.write(chunk)
    except FileNotFoundError:
        raise Tampered from None
    return size


def destroy(check: ResidentCheck) -> None:
    """Both files, the key first. Nothing where there are none."""
    _key(check).unlink(missing_ok=True)
    _sealed(check).unlink(missing_ok=True)


def _key(check: ResidentCheck) -> Path:
    return place("checks") / f"{check.pk}.berkas-kunci"


def _sealed(check: ResidentCheck) -> Path:
    return place("checks") / f"{check.pk}.berkas"
