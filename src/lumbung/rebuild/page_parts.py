"""Fonts, pictures, patterns and the like, copied key by key into another PDF: what is not on the list stays behind.

Source: ISO 32000-2, chapters 8 (graphics), 9 (text) and 10 (rendering). Colour profiles become plain device colours,
names become new names, streams are unpacked and packed again, so that nothing can ride behind their data.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from lumbung.rebuild.jpeg import bare_jpeg
from lumbung.rebuild.page_content import Used, cleaned

DEEPEST = 40
ALLOWED = frozenset(
    {
        *("Type", "Subtype", "FirstChar", "LastChar", "Widths", "FontDescriptor", "Encoding", "BaseEncoding"),
        *("Differences", "ToUnicode", "DescendantFonts", "CIDSystemInfo", "Registry", "Ordering", "Supplement", "W"),
        *("DW", "W2", "DW2", "CIDToGIDMap", "FontMatrix", "FontBBox", "CharProcs", "Flags", "ItalicAngle", "Ascent"),
        *("Descent", "CapHeight", "StemV", "FontFile", "FontFile2", "FontFile3", "MissingWidth", "Leading", "XHeight"),
        *("StemH", "AvgWidth", "MaxWidth", "Length1", "Length2", "Length3", "UseCMap", "WMode", "CMapName"),
        *("Width", "Height", "ColorSpace", "BitsPerComponent", "Intent", "ImageMask", "Mask", "SMask", "Decode"),
        *("Interpolate", "Matte", "SMaskInData", "BBox", "Matrix", "Group", "FormType", "S", "CS", "I", "K"),
        *(
            "PatternType",
            "PaintType",
            "TilingType",
            "XStep",
            "YStep",
            "Shading",
            "ShadingType",
            "Background",
            "AntiAlias",
        ),
        *("Coords", "Domain", "Range", "Function", "Functions", "FunctionType", "C0", "C1", "N", "Bounds", "Encode"),
        *("Extend", "Size", "BitsPerSample", "Order", "BitsPerCoordinate", "BitsPerFlag", "VerticesPerRow"),
        *("LW", "LC", "LJ", "ML", "D", "RI", "OP", "op", "OPM", "FL", "SM", "SA", "BM", "CA", "ca", "AIS", "TK", "G"),
        *("BC", "WhitePoint", "BlackPoint", "Gamma", "TR"),
    }
)
TEXTS = frozenset({"/Registry", "/Ordering"})
PLAIN_SPACES = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}
COMMENT = re.compile(rb"%[^\r\n]*")


class NotCopied(Exception):
    """Something on the page that is not copied apart; the page is drawn as one picture instead."""


@dataclass(slots=True)
class Copier:
    """Copies into `target`. `done` maps what was copied, so that what is shared stays shared and circles end."""

    target: pikepdf.Pdf
    with_text: bool = True
    done: dict[tuple[int, int], Any] = field(default_factory=dict)
    fonts: int = 0
    depth: int = 0

    def content(self, source: Any, resources: Any) -> tuple[bytes, Any]:
        """The cleaned operators, and the resources that they use. Raise NotCopied."""
        used = Used()
        try:
            data = cleaned(source, used, with_text=self.with_text)
        except (pikepdf.PdfError, ValueError, TypeError) as damage:
            raise NotCopied from damage
        return data, self._resources(resources, used)

    def _resources(self, resources: Any, used: Used) -> Any:
        kept = pikepdf.Dictionary()
        for (category, old), new in used.names.items():
            found = resources.get(category) if isinstance(resources, pikepdf.Dictionary) else None
            value = found.get(old) if isinstance(found, pikepdf.Dictionary) else None
            if value is None:
                continue
            if category not in kept:
                kept[category] = pikepdf.Dictionary()
            kept[category][new] = self.copy(value, category)
        return kept

    def copy(self, value: Any, key: str = "") -> Any:
        """A value with all that it holds. Raise NotCopied for what is too deep or in no known shape."""
        self.depth += 1
        try:
            if self.depth > DEEPEST:
                raise NotCopied
            return self._copy(value, key)
        finally:
            self.depth -= 1

    def _copy(self, value: Any, key: str) -> Any:
        if isinstance(value, pikepdf.Stream | pikepdf.Dictionary):
            return self._shared(value)
        if isinstance(value, pikepdf.Array):
            return self._array(value, key)
        if isinstance(value, pikepdf.String) and key not in TEXTS:
            raise NotCopied
        return value

    def _array(self, value: Any, key: str) -> Any:
        kind = value[0] if len(value) else None
        if isinstance(kind, pikepdf.Name) and kind == "/ICCBased" and len(value) > 1:
            return pikepdf.Name(PLAIN_SPACES.get(int(value[1].get("/N", 0)), "/DeviceRGB"))
        if isinstance(kind, pikepdf.Name) and kind == "/Indexed" and len(value) == 4:
            table = value[3].read_bytes() if isinstance(value[3], pikepdf.Stream) else bytes(value[3])
            return pikepdf.Array([kind, self.copy(value[1]), value[2], pikepdf.String(table)])
        return pikepdf.Array([self.copy(one, key) for one in value])

    def _shared(self, value: Any) -> Any:
        known = value.objgen
        if known != (0, 0) and known in self.done:
            return self.done[known]
        if isinstance(value, pikepdf.Stream):
            copied: Any = self.target.make_stream(b"")
        else:
            copied = pikepdf.Dictionary()
            copied = self.target.make_indirect(copied) if known != (0, 0) else copied
        if known != (0, 0):
            self.done[known] = copied
        if value.get("/OC") is not None:
            raise NotCopied
        if isinstance(value, pikepdf.Stream):
            self._fill_stream(value, copied)
        else:
            self._fill(value, copied)
        return copied

    def _fill(self, value: Any, copied: Any) -> None:
        for key, one in value.items():
            if key in ("/BaseFont", "/FontName"):
                copied[key] = self._font_name(value, one)
            elif key == "/CharProcs":
                copied[key] = self._glyphs(one, value.get("/Resources"), copied)
            elif key[1:] in ALLOWED:
                copied[key] = self.copy(one, key)

    def _font_name(self, value: Any, name: Any) -> Any:
        """A font that is carried along needs no name; one that is not is known by it."""
        descriptor = value if "/FontName" in value else value.get("/FontDescriptor", {})
        if value.get("/Subtype") == "/Type0" or any(f"/FontFile{kind}" in descriptor for kind in ("", "2", "3")):
            self.fonts += 1
            return pikepdf.Name(f"/F{self.fonts}")
        if re.search(r"\d{6}", str(name)):
            raise NotCopied
        return name

    def _glyphs(self, procedures: Any, resources: Any, copied: Any) -> Any:
        """The drawings of a Type 3 font; their resources are merged, since each names its own anew."""
        kept, merged = pikepdf.Dictionary(), pikepdf.Dictionary()
        used = Used()
        for name, procedure in procedures.items():
            try:
                kept[name] = self.target.make_stream(cleaned(procedure, used, with_text=self.with_text))
            except (pikepdf.PdfError, ValueError, TypeError) as damage:
                raise NotCopied from damage
        merged = self._resources(resources, used)
        copied["/Resources"] = merged
        return kept

    def _fill_stream(self, value: Any, copied: Any) -> None:
        for key, one in value.items():
            if key[1:] in ALLOWED:
                copied[key] = self.copy(one, key)
        if value.get("/Subtype") == "/Form" or value.get("/PatternType") == 1:
            data, resources = self.content(value, value.get("/Resources"))
            copied["/Resources"] = resources
            copied.write(data)
        elif value.get("/Subtype") == "/Image":
            self._fill_picture(value, copied)
        else:
            copied.write(COMMENT.sub(b"", _unpacked(value)) if _is_map(value) else _unpacked(value))

    def _fill_picture(self, value: Any, copied: Any) -> None:
        if value.get("/Filter") in ("/DCTDecode", pikepdf.Array([pikepdf.Name("/DCTDecode")])):
            copied.write(bare_jpeg(value.read_raw_bytes()), filter=pikepdf.Name("/DCTDecode"))
        else:
            copied.write(_unpacked(value)[: _length(value)])


def _unpacked(value: Any) -> bytes:
    try:
        return bytes(value.read_bytes())
    except (pikepdf.PdfError, NotImplementedError) as packed:
        raise NotCopied from packed


def _is_map(value: Any) -> bool:
    """Whether it is a map of characters, in which comments can stand."""
    return b"begincmap" in _unpacked(value)[:4096]


def _length(value: Any) -> int:
    """How many bytes the pixels of an unpacked picture take. Raise NotCopied where that cannot be told."""
    parts = 1 if value.get("/ImageMask") is True else _components(value.get("/ColorSpace"))
    bits = 1 if value.get("/ImageMask") is True else int(value.get("/BitsPerComponent", 8))
    return int(value.Height) * -(-int(value.Width) * parts * bits // 8)


def _components(space: Any) -> int:
    if isinstance(space, pikepdf.Name):
        known = {"/DeviceGray": 1, "/DeviceRGB": 3, "/DeviceCMYK": 4}
        return known.get(str(space)) or _unknown()
    kind = str(space[0]) if isinstance(space, pikepdf.Array) and len(space) else ""
    if kind == "/ICCBased":
        return int(space[1].get("/N", 3))
    if kind == "/DeviceN":
        return len(space[1])
    return {"/Indexed": 1, "/Separation": 1, "/CalGray": 1, "/CalRGB": 3, "/Lab": 3}.get(kind) or _unknown()


def _unknown() -> int:
    raise NotCopied
