"""The moves of a question, from its asking to its answer. Its sample is gone at every end."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class QuestionState(TextChoices):
    """Where a question stands. `refused`: there is no answer, and a reason why."""

    WAITING = "waiting", _("Menunggu giliran")
    WORKING = "working", _("Sedang dikerjakan")
    ANSWERED = "answered", _("Terjawab")
    REFUSED = "refused", _("Tidak dijawab")
    DESTROYED = "destroyed", _("Dimusnahkan")


UNDER_WAY = (QuestionState.WAITING, QuestionState.WORKING)
MOVES: dict[QuestionState, set[QuestionState]] = {
    QuestionState.WAITING: {QuestionState.WORKING, QuestionState.DESTROYED},
    QuestionState.WORKING: {QuestionState.ANSWERED, QuestionState.REFUSED, QuestionState.DESTROYED},
    QuestionState.ANSWERED: {QuestionState.DESTROYED},
    QuestionState.REFUSED: {QuestionState.DESTROYED},
    QuestionState.DESTROYED: set(),
}
