"""A recognised register -> canonical residents at a reference date, and a report of what was noticed on the way."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from lumbung.document import RESIDENT, Document
from lumbung.register import codes, dates, homes, noticed, numbers, rows
from lumbung.register.fitness import unfit
from lumbung.register.recognised import Recognised
from lumbung.register.report import Note, Report

_EVER, _SPOUSES = (2, 3, 4), (2, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """`residents` in the shape of document.RESIDENT, empty where `report.refusal` says why none may be counted."""

    residents: pl.DataFrame
    report: Report


def residents(document: Document, *, mapping: Recognised, at: date, village: str, shared: bool = False) -> Register:
    """The living, present residents of `village` (dotted code) on a day, each counted once.

    A `shared` register holds several villages; only those whose village code is this one are looked at. Whoever cannot
    be counted is in the report by row number. Doubt about the register as a whole is a refusal in the report, never an
    exception, and comes with no residents. Does not protect anything: `aggregate` does.
    """
    refusal = mapping.refusal or ("needs-confirmation" if mapping.needs_confirmation else "")
    if refusal:
        return _none(mapping, refusal)
    people, notes = _people(document, mapping)
    if shared:
        people = people.filter(codes_of_villages(people["f_desa"]) == village)
    if people.is_empty():
        return _none(mapping, "nobody", notes)
    people = homes.households(_decoded(people, at=at))
    fit = noticed.marked(people, at=at)
    counted = homes.hamlets(fit.filter(pl.col("left_out").is_null()))
    notes += noticed.notes(fit, counted, mapping)
    report = Report(
        layout=mapping.layout,
        read=people.height,
        counted=counted.height,
        households=counted["household"].n_unique(),
        notes=tuple(notes),
        refusal=unfit(fit, counted, village=village, at=at),
    )
    return Register(residents=_nobody() if report.refusal else _canonical(counted, village), report=report)


def villages(document: Document, *, mapping: Recognised) -> tuple[str, ...]:
    """The dotted codes of all villages that a register names, in their order; none where it has no such column."""
    if mapping.refusal or mapping.needs_confirmation:
        return ()
    people, _ = _people(document, mapping)
    return tuple(sorted(codes_of_villages(people["f_desa"]).drop_nulls().unique()))


def codes_of_villages(written: pl.Series) -> pl.Series:
    """Ten digits, however they are written, as `33.08.20.2002`; null for everything else."""
    digits = written.str.replace_all(r"\D", "")
    parts = digits.str.extract_groups(r"^(\d\d)(\d\d)(\d\d)(\d{4})$").struct.unnest()
    return parts.select(pl.concat_str(pl.all(), separator=".")).to_series()


def _people(document: Document, mapping: Recognised) -> tuple[pl.DataFrame, list[Note]]:
    """All people of all tables, in their order, with the number of their table."""
    frames, notes = [], []
    for known in mapping.tables:
        table = document.tables[known.table]
        found = rows.people(table, known, mapping).with_columns(sheet=pl.lit(known.table))
        notes += noticed.of_rows(found, table, mapping)
        frames.append(found.filter("person"))
    return pl.concat(frames), notes


def _decoded(people: pl.DataFrame, *, at: date) -> pl.DataFrame:
    """Codes for words, dates for texts, and what the NIK says where the register says nothing."""
    nik = numbers.clean(people["f_nik"])
    sex = codes.to_codes(people["f_jenis_kelamin"], "jenis_kelamin").replace_strict({1: "L", 2: "P"}, default=None)
    birth = dates.to_dates(people["f_tanggal_lahir"], at=at)
    said_birth, said_sex = numbers.births(nik, at=at), numbers.sexes(nik)
    written = people["f_umur"].str.extract(r"^\s*(\d{1,3})").cast(pl.Int16, strict=False)
    by_nik = {"nik": nik, "nik_birth": said_birth, "nik_sex": said_sex}
    told = pl.DataFrame({**by_nik, "sex_told": sex, "birth_told": birth, "age_told": written})
    coded = [codes.to_codes(people[f"f_{field}"], field).alias(name) for name, field in codes.CODED.items()]
    state = codes.to_codes(people["f_status_dasar"], "status_dasar").alias("state")
    frame = pl.concat([people, told], how="horizontal").with_columns(*coded, state)
    return _aged(frame, at=at)


def _aged(frame: pl.DataFrame, *, at: date) -> pl.DataFrame:
    """Age by the birth date, else as written, else by the NIK; sex as written, else by the NIK."""
    by_birth = dates.ages(frame["birth_told"], at=at)
    by_nik = dates.ages(frame["nik_birth"], at=at)
    return frame.with_columns(
        age=by_birth.fill_null(frame["age_told"]).fill_null(by_nik),
        sex=frame["sex_told"].fill_null(frame["nik_sex"]),
    )


def _canonical(counted: pl.DataFrame, village: str) -> pl.DataFrame:
    ever = pl.col("marital").is_in(_EVER) | (pl.col("marital").is_null() & pl.col("relation").is_in(_SPOUSES))
    frame = counted.with_columns(village=pl.lit(village), ever_married=ever.fill_null(value=False))
    return frame.select([pl.col(name).cast(kind) for name, kind in RESIDENT.items()])


def _none(mapping: Recognised, refusal: str, notes: list[Note] | None = None) -> Register:
    report = Report(layout=mapping.layout, read=0, counted=0, households=0, notes=tuple(notes or ()), refusal=refusal)
    return Register(residents=_nobody(), report=report)


def _nobody() -> pl.DataFrame:
    return pl.DataFrame(schema=RESIDENT)
