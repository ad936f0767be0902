"""Messages: .eml as they travel, .msg as Outlook keeps them."""

import base64
import struct
from collections.abc import Callable, Mapping

from tests.hiding import HidingPlace
from tests.hiding.docx import hexadecimal, quoted
from tests.read.old_office import outlook
from tests.read.planted import package as workbook

HEAD = b"From: a@desa.example\r\nTo: b@desa.example\r\nDate: Mon, 2 Jan 2023 08:00:00 +0700\r\n"
MIXED = b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="q"\r\n\r\n'
TEXT = b"--q\r\nContent-Type: text/plain\r\n\r\nSalam\r\n"
END = b"--q--\r\n"


def eml(where: str, plant: Callable[[str], bytes], at: Mapping[str, object] | None = None) -> HidingPlace:
    """A row about a message that travels."""
    return HidingPlace(format="eml", where=where, plant=lambda nik: HEAD + plant(nik), at=at or {})


def msg(where: str, streams: Callable[[str], Mapping[str, bytes | str]]) -> HidingPlace:
    """A row about a message that Outlook keeps."""
    return HidingPlace(format="msg", where=where, plant=lambda nik: outlook({"0037": "Salam", **streams(nik)}), at={})


def cut_short(content: str, *, kept: int) -> bytes:
    """A message whose text ends after so many bytes for every program, and lies there whole all the same."""
    file = bytearray(outlook({"0037": "Salam", "1000": content}))
    entry = file.index("__substg1.0_1000001F".encode("utf-16-le"))
    struct.pack_into("<I", file, entry + 120, kept)
    return bytes(file)


def part(content: bytes, kind: bytes = b"application/octet-stream", code: bytes = b"base64") -> bytes:
    """A message of two parts, the second this one."""
    body = base64.encodebytes(content) if code == b"base64" else content
    head = b"--q\r\nContent-Type: %b\r\nContent-Transfer-Encoding: %b\r\n\r\n" % (kind, code)
    return MIXED + TEXT + head + body + b"\r\n" + END


def book(nik: str) -> bytes:
    """A workbook with the number in it."""
    return workbook({"xl/sharedStrings.xml": f"<sst><si><t>{nik}</t></si></sst>"})


def word_of(text: str) -> bytes:
    """An encoded word of a header."""
    return b"=?utf-8?b?" + base64.b64encode(text.encode()) + b"?="


def uncompressed(rtf: bytes) -> bytes:
    """Packed RTF that is not packed."""
    return struct.pack("<IIII", len(rtf) + 12, len(rtf), 0x414C454D, 0) + rtf


PLACES = (
    eml("the text, in quoted-printable", lambda nik: part(quoted(nik), b"text/plain", b"quoted-printable")),
    eml("the text, in Base64", lambda nik: part(f"milik {nik}".encode(), b"text/plain; charset=utf-8")),
    eml("the text, in wide characters", lambda nik: part(nik.encode("utf-16-le"), b"text/plain; charset=utf-16le")),
    eml("a header in an encoded word", lambda nik: b"Subject: " + word_of(f"milik {nik}") + b"\r\n\r\nSalam\r\n"),
    eml("a header of one's own", lambda nik: b"X-Warga: %b\r\n\r\nSalam\r\n" % nik.encode()),
    eml("text before the first part", lambda nik: MIXED + nik.encode() + b"\r\n" + TEXT + END, {"hidden": True}),
    eml("text behind the last part", lambda nik: MIXED + TEXT + END + nik.encode() + b"\r\n", {"hidden": True}),
    eml("an attached workbook", lambda nik: part(book(nik))),
    eml("a web page", lambda nik: part(f"<p>{nik[:5]}<b>{nik[5:]}</b></p>".encode(), b"text/html")),
    eml("the name of an attachment", lambda nik: part(b"x", b'text/csv; name="=?utf-8?q?%b.csv?="' % nik.encode())),
    eml(
        "a message inside the message",
        lambda nik: part(b"Subject: lama\r\n\r\n" + nik.encode(), b"message/rfc822", b"7bit"),
    ),
    eml(
        "a message inside the message, in Base64",
        lambda nik: part(HEAD + b"\r\n" + nik.encode(), b"message/rfc822"),
    ),
    eml(
        "a file in the text, uuencoded",
        lambda nik: b"\r\nSalam\r\nbegin 644 a.csv\r\n" + uuencoded(f"nik;nama\n{nik};A\n".encode()) + b"`\r\nend\r\n",
    ),
    eml("an alternative that no program shows", lambda nik: part(f"x {nik}".encode(), b"text/x-lain")),
    msg("the text", lambda nik: {"1000": f"milik {nik} ini"}),
    HidingPlace(
        format="msg",
        where="behind the end of a short text",
        plant=lambda nik: cut_short(f"Salam, warga {nik} ini", kept=10),
        at={"hidden": True},
    ),
    HidingPlace(
        format="msg",
        where="behind the end of a long text",
        plant=lambda nik: cut_short("Salam. " * 700 + f"warga {nik} ini", kept=9700),
        at={"hidden": True},
    ),
    msg("the subject", lambda nik: {"0037": f"milik {nik} ini"}),
    msg("the web page", lambda nik: {"1013": f"<p>{nik[:5]}<b>{nik[5:]}</b></p>".encode()}),
    msg("packed RTF", lambda nik: {"1009": uncompressed(b"{\\rtf1 " + hexadecimal(nik) + b"}")}),
    msg("an attached workbook", lambda nik: {"__attach_version1.0_#00000000/__substg1.0_37010102": book(nik)}),
    msg(
        "a message inside the message",
        lambda nik: {"__attach_version1.0_#00000000/__substg1.0_3701000D/__substg1.0_1000001F": f"milik {nik}"},
    ),
    msg("the name of an attachment", lambda nik: {"__attach_version1.0_#00000000/__substg1.0_3707001F": f"{nik}.csv"}),
    msg("a recipient", lambda nik: {"__recip_version1.0_#00000000/__substg1.0_3001001F": f"warga {nik}"}),
    msg("a property of one's own", lambda nik: {"__substg1.0_8001001F": f"warga {nik}"}),
    msg(
        "a number among the properties",
        lambda nik: {"__properties_version1.0": bytes(32) + struct.pack("<HHIq", 0x14, 0x8002, 2, int(nik))},
    ),
    msg("bytes that nobody knows", lambda nik: {"8003": b"\1\2" + nik.encode()}),
)


def uuencoded(data: bytes) -> bytes:
    """Lines of a file in the old code."""
    import binascii

    return b"".join(binascii.b2a_uu(data[start : start + 45]) for start in range(0, len(data), 45))
