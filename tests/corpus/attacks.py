"""Registers on which somebody has worked: digits in disguise, in pieces, half shown, or under headings of every shape.

Each damage of `DISGUISES` is tried in a column with its heading and without names, each shape of `SHAPES` in every
format that can bear it. People and numbers are invented.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from lumbung.gate import Verdict
from lumbung.invent import Cell, Sheet, invent_households, people
from lumbung.invent.workbooks import write
from tests.corpus.case import Case

Row = Sequence[Cell]
FORMATS = ("csv", "xlsx", "xls", "ods", "html")
PEOPLE = [(home, one) for home, one in people(invent_households(seed=4242, count=60)) if len(one.nik) == 16][:30]
FOLD = (6, 12)
UNSEEN = "\u200b\u200c\u2060\ufeff\u00ad\u034f\u180e\ufe0f\u3164"
PLAINER = ("lebar", "arab", "tak-tampak-200b", "jarak-2009", "sambung-2013", "sambung-3a")


def _parted(sign: str) -> Callable[[str], str]:
    return lambda number: sign.join(pieces(number, FOLD))


def _in_script(zero: str) -> Callable[[str], str]:
    return lambda number: "".join(chr(ord(zero) + int(digit)) for digit in number)


def pieces(number: str, cuts: Sequence[int]) -> list[str]:
    """The number cut before these places."""
    return [number[start:end] for start, end in pairwise([0, *cuts, len(number)])]


DISGUISES: dict[str, Callable[[str], str]] = {
    **{name: _in_script(zero) for name, zero in (("lebar", "０"), ("arab", "٠"), ("persia", "۰"), ("tebal", "𝟎"))},
    "atas": lambda number: number.translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")),
    "lingkar": lambda number: number.translate(str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨")),
    **{
        f"tak-tampak-{ord(sign):x}": _parted(sign) for sign in "\u200b\u200c\u2060\ufeff\u00ad\u034f\u180e\ufe0f\u3164"
    },
    **{f"jarak-{ord(sign):x}": _parted(sign) for sign in "\u00a0\u2002\u2009\u202f\u3000\t\n"},
    **{f"sambung-{ord(sign):x}": _parted(sign) for sign in "-–—−/\\:_|·."},
    **{f"desimal{tail}": lambda number, tail=tail: number + tail for tail in (".0", ".00", ",00")},
    "rumus": lambda number: f'="{number}"',
    "label-lekat": lambda number: f"NIK.{number}KTP",
    "label-depan": lambda number: f"KTP:{number}",
    "ribuan": lambda number: f"{int(number):,}",
    "nol-depan": lambda number: f"00{number}",
    "terbalik": lambda number: number[::-1],
    "huruf-mirip": lambda number: number.replace("0", "O").replace("1", "l"),
    "heksa": lambda number: hex(int(number)),
    "dua-kali": lambda number: number * 2,
    "bintang-tengah": lambda number: f"{number[:6]}******{number[12:]}",
    "ekor-x": lambda number: f"{number[:14]}XX",
    "bulatan": lambda number: f"{number[:4]}••••••••••{number[14:]}",
    "titik-titik": lambda number: f"{number[:8]}........",
    "garis": lambda number: f"{number[:10]}------",
    "tanda-tanya": lambda number: f"{number[:10]}??????",
}
CUTS = ((8,), (6,), (12,), (6, 12), (4, 8, 12), (2, 4, 6, 12), (2, 4, 6, 8, 10, 12), tuple(range(1, 16)))


def disguised() -> Iterator[Case]:
    """Every disguise under a heading and with nobody named, as text and as a workbook."""
    for name, spell in DISGUISES.items():
        rows = [["NIK", "Jumlah"], *([spell(one.nik), 1000 * turn] for turn, (_, one) in enumerate(PEOPLE[:10]))]
        yield from _cases("samaran", name, rows, formats=("csv", "xlsx"), must="nik")


def in_pieces() -> Iterator[Case]:
    """Numbers cut into two columns and more, under a heading of their own or merged ones."""
    for cuts in CUTS:
        blank = [None] * len(cuts)
        rows = [["No", "NIK", *blank], *([turn, *pieces(one.nik, cuts)] for turn, (_, one) in enumerate(PEOPLE, 1))]
        yield from _cases("potongan", "-".join(map(str, cuts[:4])), rows, must="nik", formats=("csv", "xlsx", "html"))


def _cases(
    subject: str,
    damage: str,
    rows: Sequence[Row],
    *,
    must: str,
    formats: Sequence[str] = FORMATS,
    least: Verdict = Verdict.HOLD,
) -> Iterator[Case]:
    part = Sheet(name="Data", rows=tuple(tuple(row) for row in rows))
    for format in formats:
        yield Case(
            subject=subject,
            damage=damage,
            format=format,
            write=lambda path, format=format: _write(part, path, format),
            must=((must, None),),
            least=least,
        )


def _write(part: Sheet, path: Path, format: str) -> None:
    write((part,), to=path, format=format)


STATISTIC: list[Row] = [
    ["REKAP PENDUDUK DESA"],
    ["Dusun", "L", "P", "Jumlah"],
    ["Krajan", 120, 130, 250],
    ["Kauman", 90, 110, 200],
    ["Jumlah", 210, 240, 450],
]
HEAD: Row = ["Nama", "Tgl Lahir", "Alamat", "Nama Ibu"]
BODY: list[Row] = [
    [one.name, one.birth.isoformat(), f"{home.street} RT {home.rt:03d}/{home.rw:03d}", one.mother]
    for home, one in PEOPLE[:12]
]
TWO_LINES: list[Row] = [
    ["No", "Identitas", None, "Kelahiran", None],
    [None, "Nama", "L/P", "Tempat", "Tanggal"],
    [1, 2, 3, 4, 5],
    *([turn, one.name, "LP"[one.female], "Magelang", one.birth.isoformat()] for turn, (_, one) in enumerate(PEOPLE)),
]
SHAPES: dict[str, list[Row]] = {
    "di-bawah-statistik": [*STATISTIC, [], HEAD, *BODY],
    "menempel-statistik": [*STATISTIC, HEAD, *BODY],
    "di-samping-statistik": [
        [*(left or []), *[None] * (5 - len(left or [])), *right]
        for left, right in zip([*STATISTIC, *[None] * 8], [HEAD, *BODY], strict=True)
    ],
    "melintang": [list(column) for column in zip(HEAD, *BODY, strict=True)],
    "kepala-di-bawah": [*BODY, HEAD],
    "tanpa-kepala": BODY,
    "di-bawah-catatan": [*([f"catatan {turn}"] for turn in range(40)), HEAD, *BODY],
    "dua-baris-kepala": TWO_LINES,
    "dua-tabel": [HEAD, *BODY[:4], [], *STATISTIC, [], HEAD, *BODY[4:]],
}


def shaped() -> Iterator[Case]:
    """People without any number, wherever their table stands on the sheet."""
    for name, rows in SHAPES.items():
        yield from _cases("bentuk", name, rows, must="person-table")


SENTENCES: dict[str, Callable[[str], str]] = {
    **{f"kalimat-{name}": DISGUISES[name] for name in (*PLAINER, "bintang-tengah", "ekor-x", "bulatan")},
    "kalimat-bulat": lambda number: f"{int(number):.14E}",
    "kalimat-patah": lambda number: f"{number[:8]}\n{number[8:]}",
}


def written() -> Iterator[Case]:
    """A number in the middle of a letter: one alone, for a person to look at."""
    for name, spell in SENTENCES.items():
        text = f"Laporan kegiatan desa.\nPenerima dengan nomor {spell(PEOPLE[0][1].nik)} telah menerima bantuan.\n"
        yield Case(
            subject="kalimat",
            damage=name,
            format="txt",
            write=lambda path, text=text: path.write_text(text, encoding="utf-8") and None,
            must=(("nik", None),),
            least=Verdict.REVIEW,
        )


def attacks() -> Iterator[Case]:
    """All of them."""
    for make in (disguised, in_pieces, shaped, written):
        yield from make()
