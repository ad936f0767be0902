"""Makes wilayah.csv.xz anew from a package of idn-area-data (npm; data under ODbL 1.0, after the Ministry's decrees).

Run by hand when the Ministry's list changes: `npm pack idn-area-data`, then
`python -m lumbung.portal.accounts.reference.refresh idn-area-data-....tgz`. It needs no network and no portal.
"""

import csv
import io
import lzma
import sys
import tarfile
from pathlib import Path

HERE = Path(__file__).parent
LISTS = ("regencies", "districts", "villages")


def refresh(package: Path, *, folder: Path) -> None:
    """Write the list (kode, name; sorted by kode) and its licence into `folder`."""
    with tarfile.open(package) as archive:
        rows = [row for name in LISTS for row in csv.DictReader(io.StringIO(_text(archive, f"{name}.csv")))]
        (folder / "LICENSE-idn-area-data.txt").write_text(_text(archive, "LICENSE.md"), encoding="utf-8")
    lines = io.StringIO()
    csv.writer(lines, lineterminator="\n").writerows(sorted((row["code"], row["name"]) for row in rows))
    (folder / "wilayah.csv.xz").write_bytes(lzma.compress(lines.getvalue().encode(), preset=9))


def _text(archive: tarfile.TarFile, name: str) -> str:
    member = archive.extractfile(f"package/data/{name}")
    if member is None:
        raise FileNotFoundError(name)
    return member.read().decode("utf-8")


if __name__ == "__main__":
    refresh(Path(sys.argv[1]), folder=HERE)
