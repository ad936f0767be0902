"""The work on a question: its sample is opened in a confined child, and only figures are written down."""

import base64
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

from django.utils import timezone

from lumbung.portal.accounts.models import Organisation, OrganisationKind
from lumbung.portal.tracing import asking, comparing, samples
from lumbung.portal.tracing.comparing import NoAnswer
from lumbung.portal.tracing.models import Asked, Question, Stage
from lumbung.portal.tracing.places import place
from lumbung.trace import checks
from lumbung.trace.claim import CONTRADICTS, Check, Claim, of_figures, parse
from lumbung.trace.figures import Figures

MOST_SAMPLES = {Asked.MATCH: 1, Asked.CLAIM: 2, Asked.CONCERNED: 1}
MOST_LIST = 16 << 20  # bytes of a list that is sealed to an officer


def work(question: Question) -> None:
    """Answer one question, or write down why not. Raise Tampered or KeyFileMissing where it cannot be unsealed."""
    try:
        WORKS[Asked(question.asked)](question)
    except NoAnswer as nothing:
        asking.refuse(question, code=nothing.code, rows=nothing.rows)


def _matched(question: Question) -> None:
    with samples.opened(question.samples.all()) as (plain, _sizes):
        sample, said = comparing.read(plain)
    asking.reach(question, Stage.COMPARING)
    answer = comparing.compared(sample, said)
    facts = {"verdict": answer["verdict"], "tested": answer["tested"], "against": len(answer["versions"])}
    asking.answer(question, said=answer, rows=said["people"], **facts)


def _claimed(question: Question) -> None:
    claim = parse(question.claim)
    found = of_figures(claim)
    rows = None
    if question.samples.exists():
        with samples.opened(question.samples.all()) as (plain, sizes):
            given = {"sizes": sizes, "at": timezone.localdate().isoformat()}
            said = comparing.asked("lumbung.tracing:figures", plain, given)
        asking.reach(question, Stage.CHECKING)
        counted = [Figures(**one) for one in said["samples"]]
        rows = sum(one.rows for one in counted)
        found += _of_samples(counted, said["both"], claim)
    against = sum(one.finding == CONTRADICTS for one in found)
    answer = {"checks": [asdict(one) for one in found], "contradicted": against, "at": timezone.now().isoformat()}
    asking.answer(question, said=answer, rows=rows, checks=len(found), contradicted=against)


def _of_samples(counted: list[Figures], both: int, claim: Claim) -> list[Check]:
    found = [
        replace(check, about=str(number))
        for number, one in enumerate(counted, 1)
        for check in checks.of_sample(one, claim)
    ]
    if len(counted) == 2:
        found.append(checks.of_two(counted[0].people, counted[1].people, both, claim))
    return found


def _concerned(question: Question) -> None:
    given = {
        "at": timezone.localdate().isoformat(),
        "villages": _villages(),
        "recipient": question.recipient,
        "most": MOST_LIST,
    }
    with samples.opened(question.samples.all()) as (plain, _sizes):
        said = comparing.asked("lumbung.portal.tracing.listing:concerned", plain, given)
    answer: dict[str, Any] = {
        **{name: int(said[name]) for name in ("people", "children", "age_unknown", "families", "listed")},
        "headings": [str(one)[:60] for one in said["headings"]][:40],
        "villages": _known(said["villages"]),
        "at": timezone.now().isoformat(),
    }
    if said["list"]:
        path = place("lists") / f"{question.pk}.zip"
        path.write_bytes(base64.b64decode(said["list"]))
        path.chmod(0o600)
    counts = {"children": answer["children"], "listed": answer["listed"]}
    asking.answer(question, said=answer, rows=answer["people"], **counts)


def _villages() -> dict[str, str]:
    """The names by which a village may stand in a file, with its kode wilayah; names of two villages are left out."""
    known: dict[str, set[str]] = {}
    for name, kode in (
        Organisation.objects.filter(kind=OrganisationKind.VILLAGE).exclude(kode="").values_list("name", "kode")
    ):
        known.setdefault(name, set()).add(kode)
    return {name: kodes.pop() for name, kodes in known.items() if len(kodes) == 1}


def _known(counts: dict[str, int]) -> list[dict[str, Any]]:
    """Counts by village, by our own names and not by what the child says; the rest is "elsewhere" ("")."""
    names = dict(Organisation.objects.exclude(kode="").values_list("kode", "name"))
    told = [{"name": names.get(kode, ""), "people": int(count)} for kode, count in counts.items()]
    return sorted(told, key=lambda one: (not one["name"], -one["people"]))


WORKS: dict[Asked, Callable[[Question], None]] = {
    Asked.MATCH: _matched,
    Asked.CLAIM: _claimed,
    Asked.CONCERNED: _concerned,
}
