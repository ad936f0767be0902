"""The bundle: only its recipient opens it, it is whole or it is nothing, and a stranger can check what is in it."""

import base64
import errno
import hashlib
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from typer.testing import CliRunner

from lumbung.cli import assemble
from lumbung.portal.accounts.permissions import Refused, Unfit
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.shelf import path_of
from lumbung.portal.incidents import age, evidence, letters
from lumbung.portal.incidents.disk import DiskRefused
from lumbung.portal.incidents.models import Incident, LetterKind
from lumbung.portal.intake import vault
from lumbung.portal.intake.models import Submission
from tests.portal.incidents.test_gathering import RESIDENTS, leaked, shut
from tests.portal.shelves import Desk, actor, signed_in

# Written by another program of the age family (rage, through pyrage), to two kinds of recipients.
FOREIGN_KEY = "AGE-SECRET-KEY-1H9XMRPL6KWQU5UQ4TSQQE996MYAXYJR3SSV4UNW7JZQC5US9R87Q4PV63K"
FOREIGN_PUBLIC = "age19e97luzcgjde9altcrspa078agqvllf2wfunn6675pvkm29lv5qqdv92mc"
FOREIGN = base64.b64decode(
    "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSA5dzF3cSs0djUzYVV4MnZmdk9ITzlqaTkzV0NIbjRFeUhIUFc1YVppSjJZCkJFRkVLSj"
    "dMV0dPV3BoaW9ZZmhieDJJc3RiZG9sWDQ2VmxLZVY3aVpQNm8KLT4geC1FfmxSYi1ncmVhc2UgR3whYG5SJiB+Nno4TX0gWn0qfF1LQlsgYwo3"
    "MzgyQytqZk92azc5UzZrZlhwK01xekExZ0hWS3RBeCt3b1o2eDRHVkFwN2hVOFl6OU9CRWxwZVVCVUNWQQotLS0gYnZYUXR3cEszL0llZngwQW"
    "9tQkIrcHdzR1V1ZWpLL05Bd1prbTBlaDFJUQrI1i3VOmpFxm1ueRcdqI9/D/DccYRlZsb6K3KWHZqQyX/PcQxa8AXGJHJE2BMF"
)


def sealed(plain: bytes, public: str) -> bytes:
    out = io.BytesIO()
    sealing = age.Sealing(out, recipient=public)
    sealing.write(plain)
    sealing.close()
    return out.getvalue()


def unsealed(text: bytes, secret: str) -> bytes:
    return b"".join(age.opened(io.BytesIO(text), secret=secret))


def test_what_another_program_sealed_is_opened() -> None:
    assert unsealed(FOREIGN, FOREIGN_KEY) == b"padi menguning"
    assert age.checked(f" {FOREIGN_PUBLIC}\n") == FOREIGN_PUBLIC


@pytest.mark.parametrize("size", [0, 1, age.CHUNK - 1, age.CHUNK, age.CHUNK + 1, 3 * age.CHUNK])
def test_what_goes_in_comes_out_and_nothing_else_opens_it(size: int) -> None:
    secret, public = age.new_key()
    plain = bytes(number % 251 for number in range(size))
    closed = sealed(plain, public)
    assert unsealed(closed, secret) == plain
    with pytest.raises(age.NotOpened):
        unsealed(closed, age.new_key()[0])


@pytest.mark.parametrize("place", [0, 30, 70, 120, 180, 230, -1])
def test_every_change_and_every_cut_is_seen(place: int) -> None:
    secret, public = age.new_key()
    closed = bytearray(sealed(b"padi" * 40_000, public))
    closed[place] ^= 1
    for broken in (bytes(closed), bytes(closed[: len(closed) // 2]), b"", closed[:100]):
        with pytest.raises(age.NotOpened):
            unsealed(bytes(broken), secret)


@pytest.mark.parametrize(
    "wrong", ["", "age1", FOREIGN_PUBLIC[:-1] + "q", FOREIGN_PUBLIC.upper(), FOREIGN_KEY, "ssh-rsa"]
)
def test_a_mistyped_key_is_no_key(wrong: str) -> None:
    with pytest.raises(age.NotAKey):
        age.checked(wrong)


@pytest.fixture
def incident(desk: Desk) -> Incident:
    incident = shut(desk, leaked(desk))
    letters.write(incident, LetterKind.POLICE, person=desk.ppdp, by=actor(desk.ppdp))
    return incident


@pytest.fixture
def bundle(desk: Desk, incident: Incident, tmp_path: Path) -> tuple[Path, Path]:
    """A bundle as the browser takes it, and the file with the recipient's key."""
    key = tmp_path / "kunci"
    public = ran("evidence", "key", key).output.strip()
    answer = signed_in(desk.ppdp).post(f"/meja/insiden/{incident.pk}/bundel", {"recipient": public})
    path = tmp_path / "bukti.zip"
    path.write_bytes(b"".join(answer.streaming_content))
    return path, key


def ran(*words: Any) -> Any:
    return CliRunner().invoke(assemble(), [str(word) for word in words])


@pytest.mark.django_db
def test_the_recipient_opens_it_and_checks_every_line(bundle: tuple[Path, Path], tmp_path: Path) -> None:
    path, key = bundle
    assert key.stat().st_mode & 0o077 == 0
    out = tmp_path / "terbuka"
    answer = ran("evidence", "open", path, "--key", key, "--out", out)
    assert answer.exit_code == 0, answer.output
    assert any(RESIDENTS[0].nik.encode() in one.read_bytes() for one in (out / "terbit").rglob("*.csv"))
    assert {one.suffix for one in (out / "surat").iterdir()} == {".txt", ".docx", ".pdf"}
    assert json.loads((out / "keterangan.json").read_text())["people"]["people"] == 60
    with ZipFile(path) as outer:
        outer.extractall(tmp_path / "luar")
    run = subprocess.run(
        [sys.executable, "verify_line.py", str(out / "baris.jsonl"), "kepala.jsonl"],
        cwd=tmp_path / "luar", capture_output=True, text=True,
    )  # fmt: skip
    assert (run.returncode, "TIDAK" in run.stdout) == (0, False), run.stdout + run.stderr


@pytest.mark.django_db
@pytest.mark.parametrize("away", [True, False])
def test_an_upload_that_is_not_whole_is_named_and_all_else_is_handed_over(
    desk: Desk, incident: Incident, away: bool
) -> None:
    release = incident.dataset.releases.get()
    stored = Submission.objects.get(pk=release.submission)
    sealed_upload = vault._root() / stored.storage_key
    sealed_upload.chmod(0o600)
    sealed_upload.unlink() if away else sealed_upload.write_bytes(sealed_upload.read_bytes()[:-1])
    secret, public = age.new_key()
    file, _digest = evidence.export(incident, recipient=public, person=desk.ppdp, by=actor(desk.ppdp))
    with file, ZipFile(file) as outer:
        inside = ZipFile(io.BytesIO(unsealed(outer.read(age.SEALED), secret)))
    names = set(inside.namelist())
    place = f"unggahan/{release.dataset.slug}/1"
    assert {f"{place}-tidak-utuh.txt", "baris.jsonl", "daftar-berkas.jsonl"} <= names and f"{place}.bin" not in names


@pytest.mark.django_db
def test_around_the_seal_stands_nothing_of_anybody(bundle: tuple[Path, Path], desk: Desk) -> None:
    path, _key = bundle
    with ZipFile(path) as outer:
        for name in outer.namelist():
            said = outer.read(name)
            assert not [one for one in RESIDENTS if one.nik.encode() in said or one.name.encode() in said], name
            assert desk.producer.name.encode() not in said, name
        listed = outer.read("SHA256SUMS").decode().split()[0]
        assert hashlib.sha256(outer.read(age.SEALED)).hexdigest() == listed
    line = Event.objects.get(kind="evidence-exported")
    assert line.details["digest"] == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.django_db
def test_another_key_a_changed_bundle_and_a_folder_that_is_there_leave_nothing(
    bundle: tuple[Path, Path], tmp_path: Path
) -> None:
    path, key = bundle
    other, out = tmp_path / "lain", tmp_path / "terbuka"
    ran("evidence", "key", other)
    assert ran("evidence", "key", other).exit_code == 2
    assert ran("evidence", "open", path, "--key", other, "--out", out).exit_code == 1
    assert not out.exists()
    changed = bytearray(path.read_bytes())
    changed[300] ^= 1
    (tmp_path / "ubah.zip").write_bytes(changed)
    (tmp_path / "bukan.zip").write_bytes(b"PK")
    for wrong in ("ubah.zip", "bukan.zip"):
        answer = ran("evidence", "open", tmp_path / wrong, "--key", key, "--out", out)
        assert (answer.exit_code, out.exists()) == (1, False), wrong
    out.mkdir()
    assert ran("evidence", "open", path, "--key", key, "--out", out).exit_code == 2
    assert out.exists()


@pytest.mark.django_db
def test_a_full_disk_is_said_and_nothing_is_left(
    desk: Desk, incident: Incident, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {one for one in home.rglob("*") if one.is_file()}
    full = Path("/dev/full").open("w+b", buffering=0)  # noqa: SIM115 - export closes it
    monkeypatch.setattr(evidence.tempfile, "TemporaryFile", lambda **_: full)
    answer = signed_in(desk.ppdp).post(f"/meja/insiden/{incident.pk}/bundel", {"recipient": FOREIGN_PUBLIC})
    assert (answer.status_code, "tempat di disk tidak cukup" in answer.content.decode()) == (507, True)
    assert {one for one in home.rglob("*") if one.is_file()} == before
    assert not Event.objects.filter(kind="evidence-exported").exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cause", "status", "sentence"),
    [
        (errno.ENOSPC, 507, "tempat di disk tidak cukup"),
        (errno.EDQUOT, 507, "tempat di disk tidak cukup"),
        (errno.EACCES, 503, "tidak diizinkan"),
        (errno.EROFS, 503, "hanya dapat dibaca"),
        (errno.EIO, 503, "kesalahan ketika dibaca atau ditulis"),
        (errno.EMFILE, 503, "Terlalu banyak berkas"),
        (errno.ENOENT, 503, "tidak ada lagi di tempatnya"),
        (errno.EXDEV, 503, "sebabnya tidak dikenal"),
    ],
)
def test_what_the_disk_says_is_said_and_nothing_else(
    desk: Desk, incident: Incident, monkeypatch: pytest.MonkeyPatch, cause: int, status: int, sentence: str
) -> None:
    def refuse(**_: object) -> None:
        raise OSError(cause, "text of the system", "/a/path/of/the/server")

    monkeypatch.setattr(evidence.tempfile, "TemporaryFile", refuse)
    answer = signed_in(desk.ppdp).post(f"/meja/insiden/{incident.pk}/bundel", {"recipient": FOREIGN_PUBLIC})
    page = answer.content.decode()
    assert (answer.status_code, sentence in page) == (status, True)
    assert "text of the system" not in page and "/a/path" not in page
    assert status == 507 or "tempat di disk" not in page
    assert not Event.objects.filter(kind="evidence-exported").exists()


@pytest.mark.django_db
def test_a_published_file_that_cannot_be_read_is_no_full_disk(
    desk: Desk, incident: Incident, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert incident.dataset is not None
    folder = path_of(incident.dataset.releases.get().distributions.get(format="csv")).parent
    whole = Path.open

    def shut(path: Path, *arguments: Any, **named: Any) -> Any:
        if path.parent == folder:
            raise PermissionError(errno.EACCES, "no", str(path))
        return whole(path, *arguments, **named)

    monkeypatch.setattr(Path, "open", shut)
    with pytest.raises(DiskRefused) as refused:
        evidence.export(incident, recipient=FOREIGN_PUBLIC, person=desk.ppdp, by=actor(desk.ppdp))
    assert (refused.value.code, str(folder) in str(refused.value.sentence)) == ("no-permission", False)


@pytest.mark.django_db
def test_only_who_may_end_an_incident_takes_its_evidence_away(desk: Desk, incident: Incident) -> None:
    address = f"/meja/insiden/{incident.pk}/bundel"
    for who, status in (("duty", 403), ("producer", 404), ("stranger", 404)):
        answer = signed_in(getattr(desk, who)).post(address, {"recipient": FOREIGN_PUBLIC})
        assert answer.status_code == status, who
    for wrong in ("", "age1salah", FOREIGN_KEY):
        answer = signed_in(desk.ppdp).post(address, {"recipient": wrong})
        assert answer.status_code == 422, wrong
    with pytest.raises((Refused, Unfit)):
        evidence.export(incident, recipient=FOREIGN_PUBLIC, person=desk.duty, by=actor(desk.duty))
    assert not Event.objects.filter(kind="evidence-exported").exists()
