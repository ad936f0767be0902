"""Characters in pixels: where text stands on a picture, and what it says, in any of the four directions.

Models: PP-OCRv6 small (PaddleOCR, Apache-2.0), which the `rapidocr` package carries in its wheel. Only its model files
are used, none of its code: that could fetch others, and a confined child has no network. The steps around the models
follow PaddleOCR: "Differentiable Binarization" (arXiv:1911.08947) to find lines, CTC to spell them.
"""

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import onnxruntime
from PIL import Image

from lumbung.read.ocr_lines import Box, Line, boxes, joined, strip

MODELS = {"find": "PP-OCRv6_det_small.onnx", "spell": "PP-OCRv6_rec_small.onnx"}
LONG_SIDE, LONGER_SIDE = 960, 1920  # pixels in which lines are looked for: the usual one, and for small type
SMALL_TYPE = 9  # pixels; lower lines are looked for again, in more pixels
ENLARGED = 3  # times at most, for pictures with type of a few pixels
MOST_LINES = 400  # on one picture; a page of a book has fifty
WIDEST = 3_200  # pixels of a line 48 pixels high
SURE = 0.9  # a line spelled with less is tried upside down as well
VOTERS = 3
MEAN = np.array((123.675, 116.28, 103.53), np.float32)  # of the pictures from which the first network learnt
SPREAD = np.array((58.395, 57.12, 57.375), np.float32)


class TooMuchText(Exception):
    """More lines than are spelled within reason; what was not spelled was not read."""


@dataclass(frozen=True, slots=True)
class Engine:
    """Two networks and the alphabet of the second."""

    find: onnxruntime.InferenceSession
    spell: onnxruntime.InferenceSession
    alphabet: tuple[str, ...]


@cache
def engine() -> Engine:
    """Loaded once for each process, when the first picture is met (some 0.3 s)."""
    find, spell = (_session(MODELS[task]) for task in ("find", "spell"))
    letters = spell.get_modelmeta().custom_metadata_map["character"].split("\n")
    return Engine(find, spell, ("", *letters, " "))


def lines(picture: Image.Image) -> list[str]:
    """Rows of text on an RGB picture, from its top as the text stands. Raise TooMuchText."""
    pixels = np.asarray(picture)
    found = _find(pixels, LONG_SIDE)
    lowest = min((box.height for box in found), default=0.0) * LONG_SIDE / max(pixels.shape)
    if max(pixels.shape) > LONG_SIDE * 5 // 4 and lowest < SMALL_TYPE:
        found = _find(pixels, LONGER_SIDE)
    if len(found) > MOST_LINES:
        raise TooMuchText
    return joined([line for upright in (True, False) for line in _spelled(pixels, found, upright=upright)])


def _session(name: str) -> onnxruntime.InferenceSession:
    spec = find_spec("rapidocr")
    folder = Path(next(iter(spec.submodule_search_locations or ()))) if spec else Path()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # waiting costs no CPU seconds
    options.enable_cpu_mem_arena = False  # memory is given back between pictures
    return onnxruntime.InferenceSession(folder / "models" / name, options, providers=["CPUExecutionProvider"])


def _find(pixels: Any, side: int) -> list[Box]:
    """Boxes around lines of text, in the picture's own pixels."""
    height, width = pixels.shape[:2]
    scale = min(side / max(height, width), ENLARGED)
    size = [max(32, round(length * scale / 32) * 32) for length in (width, height)]
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    given = (cv2.resize(pixels, size, interpolation=way)[:, :, ::-1].astype(np.float32) - MEAN) / SPREAD
    session = engine().find
    (answer,) = session.run(None, {session.get_inputs()[0].name: given.transpose(2, 0, 1)[None]})
    return boxes(answer[0, 0], across=width / size[0], down=height / size[1])


def _spelled(pixels: Any, found: list[Box], *, upright: bool) -> list[Line]:
    """The lines that lie, or those that stand; the longest vote on which end is their beginning."""
    own = sorted((box for box in found if box.lies is upright), key=lambda box: -box.width)
    strips = {box: strip(pixels, box, most=WIDEST) for box in own}
    votes = {turned: [_spell(strips[box], turned=turned) for box in own[:VOTERS]] for turned in (False, True)}
    turned = sum(sure for _, sure in votes[True]) > sum(sure for _, sure in votes[False])
    return [_line(strips[box], box, turned=turned) for box in own]


def _line(pixels: Any, box: Box, *, turned: bool) -> Line:
    text, sure = _spell(pixels, turned=turned)
    if sure < SURE:
        text, _ = max((text, sure), _spell(pixels, turned=not turned), key=lambda spelling: spelling[1])
    return Line(box=box, text=text, turned=turned)


def _spell(pixels: Any, *, turned: bool) -> tuple[str, float]:
    """What a strip says, and the mean certainty of its letters."""
    given = (pixels[::-1, ::-1] if turned else pixels)[:, :, ::-1].astype(np.float32) / 127.5 - 1
    session, alphabet = engine().spell, engine().alphabet
    (answer,) = session.run(None, {session.get_inputs()[0].name: given.transpose(2, 0, 1)[None]})
    best, sure = answer[0].argmax(1), answer[0].max(1)
    kept = (best != 0) & np.concatenate([[True], best[1:] != best[:-1]])
    text = "".join(alphabet[index] for index in best[kept])
    return text, float(sure[kept].mean()) if kept.any() else 0.0
