"""Where a number hides in an XML file."""

from collections.abc import Callable

from tests.hiding import HidingPlace

ROWS = "<pasar><nama>Wage</nama><kios>3</kios></pasar><pasar><nama>Pahing</nama><kios>5</kios></pasar>"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def document(inside: str, *, head: str = HEAD, behind: str = "", root: str = "data") -> Callable[[str], bytes]:
    """A file of two rows with this behind them; {} is the number."""
    whole = f"{head}<{root}>{ROWS}{inside}</{root.split()[0]}>{behind}"
    return lambda nik: whole.replace("{}", nik).encode()


def referred(nik: str) -> bytes:
    """Each digit by its character's number."""
    return document("<pasar><nama>x</nama><kios>{}</kios></pasar>")("".join(f"&#{ord(digit)};" for digit in nik))


def wide(nik: str) -> bytes:
    text = document("<pasar><kios>{}</kios></pasar>", head='<?xml version="1.0" encoding="UTF-16"?>')(nik).decode()
    return text.encode("utf-16")


def place(where: str, plant: Callable[[str], bytes], **rest: object) -> HidingPlace:
    return HidingPlace(format="xml", where=where, plant=plant, **rest)  # type: ignore[arg-type]


ENTITY = '<!DOCTYPE data [<!ENTITY n "{}">]>'
PLACES = (
    place("a row's element", document("<pasar><nama>x</nama><kios>{}</kios></pasar>"), at={"path": "/data/pasar"}),
    place("a row's attribute", document('<pasar id="{}"><nama>x</nama></pasar>'), at={"path": "/data/pasar"}),
    place("an element that other rows have not", document("<pasar><lain><dalam>{}</dalam></lain></pasar>")),
    place("a row in a row", document("<pasar><kios><no>1</no></kios><kios><no>{}</no></kios></pasar>")),
    place("text beside a row's elements", document("<pasar>{}<nama>x</nama></pasar>")),
    place("an element that stands alone", document("<catatan>milik {}</catatan>")),
    place("an attribute of the root", document("", root='data id="{}"')),
    place("unparsed text (CDATA)", document("<pasar><kios><![CDATA[{}]]></kios></pasar>")),
    place("characters written by their numbers", referred),
    place("a comment", document("<!-- milik {} -->"), at={"hidden": True}),
    place("a processing instruction", document("<?catatan {}?>"), at={"hidden": True}),
    place("the name of an element", document("<n{}/>")),
    place("the name of an attribute", document('<a n{}="1"/>')),
    place("a namespace", document('<a xmlns:x="urn:{}"/>')),
    place("a comment behind the end", document("", behind="<!-- {} -->")),
    place("a file in UTF-16", wide),
    place("text behind the end", document("", behind="milik {}")),
    place("an entity of its own", document("<a>&n;</a>", head=HEAD + ENTITY), answer="nik"),
    place("an element that is never closed", document("<a>{}")),
)
