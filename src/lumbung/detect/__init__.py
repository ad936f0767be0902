"""Document -> Findings: where personal data stands. One file per kind; says what was seen, never what should follow.

`detect` is the only door. The evidence that a Finding carries is explained in `finding.py`.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from lumbung.detect import (
    address,
    bank_account,
    bpjs,
    card,
    civil_certificate,
    driving_licence,
    e_mail,
    folded,
    forms,
    home_coordinates,
    ktp_chip,
    listed,
    microdata,
    named_in_text,
    nik,
    nip,
    nisn,
    nomor_kk,
    npwp,
    nuptk,
    parents,
    passages,
    passport,
    person_table,
    phone,
    public_role,
    small_cells,
    specific_data,
    tax_parcel,
    turned,
    vehicle_plate,
)
from lumbung.detect.finding import Finding
from lumbung.detect.reduced import LOW
from lumbung.detect.side_by_side import side_by_side
from lumbung.detect.view import view
from lumbung.document import Document, Table

__all__ = ["RECOGNISERS", "Finding", "detect"]

RECOGNISERS = (
    *(nik, nomor_kk, person_table, phone, e_mail),
    *(npwp, nip, nisn, nuptk, bpjs, bank_account, passport, driving_licence, vehicle_plate),
    *(civil_certificate, tax_parcel, ktp_chip),
    *(public_role, parents, address, card),
    *(specific_data, home_coordinates, named_in_text, small_cells, microdata),
)


def detect(document: Document, *, evidence: bool = False) -> tuple[Finding, ...]:
    """Every finding of every kind, table by table, then the loose text. Looks at all rows, and only at what was read.

    `masked` of the findings is filled only with `evidence`. Does not judge, and knows no threshold of any office.
    """
    return tuple(_findings(document, evidence=evidence))


def _findings(document: Document, *, evidence: bool) -> Iterator[Finding]:
    """Of the tables one after another, since two at once would need the memory of two; the loose text beside them."""
    parts = (_in_tables(document, evidence=evidence), _in_loose_text(document, evidence=evidence))
    yield from chain.from_iterable(side_by_side(list, parts))


def _in_tables(document: Document, *, evidence: bool) -> Iterator[Finding]:
    for table in document.tables:
        yield from _of_table(table, evidence=evidence)


def _in_loose_text(document: Document, *, evidence: bool) -> Iterator[Finding]:
    yield from passages.search(document.passages, evidence=evidence)
    yield from named_in_text.search(document.passages)
    yield from forms.in_passages(document.passages, kind=person_table.KIND)
    yield from _in_lists(document, evidence=evidence)
    yield from card.search(document.passages)


def _in_lists(document: Document, *, evidence: bool) -> Iterator[Finding]:
    """People in lists of paragraphs; numbers in them are found without knowing that it is a list."""
    for swept in (False, True):  # what raw parts say was said before, where the document shows it
        found = [
            replace(one, place=table.place)
            for table in listed.tables(document.passages, swept=swept)
            for recogniser in (person_table, public_role)
            for one in recogniser.recognise(view(table), evidence=evidence)
        ]
        yield from found
        if found:
            break


def _of_table(table: Table, *, evidence: bool) -> Iterator[Finding]:
    """What stands in a table; of one on its side, or folded into one column, also the kinds that only show when it is
    set upright or unfolded."""
    upright = folded.unfolded(table) or turned.upright(table)
    other = [turned.as_it_lies(one) for one in _seen(upright, evidence=evidence)] if upright else []
    lists = {one.kind for one in other if one.kind == person_table.KIND}
    found = [one for one in _seen(table, evidence=evidence) if one.kind not in lists]
    yield from found
    yield from (one for one in other if _adds(one, found))


def _adds(one: Finding, found: list[Finding]) -> bool:
    """Whether a finding of the table set upright says more than its own: numbers side by side prove one another there,
    of which each is a column by itself here."""
    same = [known.hits for known in found if known.kind == one.kind]
    return not same or (one.kind in (nik.KIND, nomor_kk.KIND) and one.hits > max(same))


def _seen(table: Table, *, evidence: bool) -> Iterator[Finding]:
    seen = view(table)
    apart = side_by_side if table.texts.height > LOW else map
    for found in apart(lambda recogniser: list(recogniser.recognise(seen, evidence=evidence)), RECOGNISERS):
        yield from found
