"""`lumbung manage pull_statistics`: fetch a village's aggregate statistics and hand them in, as its producer would."""

import csv
import io
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from lumbung.portal.accounts.models import Organisation, OrganisationKind, Person
from lumbung.portal.accounts.permissions import Refused
from lumbung.portal.audit.actions import record_now
from lumbung.portal.audit.actors import Actor
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.catalogue.vocabulary import Theme
from lumbung.portal.intake import sid
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.pulling import COUNTS, Item, NotPulled, Source, pull
from lumbung.portal.intake.pulling_kept import NAME, kept

WHY = {
    "address": "Alamatnya harus https tanpa jalur di belakangnya.",
    "no-answer": "Alamat itu tidak menjawab.",
    "refused": "Alamat itu menolak, atau mengalihkan ke tempat lain.",
    "too-large": "Jawabannya terlalu besar.",
    "too-slow": "Jawabannya terlalu lambat.",
    "shape": "Jawabannya bukan statistik yang kami kenal.",
    "protected": "Statistik desa ini sudah dibuat di portal; angka SID di sampingnya membuka yang disembunyikan.",
    "small": "Semua statistiknya memuat angka kecil, atau hampir sama dengan yang dulu, jadi tidak diambil.",
}


class Command(BaseCommand):
    """Made for cron: says what it did in one line, and ends with an error where nothing was fetched."""

    help = "Fetch aggregate statistics of one village from its SID's server and send them to the gate."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where from, for which village, in whose name."""
        parser.add_argument("address", help="scheme and host, e.g. https://gabungan.example.go.id")
        parser.add_argument("--village", required=True, help="kode wilayah of the village")
        parser.add_argument("--as", dest="person", required=True, help="e-mail of its producer, who answers for it")
        parser.add_argument(
            "--token-file", required=True, type=Path, help="file with the server's token, nothing else"
        )
        parser.add_argument("--year", type=int, default=timezone.localdate().year)

    def handle(self, *args: Any, **options: Any) -> None:
        """Fetch, look, hand in."""
        village = Organisation.objects.filter(kode=options["village"], kind=OrganisationKind.VILLAGE).first()
        person = Person.objects.filter(email=options["person"].lower(), is_active=True).first()
        if village is None or person is None:
            raise CommandError("Desa atau orangnya tidak dikenal.")
        source = Source(address=options["address"], token=options["token_file"].read_text(encoding="utf-8").strip())
        try:
            items = pull(source, village=village.kode, year=options["year"])
            taken = hand_in(items, village=village, person=person, year=options["year"])
        except NotPulled as problem:
            raise CommandError(WHY[problem.code]) from None
        except Refused as refused:
            raise CommandError(f"{refused.sentence} {refused.next_step}") from None
        self.stdout.write(f"Diterima: {taken.pk}" if taken else "Tidak ada yang baru.")


def hand_in(items: list[Item], *, village: Organisation, person: Person, year: int) -> Submission | None:
    """What may go on of it as a submission, through the gate; nothing where the very same is here already.

    Raise NotPulled where nothing of it may.
    """
    items = kept(items, village)
    by = Actor(id=f"person:{person.pk}", name=person.name, organisation=village.name, device="SID")
    record_now(Kind.SID_PULLED, by=by, subject=sid.subject_of(village), items=len(items), year=year)
    description = {
        "title": f"Statistik penduduk {village.name} {year} dari SID"[:200],
        "theme": Theme.POPULATION,
        "period": str(year),
        "source": f"SID {village.name}"[:200],
        "unit": "jiwa",
    }
    content = as_table(items, village=village.kode, year=year)
    return sid.take(content, name=NAME, person=person, organisation=village, by=by, description=description)


def as_table(items: list[Item], *, village: str, year: int) -> bytes:
    """One line for each category of each statistic."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["kode_wilayah", "tahun", "statistik", "kategori", *COUNTS])
    writer.writerows([village, year, item.topic, item.name, *_shown(item)] for item in items)
    return text.getvalue().encode()


def _shown(item: Item) -> list[str]:
    return ["" if count is None else str(count) for count in item.counts]
