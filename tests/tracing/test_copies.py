"""Copies as the engine makes them: no value altered, no number shown, marks read again from the file itself."""

import io
from datetime import date

import polars as pl
import pytest

from lumbung.invent.residents import invent_households, people
from lumbung.judge import countable
from lumbung.trace import accuse, marks
from lumbung.tracing import canaries, copies, leaks, typography, whose, written
from lumbung.tracing.printed import Stamp

SECRET, AT = bytes(range(32)), date(2026, 11, 22)
STAMP = {"recipient": "Partai Padi — cabang", "sentence": "Jangan diteruskan."}


def register() -> bytes:
    lines = ["NIK;NO KK;NAMA;TANGGAL LAHIR;JENIS KELAMIN;DUSUN;ALAMAT"]
    for home, one in people(invent_households(seed=5, count=60)):
        sex = "P" if one.female else "L"
        lines.append(f"{one.nik};{home.kk};{one.name};{one.birth:%d-%m-%Y};{sex};{home.hamlet};RT 1 hp {home.kk}")
    return "\n".join(lines).encode()


@pytest.fixture(scope="module")
def made() -> copies.Prepared:
    return copies.prepared(countable(io.BytesIO(register())), secret=SECRET, at=AT)


def one(made: copies.Prepared, number: int, form: str, **how: object) -> bytes:
    told = marks.carriers(made.keys, secret=SECRET, copy=number)
    table = copies.copied(made, told, **how)  # type: ignore[arg-type]
    return written.as_file(table, form=form, stamp=Stamp(code=marks.codes(SECRET, 3)[number], **STAMP))


def named(made: copies.Prepared, content: bytes) -> list[int]:
    document = countable(io.BytesIO(content))
    leak = leaks.leak(document, content, secret=SECRET, at=AT)
    assert leak is not None
    known, units = copies.roll(made)
    told = [marks.carriers(known, secret=SECRET, copy=number) for number in range(3)]
    found = accuse.scores(leak, known=known, units=units, copies=told)
    return [number for number, score in enumerate(found) if score.accused]


@pytest.mark.parametrize("form", written.FORMATS)
def test_every_form_tells_its_copy(made: copies.Prepared, form: str) -> None:
    content = one(made, 1, form, columns=("nik", "kk", "address", "hamlet"))
    assert named(made, content) == [1]
    document = countable(io.BytesIO(content))
    assert leaks.codes_in(document, content, marks.codes(SECRET, 3)) == ([] if form == "csv" else [1])


def test_print_alone_tells_it_where_order_and_numbers_are_gone(made: copies.Prepared) -> None:
    paper = one(made, 2, "pdf", columns=("hamlet",))
    lines = typography.lines(paper)
    assert lines.height == made.texts.height and set(lines["line"].to_list()) == {0, 1}
    keys = marks.row_keys(leaks._as_people(lines), secret=SECRET)
    known, units = copies.roll(made)
    shuffled = pl.Series(range(len(keys))).shuffle(seed=1).to_numpy()
    leak = accuse.Leak(keys=keys[shuffled], places=lines["place"].fill_null(-1).to_numpy()[shuffled] * 0 - 1,
                       lines=lines["line"].to_numpy()[shuffled])  # fmt: skip
    told = [marks.carriers(known, secret=SECRET, copy=number) for number in range(3)]
    found = accuse.scores(leak, known=known, units=units, copies=told)
    assert [score.accused for score in found] == [False, False, True] and found[2].by_order > 1e-4


def test_no_number_slips_through_and_nothing_longer_is_shown(made: copies.Prepared) -> None:
    numbers = {cell for name in ("nik", "kk") for cell in made.people[name].drop_nulls()}
    for form in written.FORMATS:
        content = one(made, 0, form, columns=tuple(copies.HEADINGS), shown=6)
        text = content + b"".join(cell.encode() for table in countable(io.BytesIO(content)).tables
                                  for column in table.texts for cell in column.drop_nulls().to_list())  # fmt: skip
        assert not any(number.encode() in text for number in numbers), form
    with pytest.raises(ValueError, match="hidden"):
        one(made, 0, "csv", shown=13)


def test_a_long_name_is_printed_whole() -> None:
    name = "Raden Mas Panji Kusumawardhana Adiwinata Suryaningrat Prawirodirdjo"
    plain = "NIK;NAMA;TANGGAL LAHIR;DUSUN\n" + "\n".join(
        f"330813450490{9000 + n};{name};0{n + 1}-04-1990;Krajan" for n in range(9)
    )
    made = copies.prepared(countable(io.BytesIO(plain.encode())), secret=SECRET, at=AT)
    content = one(made, 0, "pdf")
    document = countable(io.BytesIO(content))
    text = " ".join(
        [one.text for one in document.passages]
        + [cell for table in document.tables for column in table.texts for cell in column.drop_nulls().to_list()]
    )
    assert text.count(name) == 9


def test_a_formula_is_a_text_in_every_form() -> None:
    plain = "NIK;NAMA;TANGGAL LAHIR;DUSUN\n" + "\n".join(
        f"330813450490{9000 + n};=HYPERLINK(1);0{n + 1}-04-1990;+cmd|1" for n in range(9)
    )
    made = copies.prepared(countable(io.BytesIO(plain.encode())), secret=SECRET, at=AT)
    told = marks.carriers(made.keys, secret=SECRET, copy=0)
    table = copies.copied(made, told)
    stamp = Stamp(code="0" * 16, **STAMP)
    assert b",'=HYPERLINK(1)," in written.as_file(table, form="csv", stamp=stamp)
    assert b"<f>" not in written.as_file(table, form="xlsx", stamp=stamp)


def test_invented_residents_are_the_same_each_time_and_nobody_of_the_list(made: copies.Prepared) -> None:
    first, again, other = (
        canaries.invented(made, secret=SECRET, copy=number, count=50, at=AT) for number in (0, 0, 1)
    )
    assert first.texts.equals(again.texts) and not first.texts.equals(other.texts)
    assert not set(first.keys.tolist()) & set(made.keys.tolist()) and not set(first.keys) & set(other.keys)
    serials = first.people["nik"].str.slice(12).cast(pl.Int32)
    assert serials.min() >= 9000 and first.people["name"].str.split(" ").list.len().min() == 3


def test_a_secret_that_is_none_is_refused() -> None:
    for content in (b"", b"{}", b"[]", b'{"secret": "zz", "recipients": [], "keys": "", "units": ""}'):
        with pytest.raises(whose.Unreadable):
            whose.read(content)


def test_what_is_no_paper_has_no_lines() -> None:
    for content in (b"", b"%PDF-", b"%PDF-1.7\nnothing", b"PK\x03\x04"):
        assert typography.lines(content).is_empty()
    assert leaks.leak(countable(io.BytesIO(b"a;b\n1;2\n")), b"a;b\n1;2\n", secret=SECRET, at=AT) is None


def test_a_list_of_voters_keeps_where_somebody_lives_and_votes() -> None:
    lines = ["No;NKK;NIK;Nama;Tempat Lahir;Tanggal Lahir;Status Perkawinan;L/P;Jalan/Dukuh;RT;RW;Disabilitas;TPS"]
    for number, (home, who) in enumerate(people(invent_households(seed=6, count=30)), start=1):
        sex, tps = "P" if who.female else "L", 1 + number % 2
        lines.append(
            f"{number};{home.kk};{who.nik};{who.name};{who.birth_place};{who.birth:%d-%m-%Y};B;{sex};{home.street};"
            f"{home.rt:03d};{home.rw:03d};0;{tps}"
        )
    made = copies.prepared(countable(io.BytesIO("\n".join(lines).encode())), secret=SECRET, at=AT)
    content = one(made, 1, "csv", columns=tuple(copies.HEADINGS), fifth=False)
    table = pl.read_csv(io.BytesIO(content), infer_schema=False)
    assert table.columns == list(copies.HEADINGS.values())
    assert table["TPS"].to_list() == sorted(table["TPS"].to_list()) and table["RT"].null_count() == 0
    assert named(made, content) == [1]
