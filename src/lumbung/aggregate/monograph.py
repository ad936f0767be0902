"""Part A of the village monograph: the sixteen fields that follow from a register, as printed in the same release.

Labels and derivations as in several village applications; the ministerial annex itself has not been compared. The
form's age bands overlap (0-15, 15-65, 65 upwards); they are counted as [0,15) [15,65) [65,oo).
"""

from lumbung.aggregate.release import Release

NOT_WORKING = {"belum_tidak_bekerja", "mengurus_rumah_tangga", "pelajar_mahasiswa", "pensiunan", "tidak_diketahui"}
FIELDS = {
    "jumlah_penduduk": "penduduk/T/semua",
    "jumlah_kk": "kepala_keluarga/T/kepala",
    "jml_laki_laki": "penduduk/L/semua",
    "jml_perempuan": "penduduk/P/semua",
    "jml_usia_0_15": "usia_produktif/T/00-14",
    "jml_usia_15_65": "usia_produktif/T/15-64",
    "jml_usia_65_ke_atas": "usia_produktif/T/65+",
    "lulusan_sd": "pendidikan/T/tamat_sd",
    "lulusan_smp": "pendidikan/T/smp",
    "lulusan_sma": "pendidikan/T/sma",
    "lulusan_akademi_d1_d3": "pendidikan/T/akademi",
    "lulusan_sarjana": "pendidikan/T/sarjana",
    "lulusan_pascasarjana": "pendidikan/T/pascasarjana",
    "tidak_lulus": "pendidikan/T/belum_tamat_sd",
    "tidak_sekolah": "tidak_sekolah/T/tidak_sekolah",
}


def part_a(release: Release, village: str) -> dict[str, int | str | None]:
    """The sixteen fields of a village; None where the release hides, joins or leaves out the number."""
    cells = (*release.population, *release.cells)
    printed = {cell.key: release.printed(cell) for cell in cells if cell.area.key == village}
    fields: dict[str, int | str | None] = {name: printed.get(f"{village}/{key}") for name, key in FIELDS.items()}
    return fields | {"mayoritas_pekerjaan": _most_common_work(printed, village, release.policy.k)}


def _most_common_work(printed: dict[str, int | None], village: str, k: int) -> str | None:
    """Only what a reader of the table can see too: named if no hidden or joined class could be larger."""
    start = f"{village}/pekerjaan/T/"
    work = {key.removeprefix(start): value for key, value in printed.items() if key.startswith(start)}
    known = {name: value for name, value in work.items() if value is not None}
    hidden = (printed.get(f"{village}/penduduk/T/semua") or 0) - sum(known.values())
    working = {name: value for name, value in known.items() if "+" not in name and name not in NOT_WORKING}
    if not working or any("+" in name for name in work):
        return None
    name, most = max(working.items(), key=lambda pair: pair[1])
    return name if most >= k and most > hidden else None
