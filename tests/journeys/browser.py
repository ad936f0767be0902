"""A browser that complains: no error on the console, nothing the policy forbids, nothing asked of another host."""

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, FloatRect, Page, Playwright, Request

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
ANSWER_WITHOUT_PAGE = re.compile(r"Failed to load resource: the server responded with a status of (4\d\d|503)")
TALLEST = 1400  # pixels of a picture for the documents
SHADES = 96  # colours of one: flat pages need no more, and the repository stays light
TELL_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) => console.error("forbidden: " + event.violatedDirective));
"""
WIDTHS = {
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
    "desktop": {"viewport": {"width": 1280, "height": 900}},
}


def chromium() -> str | None:
    """Debian's Chromium, where it is installed."""
    return shutil.which("chromium")


def start(playwright: Playwright) -> Browser:
    """One browser for all walks. Without its own sandbox, for tests may run as root; it only sees our own pages."""
    return playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])


def lighten(picture: Path) -> None:
    """Write a picture anew with few colours, a quarter of its size."""
    with Image.open(picture) as taken:
        few = taken.convert("RGB").quantize(SHADES, dither=Image.Dither.NONE)
    few.save(picture, optimize=True)


@dataclass
class Walk:
    """One person at one screen. `troubles` gathers what a page should never do; `looked_at` the pages that axe saw."""

    context: BrowserContext
    page: Page
    site: str
    troubles: list[str] = field(default_factory=list)
    looked_at: list[str] = field(default_factory=list)

    def go(self, address: str) -> int:
        """Open an address of the site; returns the answer's status."""
        response = self.page.goto(self.site + address)
        assert response is not None
        return response.status

    def sign_in(self, email: str, password: str) -> None:
        """Come in through the door."""
        self.go("/masuk")
        self.page.get_by_label("Surel").fill(email)
        self.page.get_by_label("Kata sandi").fill(password)
        self.page.locator("main").get_by_role("button", name="Masuk").click()
        self.page.wait_for_url(f"{self.site}/meja/**")

    def sign_out(self) -> None:
        """Leave, as on a computer that others use, too."""
        self.context.clear_cookies()

    def look(self, picture: Path | None = None) -> None:
        """Have axe read the page: nothing serious, nothing critical, and nothing wider than the screen."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        bad = [
            f"{one['id']} ({one['impact']}): {node['html'][:160]}"
            for one in found["violations"]
            if one["impact"] in ("serious", "critical")
            for node in one["nodes"]
        ]
        assert not bad, f"{self.page.url}\n" + "\n".join(bad)
        wider = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{self.page.url} is {wider} pixels wider than the screen"
        self.looked_at.append(self.page.url)
        if picture:
            tall = min(TALLEST, self.page.evaluate("document.documentElement.scrollHeight"))
            wide = self.page.evaluate("innerWidth")
            clip: FloatRect = {"x": 0, "y": 0, "width": wide, "height": tall}
            self.page.screenshot(path=picture, full_page=True, clip=clip)
            lighten(picture)

    def _hear(self, kind: str, text: str) -> None:
        if kind == "error" and not ANSWER_WITHOUT_PAGE.match(text):
            self.troubles.append(f"{self.page.url}: {text}")

    def _watch(self, request: Request) -> None:
        if not request.url.startswith((self.site, "data:", "blob:")):
            self.troubles.append(f"{self.page.url} asked {request.url}")


@contextmanager
def walk(browser: Browser, *, site: str, width: str, scheme: str = "light") -> Iterator[Walk]:
    """A fresh visitor; at the end nothing may have gone wrong unseen."""
    context = browser.new_context(locale="id-ID", color_scheme=scheme, **WIDTHS[width])  # type: ignore[arg-type]
    context.add_init_script(TELL_VIOLATIONS)
    context.set_default_timeout(20_000)
    page = context.new_page()
    visitor = Walk(context=context, page=page, site=site)
    page.on("console", lambda message: visitor._hear(message.type, message.text))
    page.on("pageerror", lambda error: visitor.troubles.append(f"{page.url}: {error}"))
    page.on("request", visitor._watch)
    try:
        yield visitor
        assert not visitor.troubles, json.dumps(visitor.troubles, indent=1, ensure_ascii=False)
    finally:
        context.close()
