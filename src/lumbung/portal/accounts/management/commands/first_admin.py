"""`lumbung manage first_admin`: the organisation at the top and its first admin, for a portal that is still empty."""

import secrets
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from lumbung.portal.accounts.actions import add_organisation, add_person
from lumbung.portal.accounts.models import Organisation, OrganisationKind
from lumbung.portal.accounts.roles import Role
from lumbung.portal.audit.actors import SYSTEM


class Command(BaseCommand):
    """Everybody else is added by an admin on the desk; the first one has nobody to be added by."""

    help = "Buat organisasi puncak dan admin pertamanya, hanya pada portal yang masih kosong."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose portal it is, and who looks after it."""
        parser.add_argument("--organisation", required=True, help="Nama kabupaten/kota.")
        parser.add_argument("--kode", default="", help="Kode wilayahnya, bila ada.")
        parser.add_argument("--name", required=True, help="Nama admin.")
        parser.add_argument("--email", required=True, help="Surel admin.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Add both and print the password, once. CommandError where there are organisations already."""
        password = secrets.token_urlsafe(12)
        with transaction.atomic():
            if Organisation.objects.exists():
                raise CommandError("Portal ini sudah berisi organisasi. Minta adminnya menambahkan Anda.")
            top = add_organisation(
                name=options["organisation"], kind=OrganisationKind.REGENCY, kode=options["kode"], by=SYSTEM
            )
            add_person(
                email=options["email"],
                name=options["name"],
                password=password,
                organisation=top,
                role=Role.ADMIN,
                by=SYSTEM,
                must_change_password=True,
            )
        self.stdout.write(f"Kata sandi sementara untuk {options['email']}, ditampilkan sekali ini saja: {password}")
