"""A PDF with an empty place for a signature that allows no change whatever (ISO 32000-1, 12.8: DocMDP, level 1).

Who signs fills in two things and moves no byte: the ranges that the signature covers, and the signature (CMS,
adbe.pkcs7.detached) in hexadecimal digits. A reader of PDF then says whether anything was changed since.
"""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, String

ROOM = 4096  # bytes that a signature with its certificate may take
RANGE = 9_999_999_999  # a number of ten digits, to be written over
PLACE = b"\xff" * ROOM


def signable(paper: bytes) -> bytes:
    """The same paper with the empty place; the bytes of the place stand in it once."""
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        signature = pdf.make_indirect(_signature())
        field = Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T=String("Lumbung"), V=signature,
            Rect=Array([0, 0, 0, 0]), F=132, P=pdf.pages[0].obj,
        )  # fmt: skip
        widget = pdf.make_indirect(field)
        pdf.pages[0].obj.Annots = Array([widget])
        pdf.Root.AcroForm = Dictionary(Fields=Array([widget]), SigFlags=3)
        pdf.Root.Perms = Dictionary(DocMDP=signature)
        pdf.save(written, object_stream_mode=pikepdf.ObjectStreamMode.disable, deterministic_id=True)
    return written.getvalue()


def _signature() -> Dictionary:
    nothing_may_change = Dictionary(Type=Name.TransformParams, P=1, V=Name("/1.2"))
    reference = Dictionary(Type=Name.SigRef, TransformMethod=Name.DocMDP, TransformParams=nothing_may_change)
    return Dictionary(
        Type=Name.Sig,
        Filter=Name("/Adobe.PPKLite"),
        SubFilter=Name("/adbe.pkcs7.detached"),
        ByteRange=Array([0, RANGE, RANGE, RANGE]),
        Contents=String(PLACE),
        Reference=Array([reference]),
    )
