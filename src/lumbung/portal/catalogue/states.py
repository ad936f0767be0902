"""The states a dataset stands in. Which moves are allowed is the publication room's table."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DatasetState(TextChoices):
    """Nouns, never empty; only PUBLISHED is public. The others answer with a stone (HTTP 410)."""

    PUBLISHED = "published", _("Terbit")
    QUARANTINED = "quarantined", _("Dikarantina")
    WITHDRAWN = "withdrawn", _("Ditarik")
    REMOVED = "removed", _("Dihapus")


class Shut(TextChoices):
    """How far an organisation or the whole portal is shut. READ_ONLY is for the whole portal alone."""

    CLOSED = "closed", _("Ditutup")
    READ_ONLY = "read-only", _("Hanya dapat dibaca")
