"""What is said of columns: typed once, looked at by the gate, seen by the reviewer, public with the release alone."""

import pytest
from django.test import Client
from django.urls import reverse

from lumbung import gate
from lumbung.portal.accounts.permissions import Conflicting, Unfit
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.column_words import Said, words_of
from lumbung.portal.catalogue.models import ColumnWords
from lumbung.portal.intake import column_words, vault
from lumbung.portal.intake.actions import receive, shred
from lumbung.portal.intake.blanks.definition import blanks
from lumbung.portal.intake.column_carrying import LINES, PLACE
from lumbung.portal.intake.models import Submission
from lumbung.portal.publication.actions import publish, quarantine, remove
from lumbung.portal.review.actions import decide
from lumbung.portal.review.models import Answer
from lumbung.portal.review.queries import as_seen
from tests.portal.intake.conftest import secret_numbers
from tests.portal.shelves import TABLE, Desk, actor, desk, signed_in

__all__ = ["desk"]

COLUMN = "jumlah penduduk"
SAID = {COLUMN: Said(description="Banyaknya penduduk <b>akhir</b> tahun", unit="jiwa")}
SHOWN = "Banyaknya penduduk &lt;b&gt;akhir&lt;/b&gt; tahun"
TYPED = {"uraian-3": SAID[COLUMN].description, "satuan-3": "jiwa"}


def address(submission: Submission) -> str:
    return reverse("intake:describe-columns", args=[submission.pk])


def told(desk: Desk, **sent: object) -> Submission:
    submission = desk.send(**sent)  # type: ignore[arg-type]
    column_words.tell(submission, SAID, by=actor(desk.producer))
    return submission


@pytest.mark.parametrize(
    "text", ["Siti Aminah", "Hubungi Budi Santoso", secret_numbers(1)[0], "hub. 0812-9000-0012", "budi@contoh.test"]
)
def test_what_names_somebody_is_refused_at_its_field_and_by_the_verb(desk: Desk, text: str) -> None:
    submission = desk.send()
    answer = signed_in(desk.producer).post(address(submission), {**TYPED, "uraian-1": text})
    assert answer.status_code == 422
    assert "memuat nomor atau nama orang" in answer.content.decode()
    with pytest.raises(Unfit, match="personal-data-in-words"):
        column_words.tell(submission, {COLUMN: Said(description=text)}, by=actor(desk.producer))
    assert not ColumnWords.objects.exists()
    assert text not in str(Event.objects.values())


def test_typed_by_the_producer_and_seen_by_the_reviewer(desk: Desk) -> None:
    submission = desk.send()
    producer = signed_in(desk.producer)
    assert address(submission) in producer.get(submission.get_absolute_url()).content.decode()
    shown = producer.get(address(submission)).content.decode()
    assert shown.count("<legend") == 3
    assert "Sukatani" not in shown  # no cell
    assert 'value="Tahun yang digambarkan baris ini"' in shown  # proposed by its header, kept only when sent
    assert not ColumnWords.objects.exists()
    before = as_seen(submission)
    assert producer.post(address(submission), TYPED).status_code == 302
    assert words_of(submission.id_text) == SAID
    assert as_seen(submission) != before
    assert Event.objects.filter(kind="described").count() == 1
    producer.post(address(submission), TYPED)
    assert Event.objects.filter(kind="described").count() == 1  # nothing was changed
    assert SHOWN in producer.get(address(submission)).content.decode()
    review = signed_in(desk.walidata).get(reverse("review:submission", args=[submission.pk])).content.decode()
    assert SHOWN in review


def test_public_with_the_release_and_gone_with_it(desk: Desk) -> None:
    submission = told(desk)
    dataset = publish(desk.approve(submission), person=desk.walidata, by=actor(desk.walidata))
    page = Client().get(dataset.get_absolute_url()).content.decode()
    assert f'<abbr title="{SHOWN}">{COLUMN}</abbr>' in page
    assert "(jiwa)" in page
    columns = Client().get(f"{dataset.get_absolute_url()}/kolom").content.decode()
    assert SHOWN in columns
    assert "Tahun yang digambarkan baris ini" in columns  # of the others what the header tells
    quarantine(dataset, person=desk.duty, by=actor(desk.duty), because="Uji coba.")
    assert SHOWN not in Client().get(f"{dataset.get_absolute_url()}/kolom").content.decode()
    by = {"person": desk.walidata, "by": actor(desk.walidata)}
    dataset.refresh_from_db()
    remove(dataset, because="Uji coba.", title=dataset.title, **by)  # type: ignore[arg-type]
    assert not ColumnWords.objects.exists()


def test_carried_over_from_the_last_release(desk: Desk) -> None:
    dataset = publish(desk.approve(told(desk)), person=desk.walidata, by=actor(desk.walidata))
    update = desk.send(TABLE.replace(b"12450", b"12451"), dataset=dataset)
    assert words_of(update.id_text) == SAID
    column_words.tell(update, {}, by=actor(desk.producer))
    assert SHOWN in Client().get(dataset.get_absolute_url()).content.decode()  # the release keeps its own


def test_a_reviewer_who_saw_other_words_is_told(desk: Desk) -> None:
    submission = desk.send()
    seen = as_seen(submission)
    column_words.tell(submission, SAID, by=actor(desk.producer))
    by = {"person": desk.walidata, "by": actor(desk.walidata)}
    with pytest.raises(Conflicting):
        decide(submission, answer=Answer.APPROVE, because="Lengkap.", seen=seen, **by)  # type: ignore[arg-type]


def test_words_kept_under_earlier_rules_are_looked_at_again(desk: Desk) -> None:
    submission = told(desk)
    ColumnWords.objects.update(rules_version="lama")
    column_words.check_clean(submission)
    assert not ColumnWords.objects.filter(rules_version="lama").exists()
    bad = {COLUMN: {"description": f"NIK {secret_numbers(1)[0]}", "unit": ""}}
    ColumnWords.objects.update(rules_version="lama", words=bad)
    with pytest.raises(Unfit, match="personal-data-in-words"):
        desk.approve(submission)
    column_words.tell(submission, SAID, by=actor(desk.producer))  # the way out
    desk.approve(submission)


def test_not_before_the_gate_nor_after_the_decision_nor_by_others(desk: Desk) -> None:
    held = desk.send(b"nik;alamat\n" + "".join(f"{one};Jl. Padi\n" for one in secret_numbers()).encode())
    assert signed_in(desk.producer).get(address(held)).status_code == 409
    submission = desk.send()
    for someone in (desk.walidata, desk.stranger):
        assert signed_in(someone).get(address(submission)).status_code == 404
    desk.approve(submission)
    assert signed_in(desk.producer).get(address(submission)).status_code == 409
    with pytest.raises(Conflicting):
        column_words.tell(submission, SAID, by=actor(desk.producer))


def test_a_shredded_file_has_no_words(desk: Desk) -> None:
    submission = told(desk)
    shred(submission, by=actor(desk.producer), because="Salah kirim.")
    assert not ColumnWords.objects.exists()
    submission.refresh_from_db()
    with pytest.raises(Conflicting):
        column_words.names_of(submission)


def test_no_word_of_a_blank_names_somebody() -> None:
    columns = [column for blank in blanks().values() for column in blank.columns]
    own = [said.description for said in (*PLACE.values(), *LINES.values())]
    assert not column_words.names_somebody([*own, *(column.said or column.label for column in columns)])


def test_a_blank_brings_its_own_words(desk: Desk) -> None:
    sealed = vault.seal_bytes([b"kode_wilayah,nama,volume\n99.01.01.2001,Kopi,3\n"], name="potensi.csv")
    where = {"organisation": desk.village, "person": desk.producer, "by": actor(desk.producer)}
    submission = receive(sealed, description={}, blank="potensi", **where)  # type: ignore[arg-type]
    words = words_of(submission.id_text)
    assert words["nama"].description == "Nama produk atau tempat"
    assert words["desa"].description == "Nama desa."
    assert "kode" not in words  # this blank has no lines
    assert not ColumnWords.objects.exclude(rules_version=gate.rules_version()).exists()
