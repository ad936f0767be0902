"""NIK and nomor KK in columns. What must not fire stands first."""

import random
from base64 import b32encode, b64encode, urlsafe_b64encode

import pytest

from lumbung.document import Place
from tests.detect.people import column, families, found, kinds, many, nik, table

rng = random.Random(20190620)


def drawn(count: int) -> list[str]:
    """Sixteen digits that mean nothing."""
    return [f"{rng.randrange(10**16):016}" for _ in range(count)]


NOT_IDENTIFIERS = {
    "kode desa": ["3308202002", "3308202013"] * 5,
    "dotted kode desa": ["33.08.20.2002"] * 5,
    "npsn": ["20307001", "20307002"],
    "nib": ["1234000567890"] * 3,
    "entity npwp": ["0012345678901000", "0023456789012000"],
    "npwp 15": ["01.234.567.8-901.000"] * 3,
    "rupiah, grouped": ["1.234.567.890.123.456"] * 4,
    "rupiah with decimals": ["3308200102909001,50", "3308200102909001.50"],
    "coordinates": ["110.3308200102909001", "-7.3308200102909001", "110,3308200102909001"],
    "epoch microseconds, even steps": [str(1670735008236686 + i * 600_000_007) for i in range(200)],
    "epoch microseconds, any": sorted(str(1670735008236686 + rng.randrange(10**13)) for _ in range(300)),
    "random ids": drawn(3000),
    "very many random ids": drawn(120_000),
    "counted behind kode desa": [
        f"3308{rng.randint(1, 21):02d}20{rng.randint(1, 18):02d}{rng.randrange(10**6):06d}" for _ in range(900)
    ],
    "hashes": [f"{rng.randrange(16**40):040x}" for _ in range(500)],
    "one digit repeated": ["1111111111111111", "2222222222222222"],
    "periods": ["2019-01-01 2020-12-31"] * 10,
    "rupiah, grouped the English way": ["1,234,567,890,123,456"] * 4,
    "rupiah in full-width digits": ["１.２３４.５６７.８９０.１２３.４５６"] * 4,
    "pairs of coordinates": ["-7.452934, 110.308820", "-7.4529, 110.3088"],
    "time stamps": ["2019-01-01 10:20:30.123456"] * 10,
    "bank card": ["4000 1234 5678 9010"] * 3,
    "unknown province": [nik("990101", serial=i) for i in range(20)],
    "codes behind noughts": [f"00{rng.randrange(10**15, 10**16)}" for _ in range(400)],
    "random pairs": [f"{rng.randrange(10**6, 10**7)} {rng.randrange(10**8, 10**9)}" for _ in range(400)],
    "thirty-two random digits": [f"{rng.randrange(10**31, 10**32)}" for _ in range(400)],
    "rupiah in words of powers": ["3.06118E+15", "2.78649E+15", "2.99727E+15", "3.12310E+15"],
    "random Base64": [b64encode(rng.randbytes(24)).decode() for _ in range(3000)],
    "Base64 of other digits": [b64encode(b"9901013302909001").decode(), b64encode(b"20210606").decode()],
    "places of business of firms": ["0012345678901000000000"] * 4,
    "no such day": ["3308203202909001", "3308207202909002", "3308203113909003"],
}


@pytest.mark.parametrize("name", NOT_IDENTIFIERS)
def test_what_is_no_identifier_does_not_fire(name):
    assert found(column(NOT_IDENTIFIERS[name])) == ()


@pytest.mark.parametrize("header", ["jumlah_kk", "wajib_ktp", "Jumlah NIK ganda", "Persentase KK miskin"])
def test_counts_under_headers_that_mention_identifiers_do_not_fire(header):
    assert found(table([["Desa", header], *[[f"Desa {i}", str(200 + i)] for i in range(20)]])) == ()


def test_a_nik_header_over_an_empty_template_does_not_fire():
    assert found(table([["No", "NIK", "Nama"], ["1", None, None], ["2", None, None]])) == ()


@pytest.mark.parametrize(
    "number", ["01.234.567.8-524.000", "0012345678901000", "012345678901000", "0012345678901000.0"]
)
def test_the_npwp_of_a_firm_under_its_header_is_no_nik(number):
    grid = [["kode_tender", "nama_paket", "pemenang", "npwp", "nilai"]]
    grid += [[str(20310584 + i), "Pembangunan Jalan", "CV Prasetyo", number, str(7421152469 + i)] for i in range(20)]
    assert "nik" not in [finding.kind for finding in found(table(grid))]


@pytest.mark.parametrize("header", ["NPWP/NIK", "NIK atau NPWP"])
def test_the_signs_of_an_npwp_speak_against_a_nik(header):
    assert found(table([["No", header], *[[str(i), "01.234.567.8-524.000"] for i in range(9)]])) == ()


@pytest.mark.parametrize("header", ["npwp", "NPWP Pemenang", "NPWP 16"])
def test_the_npwp_of_a_resident_is_the_nik(header):
    grid = [["No", header], ["1", "01.234.567.8-524.000"], ["2", nik()], ["3", "0012345678901000"]]
    (finding,) = found(table(grid))
    assert (finding.kind, finding.hits, finding.evidence["header"]) == ("nik", 1, 1.0)


WRITTEN = {
    "plain": lambda number: number,
    "float": lambda number: number + ".0",
    "apostrophe": lambda number: "'" + number,
    "nbsp, broken": lambda number: number + "&nbsp",
    "nbsp, entity": lambda number: number + "&nbsp;",
    "no-break space": lambda number: "\u00a0" + number,
    "zero-width space inside": lambda number: number[:6] + "\u200b" + number[6:],
    "dashes": lambda number: f"{number[:6]}-{number[6:12]}-{number[12:]}",
    "dots": lambda number: f"{number[:2]}.{number[2:4]}.{number[4:6]}.{number[6:12]}.{number[12:]}",
    "spaces by four": lambda number: " ".join((number[:4], number[4:8], number[8:12], number[12:])),
    "slashes": lambda number: f"{number[:6]}/{number[6:12]}/{number[12:]}",
    "digit by digit": lambda number: " ".join(number),
    "last digit lost": lambda number: number[:15] + "0",
    "last three digits lost": lambda number: number[:13] + "000",
    "scientific in full": lambda number: f"{number[0]}.{number[1:12]}E+15",
    "scientific with comma": lambda number: f"{number[0]},{number[1:12]}E+15",
    "full-width digits": lambda number: number.translate({48 + i: 0xFF10 + i for i in range(10)}),
    "Arabic-Indic digits": lambda number: number.translate({48 + i: 0x0660 + i for i in range(10)}),
    "Chinese numerals": lambda number: number.translate(str.maketrans("0123456789", "〇一二三四五六七八九")),
    "numerals of banks": lambda number: number.translate(str.maketrans("0123456789", "零壹贰叁肆伍陆柒捌玖")),
    "Braille": lambda number: "⠼" + number.translate(str.maketrans("0123456789", "⠚⠁⠃⠉⠙⠑⠋⠛⠓⠊")),
    "Javanese digits": lambda number: number.translate({48 + i: 0xA9D0 + i for i in range(10)}),
    "zero-width joiners everywhere": lambda number: "\u200d".join(number),
    "soft hyphens and direction marks": lambda number: "\u202d" + number[:8] + "\u00ad" + number[8:] + "\u202c",
    "digits struck through": lambda number: "\u0336".join(number),
    "keycaps": lambda number: "".join(f"{digit}\ufe0f\u20e3" for digit in number),
    "a line separator": lambda number: f"{number[:8]}\u2028{number[8:]}",
    "a vertical tab": lambda number: f"{number[:8]}\v{number[8:]}",
    "unseen digits": lambda number: number.translate({48 + i: 0xE0030 + i for i in range(10)}),
    "a label glued on": lambda number: "NIK" + number,
    "a label glued on behind": lambda number: number + "(NIK)",
    "letters on both sides": lambda number: f"x{number}y",
    "underscores": lambda number: f"{number[:6]}_{number[6:12]}_{number[12:]}",
    "bars": lambda number: f"{number[:6]}|{number[6:12]}|{number[12:]}",
    "commas by four": lambda number: ",".join((number[:4], number[4:8], number[8:12], number[12:])),
    "two signs between": lambda number: f"{number[:6]} - {number[6:12]} - {number[12:]}",
    "float with comma": lambda number: number + ",00",
    "behind noughts": lambda number: "00" + number,
    "behind one nought, as a float": lambda number: "0" + number + ".0",
    "a place of business": lambda number: number + "000001",
    "twice in a row": lambda number: number * 2,
    "each digit twice": lambda number: "".join(digit * 2 for digit in number),
    "each group of four twice": lambda number: "".join(number[at : at + 4] * 2 for at in range(0, 16, 4)),
    "the codes of its digits": lambda number: number.encode().hex(),
    "parted by a tab": lambda number: f"{number[:5]}\t{number[5:]}",
    "parted by a blank anywhere": lambda number: f"{number[:7]} {number[7:]}",
    "parted by a line's end": lambda number: f"{number[:9]}\n{number[9:]}",
    "joined by a formula": lambda number: f'="{number[:5]}"&"{number[5:]}"',
    "Base64": lambda number: b64encode(number.encode()).decode(),
    "Base64 of a sentence": lambda number: b64encode(f"NIK {number} warga".encode()).decode(),
    "Base64 for addresses, in a link": lambda number: f"x?d={urlsafe_b64encode(f'?>{number}'.encode()).decode()}",
    "in prose": lambda number: f"surat keterangan a.n. warga dengan nomor {number}, dusun Krajan",
    "in a file name": lambda number: f"{number}-12.jpg",
    "masked behind the date": lambda number: number[:12] + "XXXX",
    "masked in the middle": lambda number: number[:6] + "******" + number[12:],
}


@pytest.mark.parametrize("way", WRITTEN)
def test_a_column_without_header_is_found_however_it_is_written(way):
    (finding,) = found(column([WRITTEN[way](number) for number in many(12)]))
    assert (finding.kind, finding.hits, finding.of, finding.place.column) == ("nik", 12, 12, "A")
    assert finding.place.row == "1-12"
    assert finding.chance < 1e-6


def test_numbers_with_nothing_between_them():
    (finding,) = found(column(["".join(many(50)), "Daftar"]))
    assert (finding.kind, finding.chance < 1e-6) == ("nik", True)
    digits = "".join(str(rng.randrange(10)) for _ in range(16 * 500))
    assert found(column([digits, "0" * 64, "1234567890123456" * 5])) == ()


CUTS = {"in two": (6, 16), "in three": (6, 12, 16), "in four": (2, 6, 12, 16), "by four": (4, 8, 12, 16),
        "digit by digit": tuple(range(1, 17))}  # fmt: skip


def pieces(number, cut):
    return [number[first:end] for first, end in zip((0, *CUTS[cut]), CUTS[cut], strict=False)]


@pytest.mark.parametrize("header", [True, False])
@pytest.mark.parametrize("cut", CUTS)
def test_a_number_in_pieces_is_put_together(cut, header):
    cells = [[name, *pieces(number, cut)] for name, number in zip("ABCDEFGHIJKL", many(12), strict=True)]
    heads = [["desa", *[f"kolom {i}" for i in range(len(cells[0]) - 1)]]] if header else []
    (finding,) = found(table([*heads, *cells]))
    assert (finding.kind, finding.hits, finding.place.column) == ("nik", 12, "B")
    assert finding.evidence["split"] == 1.0


@pytest.mark.parametrize("cut", [6, 8, 12])
def test_pieces_with_other_columns_between_them_are_put_together(cut: int):
    rows = [["desa", "a", "ket", "b"], *(["Krajan", one[:cut], "baik", one[cut:]] for one in many(40))]
    assert kinds(table(rows)) == ["nik"]


def test_one_digit_in_every_other_cell():
    assert kinds(table([[sign for digit in one for sign in (digit, None)] for one in many(20)])) == ["nik"]


def test_pieces_that_lost_their_noughts():
    cells = [["x", *[str(int(part)) for part in pieces(number, "in three")]] for number in many(12)]
    assert [finding.kind for finding in found(table(cells))] == ["nik"]


def test_one_number_in_the_boxes_of_a_form():
    (finding,) = found(table([["NIK", ":", *nik()], ["Catatan", ":", "-"]]))
    assert (finding.kind, finding.evidence["header"], finding.hits) == ("nik", 1.0, 1)


def downwards(*numbers, beside="x"):
    return [[beside, digit] for number in numbers for digit in number]


@pytest.mark.parametrize("label", ["NIK", "Nomor KTP"])
def test_one_number_written_downwards_under_its_label(label):
    (finding,) = found(table([["desa", "a"], [None, label], *downwards(nik()), ["Krajan", "-"]]))
    assert (finding.kind, finding.evidence["header"], finding.place.cell) == ("nik", 1.0, "B3")


def test_a_list_of_digits_that_is_called_by_their_number():
    place = Place(path="$.warga[0].nik")
    assert [finding.kind for finding in found(table([[digit] for digit in nik()], place=place))] == ["nik"]


def test_numbers_written_downwards_without_a_label():
    first, second, third = many(3)
    (finding,) = found(table([*downwards(first, second), ["x", None], *downwards(third)]))
    assert (finding.kind, finding.hits, finding.evidence["split"]) == ("nik", 3, 1.0)
    assert finding.place.row == "1, 17, 34"


def test_numbers_written_downwards_far_down_a_tall_table():
    cells = [digit for number in many(400) for digit in number]
    (finding,) = found(table([["x", digit + ".0"] for digit in cells]))
    assert (finding.kind, finding.hits, finding.place.column) == ("nik", 400, "B")


NOT_DOWNWARDS = {
    "one number without a label": downwards(nik()),
    "seventeen digits": [["x", "NIK"], *downwards(nik() + "1")],
    "a label over digits that are no number": [["x", "NIK"], *downwards("9901013302909001")],
    "codes": [["x", str(1 + i * 7 % 5)] for i in range(160)],
    "counts of small hamlets": [["dusun", "KK"], *[["x", str(i * 7 % 10)] for i in range(16)]],
    "any digits": [["x", str(rng.randrange(10))] for _ in range(16 * 600)],
    "one number twice": downwards(nik(), nik()),
}


@pytest.mark.parametrize("name", NOT_DOWNWARDS)
def test_digits_below_one_another_are_not_put_together(name):
    assert found(table(NOT_DOWNWARDS[name])) == ()


NOT_PIECES = {
    "codes of regions": [["33", "08", "20", f"{2001 + i}", "4512", "10"] for i in range(30)],
    "counts": [[str(1000 + i * 37), str(4000 + i * 91), str(2000 + i * 53), str(3000 + i * 11)] for i in range(60)],
    "codes and dates of documents": [
        ["330820", f"{1 + i % 28:02}{1 + i % 12:02}23", f"{9000 + i}"] for i in range(40)
    ],
    "years": [["2019", "2020", "2021", "2022"] for i in range(30)],
}


@pytest.mark.parametrize("name", NOT_PIECES)
def test_numbers_side_by_side_are_not_put_together(name):
    assert found(table([["a", *row] for row in NOT_PIECES[name]])) == ()


def test_numbers_that_all_are_rounded_to_the_same_kecamatan():
    (finding,) = found(table([["desa", "catatan"], *[["Krajan", f"{n[0]},{n[1:6]}E+15"] for n in many(12)]]))
    assert (finding.kind, finding.hits, finding.evidence["scientific"]) == ("nik", 12, 1.0)


def test_one_number_behind_noughts_far_down_a_column_of_integers():
    cells = [str(100 + i) for i in range(9000)]
    cells[8123] = "00" + nik()
    (finding,) = found(column(cells))
    assert (finding.kind, finding.place.cell) == ("nik", "A8124")


UNDER_HEADER = {
    "fourteen digits": lambda number: number[:14],
    "seventeen digits": lambda number: number + "7",
    "rounded by Excel": lambda number: "3.30813E+15",
    "rounded, comma": lambda number: "3,30813E+15",
    "all but four masked": lambda number: "*" * 12 + number[12:],
    "short mask": lambda number: number[:6] + "****" + number[14:],
    "dates that do not exist": lambda number: number[:6] + "999999" + number[12:],
}


@pytest.mark.parametrize("way", UNDER_HEADER)
@pytest.mark.parametrize("header", ["NIK", "nomor_nik", "NIK Ayah", "No. KTP", "403 NIK", "kartu_nik", "NIK (90)"])
def test_under_a_nik_header_damage_counts_too(way, header):
    cells = [UNDER_HEADER[way](number) for number in many(5)]
    (finding,) = found(table([["No", header], *[[str(i + 1), cell] for i, cell in enumerate(cells)]]))
    assert (finding.kind, finding.hits, finding.evidence["header"]) == ("nik", 5, 1.0)
    assert finding.place.header == header


@pytest.mark.parametrize("cell", ["','{}')", ",'{}')", ",{})"])
def test_a_piece_of_a_list_in_quotation_marks_is_found(cell: str):
    assert kinds(column([cell.format(nik(serial=7))])) == ["nik"]


def test_a_single_number_is_found_and_its_chance_is_told():
    (finding,) = found(column([nik()]))
    assert finding.place.cell == "A1"
    assert 0.0001 < finding.chance < 0.03


def test_one_nik_among_thousands_of_other_cells():
    cells = [f"keterangan biasa nomor {i}" for i in range(9000)]
    cells[8123] = f"titipan {nik()}"
    (finding,) = found(column(cells))
    assert (finding.hits, finding.of, finding.place.cell) == (1, 9000, "A8124")


@pytest.mark.parametrize(
    "region",
    ["540101", "640401", "141201", "913501", "095201", "330899"],
    ids=["timor", "kaltara", "kepri", "papua", "jakarta", "unknown"],
)
def test_retired_and_unknown_districts_are_weaker_evidence_but_enough(region):
    (finding,) = found(column(many(12, region=region)))
    assert finding.hits == 12
    assert finding.evidence["district"] < 1.0


def test_many_men_and_a_few_women_of_one_day_are_residents():
    born = [nik("330820", day=20 + 40 * (i < 3), month=i % 12 + 1, year=i % 90, serial=i) for i in range(300)]
    assert kinds(column(born)) == ["nik"]


def test_temporary_numbers_of_the_village_system():
    (finding,) = found(column([f"03308202002{9000 + i:05}" for i in range(6)]))
    assert (finding.kind, finding.evidence["temporary"]) == ("nik", 1.0)


def test_numbers_of_families_without_header_are_undecided():
    (finding,) = found(column(families(60)))
    assert (finding.kind, finding.evidence["undecided"], finding.evidence["sex-mix"]) == ("nomor-kk", 1.0, 0.0)


@pytest.mark.parametrize("header", ["No KK", "NKK", "nomor_kk", "NO. KK", "Nomor Kartu Keluarga"])
def test_the_header_decides_for_families(header):
    (finding,) = found(table([["No", header], *[[str(i + 1), number] for i, number in enumerate(families(30))]]))
    assert (finding.kind, finding.evidence["header"]) == ("nomor-kk", 1.0)


def test_men_born_over_a_century_are_no_families():
    men = [nik(day=1 + i % 28, month=1 + i % 12, year=1930 + i, serial=i) for i in range(60)]
    assert kinds(column(men)) == ["nik"]


def test_register_numbers_under_their_own_header_are_left_alone():
    assert found(table([["No", "Nomor Register"], *[[str(i + 1), n] for i, n in enumerate(families(60))]])) == ()


def test_residents_under_the_wrong_header_are_not_left_alone():
    (finding,) = found(table([["No", "Nomor Register"], *[[str(i + 1), n] for i, n in enumerate(many(60))]]))
    assert (finding.kind, finding.evidence["other-header"]) == ("nik", 1.0)


def test_numbers_of_two_kinds_in_one_column_go_by_the_header_above_them():
    block = [["NO.KK", "NAMA.KK"], [families(1)[0], "SITI AMINAH"], ["NIK", "NAMA"]]
    rows = [row for _ in range(4) for row in [*block, *[[n, "BUDI SANTOSO"] for n in many(3)]]]
    seen = {finding.kind: finding for finding in found(table(rows))}
    assert (seen["nomor-kk"].hits, seen["nik"].hits) == (4, 12)
    assert seen["nik"].place.row == "4-6, 10-12, 16-18, 22-24"


def test_a_label_beside_a_number_names_it():
    (finding,) = found(table([["Nomor KK :", families(1)[0]], ["Keperluan", "usaha"]]))
    assert (finding.kind, finding.evidence["header"], finding.place.cell) == ("nomor-kk", 1.0, "B1")


def test_hidden_columns_and_rows_are_said():
    rows = [["1", number] for number in many(6)]
    assert found(table(rows, hidden_columns=frozenset({"B"})))[0].place.hidden
    assert found(table(rows, hidden_rows=frozenset(range(1, 7))))[0].place.hidden
    assert found(table(rows, hidden_rows=frozenset({1})))[0].place.hidden is None


def test_rows_are_the_sheet_s_own():
    (finding,) = found(table([["x", number] for number in many(3)], first_row=11))
    assert finding.place.row == "11-13"


def test_no_finding_carries_a_value():
    secret = nik(serial=777)
    rows = [["No", "NIK", "Nama Lengkap", "Tanggal Lahir"], *[["1", secret, "SITI AMINAH", "01-02-1990"]] * 6]
    for evidence in (False, True):
        told = repr(found(table(rows), evidence=evidence))
        assert secret not in told
        assert secret[6:12] not in told
        assert "AMINAH" not in told


def test_samples_are_masked_and_only_on_request():
    assert found(column(many(5)))[0].masked == ()
    assert found(column(many(5)), evidence=True)[0].masked[0].startswith("3308••••")


def test_a_header_with_an_unknown_word_is_not_shown():
    (finding,) = found(table([["No", "NIK SITI AMINAH"], *[["1", number] for number in many(5)]]))
    assert finding.evidence["header"] == 1.0
    assert finding.place.header is None


@pytest.mark.parametrize("text", ["NIK{}", "{}(NIK)", "NIK_{}", "no. {} NIK", "KTP:{}"])
def test_a_label_glued_to_one_number_counts_as_a_label(text):
    (finding,) = found(table([["Uraian", "Catatan"], ["surat", text.format(nik())]]))
    assert (finding.kind, finding.evidence["header"]) == ("nik", 1.0)


SERIES = {  # the part that goes up: serial, day and serial, year
    "a woman's day": [nik("330820", woman=True, serial=1 + i) for i in range(30)],
    "a man's day": [nik("330820", serial=1 + i) for i in range(30)],
    "in any order": [nik("330820", woman=True, serial=1 + i * 7 % 40) for i in range(40)],
    "and one other number": [*(nik("330820", woman=True, serial=1 + i) for i in range(30)), "9900000000000001"],
    "numbers not yet given": [f"03308202001{9001 + i:05}" for i in range(30)],
    "day by day": [f"330820{1 + i:02}1285{9001 + i}" for i in range(28)],
}


@pytest.mark.parametrize("name", SERIES)
def test_a_counter_that_keeps_up_a_kecamatan_and_a_date_is_a_list_of_residents(name):
    """Also under a heading that says nothing; only one that says something else is believed."""
    finding = next(iter(found(table([["Kode"], *[[number] for number in SERIES[name]]]))))
    expected = len(SERIES[name]) - ("other" in name)
    assert (finding.kind, finding.hits, finding.evidence["series"]) == ("nik", expected, 1.0)
    assert found(table([["No", "Nomor Register"], *[["1", number] for number in SERIES[name]]])) == ()


@pytest.mark.parametrize("step", [1, 7, 1_000, 600_000_007, 86_400_000_000])
def test_counters_and_clocks_do_not_fire(step):
    for start in (1670735008236686, 1320102022110001, 1711040112850001, 9900000000000001, 3308203202850001):
        assert found(column([str(start + step * i) for i in range(60)])) == ()


def entities(number: str) -> str:
    return "".join(f"&#{ord(digit)};" for digit in number)


WORDS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
JAVANESE = ("nol", "siji", "loro", "telu", "papat", "lima", "enem", "pitu", "wolu", "sanga")
SUNDANESE = ("nol", "hiji", "dua", "tilu", "opat", "lima", "genep", "tujuh", "dalapan", "salapan")
MORSE = ("-----", ".----", "..---", "...--", "....-", ".....", "-....", "--...", "---..", "----.")
SPELT = {
    "any sign between": lambda number: "#".join((number[:4], number[4:8], number[8:12], number[12:])),
    "words between": lambda number: f"{number[:6]} lalu {number[6:12]} lalu {number[12:]}",
    "brackets": lambda number: f"({number[:8]})({number[8:]})",
    "threes": lambda number: " ".join((number[:3], number[3:6], number[6:9], number[9:12], number[12:])),
    "as an amount": lambda number: f"Rp {int(number):,},00".replace(",", "."),
    "a point in its midst": lambda number: f"{number[:13]}.{number[13:]}",
    "one nought more": lambda number: number + "0",
    "letters like digits": lambda number: number.replace("0", "O").replace("1", "l"),
    "letters in order": lambda number: "".join("abcdefghij"[int(digit)] for digit in number),
    "words": lambda number: " ".join(WORDS[int(digit)] for digit in number),
    "words in Javanese": lambda number: "-".join(JAVANESE[int(digit)] for digit in number),
    "words in Sundanese": lambda number: " ".join(SUNDANESE[int(digit)] for digit in number),
    "Morse code": lambda number: " ".join(MORSE[int(digit)] for digit in number),
    "a float in base 16": lambda number: float(number).hex(),
    "references": entities,
    "escapes": lambda number: "".join(f"\\u{ord(digit):04x}" for digit in number),
    "percent signs": lambda number: "".join(f"%{ord(digit):X}" for digit in number),
    "another base": lambda number: hex(int(number)),
    "Base32": lambda number: b32encode(number.encode()).decode(),
    "backwards": lambda number: number[::-1],
}


@pytest.mark.parametrize("way", SPELT)
def test_a_column_that_spells_its_numbers_out_is_found(way):
    """Without a heading and in any company; not so where all that comes out is a counter or nothing."""
    cells = [SPELT[way](number) for number in many(40)]
    finding = next(iter(found(column(cells))))
    assert (finding.kind, finding.hits >= 39) == ("nik", True)  # of one nothing is left but noughts behind the point
    counter = [SPELT[way](str(1670735008236686 + i * 600_000_007)) for i in range(200)]
    assert found(column(counter)) == ()
    amounts = [SPELT[way](f"{rng.randrange(10**15, 10**16)}") for _ in range(200)]
    assert found(column(amounts)) == ()


@pytest.mark.parametrize(
    "form", ["{0:02}/{1:02}/20{2} 0{3}:30:0000", "{0:02}-{1:02}-20{2}.0{3}00.0000", "33.08.{0:02}.20{1:02}.12.34.56"]
)
def test_times_and_codes_of_villages_do_not_fire(form):
    cells = [form.format(11 + i % 17, 1 + i % 12, 10 + i % 15, 1 + i % 9) for i in range(90)]
    assert "nik" not in kinds(column(cells))
