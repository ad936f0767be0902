"""The second step at sign-in: a code from a telephone (TOTP, RFC 6238), a passkey (WebAuthn), or a recovery code.

Allauth keeps and checks them; here stands who needs one, and what allauth leaves to us: secrets sealed under the key
file, failures counted where every process sees them, and no code taken twice.
"""

import base64
import os
from datetime import timedelta
from typing import Any, ClassVar

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Membership, Person
from lumbung.portal.accounts.roles import GUARDED
from lumbung.portal.audit import keys
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event

STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
MOST_FAILURES = 5
REST = timedelta(minutes=15)


def has_second_step(person: AbstractBaseUser) -> bool:
    """Whether they set up a telephone or a passkey; recovery codes alone are none."""
    return Authenticator.objects.filter(user_id=person.pk, type__in=STEPS).exists()


def needs_second_step(person: Person) -> bool:
    """Whether one of their roles asks for it, or will once a second admin confirms it. Never of the invented."""
    if person.invented:
        return False
    held = Membership.objects.filter(person=person, role__in=GUARDED)
    return held.exists() or person.proposals.filter(answer="waiting", role__in=GUARDED).exists()


def lacks_second_step(person: Person) -> bool:
    """Whether nothing but the page where it is set up is open to them."""
    return needs_second_step(person) and not has_second_step(person)


def is_guessing_codes(person: AbstractBaseUser) -> bool:
    """Whether so many codes were wrong lately that we wait; counted in the record, which every process reads."""
    since = timezone.now() - REST
    failed = Event.objects.filter(kind=Kind.SECOND_STEP_FAILED, subject=f"person:{person.pk}", at__gte=since)
    return failed.count() >= MOST_FAILURES


def take_code(authenticator: Authenticator, code: str) -> bool:
    """Use up a code of the telephone: true once, false for the same code or an older one, in whichever process."""
    with transaction.atomic():
        current = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
        secret = Vault().decrypt(current.data["secret"])
        typed = "".join(code.split())
        fitting = [at for at in yield_hotp_counters_from_time() if format_hotp_value(hotp_value(secret, at)) == typed]
        if not fitting or max(fitting) <= current.data.get("taken", -1):
            return False
        current.data["taken"] = max(fitting)
        current.save(update_fields=["data"])
    authenticator.data = current.data
    return True


class Vault(DefaultMFAAdapter):
    """What allauth asks about secrets, names and words. Secrets are sealed with AES-256-GCM under a derived key."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Kodenya belum cocok. Periksa jam di ponsel Anda, lalu ketik kode yang sedang tampil."),
        "cannot_delete_authenticator": _(
            "Peran Anda memerlukan pengaman kedua. Pasang yang baru sebelum melepas ini."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Sealed under the key file, so that a stolen database signs nobody in."""
        nonce = os.urandom(12)
        return base64.b64encode(nonce + AESGCM(_key()).encrypt(nonce, text.encode(), None)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret. Raise cryptography's InvalidTag under another key file."""
        sealed = base64.b64decode(encrypted_text)
        return AESGCM(_key()).decrypt(sealed[:12], sealed[12:], None).decode()

    def get_totp_issuer(self) -> str:
        """As the telephone lists it."""
        return f"Lumbung {self._get_site_name()}"

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last one of somebody whose role needs one."""
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=STEPS).exclude(
            pk=authenticator.pk
        )
        return others.exists() or not needs_second_step(Person.objects.get(pk=authenticator.user_id))

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        """What a new passkey is called until its owner says otherwise."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return say("Kunci sandi %(number)s") % {"number": count + 1}

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """No mail leaves this portal; the record holds the line."""


def _key() -> bytes:
    """A key of its own, derived from the master key, so that no two uses share one."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"lumbung second step").derive(keys.master_key())
