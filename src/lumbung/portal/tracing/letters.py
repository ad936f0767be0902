"""Letter T6 from an answer: through the room of incidents, which writes no more than was tested."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import Conflicting
from lumbung.portal.audit.actions import record_now
from lumbung.portal.audit.actors import Actor
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.incidents import letters
from lumbung.portal.incidents.compared import Compared, read
from lumbung.portal.incidents.models import Incident, Letter
from lumbung.portal.incidents.stating import statement
from lumbung.portal.tracing.models import Asked, Question
from lumbung.portal.tracing.permissions import check_traces
from lumbung.portal.tracing.states import QuestionState


def draft(question: Question, *, person: Person, by: Actor) -> str:
    """The text of T6, for an answer that belongs to no incident. Raise Conflicting where there is no answer."""
    check_traces(person)
    text = statement(compared_of(question))
    record_now(Kind.TRACE_LETTER_TAKEN, by=by, subject=question.subject, verdict=question.answer["verdict"])
    return text


def into(question: Question, incident: Incident, *, person: Person, by: Actor) -> Letter:
    """The same as the next version of an incident's T6; the person must be of that incident's desk as well."""
    check_traces(person)
    return letters.state(incident, compared_of(question), person=person, by=by)


def compared_of(question: Question) -> Compared:
    """The answer as the room of incidents reads it. The sample's bare digest is kept nowhere, so it is not named."""
    if question.asked != Asked.MATCH or question.state != QuestionState.ANSWERED:
        raise Conflicting(
            "no-answer",
            _("Surat T6 disusun dari jawaban “Milik siapa?”, dan pertanyaan ini tidak mempunyainya."),
            _("Ajukan pertanyaan baru dengan contohnya."),
        )
    said: dict[str, Any] = question.answer
    return read(said)
