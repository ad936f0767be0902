"""The short lists that a village uploads beside its register: DDK, vaccination, RTM, suplemen, land parcels."""

from collections.abc import Sequence

from lumbung.invent.layouts.layout import Layout
from lumbung.invent.residents import Household, people
from lumbung.invent.sheet import Sheet, sheet

DDK = ("No", "Nomor KK", "Kepala Keluarga", "L/P", "Dusun", "RW", "RT", "Batas", *map(str, range(1, 67)))
VACCINE = (
    "NIK", "TANGGAL VAKSIN 1", "JENIS VAKSIN 1", "TANGGAL VAKSIN 2", "JENIS VAKSIN 2", "TANGGAL VAKSIN 3",
    "JENIS VAKSIN 3", "KETERANGAN",
)  # fmt: skip
PARCEL = (
    "No", "NIK", "Nomor Persil", "persil_jenis_id", "id_clusterdesa", "Luas", "Kelas", "No SPPT/PBB",
    "persil_peruntukan_id",
)  # fmt: skip


def ddk(households: Sequence[Household]) -> tuple[Sheet, ...]:
    """Prodeskel's family form: 66 answers on income, disease and more under bare numbers."""
    rows = (
        (number, home.kk, home.members[0].name.upper(), "P" if home.members[0].female else "L", home.hamlet.upper(),
         f"{home.rw:03d}", f"{home.rt:03d}", "", *((int(home.kk) // (2 + step)) % 4 for step in range(66)))
        for number, home in enumerate(households, start=1)
    )  # fmt: skip
    return (sheet("DDK", DDK, rows=rows),)


def vaccination(households: Sequence[Household]) -> tuple[Sheet, ...]:
    """A NIK and three dates; no name."""
    adults = [one for _, one in people(households) if one.age >= 12]
    rows = (
        (one.nik, f"2021-0{3 + number % 5}-1{number % 9}", "Sinovac", f"2021-0{4 + number % 5}-1{number % 9}",
        "Sinovac",
         "", "", "")
        for number, one in enumerate(adults)
    )  # fmt: skip
    return (sheet("Vaksin", VACCINE, rows=rows),)


def rtm(households: Sequence[Household]) -> tuple[Sheet, ...]:
    """Who belongs to which poor household."""
    header = ("NIK", "NOMOR RUMAH TANGGA", "STATUS HUBUNGAN DALAM RUMAH TANGGA")
    rows = (
        (one.nik, f"99010120010{number:05d}", 1 if order == 0 else 2)
        for number, home in enumerate(households, start=1)
        for order, one in enumerate(home.members)
    )
    codes = sheet("Kode Data", ("Kode", "Arti"), rows=((1, "Kepala Rumah Tangga"), (2, "Anggota")))
    return sheet("RTM", header, rows=rows), codes


def supplement(households: Sequence[Household]) -> tuple[Sheet, ...]:
    """Two columns; no header says that `Peserta` holds a NIK."""
    rows = ((home.members[0].nik, "Rumah tidak layak huni") for home in households)
    return (sheet("Suplemen", ("Peserta", "Keterangan"), rows=rows),)


def parcels(households: Sequence[Household]) -> tuple[Sheet, ...]:
    """Land parcels by owner."""
    rows = (
        (number, home.members[0].nik, f"{number:04d}", 1 + number % 2, home.rw, 200 + int(home.kk) % 900, "D-II",
         f"99.01.010.001.001-{number:04d}.0", 1 + number % 3)
        for number, home in enumerate(households, start=1)
    )  # fmt: skip
    return (sheet("Persil", PARCEL, rows=rows),)


LAYOUTS = (
    Layout(name="prodeskel-ddk", build=ddk, sheet="DDK", kk="B", people="C"),
    Layout(name="vaksin", build=vaccination, sheet="Vaksin", nik="A"),
    Layout(name="rtm", build=rtm, sheet="RTM", nik="A"),
    Layout(name="suplemen", build=supplement, sheet="Suplemen", nik="A"),
    Layout(name="persil", build=parcels, sheet="Persil", nik="B"),
)
