"""Pages of places: what they show, what they hide, what they miss, and that a closed dataset is gone from each."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lumbung.portal.accounts.models import Organisation
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue import place_queries, pyramid, rolling_up
from lumbung.portal.catalogue.locating import locate
from lumbung.portal.catalogue.models import Pin, PlacePage
from lumbung.portal.catalogue.printed import ladder
from lumbung.portal.catalogue.shapes_of_tables import shape_of
from tests.portal.catalogue.made import NUMBERS, close, shelved, statistics, table
from tests.portal.shelves import Desk, signed_in

pytestmark = pytest.mark.django_db
VILLAGE, NEIGHBOUR, DISTRICT, REGENCY = "99.01.01.2001", "99.01.01.2002", "99.01.01", "99.01"
ROUTES = ("/", "/desa", f"/desa/{VILLAGE}", f"/desa/{NEIGHBOUR}", f"/kecamatan/{DISTRICT}", f"/kabupaten/{REGENCY}")


@pytest.fixture
def places(regency: Any) -> Any:
    """The regency with all its codes."""
    for organisation, kode in (
        (regency.district, DISTRICT),
        (regency.village, VILLAGE),
        (regency.neighbour, NEIGHBOUR),
    ):
        organisation.kode = kode
        organisation.save(update_fields=["kode"])
    return regency


def page(path: str, *, status: int = 200) -> str:
    answer = Client().get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def budget_rows(*kodes: str) -> list[dict[str, Any]]:
    year = timezone.now().year
    return [
        {
            "kode_wilayah": kode,
            "tahun": year,
            "kelompok": "Pendapatan",
            "uraian": "Dana desa",
            "anggaran": 1_000_000,
            "realisasi": 250_000,
        }
        for kode in kodes
    ]


@pytest.mark.parametrize("path", ROUTES)
def test_an_empty_place_says_so(places: Any, path: str) -> None:
    shown = page(path)
    assert "belum" in shown.lower() or "kosong" in shown


def test_a_village_shows_its_numbers_its_pyramid_and_what_is_hidden(places: Any) -> None:
    dataset = statistics(places.village)
    shown = page(f"/desa/{VILLAGE}")
    assert dataset.get_absolute_url() in shown
    for word in ("120", "Piramida penduduk", "disembunyikan", "05–09", "Islam", "31 Desember 2025"):
        assert word in shown
    assert shown.count('class="men"') == 2
    assert shown.count('class="women"') == 1  # the other is hidden, and not drawn as nought


def test_neighbours_stand_beside_it_and_hidden_numbers_stay_hidden(places: Any) -> None:
    statistics(places.village)
    statistics(places.neighbour, {**NUMBERS, ("penduduk", "T", "semua"): None})
    beside = page(f"/desa/{VILLAGE}").partition('id="tetangga"')[2].partition("</table>")[0]
    assert "50,0" in beside or "50" in beside  # 60 of 120
    assert beside.count("disembunyikan") == 2  # the number, and the share that would tell it


def test_a_district_adds_up_what_is_printed_and_says_what_is_missing(places: Any) -> None:
    statistics(places.village)
    below = page(f"/kecamatan/{DISTRICT}")
    assert "1 dari 2 desa" in below
    assert "bukan jumlah seluruhnya" in below
    statistics(places.neighbour, {**NUMBERS, ("penduduk", "T", "semua"): None})
    rolled = rolling_up.of_villages([VILLAGE, NEIGHBOUR])
    people = rolled.totals[0]
    assert (people.value, people.printed, people.hidden) == (120, 1, 1)
    assert rolled.pyramid is not None
    assert (rolled.pyramid.villages, rolled.pyramid.hidden) == (2, 2)
    assert [(bar.men, bar.women) for bar in rolled.pyramid.upwards] == [(22, None), (26, 34)]
    assert "240" not in page(f"/kabupaten/{REGENCY}")


def test_other_bands_of_age_are_not_mixed() -> None:
    wide = {("umur", sex, band): 5 for sex in "LP" for band in ("0-14", "15+")}
    drawn = pyramid.rolled_up([ladder(NUMBERS), ladder(NUMBERS), ladder(wide)])
    assert drawn is not None
    assert (drawn.villages, [bar.label for bar in drawn.upwards]) == (2, ["00–04", "05–09"])
    assert pyramid.rolled_up([[], ladder({("umur", "T", "0-14"): 3})]) is None


@pytest.mark.parametrize("owner", ["village", "top"])
def test_a_budget_is_found_by_its_shape_in_its_own_table_or_a_stacked_one(places: Any, owner: str) -> None:
    dataset = table(getattr(places, owner), "APBDes", budget_rows(VILLAGE))
    shown = page(f"/desa/{VILLAGE}")
    assert dataset.get_absolute_url() in shown
    assert "1.000.000" in shown and "25%" in shown.replace(",0", "")
    assert shown.count("Belum ada anggaran yang terbit untuk tahun ini") == 2
    assert "1.000.000" not in page(f"/desa/{NEIGHBOUR}")


def test_a_stacked_budget_is_added_up_for_district_and_regency(places: Any) -> None:
    table(places.top, "APBDes semua desa", budget_rows(VILLAGE, NEIGHBOUR))
    for path in ("/", f"/kecamatan/{DISTRICT}", f"/kabupaten/{REGENCY}"):
        shown = page(path)
        assert "2.000.000" in shown
        assert "2 desa yang sudah mengisi" in shown


@pytest.mark.parametrize(
    ("headers", "shape"),
    [
        (["Kode Wilayah", "Tahun", "Uraian", "Anggaran", "Realisasi"], "anggaran"),
        (["kode_wilayah", "tahun", "anggaran", "realisasi"], ""),
        (["kode_wilayah", "jenis", "nama"], "potensi"),
        (["jenis", "nama"], ""),
        ([], ""),
    ],
)
def test_shapes(headers: list[str], shape: str) -> None:
    assert shape_of(headers) == shape


def test_hostile_columns_break_no_page(places: Any) -> None:
    rows = [
        {
            "Kode Wilayah": VILLAGE,
            "kode_wilayah": "x",
            "tahun": "abc",
            "uraian": None,
            "anggaran": "-",
            "realisasi": "",
        }
    ]
    table(places.village, "Dua kolom bernama sama", rows)
    odd = [{**budget_rows(VILLAGE)[0], "tahun": "dua ribu", "anggaran": "banyak"}]
    table(places.village, "Bukan angka", odd)
    assert "Belum ada anggaran" in page(f"/desa/{VILLAGE}")


def test_what_a_village_offers(places: Any) -> None:
    table(places.village, "Potensi", [{"kode_wilayah": VILLAGE, "jenis": "Kerajinan", "nama": "Anyaman <b>bambu</b>"}])
    shown = page(f"/desa/{VILLAGE}")
    assert "Kerajinan" in shown and "Anyaman &lt;b&gt;bambu" in shown
    assert "Anyaman" not in page(f"/desa/{NEIGHBOUR}")


@pytest.mark.parametrize("path", ROUTES)
def test_a_closed_dataset_is_gone_from_every_page_at_once(places: Any, path: str) -> None:
    secret = {**NUMBERS, ("penduduk", "T", "semua"): 98_765, ("umur", "L", "05-09"): 54_321}
    figures = statistics(places.village, secret)
    money = table(places.top, "APBDes rahasia", [{**budget_rows(VILLAGE)[0], "anggaran": 77_777_777}])
    pinned = shelved(places.village, "Pilihan rahasia")
    Pin.objects.create(organisation=places.village, dataset=pinned)
    for dataset in (figures, money, pinned):
        close(dataset)
    shown = page(path, status=410 if path == f"/desa/{VILLAGE}" else 200)
    for trace in ("98.765", "54.321", "77.777.777", "rahasia", figures.slug, money.slug, pinned.slug):
        assert trace not in shown


def test_pages_of_unknown_places_are_404(places: Any) -> None:
    for path in ("/desa/99.01", f"/kecamatan/{VILLAGE}", "/kabupaten/xx", "/desa/%00", "/desa/" + "9" * 300):
        page(path, status=404)


def test_the_list_of_villages_is_searched_by_name_and_kode(places: Any) -> None:
    assert "Desa Mekarsari" in page("/desa?q=mekar") and "Desa Ciwangi" not in page("/desa?q=mekar")
    assert "Desa Ciwangi" in page(f"/desa?q={NEIGHBOUR}")
    assert "Tidak ada desa" in page("/desa?q=zzz")
    assert page("/desa?q=%00&page=x")
    part = Client().get("/desa?q=mekar", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part and "Desa Mekarsari" in part


def test_queries_do_not_grow_with_the_villages(places: Any) -> None:
    district = Organisation.objects.get(pk=places.district.pk)
    for number in range(3, 23):
        kode = f"{DISTRICT}.20{number:02}"
        fields = {"kind": "village", "name": f"Desa {number}", "slug": f"desa-{number}", "kode": kode}
        statistics(Organisation.objects.add_child(Organisation.objects.get(pk=district.pk), fields))
    for path in ROUTES:
        with CaptureQueriesContext(connection) as asked:
            page(path)
        assert len(asked) <= 30, path


def test_a_place_among_the_points_that_are_known() -> None:
    points = [("a", "A", -7.0, 110.0), ("b", "B", -7.5, 110.5), ("c", "C", -7.2, 110.1)]
    found = locate("a", points)
    assert found is not None
    assert (found.here.name, len(found.others)) == ("A", 2)
    assert all(0 <= dot.x <= found.width and 0 <= dot.y <= found.height for dot in (found.here, *found.others))
    assert found.here.y < found.others[0].y  # further north is further up
    assert locate("x", points) is None
    alone = locate("a", points[:1])
    assert alone is not None and (alone.here.x, alone.here.y) == (alone.width // 2, alone.height // 2)


def told(**more: Any) -> dict[str, Any]:
    return {"address": "Jalan Raya 1", "telephone": "0293 555123", "latitude": "-7,47", "longitude": "110,21", **more}


def test_a_producer_tells_of_the_office_and_pins(places: Any, desk: Desk) -> None:
    dataset, foreign = shelved(desk.village, "Milik desa"), shelved(desk.neighbour, "Milik tetangga")
    browser = signed_in(desk.producer)
    assert browser.get("/meja/tempat/desa").status_code == 200
    sent = browser.post("/meja/tempat/desa", told(pinned=[dataset.pk]))
    assert sent.status_code == 302, sent.content.decode()
    shown = page(f"/desa/{VILLAGE}")
    for word in ("Jalan Raya 1", "0293 555123", "Pilihan Desa Mekarsari", "Milik desa", "110,21000", 'class="here"'):
        assert word in shown
    line = Event.objects.get(kind="place-told")
    assert line.details["pins"] == 1
    assert "Jalan" not in str(line.details)
    assert browser.post("/meja/tempat/desa", told(pinned=[foreign.pk])).status_code == 200
    assert [one.title for one in place_queries.pinned_of(desk.village)] == ["Milik desa"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"address": "Bapak 9901010101909001"},
        {"address": "99.01.01.010190.9001"},
        {"telephone": "hubungi saya"},
        {"latitude": ""},
        {"latitude": "110", "longitude": "-7"},
        {"website": "javascript:alert(1)"},
        {"email": "x"},
    ],
)
def test_what_could_be_a_person_s_is_not_taken(places: Any, desk: Desk, wrong: dict[str, str]) -> None:
    assert signed_in(desk.producer).post("/meja/tempat/desa", told(**wrong)).status_code == 200
    assert not PlacePage.objects.exists()


def test_nobody_else_tells_of_a_place(places: Any, desk: Desk) -> None:
    for someone in (desk.stranger, desk.duty, desk.admin):
        assert signed_in(someone).post("/meja/tempat/desa", told()).status_code == 404
    assert Client().get("/meja/tempat/desa").status_code == 302
    assert not PlacePage.objects.exists()
    assert "Atur halaman ini" not in page(f"/desa/{VILLAGE}")
    assert "Atur halaman ini" in signed_in(desk.producer).get(f"/desa/{VILLAGE}").content.decode()


def test_a_budget_is_summed_by_group_but_never_what_comes_in_with_what_goes_out(places: Any) -> None:
    this = timezone.localdate().year
    lines = [
        ("Pendapatan", "Dana desa", 700),
        ("Pendapatan", "Hasil usaha", 55),
        ("Pembiayaan", "Penerimaan pembiayaan", 1_000),
        ("Pembiayaan", "Pengeluaran pembiayaan", 234),
    ]
    about = {"kode_wilayah": VILLAGE, "tahun": this}
    rows = [
        {**about, "kelompok": group, "uraian": name, "anggaran": amount, "realisasi": None if amount == 55 else amount}
        for group, name, amount in lines
    ]
    table(places.village, "APBDes", rows)
    shown = page(f"/desa/{VILLAGE}")
    assert "755" in shown and "Rincian tahun" in shown
    assert "1.234" not in shown, "what comes in and what goes out have no sum"
    assert shown.count(">700<") == 2, "the line itself; the sum of what was spent lacks a number, so there is none"


def test_what_stands_in_a_village_and_what_it_offers_in_its_own_words(places: Any) -> None:
    blank = {"kode_wilayah": VILLAGE, "desa": "Desa", "tahun": 2026}
    kinds = [("Kesehatan", "Posyandu", 5, 4), ("Ibadah", "Pura", 0, 0), ("Umum", "Jembatan", 1_200, None)]
    rows = [
        {**blank, "kode": "K", "kelompok": section, "uraian": name, "jumlah": count, "baik": good}
        for section, name, count, good in kinds
    ]
    table(places.village, "Sarana", rows)
    selling = {"jenis": "Jasa", "nama": "Gula semut", "volume": 1250.5, "satuan": "kilogram", "unit_usaha": 3}
    table(places.village, "Potensi", [{**blank, **selling, "pemasaran": "Luar negeri"}])
    shown = page(f"/desa/{VILLAGE}")
    assert "Posyandu" in shown and "1.200" in shown and "Pura" not in shown
    assert "1.250,5 kilogram setahun, 3 unit usaha, dipasarkan: luar negeri" in shown
    assert "Posyandu" not in page(f"/desa/{NEIGHBOUR}")


def test_only_the_newest_year_is_offered_and_all_where_no_year_is_told(places: Any) -> None:
    about = {"kode_wilayah": VILLAGE, "jenis": "Jasa"}
    told = [{**about, "nama": "Gula lama", "tahun": 2020}, {**about, "nama": "Gula baru", "tahun": 2026}]
    table(places.village, "Potensi", told)
    shown = page(f"/desa/{VILLAGE}")
    assert "Gula baru" in shown and "Gula lama" not in shown
    undated = {"kode_wilayah": NEIGHBOUR, "jenis": "Jasa", "nama": "Umbul", "tahun": None}
    table(places.neighbour, "Potensi", [undated])
    assert "Umbul" in page(f"/desa/{NEIGHBOUR}")
