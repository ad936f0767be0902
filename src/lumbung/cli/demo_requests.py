"""The demo's office that takes requests for documents, with a key that is made here and now.

The private half is written into the home, in `demo/`, and nowhere else: no key of anybody stands in the repository. It
is for the demo alone, lies beside the data and has no passphrase; a real office makes its own in its browser.
"""

import os
from datetime import time
from pathlib import Path

from lumbung.cli.demo_files import KEY
from lumbung.cli.demo_regency import acting, office, person
from lumbung.portal.accounts.roles import Role
from lumbung.portal.incidents import age
from lumbung.portal.requests import offices
from lumbung.portal.requests.models import Office

SERVES = "Disdukcapil"


def open_office(folder: Path) -> None:
    """Open the office where it is not open yet, and leave its key in the folder."""
    organisation = office(SERVES)
    if Office.objects.filter(organisation=organisation, keys__isnull=False).exists():
        return
    officer = person(Role.PETUGAS_LAYANAN, SERVES)
    by = acting(officer)
    said = {
        "address": "Jalan Lumbung Raya 7, Tirtaloka (contoh)",
        "contact": "layanan@tirtaloka.example",
        "begins": time(8),
        "ends": time(15, 30),
        "weekdays": [0, 1, 2, 3, 4],
        "keep_days": 30,
        "takes": True,
    }
    opened = offices.arrange(organisation, person=officer, by=by, said=said)
    secret, public = age.new_key()
    _leave(folder / KEY, f"# Kunci kantor CONTOH, hanya untuk peragaan\n# public key: {public}\n{secret}\n")
    offices.register_key(opened, public, person=officer, by=by)


def _leave(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
