"""Local stand-ins: the calls of Meta's Graph API that are documented, an SMS gateway, and a small IMAP server.

They speak what the documents say, no more; they are not the real services, and nothing here was tried against those.
"""

import json
import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TOKEN = "EAAG-akses"


@dataclass
class Calls:
    """What the stand-in was asked: method, path, body."""

    origin: str = ""
    status: int = 200
    listed: list[tuple[str, str, str]] = field(default_factory=list)

    def bodies(self) -> list[dict[str, Any]]:
        """What was sent to `/messages`."""
        return [json.loads(body) for _method, path, body in self.listed if path.endswith("/messages")]

    def texts(self) -> list[str]:
        """What was answered."""
        return [one["text"]["body"] for one in self.bodies() if one.get("type") == "text"]


@contextmanager
def http_gateway() -> Iterator[Calls]:
    """A server on this machine that answers as the Graph API does, and notes every call."""
    calls = Calls()

    class Handler(BaseHTTPRequestHandler):
        def _any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            calls.listed.append((self.command, self.path, body))
            known = self.headers.get("Authorization") == f"Bearer {TOKEN}"
            said = (
                {"messaging_product": "whatsapp", "messages": [{"id": "wamid.x"}]}
                if known
                else {"error": {"code": 190}}
            )
            content = json.dumps(said).encode()
            self.send_response(calls.status if known else 401)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_DELETE = _any

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    calls.origin = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield calls
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Box:
    """A mailbox: letters by their number, and the flags of each."""

    letters: dict[str, bytes] = field(default_factory=dict)
    flags: dict[str, set[str]] = field(default_factory=dict)
    port: int = 0

    def put(self, letter: bytes) -> None:
        number = str(len(self.letters) + 1)
        self.letters[number], self.flags[number] = letter, set()


@contextmanager
def imap_server() -> Iterator[Box]:
    """Speaks the few commands of RFC 9051 that a poor client needs."""
    box = Box()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.say("* OK stand-in")
            while line := self.rfile.readline():
                tag, _space, command = line.decode().strip().partition(" ")
                self.obey(command)
                self.say(f"{tag} OK done")
                if command.upper().startswith("LOGOUT"):
                    return

        def say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

        def obey(self, command: str) -> None:
            upper = command.upper()
            if upper.startswith("CAPABILITY"):
                self.say("* CAPABILITY IMAP4rev1")
            elif upper.startswith("SELECT"):
                self.say(f"* {len(box.letters)} EXISTS")
            elif upper.startswith("UID SEARCH"):
                self.say("* SEARCH " + " ".join(one for one in box.letters if "\\Seen" not in box.flags[one]))
            elif found := re.match(r"UID FETCH (\d+) \(BODY\.PEEK\[\]<0\.(\d+)>\)", upper):
                content = box.letters.get(found[1], b"")[: int(found[2])]
                self.wfile.write(f"* {found[1]} FETCH (UID {found[1]} BODY[]<0> {{{len(content)}}}\r\n".encode())
                self.wfile.write(content + b")\r\n")
            elif found := re.match(r"UID STORE (\d+) \+FLAGS \((\S+)\)", command):
                box.flags.get(found[1], set()).add(found[2])
            elif upper.startswith("EXPUNGE"):
                for number in [one for one in box.letters if "\\Deleted" in box.flags[one]]:
                    del box.letters[number]

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

    server = Server(("127.0.0.1", 0), Handler)
    box.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield box
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
