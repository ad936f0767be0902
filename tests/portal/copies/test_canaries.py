"""Invented residents of a copy: in no other file, held wherever they come in, in no statistic; the alarm answered."""

import io
from typing import Any

import polars as pl
import pytest

from lumbung.portal.accounts.permissions import Conflicting, Refused, Unfit
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.copies import alarms, jobs, queries, store
from lumbung.portal.copies.models import Alarm, Copy
from lumbung.portal.intake import canaries
from lumbung.portal.intake.permissions import check_countable, check_releasable
from tests.portal.copies.conftest import Ask, register
from tests.portal.shelves import TABLE, Desk, actor, signed_in

pytestmark = pytest.mark.django_db
RULE = {"canaries": 4, "canary_basis": "Peraturan contoh pasal 9", "columns": ("nik", "kk", "hamlet")}


def table(copy: Copy) -> pl.DataFrame:
    return pl.read_csv(io.BytesIO(store.plain_of(copy)), infer_schema=False)


def people(one: pl.DataFrame) -> set[tuple[Any, ...]]:
    return set(one.select("NAMA", "TANGGAL LAHIR").rows())


def test_each_copy_has_its_own_and_they_look_like_everybody(ready: Ask) -> None:
    (first, second, third) = ready(**RULE).copies.order_by("number")
    here = [people(table(copy)) for copy in (first, second, third)]
    common = set.intersection(*here)
    guests = [one - common for one in here]
    assert [len(one) for one in guests] == [4, 4, 4] and not guests[0] & guests[1]
    names = table(first).filter(pl.col("NAMA").is_in([name for name, _ in guests[0]]))
    assert names["NIK"].str.contains(r"^\d{12}\*{4}$").all() and names["DUSUN"].null_count() == 0


def test_whoever_uploads_it_is_stopped_and_the_alarm_names_the_copy(desk: Desk, ready: Ask) -> None:
    handout = ready(**RULE)
    copy = handout.copies.get(number=1)
    assert canaries.seen(io.BytesIO(register())) == [] == canaries.seen(io.BytesIO(TABLE))
    leaked = table(copy).sample(fraction=1, shuffle=True, seed=1).select("NAMA", "TANGGAL LAHIR", "DUSUN")
    submission = desk.send(leaked.write_csv(separator=";").encode(), name="data.csv")
    assert (submission.state, submission.trouble, submission.inspection) == ("held", "canary", None)
    for check in (check_countable, check_releasable):
        with pytest.raises((Unfit, Conflicting)):
            check(submission)
    assert Event.objects.get(kind=Kind.CANARY_SEEN).details["copies"] == [str(copy.pk)]
    page = signed_in(desk.producer).get(submission.get_absolute_url()).content.decode()
    assert "diserahkan secara terbatas" in page and copy.institution not in page
    jobs.keep_copies()
    jobs.keep_copies()
    alarm = Alarm.objects.get()
    assert alarm.copy == copy and queries.alarms_for(desk.ppdp).get() == alarm
    assert "Partai Jagung" in signed_in(desk.ppdp).get("/meja/salinan/").content.decode()
    with pytest.raises(Refused):
        alarms.answer(alarm, words="Bukan urusan saya.", person=desk.stranger, by=actor(desk.stranger))
    signed_in(desk.ppdp).post(f"/meja/salinan/alarm/{alarm.pk}", {"words": "Penerima sudah dihubungi."})
    assert not queries.alarms_for(desk.ppdp).exists()


def test_one_invented_resident_among_thousands_is_enough_even_where_nothing_else_is_found(
    desk: Desk, ready: Ask
) -> None:
    handout = ready(**RULE)
    (first, second, _) = (people(table(copy)) for copy in handout.copies.order_by("number"))
    (name, birth) = sorted(first - second)[0]
    submission = desk.send(f"nama;tanggal lahir\n{name.title()};{birth}\n".encode(), name="satu.csv")
    assert submission.trouble == "canary"
    handout.copies.update(index_until="2020-01-01")
    jobs.forget()
    again = desk.send(f"nama;tanggal lahir\n{name};{birth} \n".encode(), name="lagi.csv")
    assert again.trouble == ""
