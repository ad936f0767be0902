"""Metafiles (EMF, EMF+, WMF, SVM), alone or in an Office file: their words, bitmaps and shapes.

Sources: MS-EMF, MS-EMFPLUS, MS-WMF; LibreOffice for SVM. Words are read as text, bitmaps as pictures, and shapes are
painted and spelled, since letters may be outlines. What is drawn in a way that is not understood here is named unread
("image").
"""

from collections.abc import Callable, Iterable

from lumbung.document import Passage, Place
from lumbung.read.emf import read_emf
from lumbung.read.harvest import Harvest
from lumbung.read.metafile_sketch import Shape, Sketch, Word
from lumbung.read.picture import EMF, SVM, can_look, harvest_picture, is_metafile
from lumbung.read.svm import read_svm
from lumbung.read.sweep import swept, text_of_bytes
from lumbung.read.wmf import read_wmf

SAME_LINE = 0.004  # of the picture's height
FEWEST = 48  # points from which on sixteen digits can be spelled by lines: three each
GAP = 0.3  # of a letter's width: what is farther apart are two words


def harvest_metafile(harvest: Harvest, data: bytes, *, place: Place) -> None:
    """A metafile into the basket, with the metafiles in it. "broken" and "image" are named at the place."""
    sketches = [_sketched(data)]
    for sketch in sketches:
        if len(sketches) > harvest.limits.nesting:
            sketch.unread = True
            break
        sketch.unread = sketch.unread or not all(map(is_metafile, sketch.inner))
        sketches += [_sketched(inner) for inner in sketch.inner if is_metafile(inner)]
    for sketch in sketches:
        _say_words(harvest, sketch, place)
        for content in sketch.bitmaps:
            harvest_picture(harvest, content, place=place)
        _spell(harvest, sketch.shapes, place)
    if any(sketch.unread for sketch in sketches):
        harvest.miss(place, "image")
    if any(sketch.broken for sketch in sketches):
        harvest.miss(place, "broken")


def _sketched(data: bytes) -> Sketch:
    if data.startswith(SVM):
        return read_svm(data)
    return read_emf(data) if EMF.match(data) else read_wmf(data)


def _say_words(harvest: Harvest, sketch: Sketch, place: Place) -> None:
    """Words by lines, as they are seen; and glued in several orders, since digits may be drawn one by one."""
    lines = [*lines_of(sketch.words, across=True)]
    harvest.say([Passage(place=place, text="\n".join(map(_spaced, lines)))])
    glued = ["".join(word.text for word in line) for line in (sketch.words, *lines)]
    glued += ["".join(word.text for word in line) for line in lines_of(sketch.words, across=False)]
    harvest.say(swept(place, "\n".join([*glued, *sketch.guesses])))
    harvest.say(swept(place, text_of_bytes(b"\0\0\0".join(sketch.raw))))


def lines_of(words: list[Word], *, across: bool) -> Iterable[list[Word]]:
    """Words of one height (or, not `across`, one column) in the order of reading, line by line."""
    along, down = (0, 1) if across else (1, 0)
    places = [word.at[down] for word in words]
    near = SAME_LINE * (max(places) - min(places)) if places else 0.0
    line: list[Word] = []
    for word in sorted(words, key=lambda word: word.at[down]):
        if line and word.at[down] - line[0].at[down] > near:
            yield _in_order(line, lambda word: word.at[along])
            line = []
        line.append(word)
    if line:
        yield _in_order(line, lambda word: word.at[along])


def _in_order(line: list[Word], key: Callable[[Word], float]) -> list[Word]:
    return sorted(line, key=key)


def _spaced(line: list[Word]) -> str:
    """The words of a line, parted by a blank where they do not touch."""
    text, end = "", 0.0
    for word in line:
        letter = word.width / len(word.text) if word.width else 0.0
        touches = letter and abs(word.at[0] - end) <= GAP * letter
        text += word.text if not text or touches else f" {word.text}"
        end = word.at[0] + word.width
    return text


def _spell(harvest: Harvest, shapes: list[Shape], place: Place) -> None:
    if sum(len(contour) for shape in shapes for contour in shape.contours) < FEWEST:
        return
    if not can_look():
        harvest.miss(place, "image")
        return
    from lumbung.read.metafile_canvas import painted  # Pillow and the networks belong to the extra
    from lumbung.read.pixels import look_at_layer

    look_at_layer(harvest, painted(shapes), place=place)
