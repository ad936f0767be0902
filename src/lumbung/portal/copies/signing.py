"""The electronic signature in a printed copy: CMS (RFC 5652) by a key of this portal, over every byte of the file.

The key is derived from the master key, the certificate is the portal's own. It shows that the file is as it left this
house; it is no certified signature of an officer (BSrE). Its public key stands in the record of each handing over.
"""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, derive_private_key
from cryptography.hazmat.primitives.hashes import SHA256, Hash
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, pkcs7
from cryptography.x509.oid import NameOID
from django.conf import settings

from lumbung.portal.audit.keys import master_key
from lumbung.tracing.signable import PLACE, RANGE

FIRST, LAST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2056, 1, 1, tzinfo=UTC)
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of the curve P-256 (FIPS 186-5)


class NotSignable(Exception):
    """The paper has no empty place, or more than one."""


def signed(paper: bytes) -> bytes:
    """A paper of `tracing.signable` with its signature. Raise NotSignable."""
    place = b"<" + PLACE.hex().encode() + b">"
    blank = f"[ 0 {RANGE} {RANGE} {RANGE} ]".encode()
    if paper.count(place) != 1 or paper.count(blank) != 1:
        raise NotSignable
    begin = paper.index(place)
    end = begin + len(place)
    covered = f"[ 0 {begin} {end} {len(paper) - end} ]".encode().ljust(len(blank))
    ready = paper.replace(blank, covered)
    signature = _cms(ready[:begin] + ready[end:]).hex().encode()
    return ready[:begin] + b"<" + signature.ljust(len(place) - 2, b"0") + b">" + ready[end:]


def public_digest() -> str:
    """The SHA-256 of the public key, by which the recipient knows the certificate."""
    digest = Hash(SHA256())
    digest.update(_key().public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))
    return digest.finalize().hex()


def _cms(content: bytes) -> bytes:
    options = [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary]
    key = _key()
    builder = pkcs7.PKCS7SignatureBuilder().set_data(content).add_signer(_certificate(key), key, SHA256())
    return builder.sign(Encoding.DER, options)


def _key() -> EllipticCurvePrivateKey:
    """A key of its own, derived from the master key, so that no two uses share one."""
    derived = HKDF(algorithm=SHA256(), length=40, salt=None, info=b"lumbung copies signature").derive(master_key())
    return derive_private_key(int.from_bytes(derived, "big") % (ORDER - 1) + 1, SECP256R1())


def _certificate(key: EllipticCurvePrivateKey) -> x509.Certificate:
    host = urlsplit(settings.LUMBUNG_URL).hostname or "localhost"
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Lumbung {host}"[:64])])
    builder = x509.CertificateBuilder(subject_name=name, issuer_name=name, public_key=key.public_key())
    builder = builder.serial_number(1).not_valid_before(FIRST).not_valid_after(LAST)
    return builder.sign(key, SHA256())
