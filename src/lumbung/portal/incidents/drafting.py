"""The first text of each letter (templates T1 to T6), from the facts of one version and from nothing else.

Nobody is named: an account is "a user of such an organisation", and its line says the rest to whoever may read it.
What is not known is said to be unknown. Letters of Indonesian offices are in Indonesian (UU 24/2009 art. 27).
"""

from datetime import UTC, datetime
from typing import Any

from django.utils import timezone, translation

from lumbung import gate
from lumbung.portal.accounts.models import Organisation
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.design.wording import moment, number
from lumbung.portal.incidents import stating
from lumbung.portal.incidents.chronology import TAKEN
from lumbung.portal.incidents.compared import Compared
from lumbung.portal.incidents.counting import FACTS
from lumbung.portal.incidents.models import Dossier, Duty, Incident, LetterKind
from lumbung.portal.incidents.office import office
from lumbung.portal.incidents.places import lines_about

WHY_NOT = {
    "no-files": "berkasnya sudah tidak ada ketika hendak dihitung",
    "too-long": "berkasnya terlalu panjang untuk dihitung dengan sendirinya",
    "too-large": "berkasnya terlalu besar untuk dihitung dengan sendirinya",
    "not-read": "berkasnya tidak dapat dibaca",
    "not-counted": "belum dihitung",
    "too-many": "data yang ditutup terlalu banyak untuk dihitung; tutuplah data yang dimaksud tersendiri",
}
MOST_LINES = 200  # in a letter; the page and the bundle have all


def draft(dossier: Dossier, kind: LetterKind, *, compared: Compared | None = None) -> str:
    """The text of a letter, in the plain shape of `printing`; `compared` is what T6 has to say. Changes nothing."""
    with translation.override("id"):
        said = context(dossier)
    return stating.rendered(kind, said | (stating.words(compared) if compared else {}))


def context(dossier: Dossier) -> dict[str, Any]:
    """Everything that the templates name, ready to be printed."""
    facts, incident = dossier.facts, dossier.incident
    people = facts["people"]
    lines = lines_about(incident).exclude(kind__in=TAKEN)[:MOST_LINES]
    return {
        "dossier": dossier,
        "facts": facts,
        "office": office(),
        "incident": incident,
        "what": _what(incident, facts),
        "stood": facts.get("stood"),
        "named": facts.get("named", []),
        "read_only": facts["closed"]["kind"] == Kind.PORTAL_READ_ONLY,
        "uploads_in_all": facts.get("uploads_in_all"),
        "made": moment(timezone.localtime(dossier.made_at)),
        "aware": _wib(facts["aware"]),
        "aware_utc": _utc(facts["aware"]),
        "closed": _wib(facts["closed"]),
        "deadline": moment(timezone.localtime(datetime.fromisoformat(facts["deadline"]))),
        "people": people,
        "people_shown": number(people.get("people")),
        "children_shown": number(people.get("children")),
        "why_not": WHY_NOT.get(people["why_not"], ""),
        "kinds": kinds_of(people),
        "uploads": [] if "place" in facts else [_upload(one) for one in facts["uploads"]],
        "exposures": [_exposure(one) for one in facts["exposures"]],
        "networks": [
            {**one, "first": _wib(one["first"]), "last": _wib(one["last"])} for one in facts["taken"]["listed"]
        ],
        "done": [{**one, "when": _wib(one), "what": Kind(one["kind"]).label} for one in facts["done"]],
        "open_tasks": [
            {"due": moment(timezone.localtime(task.due_at)), "what": Duty(task.duty).label}
            for task in incident.tasks.filter(done_at=None, duty=Duty.SEARCH_ENGINES)
        ],
        "lines": [_line(one) for one in lines],
        "unknown": unknown(facts),
    }


def _what(incident: Incident, facts: dict[str, Any]) -> str:
    """What was closed, as it stands in a sentence."""
    if incident.dataset:
        title = incident.dataset.title or incident.dataset.slug
        return f"data “{', rilis '.join([title, *map(str, facts.get('releases', []))])}”"
    if incident.organisation:
        return f"semua data {incident.organisation.name} beserta organisasi di bawahnya"
    return "semua data pada portal"


def kinds_of(people: dict[str, Any]) -> str:
    """The kinds of facts about people, in words: what the gate names first, then the headings that are known words."""
    found = [FACTS[kind] for one in people["findings"] for kind in [*_self(one), *one["kinds"]]]
    known = {word.lower() for word in found}
    headings = [heading for heading in people.get("headings", []) if heading.lower() not in known]
    return "; ".join(filter(None, [", ".join(dict.fromkeys(found)), _named(headings)]))


def _named(headings: list[str]) -> str:
    return f"judul kolom: {', '.join(headings)}" if headings else ""


def unknown(facts: dict[str, Any]) -> list[str]:
    """What nobody here knows, as sentences; never empty, for no record knows everything."""
    people = facts["people"]
    said = [
        "Siapa orang di balik sebuah jaringan, dan apa yang dilakukannya dengan berkasnya.",
        "Siapa yang hanya membuka halamannya tanpa mengunduh: kunjungan halaman tidak dicatat.",
        "Apakah salinannya masih beredar di tempat lain.",
    ]
    if "place" in facts and not facts["named"]:
        said.insert(0, "Data yang mana memuat data pribadi, dan apakah memang ada: semuanya ditutup lebih dahulu.")
    if people["why_not"]:
        said.insert(0, f"Berapa orang dan berapa anak yang datanya termuat: {WHY_NOT[people['why_not']]}.")
    if facts["clock_set_back"]:
        lines = ", ".join(map(str, facts["clock_set_back"]))
        said.insert(0, f"Lamanya dengan pasti: jam server pernah mundur, terlihat pada baris {lines}.")
    if not facts["uploads"]:
        said.insert(0, "Siapa yang mengunggah: tidak ada barisnya di catatan.")
    if facts["uploads"] and not any(one["training"] for one in facts["uploads"]):
        said.append("Apakah unggahannya mengikuti suatu pelatihan: tidak ada pelatihan yang tercatat sebelumnya.")
    return said


def _self(finding: dict[str, Any]) -> list[str]:
    return [finding["code"]] if finding["code"] in FACTS else []


def _upload(one: dict[str, Any]) -> dict[str, Any]:
    line = Event.objects.get(sequence=one["line"])
    return {**one, "when": _wib(one), "organisation": _organisation(line)}


def _organisation(line: Event) -> str:
    if line.actor_organisation:
        return line.actor_organisation
    known = Organisation.objects.filter(slug=line.organisation).values_list("name", flat=True).first()
    return known or "belum diketahui"


def _exposure(one: dict[str, Any]) -> dict[str, Any]:
    until = one["until"]
    return {
        "since": _wib(one["since"]),
        "first": one["since"]["line"],
        "until": _wib(until) if until else "",
        "last": until["line"] if until else None,
    }


def _line(line: Event) -> dict[str, Any]:
    who = {"system": "Lumbung", "public": "umum"}.get(line.actor, f"pengguna dari {_organisation(line)}")
    return {
        "when": moment(timezone.localtime(line.at)),
        "utc": f"{line.at.astimezone(UTC):%Y-%m-%d %H:%M}",
        "line": line.sequence,
        "who": gate.scrub(who),
        "what": line.get_kind_display(),
    }


def _wib(told: dict[str, Any]) -> str:
    return moment(timezone.localtime(datetime.fromisoformat(told["at"])))


def _utc(told: dict[str, Any]) -> str:
    return f"{datetime.fromisoformat(told['at']).astimezone(UTC):%Y-%m-%d %H:%M}"
