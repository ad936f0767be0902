"""Where a request stands, as a page without any script, for who opens their link while the portal is away.

The page that asks is the portal's own, published here; its form comes with a ticket and a secret. The answer tells the
same for an unknown ticket and a wrong secret, and does not repeat either.
"""

from html import escape
from urllib.parse import parse_qs

from lumbung.counter.headers import LONGEST
from lumbung.counter.refusals import unknown
from lumbung.counter.requests import Request
from lumbung.counter.store import Standing, Store
from lumbung.counter.tickets import read_ticket, verifier_of

_PAGE = """<!doctype html><html lang="id"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Keadaan permohonan</title>
<h1>Keadaan permohonan</h1><p>{}</p><p><a href="/layanan/status/">Tanyakan lagi</a></p>
"""


def asked_by_form(store: Store, request: Request) -> Standing:
    """By what was typed into the form. Raise Refusal as `Store.asked` does."""
    try:
        fields = parse_qs(request.body(most=LONGEST).decode(), max_num_fields=10)
        ticket = read_ticket(fields["ticket"][0])
        verifier = verifier_of(fields["secret"][0].strip().lower())
    except (ValueError, KeyError):
        raise unknown() from None
    if ticket is None:
        raise unknown()
    return store.asked(ticket, verifier=verifier)


def page(sentence: str) -> bytes:
    """One sentence."""
    return _PAGE.format(escape(sentence)).encode()
