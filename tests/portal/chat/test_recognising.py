"""What must not be sent is recognised however it is written; greetings, codes and telephone numbers are not."""

import pytest

from lumbung.portal.chat.recognising import LONGEST, holds_identity, ticket_in
from tests.portal.intake.conftest import secret_numbers

NIK, KK = secret_numbers(2)
WIDE = NIK.translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)})
ARABIC = NIK.translate({ord(str(digit)): chr(0x0660 + digit) for digit in range(10)})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "halo, KTP saya sudah jadi?",
        "NS2KR-2EHZ7-N",
        "kode saya ns2kr2ehz7n, terima kasih",
        "telepon saya 081234567890",
        "+62 812-3456-7890",
        "besok tanggal 17-08-2026 pukul 09.00",
        "Rp 1.250.000",
        "12345-67890-1",
        "SIBOSILOBIS BOSSSOILLIO",
        "👍🏽",
    ],
)
def test_what_may_be_sent(text: str) -> None:
    assert not holds_identity(text)


@pytest.mark.parametrize(
    "text",
    [
        f"#KTP#{NIK}#{KK}#SITI#Madusari#Secang#Hilang",
        f"#SINKRONISASI#{NIK}#{KK}#BPJS",
        NIK,
        f"ktp saya {NIK[:4]} {NIK[4:8]} {NIK[8:12]} {NIK[12:]} ya",
        ".".join(NIK),
        " ".join(NIK),
        "\n".join((NIK[:8], NIK[8:])),
        "\u200b".join(NIK),
        f"{NIK[:6]} - {NIK[6:12]} / {NIK[12:]}",
        WIDE,
        ARABIC,
        NIK.replace("0", "O"),
        NIK.replace("1", "l").replace("0", "o"),
        NIK[:-1],  # a digit was lost
        NIK + "7",
        f"NS2KR-2EHZ7-N {NIK}",
        f"kode NS2KR-2EHZ7-N\nnik={NIK}",
        "nama BUDI SANTOSO tgl lahir 12-09-1990 alamat RT 01 RW 02 Madusari",
        "x" * (LONGEST + 1),
    ],
)  # fmt: skip
def test_what_may_not(text: str) -> None:
    assert holds_identity(text)


@pytest.mark.parametrize(
    ("text", "ticket"),
    [
        ("status ns2kr 2ehz7 n", "NS2KR-2EHZ7-N"),
        ("NS2KR-2EHZ7-M", None),  # the check letter is wrong
        ("XNS2KR-2EHZ7-N", None),
        ("(NS2KR-2EHZ7-N)?", "NS2KR-2EHZ7-N"),
        ("halo", None),
    ],
)
def test_tickets(text: str, ticket: str | None) -> None:
    assert ticket_in(text) == ticket


@pytest.mark.parametrize("text", ["0 " * 8000, "-" * 16_000, "1---" * 4000, "O" * 16_000, "{[(" * 5000])
def test_nasty_texts_come_to_an_end(text: str) -> None:
    assert holds_identity(text) in (True, False)
