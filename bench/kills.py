"""`python -m bench.kills [KILLS] [SEED] [--home FOLDER] [--minutes N]`: processes killed at random instants in upload,
publish, close and remove. In a folder that is kept, a later call goes on where the last one stopped, and counts on.

Each round forks a process that walks files through the portal's own verbs and writes down every act that was
acknowledged. Two of three it ends by a timer of the kernel after a random amount of its own work (SIGPROF, unhandled),
so that a busy machine kills as far along as an idle one; every third is killed after a random time on the clock.
Afterwards the housekeeper's steps are done once, and four things are asked: is anything public that was not inspected
and approved, does the trail hold every acknowledged act, does the tree over it hold, does any byte lie about that no
row knows. The sandbox is left out, for its children die with their parent: the gate runs in the walking process, so
that kills hit the portal's own steps and not its start.
"""

import argparse
import hashlib
import json
import logging
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

LONGEST = 1.0  # seconds of its own work until a kill, at most
PATIENCE = 60.0  # seconds on the clock
TOGETHER = 10  # kills between two looks at everything
LONG_AGO = 2 * 24 * 3600  # seconds: what the housekeeper calls left behind


def main() -> None:
    """Prepare a home, kill, and print the figures of all calls as JSON. Exit 1 where anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kills", nargs="?", type=int, default=1_000, help="in all, those of earlier calls counted")
    parser.add_argument("seed", nargs="?", type=int, default=7)
    parser.add_argument("--home", type=Path, help="kept, and gone on with the next time")
    parser.add_argument("--minutes", type=float, default=24 * 60.0, help="until no further kill is begun")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        home = asked.home or Path(passing)
        begin(home)
        said = run(home, kills=asked.kills, seed=asked.seed, until=time.monotonic() + 60 * asked.minutes)
    print(json.dumps(said, indent=1))
    sys.exit(1 if said["wrong"] else 0)


def begin(home: Path) -> None:
    """Tables, keys, an organisation with its people; in a home that has them already, nothing new."""
    home.mkdir(parents=True, exist_ok=True)
    os.environ |= {"LUMBUNG_HOME": str(home), "DJANGO_SETTINGS_MODULE": "lumbung.config.settings"}
    os.environ.pop("DATABASE_URL", None)
    import django

    django.setup()
    logging.disable(logging.CRITICAL)
    from django.core.management import call_command

    from lumbung.portal.accounts.models import Membership, Organisation, Person
    from lumbung.portal.accounts.roles import Role
    from lumbung.portal.audit import keys

    keys.ensure(home / "keys.json", home=home)
    call_command("migrate", verbosity=0)
    if not Organisation.objects.exists():
        top = Organisation.objects.add_root({"kind": "regency", "name": "Kabupaten", "slug": "kabupaten"})
        for role in (Role.PRODUSEN, Role.WALIDATA, Role.PPDP, Role.PETUGAS_PIKET):
            person = Person.objects.create_user(f"{role}@contoh.test", None, name=str(role), invented=True)
            Membership.objects.create(person=person, organisation=top, role=role)
    _import_what_a_walk_needs(home / "modules")


def _import_what_a_walk_needs(list_: Path) -> None:
    """Else most kills would hit a forked process while it imports. Imported here, not used: what has begun threads
    cannot be forked, so a first walk is walked by a process of its own, which tells what it has loaded."""
    from django.db import connections

    connections.close_all()
    if (child := os.fork()) == 0:
        alone()
        chance = random.Random()  # other bytes each time: what was removed in a kept home may not come again
        for step in (upload, approve, put_up, _close, _close, _close, _open_or_remove, _open_or_remove):
            step(chance)
        list_.write_text("\n".join(sys.modules))
        os._exit(0)
    os.waitpid(child, 0)
    for name in list_.read_text().splitlines():
        with suppress(ImportError):
            import_module(name)
    list_.unlink()


def run(home: Path, *, kills: int, seed: int, until: float) -> dict[str, Any]:
    """Kill until there were so many in all, or until that moment of the monotonic clock; gives acts by kind, how the
    processes ended, and everything that was wrong, in all calls together."""
    acts, kept = home / "acknowledged", home / "kills.json"
    acts.touch()
    said = json.loads(kept.read_text()) if kept.exists() else {"kills": 0, "ends": {}, "wrong": []}
    ends, chance = Counter(said["ends"]), random.Random(f"{seed} {said['kills']}")
    while said["kills"] < kills and time.monotonic() < until:
        for _ in range(min(TOGETHER, kills - said["kills"])):
            ends[_one_kill(acts, chance, by_the_clock=said["kills"] % 3 == 0)] += 1
            said["kills"] += 1
        said["wrong"] += [f"after {said['kills']}: {what}" for what in after(home, acts)]
        said["ends"] = dict(ends)
        kept.write_text(json.dumps(said))
    acknowledged = Counter(line.split()[0] for line in acts.read_text().splitlines())
    return {**said, "acknowledged": dict(acknowledged)}


def _one_kill(acts: Path, chance: random.Random, *, by_the_clock: bool) -> str:
    """One process from its beginning to its end; gives how it ended."""
    from django.db import connections

    connections.close_all()
    seed, until = chance.randrange(1 << 30), chance.random() * LONGEST
    child = os.fork()
    if child == 0:
        signal.setitimer(signal.ITIMER_PROF, PATIENCE if by_the_clock else until)
        _walk_for_ever(acts, seed)
    return _ended(child, 3 * until if by_the_clock else PATIENCE)


def _ended(child: int, patience: float) -> str:
    """How the process ended; killed here where it lives longer than that."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            return f"killed: {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else f"ended: {os.WEXITSTATUS(status)}"
        time.sleep(0.005)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "killed: 9"


def _walk_for_ever(acts: Path, seed: int) -> None:
    """In the forked process: act after act until the kill comes."""
    alone()
    file = os.open(acts, os.O_WRONLY | os.O_APPEND)
    chance = random.Random(seed)
    try:
        while True:
            one = chance.choice((upload, approve, put_up, _close, _open_or_remove))
            for kind, subject in one(chance):
                os.write(file, f"{kind} {subject}\n".encode())
    except BaseException as problem:  # noqa: BLE001 - whatever it was is a finding of its own
        os.write(file, f"broke {type(problem).__name__}\n".encode())
        os._exit(3)


def alone() -> None:
    """A forked process has its own connection, and no child."""
    from django import db

    from lumbung import confine

    confine.call = _called_here
    db.connections.close_all()


def _called_here(target: str, *, file: Any = None, arguments: dict[str, Any], limits: Any, folder: Any = None) -> Any:
    module, _colon, name = target.partition(":")
    handed = {"file": file} if file is not None else {}
    return json.loads(json.dumps(getattr(import_module(module), name)(**handed, **arguments)))


def who(role: str) -> dict[str, Any]:
    """The person of a role, as the verbs want them."""
    from lumbung.portal.accounts.models import Person
    from lumbung.portal.audit.actors import Actor

    person = Person.objects.get(email=f"{role}@contoh.test")
    return {"person": person, "by": Actor(id=f"person:{person.pk}", name=person.name, address="127.0.0.1")}


def upload(chance: random.Random) -> list[tuple[str, str]]:
    """A small table through the gate. Every act gives the kind and the subject of what was acknowledged."""
    from lumbung.portal.accounts.models import Organisation
    from lumbung.portal.intake import vault
    from lumbung.portal.intake.actions import receive
    from lumbung.portal.intake.jobs import inspect_submission

    number = chance.randrange(10**9)
    rows = "".join(f"Kecamatan {place};{year};{number % 9999 + year}\n" for place in "12" for year in (1, 2))
    sealed = vault.seal_bytes([f"kecamatan;tahun;jumlah\n{rows}{number};1;1\n".encode()], name="data.csv")
    described = {
        "title": f"Percobaan {number}", "description": "Uji.", "theme": "sosial", "period": "2024", "source": "Dinas",
        "unit": "jiwa", "licence": "CC0-1.0", "frequency": "tahunan", "classification": "terbuka",
        "legal_basis": "Keputusan Bupati",
    }  # fmt: skip
    where = Organisation.objects.get(slug="kabupaten")
    submission = receive(sealed, organisation=where, description=described, **who("produsen"))
    inspect_submission.call(str(submission.pk))
    return [("received", submission.subject.key)]


def _chosen(chance: random.Random, found: Any) -> Any:
    every = list(found[:50])
    return chance.choice(every) if every else None


def approve(chance: random.Random) -> list[tuple[str, str]]:
    """One of those that wait for a decision."""
    from lumbung.portal.intake.models import Submission
    from lumbung.portal.review.actions import decide
    from lumbung.portal.review.models import Answer
    from lumbung.portal.review.queries import as_seen

    one = _chosen(chance, Submission.objects.filter(state="in_review"))
    if one is None:
        return []
    decide(one, answer=Answer.APPROVE, because="Lengkap.", seen=as_seen(one), **who("walidata"))
    return [("approved", one.subject.key)]


def put_up(chance: random.Random) -> list[tuple[str, str]]:
    """One of those that were approved, onto the shelf."""
    from lumbung.portal.intake.models import Submission
    from lumbung.portal.publication.actions import publish

    one = _chosen(chance, Submission.objects.filter(state="approved"))
    return [("published", publish(one, **who("walidata")).subject.key)] if one else []


def _close(chance: random.Random) -> list[tuple[str, str]]:
    from lumbung.portal.catalogue.models import Dataset
    from lumbung.portal.publication.actions import quarantine

    one = _chosen(chance, Dataset.objects.filter(state="published").order_by("?"))
    if one is None or chance.random() < 0.4:
        return []
    quarantine(one, because="Percobaan.", **who("petugas_piket"))
    return [("quarantined", one.subject.key)]


def _open_or_remove(chance: random.Random) -> list[tuple[str, str]]:
    from lumbung.portal.catalogue.models import Dataset
    from lumbung.portal.publication.actions import remove, restore

    one = _chosen(chance, Dataset.objects.filter(state="quarantined").order_by("?"))
    if one is None:
        return []
    if chance.random() < 0.3:
        restore(one, because="Percobaan.", **who("ppdp"))
        return [("restored", one.subject.key)]
    remove(one, because="Percobaan.", title=one.title, **who("ppdp"))
    return [("removed", one.subject.key)]


def after(home: Path, acts: Path) -> list[str]:
    """What the housekeeper does, once; then everything that is not as it should be."""
    from lumbung.portal.intake import jobs
    from lumbung.portal.publication.jobs import sweep_shelf

    long_ago = time.time() - LONG_AGO
    for path in [*(home / "shelf").glob("*"), *(home / "submissions").glob("*/*")]:
        os.utime(path, (long_ago, long_ago))
    jobs.sweep()
    sweep_shelf()
    checks: tuple[Callable[[], list[str]], ...] = (
        uninspected,
        lambda: missing(acts),
        lambda: orphans(home),
        broken_tree,
    )
    return [what for check in checks for what in check()]


def uninspected() -> list[str]:
    """Public datasets with a release that was not inspected, approved and published as these bytes."""
    from lumbung.portal.catalogue.models import Distribution
    from lumbung.portal.catalogue.queries import visible
    from lumbung.portal.catalogue.shelf import path_of
    from lumbung.portal.intake.models import Submission
    from lumbung.portal.review.models import Decision

    wrong = []
    for file in Distribution.objects.filter(release__dataset__in=visible().order_by()).select_related("release"):
        sent = Submission.objects.get(pk=file.release.submission)
        said = (sent.inspection or {}).get("sha256")
        approved = Decision.objects.filter(submission=sent, answer="approve", sha256=sent.sha256).exists()
        if sent.state != "published" or said != sent.sha256 or file.release.sha256 != said or not approved:
            wrong.append(f"public and not inspected: {file.name}")
        if hashlib.sha256(path_of(file).read_bytes()).hexdigest() != file.sha256:
            wrong.append(f"other bytes: {file.name}")
    return wrong


def missing(acts: Path) -> list[str]:
    """Acknowledged acts that the trail does not hold."""
    from lumbung.portal.audit.models import Event

    told = Counter(line for line in acts.read_text().splitlines() if not line.startswith("broke"))
    written = Counter(f"{kind} {subject}" for kind, subject in Event.objects.values_list("kind", "subject"))
    lost = [f"not in the trail: {act}" for act, times in told.items() if written[act] < times]
    return lost + [line for line in acts.read_text().splitlines() if line.startswith("broke")]


def orphans(home: Path) -> list[str]:
    """Folders and sealed files that no row knows."""
    from lumbung.portal.catalogue.models import Release
    from lumbung.portal.intake.models import Submission

    shelved = set(Release.every.values_list("folder", flat=True))
    kept = set(Submission.objects.exclude(storage_key="").values_list("storage_key", flat=True))
    lying = {path.name for path in (home / "shelf").glob("*")} - shelved
    sealed = {f"{path.parent.name}/{path.name}" for path in (home / "submissions").glob("*/*")} - kept
    return [f"no row knows {name}" for name in sorted(lying | sealed)]


def broken_tree() -> list[str]:
    """Faults of the trail as the verifier names them."""
    from lumbung.portal.audit import exports
    from lumbung.portal.audit.heads import sign_head

    sign_head()
    faults, _notes, _counts = exports.verified([])
    return [f"the trail: {fault}" for fault in faults]


if __name__ == "__main__":
    main()
