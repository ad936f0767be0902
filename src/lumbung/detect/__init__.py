"""Document -> Findings: where personal data stands. One file per kind; says what was seen, never what should follow.

`detect` is the only door. The evidence that a Finding carries is explained in `finding.py`.
"""

from collections.abc import Iterator

from lumbung.detect import (
    bank_account,
    bpjs,
    civil_certificate,
    driving_licence,
    e_mail,
    ktp_chip,
    nik,
    nip,
    nisn,
    nomor_kk,
    npwp,
    nuptk,
    passages,
    passport,
    person_table,
    phone,
    tax_parcel,
    vehicle_plate,
)
from lumbung.detect.finding import Finding
from lumbung.detect.view import view
from lumbung.document import Document

__all__ = ["RECOGNISERS", "Finding", "detect"]

RECOGNISERS = (
    *(nik, nomor_kk, person_table, phone, e_mail),
    *(npwp, nip, nisn, nuptk, bpjs, bank_account, passport, driving_licence, vehicle_plate),
    *(civil_certificate, tax_parcel, ktp_chip),
)


def detect(document: Document, *, evidence: bool = False) -> tuple[Finding, ...]:
    """Every finding of every kind, table by table, then the loose text. Looks at all rows, and only at what was read.

    `masked` of the findings is filled only with `evidence`. Does not judge, and knows no threshold of any office.
    """
    return tuple(_findings(document, evidence=evidence))


def _findings(document: Document, *, evidence: bool) -> Iterator[Finding]:
    for table in document.tables:
        seen = view(table)
        for recogniser in RECOGNISERS:
            yield from recogniser.recognise(seen, evidence=evidence)
    yield from passages.search(document.passages, evidence=evidence)
