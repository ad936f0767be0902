"""Workbook packages: what stands where, with which digits, and how damage and bombs end."""

import io
import random
import struct
import zipfile
from time import process_time

import pytest
import xlsxwriter
from PIL import Image

from lumbung.document import Document, Table
from lumbung.read import Limits, Unreadable, read
from lumbung.read.cells import number_text
from lumbung.read.ooxml_workbook import SEALED
from lumbung.read.vba import text_of_modules
from tests.read.planted import (
    MAIN,
    NIK,
    ONE_CELL,
    SHEET,
    STRINGS,
    opened,
    package,
    parts,
    passages_with,
    relations,
    struck,
    tables_with,
    workbook_part,
    worksheet,
    zipped,
)


def table_of(rows: str, *, before: str = "") -> Table:
    """The only table of a workbook with these rows."""
    (table,) = opened(package({SHEET: worksheet(rows, before=before)})).tables
    return table


def refused(data: bytes, limits: Limits | None = None) -> str:
    """The code with which these bytes are refused."""
    with pytest.raises(Unreadable) as refusal:
        read(io.BytesIO(data), name="x", limits=limits)
    return refusal.value.code


def why(document: Document) -> dict[str | None, str]:
    """Part -> why it was not read."""
    return {missed.place.part: missed.why for missed in document.unread}


def number_cell(value: str) -> str:
    return f'<row r="1"><c r="A1"><v>{value}</v></c></row>'


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (NIK, NIK),
        ("9171010101999001", "9171010101999001"),  # past 2^53 and odd: a float has lost the last digit
        ("91710101019990012", "91710101019990012"),
        ("3.308200102999E15", "3308200102999000"),
        ("3.308200102999001E+15", "3308200102999001"),
        ("0.1", "0.1"),
        ("17.399999999999999", "17.4"),  # the same float, as Excel writes it
        ("110.29675375512345", "110.29675375512345"),  # fastexcel alone would keep nine decimals
        ("-7.350452417000001", "-7.350452417000001"),
        ("123456789.35", "123456789.35"),
        ("1.5E-7", "0.00000015"),
    ],
)
def test_every_digit_of_a_number_is_kept(written: str, text: str) -> None:
    table = table_of(number_cell(written))
    assert table.texts["A"].to_list() == [text]
    assert table.numbers["A"].to_list() == [float(text)]


@pytest.mark.parametrize("text", ["0123456", "'" + NIK, " x ", NIK, "3,30E+15", "1e5", "a&amp;b"])
def test_a_text_stays_as_it_was_typed(text: str) -> None:
    table = table_of(f'<row r="1"><c r="A1" t="str"><v>{text}</v></c></row>')
    assert table.texts["A"].to_list() == [text.replace("&amp;", "&")]
    assert table.numbers.columns == []


def test_a_sheet_that_begins_elsewhere_keeps_its_rows_and_letters() -> None:
    rows = '<row r="7"><c r="C7" t="str"><v>nik</v></c><c r="AB7"><v>2</v></c></row>'
    rows += f'<row r="9"><c r="D9"><v>{NIK}</v></c></row>'
    table = table_of(rows)
    assert table.first_row == 7
    assert (table.texts.columns[0], table.texts.columns[-1], table.texts.height) == ("C", "AB", 3)
    assert table.texts["D"].to_list() == [None, None, NIK]


def test_styled_empty_cells_do_not_shift_the_letters() -> None:
    rows = '<row r="1"><c r="A1" s="1"/><c r="B1" s="1"></c><c r="C1"><v>5</v></c></row>'
    table = table_of(rows)
    assert table.texts["C"].to_list() == ["5"]
    assert {name: table.texts[name].null_count() for name in table.texts.columns}["C"] == 0


def test_cells_far_apart_cost_two_cells() -> None:
    tables = opened(
        package({SHEET: worksheet(ONE_CELL + '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>')})
    ).tables
    assert [(t.first_row, t.texts.columns, t.texts.height) for t in tables] == [(1, ["A"], 1), (1048576, ["XFD"], 1)]


def test_numbers_and_texts_in_one_column_are_told_apart() -> None:
    cells = ['<c r="A1" t="str"><v>2019</v></c>', '<c r="A2"><v>2019</v></c>', '<c r="A3" t="str"><v>7</v></c>']
    table = table_of("".join(f'<row r="{i}">{cell}</row>' for i, cell in enumerate(cells, 1)))
    assert table.numbers["A"].to_list() == [None, 2019.0, None]


def test_numbers_are_told_apart_far_below_the_head_of_a_big_sheet() -> None:
    rows = [
        f'<row r="{i}"><c r="A{i}"><v>{i}</v></c><c r="B{i}" t="str"><v>{i}</v></c></row>' for i in range(1, 40_001)
    ]
    rows[39_000] = '<row r="39001"><c r="A39001" t="str"><v>77</v></c><c r="B39001" t="str"><v>78</v></c></row>'
    table = table_of("".join(rows))
    assert table.numbers["A"].null_count() == 1
    assert table.numbers["A"][39_000] is None
    assert table.numbers.columns == ["A"]


@pytest.mark.parametrize(
    "how", ['hidden="1"', 'hidden="true"', 'ht="0" customHeight="1"', 'outlineLevel="1" hidden="1"']
)
def test_hidden_rows(how: str) -> None:
    table = table_of(
        f'{ONE_CELL}<row r="2" {how}><c r="A2"><v>{NIK}</v></c></row><row r="3"><c r="A3"><v>1</v></c></row>'
    )
    assert table.hidden_rows == {2}


@pytest.mark.parametrize("how", ['hidden="1"', 'width="0"', 'width="0.0" customWidth="1"', 'collapsed="1" hidden="1"'])
def test_hidden_columns(how: str) -> None:
    row = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1"><v>3</v></c></row>'
    table = table_of(row, before=f'<cols><col min="2" max="16384" {how}/></cols>')
    assert table.hidden_columns == {"B", "C"}
    assert isinstance(table.hidden_columns, frozenset)


def test_columns_hidden_a_hundred_thousand_times_are_counted_once() -> None:
    begun = process_time()
    cols = '<col min="2" max="16384" hidden="1"/><col min="9" max="3" hidden="1"/>' * 50_000
    table = table_of('<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>', before=f"<cols>{cols}</cols>")
    assert table.hidden_columns == {"B"}
    assert process_time() - begun < 20


def test_dates_are_written_as_dates_and_are_no_numbers() -> None:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("Lahir")
    sheet.write(0, 0, "tanggal")
    sheet.write(1, 0, 44197, book.add_format({"num_format": "dd-mm-yyyy"}))
    sheet.write(2, 0, 44198, book.add_format({"num_format": "dd-mm-yyyy"}))
    book.close()
    (table,) = opened(buffer.getvalue()).tables
    assert table.texts["A"].to_list() == ["tanggal", "2021-01-01 00:00:00", "2021-01-02 00:00:00"]
    assert table.numbers.columns == []


def test_a_workbook_of_many_kinds_is_read_cell_by_cell() -> None:
    chance = random.Random(7)
    values = [[chance.choice([None, chance.randrange(10**9), chance.random(), f"t{chance.random()}", "12", ""])
               for _ in range(30)] for _ in range(400)]  # fmt: skip
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet()
    for row, line in enumerate(values):
        for column, value in enumerate(line):
            if value not in (None, ""):
                sheet.write(row + 3, column + 2, value)
    book.close()
    (table,) = opened(buffer.getvalue()).tables
    for column, name in enumerate(table.texts.columns):
        for row, text in enumerate(table.texts[name]):
            value = values[row + table.first_row - 4][column] or None
            assert text == (None if value is None else value if isinstance(value, str) else table_text(value))
            native = table.numbers[name][row] if name in table.numbers.columns else None
            assert native == (float(table_text(value)) if isinstance(value, int | float) else None)


def table_text(value: float) -> str:
    """The float that xlsxwriter writes with sixteen significant digits, in the fewest digits that say it."""
    return number_text(float(f"{value:.16G}"))


def test_shared_strings_that_cells_show_are_not_said_twice() -> None:
    document = opened(
        package({
            SHEET: worksheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'),
            STRINGS: f'<sst xmlns="{MAIN}"><si><t>{NIK}</t></si></sst>',
        })
    )  # fmt: skip
    assert tables_with(document)
    assert not passages_with(document)


def test_names_with_signs_are_read_as_they_are_shown() -> None:
    listed = workbook_part('<sheet name="AKI &amp; AKB &lt;2024&gt;" sheetId="1" r:id="rId1"/>')
    (table,) = opened(package({"xl/workbook.xml": listed})).tables
    assert table.place.sheet == "AKI & AKB <2024>"


@pytest.mark.parametrize(
    "cell",
    ["<c r='A2'><v>5</v></c>", '<c s="" r="A2"><v>5</v></c>', '<c r="A2" s=""><v>5</v></c>', "<c>\n<v>5</v></c>"],
)
def test_cells_written_in_other_ways_are_numbers_all_the_same(cell: str) -> None:
    table = table_of(f'<row r="2">{cell}</row>')
    assert (table.texts["A"].to_list(), table.numbers["A"].to_list()) == (["5"], [5.0])


def test_a_chart_sheet_is_named() -> None:
    listed = '<sheet name="Data" sheetId="1" r:id="rId1"/><sheet name="Bagan" sheetId="2" state="hidden" r:id="rId2"/>'
    document = opened(
        package({
            "xl/workbook.xml": workbook_part(listed),
            "xl/_rels/workbook.xml.rels": relations(
                ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "chartsheet", "chartsheets/sheet1.xml")
            ),
            "xl/chartsheets/sheet1.xml": f'<chartsheet xmlns="{MAIN}"/>',
        })
    )  # fmt: skip
    assert any(p.text == "Bagan" and p.place.sheet == "Bagan" and p.place.hidden for p in document.passages)
    assert not document.unread


def test_a_struck_member_comes_to_light_and_holds_the_file() -> None:
    document = opened(struck(package({"xl/lama.xml": f"<a>{NIK}</a>"}), "xl/lama.xml"))
    assert any("xl/lama.xml" in (p.place.part or "") and p.place.hidden for p in passages_with(document))
    assert document.unread


@pytest.mark.parametrize("behind", [NIK.encode(), b"\0\1" + NIK.encode("utf-16-le")])
def test_bytes_behind_the_archive_come_to_light(behind: bytes) -> None:
    assert passages_with(opened(package() + behind))


def test_the_comment_of_the_archive_is_text() -> None:
    buffer = io.BytesIO(package())
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.comment = NIK.encode()
    assert passages_with(opened(buffer.getvalue()))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_both_of_two_members_of_one_name_are_read() -> None:
    for first, second in ((NIK, "1"), ("1", NIK)):
        buffer = io.BytesIO(package({SHEET: worksheet(number_cell(first))}))
        with zipfile.ZipFile(buffer, "a") as archive:
            archive.writestr(SHEET, worksheet(number_cell(second)))
        assert tables_with(opened(buffer.getvalue()))


@pytest.mark.parametrize(
    ("part", "content", "code"),
    [
        ("xl/media/image1.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 900, 600), "broken"),
        ("xl/media/image1.emf", b"\1\0\0\0" + bytes(60), "image"),
        ("docProps/thumbnail.jpeg", b"\xff\xd8\xff\xe0" + bytes(60), "broken"),
        ("xl/embeddings/a.pdf", b"%PDF-1.7 \0\1", "broken"),
        ("xl/thing.dat", b"\0\1\2\3", "unknown-format"),
        ("xl/drawings/drawing1.xml", "<a><b></a>".encode("utf-16"), "broken"),
        ("xl/drawings/drawing2.xml", b'<?xml version="1.0" encoding="utf-7"?><a><b></a>', "broken"),
        ("xl/worksheets/sheet9.xml", b"<worksheet><sheetData><row></worksheet>", "broken"),
        ("customXml/item1.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "broken"),
        ("customXml/item2.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode("utf-16"), "broken"),
        ("xl/embeddings/a.xlsx", b"PK\3\4 no archive", "broken"),
        ("xl/embeddings/b.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 no compound file", "broken"),
    ],
)
def test_what_cannot_be_read_is_named(part: str, content: bytes, code: str) -> None:
    assert why(opened(package({part: content})))[part] == code


def test_a_spacer_of_ten_pixels_hides_nothing() -> None:
    picture = io.BytesIO()
    Image.radial_gradient("L").resize((10, 10)).save(picture, "PNG")
    assert not opened(package({"xl/media/image1.png": picture.getvalue()})).unread


def test_an_old_drawing_with_unclosed_tags_is_read() -> None:
    drawing = f'<xml><v:shape type="a" type="a"/><div>a<br>{NIK[:4]}<b>{NIK[4:]}</b>&#51;</div></xml>'
    document = opened(package({"xl/drawings/vmlDrawing1.vml": drawing}))
    assert passages_with(document, NIK + "3")
    assert not document.unread


@pytest.mark.parametrize(
    "number", [NIK, f"&#51;{NIK[1:]}", f"{NIK[:4]}<b>{NIK[4:]}</b>", f"{NIK[:4]}<!-- -->{NIK[4:]}"]
)
def test_damaged_markup_that_is_text_is_read_as_text(number: str) -> None:
    document = opened(package({"xl/drawings/drawing1.xml": f'<a b="1" b="2"><c d="&#51;">{number}</c>'}))
    assert passages_with(document)
    assert not document.unread


@pytest.mark.parametrize(("size", "held"), [(217, False), (9000, True)])
def test_the_sealed_bytes_of_google_sheets_hold_no_file_unless_they_are_many(size: int, held: bool) -> None:
    sealed = bytes([0, *random.Random(3).randbytes(size)])
    rels = "xl/_rels/workbook.xml.rels"
    told = str(parts()[rels]).replace("</R", f'<Relationship Id="r8" Type="{SEALED}" Target="metadata"/></R')
    assert bool(opened(package({"xl/metadata": sealed, rels: told})).unread) is held
    assert opened(package({"xl/metadata": sealed})).unread, "any other opaque part stays unread"


def test_a_broken_sheet_is_named_and_its_text_swept() -> None:
    document = opened(package({SHEET: worksheet(number_cell(NIK))[:-30]}))
    assert why(document)[SHEET] == "broken"
    assert passages_with(document)


def test_a_sheet_without_a_part_is_named() -> None:
    members = parts()
    del members[SHEET]
    assert [missed.place.sheet for missed in opened(zipped(members)).unread] == ["Data"]


def test_a_workbook_that_lists_no_sheet_is_not_clean() -> None:
    document = opened(package({"xl/workbook.xml": workbook_part("")}))
    assert why(document)["xl/workbook.xml"] == "broken"
    assert document.tables, "the sheet that nobody lists is read all the same"


def test_a_member_with_damaged_bytes_is_named() -> None:
    data = bytearray(package({"xl/extra.xml": "<a>" + "x" * 500 + "</a>"}))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        start = archive.getinfo("xl/extra.xml").header_offset + 30 + len("xl/extra.xml")
    data[start : start + 4] = b"\xff\xff\xff\xff"
    assert why(opened(bytes(data)))["xl/extra.xml"] == "broken"


def test_encrypted_members_are_named_and_an_encrypted_workbook_is_refused() -> None:
    def locked(name: str) -> bytes:
        data = bytearray(package({"xl/extra.xml": "<a/>"}))
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            offset, start = archive.getinfo(name).header_offset, archive.start_dir
        data[offset + 6] |= 1
        position = data.find(name.encode(), start) - 46
        data[position + 8] |= 1
        return bytes(data)

    assert why(opened(locked("xl/extra.xml")))["xl/extra.xml"] == "encrypted"
    assert refused(locked("xl/workbook.xml")) == "encrypted"


def test_bombs_are_refused_before_they_unfold() -> None:
    assert refused(package({"xl/big.xml": b"<a>" + bytes(300 * 2**20)})) == "bomb"
    assert refused(package({f"xl/p{i}": b"" for i in range(60)}), Limits(members=50)) == "bomb"


def test_a_long_string_shown_over_and_over_is_a_bomb() -> None:
    rows = "".join(f'<row r="{i}"><c r="A{i}" t="s"><v>0</v></c></row>' for i in range(1, 20_001))
    strings = f'<sst xmlns="{MAIN}"><si><t>{"x" * 30_000}</t></si></sst>'
    assert refused(package({SHEET: worksheet(rows), STRINGS: strings})) == "bomb"


def test_an_entity_bomb_is_not_unfolded() -> None:
    bomb = "<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
        f"<!ENTITY {chr(98 + i)} '{f'&{chr(97 + i)};' * 10}'>" for i in range(12)
    )
    assert why(opened(package({"xl/drawings/drawing1.xml": f"{bomb}]><a>&m;</a>"}))) == {
        "xl/drawings/drawing1.xml": "broken"
    }


def test_deep_xml_is_read_or_named() -> None:
    for depth in (5_000, 500_000):
        document = opened(package({"xl/deep.xml": "<a>" * depth + NIK + "</a>" * depth}))
        assert passages_with(document) or document.unread


def test_packages_in_packages_end_at_the_limit() -> None:
    data = package({SHEET: worksheet(number_cell(NIK))})
    for _ in range(5):
        data = package({"xl/embeddings/a.xlsx": data})
    assert "too-deep" in why(opened(data)).values()


def test_hidden_and_visible_text_of_macros_is_unpacked() -> None:
    text = b"Attribute VB_Name = x\r\nnik = " + NIK.encode()
    chunk = b"".join(b"\0" + text[i : i + 8] for i in range(0, len(text), 8))
    container = b"\1" + struct.pack("<H", 0xB000 | (len(chunk) - 1)) + chunk
    assert NIK in text_of_modules(b"rubbish" * 9 + container)


@pytest.mark.parametrize(
    ("cell", "held"),
    [
        ('<c r="B1" t="str"><f>IF(A1="","",A1&amp;CHAR(51))</f><v></v></c>', False),
        ('<c r="B1" t="str"><f>A1&amp;CHAR(51)</f><v>x3</v></c>', False),
        ('<c r="B1"><f>COUNTIF(A1:A9,"&gt;"&amp;A1)</f><v>0</v></c>', False),
        ('<c r="B1"><f>SUM(A1:A9)</f></c>', False),
        ('<c r="B1"><f>A1&amp;CHAR(51)</f></c>', True),
        ('<c r="B1"><f>A1&amp;CHAR(51)</f><v/></c>', True),
        ('<c r="B1"><f>A1*10^8+C1</f></c>', True),
    ],
)
def test_a_formula_without_its_result_is_named_where_it_makes_texts(cell: str, held: bool) -> None:
    row = f'<row r="1"><c r="A1"><v>12</v></c>{cell}</row>'
    document = opened(package({"xl/worksheets/sheet1.xml": worksheet(row)}))
    assert ("formula" in {part.why for part in document.unread}) is held


def test_a_bare_0_is_no_result_where_programs_work_out_everything_afresh() -> None:
    row = '<row r="1"><c r="A1"><v>12</v></c><c r="B1"><f>CHAR(51)&amp;A1</f><v>0</v></c></row>'
    afresh = workbook_part(after='<calcPr fullCalcOnLoad="1"/>')
    document = opened(package({"xl/worksheets/sheet1.xml": worksheet(row), "xl/workbook.xml": afresh}))
    assert "formula" in {part.why for part in document.unread}
