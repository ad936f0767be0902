"""Everybody's whole round: each kind of page that can be reached by links alone, in both languages, light and dark.

A page that is new is looked at without anybody having thought of it: axe, the console, the width, no link that leads
nowhere, and for the public not one sentence that was left in Indonesian. (The desks also show what was written down
once, in the language in which it was.)
"""

import gettext
import re
from collections import deque
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest

from tests.journeys.browser import ROOT, Walk
from tests.journeys.people import ADMIN, DUTY, OPERATOR, PPDP, SERVES, TRACER, WALIDATA, credentials

pytestmark = pytest.mark.journey
Visitor = Callable[..., Walk]

ENGLISH = ROOT / "src/lumbung/locale/en/LC_MESSAGES/django.mo"
NO_PAGE = re.compile(r"\.[a-z]{2,7}$|/(unduh|feeds?)/|/(blangko|keluar|sambungan)$|^/api/data/.")
VARYING = [
    (re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}"), "-"),
    (re.compile(r"(?<=/)(dataset|data|lapor|tempat|berkas)/[^/]+"), r"\1/-"),
    (re.compile(r"[0-9][0-9.]*"), "0"),
]
MOST_PAGES = 60
STRANGER = ["/", "/desa", "/laporan", "/masuk", "/kepala", "/aturan"]
ROLES = {
    "nobody": None,
    "operator": OPERATOR,
    "walidata": WALIDATA,
    "ppdp": PPDP,
    "duty": DUTY,
    "admin": ADMIN,
    "tracer": TRACER,
    "serves": SERVES,
}


def untranslated() -> frozenset[str]:
    """Sentences of the screens that read otherwise in English."""
    with ENGLISH.open("rb") as file:
        said = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    pairs = [(text, english) for text, english in said.items() if isinstance(text, str) and "%" not in text]
    kept = {english for _text, english in pairs}
    return frozenset(text for text, _english in pairs if len(text) > 5) - kept


def kind_of(address: str) -> str:
    """The address without what only names one thing of many."""
    path = urlsplit(address).path
    for pattern, general in VARYING:
        path = pattern.sub(general, path)
    return path


def links_of(walker: Walk) -> Iterator[str]:
    """Addresses of pages of this site that the page leads to."""
    for link in walker.page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)"):
        if link.startswith(walker.site) and not NO_PAGE.search(urlsplit(link).path):
            yield urlsplit(link).path


def round_of(walker: Walk, starts: list[str], *, within: str) -> Iterator[str]:
    """Open one page of each kind whose address begins with `within`, however it was reached."""
    waiting, known = deque(starts), set[str]()
    while waiting and len(known) < MOST_PAGES:
        address = waiting.popleft()
        if kind_of(address) in known or not (address in starts or address.startswith(within)):
            continue
        known.add(kind_of(address))
        status = walker.go(address)
        assert status == 200, f"{address} answers {status}"
        yield address
        waiting.extend(links_of(walker))


@pytest.fixture(scope="module")
def looked_at() -> set[tuple[str, str]]:
    """Width and kind of every page that axe has read already: once for each is enough, whoever came first."""
    return set()


@pytest.mark.parametrize("role", ROLES)
def test_every_kind_of_page(role: str, visitor: Visitor, width: str, looked_at: set[tuple[str, str]]) -> None:
    english, person = width == "phone", ROLES[role]
    walker = visitor(scheme="dark" if english else "light")
    if person:
        walker.sign_in(*credentials(person))
    if english:
        walker.context.add_cookies([{"name": "django_language", "value": "en", "url": walker.site}])
    left = untranslated() if english and not person else frozenset[str]()
    seen = 0
    for address in round_of(walker, ["/meja/"] if person else STRANGER, within="/meja/" if person else "/"):
        if (width, kind_of(address)) not in looked_at:
            walker.look()
            looked_at.add((width, kind_of(address)))
        lines = {line.strip() for line in str(walker.page.inner_text("main")).split("\n")}
        assert not lines & left, f"{address}: {sorted(lines & left)}"
        assert walker.page.get_attribute("html", "lang") == ("en" if english else "id"), address
        seen += 1
    assert seen >= len(STRANGER), "a round that leads nowhere proves nothing"


def test_a_kind_is_not_one_thing() -> None:
    assert kind_of("/dataset/a-b/perubahan/3") == kind_of("/dataset/c/perubahan/12")
    assert kind_of("/desa/99.01.01.2001") == kind_of("/desa/99.01.01.2002")
    assert kind_of("/meja/kiriman/baru") != kind_of("/meja/kiriman/0b7e1111-2222-3333-4444-555566667777")
