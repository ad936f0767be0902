"""What a page draws, operator by operator: only known operators, only the resources they use, under new names.

Source: ISO 32000-2, annex A (operators) and 9.3.6 (text rendering modes). Marked content falls away, and with it
alternative texts, layers and tags; so do comments, unknown operators and text that is drawn invisibly.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

SHOWS = frozenset({"Tj", "TJ", "'", '"'})
INVISIBLE = (3, 7)  # text rendering modes without ink
PLAIN = frozenset(
    {
        *(
            "b",
            "B",
            "b*",
            "B*",
            "BT",
            "c",
            "cm",
            "CS",
            "cs",
            "d",
            "d0",
            "d1",
            "ET",
            "f",
            "F",
            "f*",
            "G",
            "g",
            "h",
            "i",
        ),
        *("J", "j", "K", "k", "l", "M", "m", "n", "q", "Q", "re", "RG", "rg", "ri", "s", "S", "SC", "sc", "T*", "Tc"),
        *("Td", "TD", "TL", "Tm", "Tr", "Ts", "Tw", "Tz", "v", "w", "W", "W*", "y", *SHOWS),
    }
)
# Operators that name a resource: under which key of the resources it is found, and which operand is the name.
NAMING = {
    "Do": ("/XObject", 0),
    "Tf": ("/Font", 0),
    "gs": ("/ExtGState", 0),
    "sh": ("/Shading", 0),
    "cs": ("/ColorSpace", 0),
    "CS": ("/ColorSpace", 0),
    "scn": ("/Pattern", -1),
    "SCN": ("/Pattern", -1),
}
OWN_SPACES = frozenset({"/DeviceGray", "/DeviceRGB", "/DeviceCMYK", "/Pattern", "/G", "/RGB", "/CMYK"})


@dataclass(slots=True)
class Used:
    """Resources that the operators name: (category, old name) to new name, in order of first use."""

    names: dict[tuple[str, str], str] = field(default_factory=dict)

    def called(self, category: str, name: str) -> str:
        """The new name."""
        return self.names.setdefault((category, name), f"/R{len(self.names) + 1}")


def cleaned(source: Any, used: Used, *, with_text: bool = True) -> bytes:
    """The operators of a page, form, pattern or glyph as new bytes. Raise pikepdf.PdfError for what is no content.

    `with_text` False leaves out every text that is shown, to see what it changed.
    """
    kept = list(_kept(pikepdf.parse_content_stream(source), used, with_text=with_text))
    return bytes(pikepdf.unparse_content_stream(kept))


def _kept(instructions: Iterable[Any], used: Used, *, with_text: bool) -> Iterator[Any]:
    mode, before = 0, list[int]()
    for instruction in instructions:
        if isinstance(instruction, pikepdf.ContentStreamInlineImage):
            yield instruction
            continue
        operands, operator = list(instruction.operands), str(instruction.operator)
        if operator == "Tr" and operands:
            mode = int(operands[0])
        elif operator == "q":
            before.append(mode)
        elif operator == "Q" and before:
            mode = before.pop()
        if operator in SHOWS and (mode in INVISIBLE or not with_text):
            continue
        if operator in NAMING:
            operands = _renamed(operator, operands, used)
        elif operator not in PLAIN:
            continue
        yield pikepdf.ContentStreamInstruction(operands, instruction.operator)


def _renamed(operator: str, operands: list[Any], used: Used) -> list[Any]:
    category, position = NAMING[operator]
    name = operands[position] if operands else None
    if isinstance(name, pikepdf.Name) and not (category == "/ColorSpace" and str(name) in OWN_SPACES):
        operands[position] = pikepdf.Name(used.called(category, str(name)))
    return operands
