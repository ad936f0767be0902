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

from lumbung.read.ocr_lines import HEIGHT, Box, Line, boxes, joined, strip

Spelling = tuple[str, float]  # a line's text, and the mean certainty of its letters

MODELS = {"find": "PP-OCRv6_det_small.onnx", "spell": "PP-OCRv6_rec_small.onnx"}
SHORT_SIDE, LONG_SIDE, LONGER_SIDE = (
    640,
    960,
    1920,
)  # pixels in which lines are looked for: photographs, all, small type
LARGE_TYPE, SMALL_TYPE = 14, 9  # pixels; lower lines are looked for again, in more pixels
ENLARGED = 3  # times at most, for pictures with type of a few pixels
MOST_LINES = 400  # on one picture; a page of a book has fifty
MANY_LINES = 60  # from here on short words are left out
SHORTEST = 4.0  # of its height: sixteen digits in the narrowest type are longer
TOGETHER, ALIKE = 8, 1.4  # strips spelled at once, and by how much the widest may be wider than the narrowest
WIDEST = 3_200  # pixels of a line 48 pixels high
SURE = 0.9  # a line spelled with less is tried upside down as well, where it may be a number
LIKELY = 0.7  # the same, where the longest lines leave no doubt which way is up
VOTERS = 3
MEAN = np.array((123.675, 116.28, 103.53), np.float32)  # of the pictures from which the first network learnt
SPREAD = np.array((58.395, 57.12, 57.375), np.float32)


class TooMuchText(Exception):
    """More lines than are spelled within reason; what was not spelled was not read."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of text, and how much was spelled for them: pixels of lines HEIGHT pixels high."""

    texts: list[str]
    spelled: int


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


def lines(picture: Image.Image, *, most: int) -> Rows:
    """Rows of text on an RGB picture, from its top as the text stands. Raise TooMuchText where `most` pixels of lines
    are not enough.

    On a picture with many lines, words too short for a number are left out.
    """
    pixels = np.asarray(picture)
    found = _found(pixels)
    if len(found) > MOST_LINES:
        raise TooMuchText
    if len(found) > MANY_LINES:
        found = [box for box in found if box.width >= SHORTEST * box.height]
    spelled = round(sum(min(WIDEST, HEIGHT * box.width / box.height) for box in found))
    if spelled > most:
        raise TooMuchText
    return Rows(joined([line for way in (True, False) for line in _spelled(pixels, found, upright=way)]), spelled)


def _found(pixels: Any) -> list[Box]:
    """Boxes around lines: in few pixels first, in more where the type is small, or a small picture shows nothing."""
    longest = max(pixels.shape)
    if longest > 2 * LONG_SIDE:
        found = _find(pixels, SHORT_SIDE)
        if _lowest(found, SHORT_SIDE / longest) >= LARGE_TYPE:
            return found
    side = min(LONG_SIDE, longest * 3 // 2)
    found = _find(pixels, side)
    if longest > LONG_SIDE * 5 // 4 and 0 < _lowest(found, side / longest) < SMALL_TYPE:
        return _find(pixels, LONGER_SIDE)
    if side < LONG_SIDE and _lowest(found, side / longest) < SMALL_TYPE:
        return _find(pixels, min(LONG_SIDE, longest * ENLARGED))
    return found


def _lowest(found: list[Box], scale: float) -> float:
    """The height of the smallest type, in pixels of the picture as it was looked at; 0 where there is none."""
    return min((box.height for box in found), default=0.0) * scale


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
    strips = [strip(pixels, box, most=WIDEST) for box in own]
    first, other = _spell(strips[:VOTERS], turned=False), list[Spelling]()
    turned = False
    if first and sum(sure for _, sure in first) < SURE * len(first):
        other = _spell(strips[:VOTERS], turned=True)
        turned = sum(sure for _, sure in other) > sum(sure for _, sure in first)
    spelled = (other if turned else first) + _spell(strips[VOTERS:], turned=turned)
    least = SURE if other else LIKELY
    doubtful = [index for index, (_, sure) in enumerate(spelled) if sure < least and _may_be_number(own[index])]
    again = _spell([strips[index] for index in doubtful], turned=not turned)
    for index, spelling in zip(doubtful, again, strict=True):
        spelled[index] = max(spelled[index], spelling, key=lambda one: one[1])
    return [Line(box=box, text=text, turned=turned) for box, (text, _) in zip(own, spelled, strict=True)]


def _may_be_number(box: Box) -> bool:
    return box.width >= SHORTEST * box.height


def _spell(strips: list[Any], *, turned: bool) -> list[Spelling]:
    """What each strip says, strips of like width together."""
    spelled: dict[int, Spelling] = {}
    order = sorted(range(len(strips)), key=lambda index: strips[index].shape[1])
    while order:
        widest = strips[order[0]].shape[1] * ALIKE
        batch = [index for index in order[:TOGETHER] if strips[index].shape[1] <= widest]
        order = order[len(batch) :]
        spelled |= dict(zip(batch, _spell_batch([strips[index] for index in batch], turned=turned), strict=True))
    return [spelled[index] for index in range(len(strips))]


def _spell_batch(strips: list[Any], *, turned: bool) -> list[Spelling]:
    """Text and mean certainty of its letters, of strips laid into one array and filled up with grey."""
    given = np.zeros((len(strips), 3, HEIGHT, max(one.shape[1] for one in strips)), np.float32)
    for index, one in enumerate(strips):
        turned_one = (one[::-1, ::-1] if turned else one)[:, :, ::-1]
        given[index, :, :, : one.shape[1]] = turned_one.transpose(2, 0, 1).astype(np.float32) / 127.5 - 1
    session = engine().spell
    (answer,) = session.run(None, {session.get_inputs()[0].name: given})
    return [_letters(one) for one in answer]


def _letters(answer: Any) -> Spelling:
    best, sure = answer.argmax(1), answer.max(1)
    kept = (best != 0) & np.concatenate([[True], best[1:] != best[:-1]])
    text = "".join(engine().alphabet[index] for index in best[kept])
    return text, float(sure[kept].mean()) if kept.any() else 0.0
