"""Keys as text that shows typing mistakes: Bech32 (BIP 173), without its limit on length, as age uses it."""

from collections.abc import Iterable

SIGNS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
FACTORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
CHECKED = 6  # signs of the sum at the end


def encoded(prefix: str, raw: bytes) -> str:
    """Bytes as text, in small letters."""
    words = _regrouped(raw, 8, 5, fill=True) or []
    rest = _sum([*_expanded(prefix), *words, *[0] * CHECKED]) ^ 1
    signs = [*words, *((rest >> 5 * (CHECKED - 1 - place)) & 31 for place in range(CHECKED))]
    return f"{prefix}1" + "".join(SIGNS[sign] for sign in signs)


def decoded(text: str, prefix: str) -> bytes | None:
    """The bytes of a text in small letters that has this prefix; None for anything else."""
    if not text.startswith(f"{prefix}1") or not set(text[len(prefix) + 1 :]) <= set(SIGNS):
        return None
    words = [SIGNS.index(sign) for sign in text[len(prefix) + 1 :]]
    if len(words) < CHECKED or _sum([*_expanded(prefix), *words]) != 1:
        return None
    grouped = _regrouped(words[:-CHECKED], 5, 8, fill=False)
    return None if grouped is None else bytes(grouped)


def _sum(words: Iterable[int]) -> int:
    reached = 1
    for word in words:
        top = reached >> 25
        reached = (reached & 0x1FFFFFF) << 5 ^ word
        for place, factor in enumerate(FACTORS):
            reached ^= factor if top >> place & 1 else 0
    return reached


def _expanded(prefix: str) -> list[int]:
    return [*(ord(sign) >> 5 for sign in prefix), 0, *(ord(sign) & 31 for sign in prefix)]


def _regrouped(words: Iterable[int], width: int, wanted: int, *, fill: bool) -> list[int] | None:
    """The same bits in groups of another width; None where bits are left over that were not filled in."""
    kept, bits, groups = 0, 0, []
    for word in words:
        kept, bits = kept << width | word, bits + width
        while bits >= wanted:
            bits -= wanted
            groups.append(kept >> bits & (1 << wanted) - 1)
    rest = kept & (1 << bits) - 1
    if fill:
        return [*groups, rest << wanted - bits] if bits else groups
    return None if bits >= width or rest else groups
