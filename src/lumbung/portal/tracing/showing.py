"""An answer, ready for its page: what is said of each version, the likeliest first. No value of anybody."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from lumbung.portal.tracing import wording
from lumbung.portal.tracing.models import Asked, Question
from lumbung.portal.tracing.states import QuestionState
from lumbung.trace.weigh import SHOWN

LISTED = 20  # versions on the page; the rest are counted
AS_LIKELY = 0.999  # of the best probability: versions that the sample cannot tell apart share it


def shown(question: Question) -> dict[str, Any]:
    """What the template of an answer names, by what was asked."""
    if question.state == QuestionState.REFUSED:
        return {"refusal": wording.REFUSALS.get(question.code, wording.REFUSALS["crash"])}
    if question.state != QuestionState.ANSWERED:
        return {}
    return SHOWS[Asked(question.asked)](question.answer)


def _match(answer: Mapping[str, Any]) -> dict[str, Any]:
    versions = answer["versions"]
    likeliest = sorted(range(len(versions)), key=lambda place: -versions[place]["probability"])
    decided = answer["version"]
    counted = answer["verdict"] in ("ours", "part")
    when = answer["vintage"]
    return {
        "verdict": wording.VERDICTS[answer["verdict"]],
        "few": SHOWN,
        "why": [wording.WHY[code] for code in answer["why"] if code in wording.WHY],
        "decided": _name(versions[decided]) if decided is not None else "",
        "versions": [_version(versions[place], answer, counted=counted) for place in likeliest[:LISTED]],
        "more": max(0, len(versions) - LISTED),
        "parts": [{"name": _name(versions[place]), "rows": rows} for place, rows in answer["parts"]],
        "deciding": [{"kind": wording.KINDS[kind], "count": count} for kind, count in answer["deciding"].items()],
        "upstream": 100 * answer["upstream"] if "upstream" in answer["why"] else None,
        "most": min(100.0, 300 / answer["tested"]) if answer["verdict"] == "none" and answer["tested"] else None,
        "dated": (date.fromisoformat(when["first"]), date.fromisoformat(when["last"])) if when else None,
        "days": (date.fromisoformat(when["last"]) - date.fromisoformat(when["first"])).days + 1 if when else 0,
        "unusable": [{"name": name, "why": wording.UNUSABLE[code].title} for name, code in answer["unusable"].items()],
    }


def handouts_of(answer: Mapping[str, Any]) -> list[str]:
    """The handings out whose copies explain the sample as well as anything else does: the copies may be the source.

    Where a copy shows no number, the register it was made of fits the same names equally well, and so does no better.
    """
    if answer["verdict"] not in ("ours", "part"):
        return []
    versions = answer["versions"]
    most = max((one["probability"] for one in versions), default=0.0)
    likeliest = [place for place, one in enumerate(versions) if one["probability"] >= AS_LIKELY * most]
    places = dict.fromkeys([*likeliest, *(place for place, _rows in answer["parts"])])
    return [number for place in places for number in versions[place].get("handouts", ())]


def _version(one: Mapping[str, Any], answer: Mapping[str, Any], *, counted: bool) -> dict[str, Any]:
    matched, tested = one["matched"], max(1, answer["tested"])
    return {
        "name": _name(one),
        "also": one["also"],
        "people": one["people"],
        "matched": matched,
        "share": None if matched is None else 100 * matched / tested,
        "chance": 100 * one["probability"] if counted else None,
    }


def _name(one: Mapping[str, Any]) -> str:
    return f"{one['source']}, {one['version']}"


def _claim(answer: Mapping[str, Any]) -> dict[str, Any]:
    checks = [wording.shown_check(one) for one in answer["checks"]]
    return {"checks": checks, "has_unchecked": any(one["unchecked"] for one in checks)}


def _concerned(answer: Mapping[str, Any]) -> dict[str, Any]:
    return {"counts": answer}


SHOWS = {Asked.MATCH: _match, Asked.CLAIM: _claim, Asked.CONCERNED: _concerned}
