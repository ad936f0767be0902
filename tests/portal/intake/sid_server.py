"""A stand-in for API-Database-Gabungan: a small real server on loopback that speaks its `statistik` calls.

It is not that program; it answers the shape which that program's documents show, and misbehaves where a test asks.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

from lumbung.invent import nik

TOKEN = "kunci-tiruan"
SOMEBODY = nik(region="330801", birth=date(1980, 7, 1), female=True, serial=9001)
ROWS = [("ISLAM", 640, 320, 320), ("KRISTEN", 60, 31, 29)]


class StandIn(BaseHTTPRequestHandler):
    """Answers one statistic after the other and remembers what was asked."""

    asked: ClassVar[list[str]] = []
    mischief: ClassVar[str] = ""
    rows: ClassVar[dict[str, list[tuple[str, int, int, int]]]] = {}

    def do_GET(self) -> None:
        """The aggregate, or what the test wants instead."""
        parts = urlsplit(self.path)
        self.asked.append(parts.path)
        if self.headers.get("Authorization") != f"Bearer {TOKEN}":
            return self._say(401, b"{}")
        if self.mischief == "redirect":
            self.send_response(302)
            self.send_header("Location", "/api/v1/penduduk")
            self.end_headers()
            return None
        if self.mischief == "large":
            return self._say(200, b'{"data": "' + b"x" * (3 * 1024 * 1024) + b'"}')
        if self.mischief == "persons":
            rows = [{"attributes": {"nama": SOMEBODY, "jumlah": 1}}]
            return self._say(200, json.dumps({"data": rows}).encode())
        asked = parse_qs(parts.query)
        assert asked["filter[desa]"]
        listed = self.rows.get(asked["filter[id]"][0], ROWS)
        rows = [
            {"type": "statistik", "id": str(n), "attributes": self._attributes(row)} for n, row in enumerate(listed, 1)
        ]
        return self._say(200, json.dumps({"data": rows}).encode())

    def _attributes(self, row: tuple[str, int, int, int]) -> dict[str, object]:
        name, everybody, men, women = row
        shares = {"persentase_jumlah": "91,4%", "kriteria": "{}", "catatan": SOMEBODY}
        return {"nama": name, "jumlah": everybody, "laki_laki": men, "perempuan": str(women), **shares}

    def _say(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:  # whoever has heard enough hangs up
            return

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


@contextmanager
def running(mischief: str = "", rows: dict[str, list[tuple[str, int, int, int]]] | None = None) -> Iterator[str]:
    """Its address. `rows` are those of some statistics, by their number."""
    StandIn.asked, StandIn.mischief, StandIn.rows = [], mischief, rows or {}
    server = ThreadingHTTPServer(("127.0.0.1", 0), StandIn)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
