"""A resident register in any known layout -> canonical residents. A stranger to `read`, `detect` and `aggregate`.

`recognise` says what a file is, `residents` turns it into the table that `aggregate` counts, with a report. Names, NIK
and family card numbers end here: neither the table nor the report has them.
"""

from lumbung.register.concerned import concerned
from lumbung.register.headings import fields, shown
from lumbung.register.recognise import NotUnderstood, recognise
from lumbung.register.recognised import Column, People, Recognised
from lumbung.register.report import Note, Report
from lumbung.register.residents import Register, residents, villages

__all__ = [
    "Column",
    "NotUnderstood",
    "Note",
    "People",
    "Recognised",
    "Register",
    "Report",
    "concerned",
    "fields",
    "recognise",
    "residents",
    "shown",
    "villages",
]
