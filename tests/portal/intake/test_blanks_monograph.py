"""The blank of the monograph: the fields that no register gives, and numbers of persons that tell of nobody."""

from django.test import Client

from lumbung.aggregate import filled
from lumbung.aggregate.policy import load
from lumbung.portal.intake.blanks.definition import blanks
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.states import State
from tests.portal.intake.test_blanks import THIS_YEAR, at_home, village

__all__ = ["at_home", "village"]


def test_the_monograph_has_all_that_no_register_gives_and_no_specific_data() -> None:
    asked = [one for one in filled.fields() if not one.counted and not one.specific]
    columns = blanks()["monografi"].columns
    assert [(c.name, c.label, c.kind, c.choices, c.unit) for c in columns] == [
        (one.name, one.label, one.kind, one.choices, one.unit) for one in asked
    ]
    assert (len(columns), sum(not one.counted for one in filled.fields())) == (39, 42)
    k = load().k
    assert [column.people for column in columns] == [k if one.people else 0 for one in asked]


def monograph(**more: str) -> dict[str, str]:
    given = {
        "tipologi_desa": "Nelayan",
        "tingkat_perkembangan": "Swadaya",
        "luas_wilayah": "125,5",
        "lulusan_tk": "40",
    }
    return {"version": "0", **{f"1__{name}": value for name, value in (given | more).items()}}


def test_a_number_of_persons_may_not_differ_from_a_published_one_by_a_few(at_home: Client) -> None:
    """Two years that differ by three would tell that three came or went."""
    address = f"/meja/isian/monografi/desa/{THIS_YEAR - 1}"
    at_home.post(address, monograph() | {"step": "send"})
    Submission.objects.update(state=State.PUBLISHED)
    this_year = f"/meja/isian/monografi/desa/{THIS_YEAR}"
    answer = at_home.post(this_year, monograph(lulusan_tk="43") | {"step": "send"})
    assert answer.status_code == 409
    assert "taman kanak-kanak" in answer.content.decode()
    assert Submission.objects.count() == 1
    for value, version in (("40", "1"), ("45", "2"), ("", "3")):
        later = at_home.post(this_year, monograph(lulusan_tk=value) | {"step": "send", "version": version})
        assert later.status_code == 302, value
        Submission.objects.update(state=State.PUBLISHED)
