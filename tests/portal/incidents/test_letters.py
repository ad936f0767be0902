"""Letters from facts alone: nobody named, nothing invented, every version kept, signed once."""

import io
import json

import pypdfium2
import pytest
from django.test import Client
from docx import Document

from lumbung.portal.accounts.permissions import Conflicting, Refused, Unfit
from lumbung.portal.audit.models import Event
from lumbung.portal.incidents import letters, printing
from lumbung.portal.incidents.models import Duty, Incident, Letter, LetterKind, Task
from tests.portal.incidents.test_gathering import RESIDENTS, leaked, shut
from tests.portal.incidents.test_stating import NONE
from tests.portal.shelves import Desk, actor, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(desk: Desk) -> Incident:
    dataset = leaked(desk)
    file = dataset.releases.get().distributions.get(format="csv")
    b"".join(Client(REMOTE_ADDR="203.0.113.9").get(f"{dataset.get_absolute_url()}/unduh/{file.name}"))
    return shut(desk, dataset)


@pytest.fixture
def letter(desk: Desk, incident: Incident) -> Letter:
    return letters.write(incident, LetterKind.AUTHORITY, person=desk.duty, by=actor(desk.duty))


def words_of(paper: bytes) -> str:
    return "\n".join(one.text for one in Document(io.BytesIO(paper)).paragraphs)


def test_every_letter_is_written_from_the_facts_and_names_nobody(desk: Desk, incident: Incident) -> None:
    people = [desk.producer, desk.duty, desk.walidata, desk.ppdp]
    for kind in LetterKind:
        text = letters.write(incident, kind, person=desk.ppdp, by=actor(desk.ppdp)).text
        assert "{{" not in text and "None" not in text, kind
        assert "belum diketahui" in text or "Yang belum kami ketahui" in text, kind
        assert not [one for one in RESIDENTS if one.nik in text or one.name in text], kind
        assert not [one for one in people if one.name in text], kind
        assert "203.0.113.9" not in text, kind
        if kind != LetterKind.NOT_OURS:
            assert "60 orang" in text and "NIK" in text, kind


def test_the_authority_reads_the_three_headings_of_the_law_with_line_numbers(letter: Letter) -> None:
    places = [letter.text.index(f"## {part}.") for part in "abc"]
    assert places == sorted(places)
    closing = letter.incident.closing
    for fact in ("Diunduh 1 kali dari 1 jaringan", f"(baris {closing})", "Batas 3 × 24 jam", "Desa Mekarsari"):
        assert fact in letter.text, fact
    assert "Belum dilakukan" in letter.text


def test_what_is_not_known_is_said_to_be_unknown(desk: Desk, incident: Incident) -> None:
    dossier = incident.dossiers.first()
    dossier.facts = json.loads(json.dumps(dossier.facts))
    dossier.facts |= {"uploads": [], "exposures": [], "people": {"why_not": "not-read", "findings": []}}
    text = letters.draft(dossier, LetterKind.RESIDENTS)
    for sentence in (
        "Unsur data: belum diketahui",
        "Jumlah orang: belum diketahui (berkasnya tidak dapat dibaca)",
        "Siapa yang mengunggah: belum diketahui",
        "Sejak kapan dapat diakses umum: belum diketahui",
    ):
        assert sentence in text, sentence


def test_the_recipient_comes_from_the_office_file(desk: Desk, incident: Incident, settings: object) -> None:
    path = settings.LUMBUNG_HOME / "insiden.toml"  # type: ignore[attr-defined]
    path.write_text('lembaga = "Lembaga Contoh <&>"\nlain = 3\n')
    text = letters.write(incident, LetterKind.AUTHORITY, person=desk.ppdp, by=actor(desk.ppdp)).text
    assert "Yth. Lembaga Contoh <&>" in text


def test_an_edit_is_a_version_and_stands_in_the_record(desk: Desk, letter: Letter) -> None:
    text = letter.text.replace("Nomor: " + "." * 30, "Nomor: 555/12/2026")
    edited = letters.edit(letter, text=text, person=desk.ppdp, by=actor(desk.ppdp))
    letter.refresh_from_db()
    assert (letter.version, edited.version, edited.made_by) == (1, 2, desk.ppdp)
    assert "555/12/2026" not in letter.text and "555/12/2026" in edited.text
    told = Event.objects.filter(kind="letter-written").order_by("sequence").values_list("details__digest", flat=True)
    assert list(told) == [letter.digest, edited.digest]
    assert letters.edit(edited, text=text, person=desk.ppdp, by=actor(desk.ppdp)) == edited


def test_of_two_editors_the_second_is_told_and_overwrites_nothing(desk: Desk, letter: Letter) -> None:
    letters.edit(letter, text="# Satu\n", person=desk.ppdp, by=actor(desk.ppdp))
    with pytest.raises(Conflicting):
        letters.edit(letter, text="# Dua\n", person=desk.duty, by=actor(desk.duty))
    address = f"/meja/insiden/{letter.incident_id}/surat/{letter.kind}/ubah"
    answer = signed_in(desk.duty).post(address, {"text": "# Dua yang panjang", "version": 1})
    assert (answer.status_code, "Dua yang panjang" in answer.content.decode()) == (409, True)
    assert Letter.objects.count() == 2


@pytest.mark.parametrize(
    "text", ["", " \n ", "\0", f"NIK {RESIDENTS[0].nik}", " ".join(RESIDENTS[0].nik), "a" * 60_001]
)
def test_no_number_of_a_person_comes_into_a_letter(desk: Desk, letter: Letter, text: str) -> None:
    with pytest.raises(Unfit):
        letters.edit(letter, text=text, person=desk.ppdp, by=actor(desk.ppdp))
    address = f"/meja/insiden/{letter.incident_id}/surat/{letter.kind}/ubah"
    assert signed_in(desk.ppdp).post(address, {"text": text, "version": 1}).status_code == 422
    assert Letter.objects.count() == 1


def test_digests_are_nobodys_number(desk: Desk, letter: Letter) -> None:
    text = f"# Surat\nSidik {'12345678' * 8}\n"
    assert letters.edit(letter, text=text, person=desk.ppdp, by=actor(desk.ppdp)).version == 2


def test_a_signed_letter_stays_and_its_duty_is_done(desk: Desk, letter: Letter) -> None:
    with pytest.raises(Refused):
        letters.sign(letter, person=desk.duty, by=actor(desk.duty))
    for _ in range(2):
        letters.sign(letter, person=desk.ppdp, by=actor(desk.ppdp))
    assert Event.objects.filter(kind="letter-signed").count() == 1
    assert Task.objects.get(duty=Duty.AUTHORITY).done_by == desk.ppdp
    with pytest.raises(Conflicting):
        letters.edit(letter, text="# Lain\n", person=desk.ppdp, by=actor(desk.ppdp))
    with pytest.raises(Conflicting):
        letters.write(letter.incident, LetterKind.AUTHORITY, person=desk.ppdp, by=actor(desk.ppdp))


def test_an_old_version_cannot_be_signed(desk: Desk, letter: Letter) -> None:
    letters.edit(letter, text="# Baru\n", person=desk.ppdp, by=actor(desk.ppdp))
    with pytest.raises(Conflicting):
        letters.sign(letter, person=desk.ppdp, by=actor(desk.ppdp))


def test_paper_says_what_the_text_says(desk: Desk, letter: Letter) -> None:
    client, address = signed_in(desk.duty), f"/meja/insiden/{letter.incident_id}/surat/{letter.kind}"
    docx, pdf = client.get(f"{address}.docx"), client.get(f"{address}.pdf")
    assert "Jumlah orang: 60 orang" in words_of(docx.content)
    pages = pypdfium2.PdfDocument(pdf.content)
    said = "".join(page.get_textpage().get_text_range() for page in pages)
    pages.close()
    assert "60 orang" in said and "Halaman 1" in said
    assert printing.as_pdf(letter.text) == pdf.content
    for wrong in (f"{address}.exe", f"{address}.pdf?versi=9", f"{address}.pdf?versi=x", f"{address}.pdf?versi=²"):
        assert client.get(wrong).status_code == 404, wrong


@pytest.mark.parametrize(
    "text",
    [
        "# <b>&amp;\n- <font size=99>\nعربي \x0b\x07 中文\n",
        "-\n#\n##\n",
        "x" * 5000,
        "# a\ufffe\n\uffff",
        "# " + "x" * 300,
    ],
)
def test_any_text_can_be_printed(text: str) -> None:
    assert printing.as_docx(text).startswith(b"PK") and printing.as_pdf(text).startswith(b"%PDF")


@pytest.mark.parametrize("who", ["producer", "stranger"])
def test_nobody_else_reads_or_writes_them(desk: Desk, letter: Letter, who: str) -> None:
    client, address = signed_in(getattr(desk, who)), f"/meja/insiden/{letter.incident_id}/surat/{letter.kind}"
    assert {client.get(one).status_code for one in (address, f"{address}.pdf")} == {404}
    for act in ("susun", "ubah", "kirim"):
        assert client.post(f"{address}/{act}", {"text": "# x", "version": 1}).status_code == 404
        assert Client().post(f"{address}/{act}").headers["Location"].startswith("/masuk")
    with pytest.raises(Refused):
        letters.write(letter.incident, LetterKind.PUBLIC, person=getattr(desk, who), by=actor(desk.duty))


def test_the_pages_lead_from_the_incident_to_a_signed_letter(desk: Desk, incident: Incident) -> None:
    client, address = signed_in(desk.ppdp), f"/meja/insiden/{incident.pk}"
    page = client.get(address).content.decode()
    assert "60 orang" in page and f"{address}/surat/t1-warga" in page and "Belum disusun" in page
    assert "Susun rancangan" in client.get(f"{address}/surat/t1-warga").content.decode()
    assert client.post(f"{address}/surat/t1-warga/susun").status_code == 302
    page = client.get(f"{address}/surat/t1-warga").content.decode()
    assert "Simpan sebagai versi baru" in page and "Pemberitahuan kegagalan" in page
    assert client.post(f"{address}/surat/t1-warga/kirim", {"version": 1}).status_code == 302
    page = client.get(f"{address}/surat/t1-warga").content.decode()
    assert "Simpan sebagai versi baru" not in page and "Ditandatangani dan dikirim" in page
    assert client.get(f"{address}/surat/t9-apa").status_code == 404


def test_t6_is_filled_from_what_a_comparison_gave(desk: Desk, incident: Incident) -> None:
    client, address = signed_in(desk.duty), f"/meja/insiden/{incident.pk}/penelusuran"
    assert (
        "Isi dari penelusuran" in client.get(f"/meja/insiden/{incident.pk}/surat/t6-bukan-dari-kami").content.decode()
    )
    told = {"answer": json.dumps(NONE)}
    assert client.post(address, {**told, "sample": "ab" * 32}).status_code == 302
    written = incident.letters.get(kind=LetterKind.NOT_OURS)
    assert "Baris yang cocok: 0 dari 100 yang diuji" in written.text and "Yang tercatat tentang data" in written.text
    line = Event.objects.filter(kind="letter-written").latest("sequence")
    assert line.details["answer"] in written.text
    for wrong in ("bukan json", json.dumps({**NONE, "tested": 500}), ""):
        assert client.post(address, {"answer": wrong}).status_code == 422, wrong
    assert signed_in(desk.stranger).post(address, told).status_code == 404
    letters.sign(written, person=desk.ppdp, by=actor(desk.ppdp))
    again = client.post(address, told)
    assert again.status_code == 409 and incident.letters.filter(kind=LetterKind.NOT_OURS).count() == 1
