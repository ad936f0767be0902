"""`lumbung manage import_regions 33.08`: the districts and villages of a regency that is in the portal already."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lumbung.portal.accounts.models import Organisation, OrganisationKind
from lumbung.portal.accounts.permissions import Unfit
from lumbung.portal.accounts.regions import take_in
from lumbung.portal.audit.actors import SYSTEM


class Command(BaseCommand):
    """The same act as the desk's page; can be repeated whenever the list was refreshed."""

    help = "Tambahkan kecamatan dan desa/kelurahan sebuah kabupaten/kota menurut kode wilayah."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which regency."""
        parser.add_argument("kode", help="Kode wilayah kabupaten/kota, misalnya 33.08.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Add and say how many. CommandError where the regency is not in the portal or the code not in the list."""
        regency = Organisation.objects.filter(kode=options["kode"], kind=OrganisationKind.REGENCY).first()
        if regency is None:
            raise CommandError("Belum ada kabupaten/kota dengan kode itu di portal ini.")
        try:
            taken = take_in(regency, by=SYSTEM)
        except Unfit as refused:
            raise CommandError(str(refused.sentence)) from None
        self.stdout.write(f"{taken.added} ditambahkan, {taken.known} sudah ada.")
        for one in taken.retired:
            self.stdout.write(f"Tidak ada lagi di daftar, dibiarkan: {one.kode} {one.name}")
