"""The demo's maps and document: open to the gate, the same each time, and nowhere where anybody lives."""

import io
import json

from lumbung.gate import Verdict, inspect
from lumbung.invent import invent_regency
from lumbung.invent.enclosures import invent_enclosures


def test_the_gate_opens_all_of_them() -> None:
    for enclosure in invent_enclosures(invent_regency()):
        inspection = inspect(io.BytesIO(enclosure.content), name=enclosure.file_name)
        assert inspection.verdict is Verdict.OPEN, (enclosure.title, [one.code for one in inspection.reasons])


def test_they_are_the_same_each_time_and_lie_at_sea() -> None:
    boundaries, offices, timetable = invent_enclosures(invent_regency())
    assert [one.content for one in invent_enclosures(invent_regency())] == [
        boundaries.content,
        offices.content,
        timetable.content,
    ]
    points = [feature["geometry"]["coordinates"] for feature in json.loads(offices.content)["features"]]
    assert all(108.4 < x < 109.1 and -5.3 < y < -5.0 for x, y in points)
    assert len(json.loads(boundaries.content)["features"]) == 21
    assert timetable.content.startswith(b"%PDF")
