"""Tables that grow by a printed quarter and are handed in anew each time, for the rooms that print such quarters.

`printed` are rows of a model with a `submission` (the last table that held them, or none), the oldest first.
"""

from typing import Any

from django.db.models import QuerySet

from lumbung.portal.catalogue.models import Dataset, Release
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.states import ON_ITS_WAY


def under_way(printed: QuerySet[Any]) -> Submission | None:
    """The table that is not on the shelf yet and not refused."""
    last = printed.exclude(submission=None).select_related("submission").last()
    return last.submission if last and last.submission.state in ON_ITS_WAY else None


def dataset_of(printed: QuerySet[Any]) -> Dataset | None:
    """The dataset that earlier tables became; None where none was published or its releases are closed."""
    sent = [str(one) for one in printed.exclude(submission=None).values_list("submission_id", flat=True)]
    release = Release.objects.filter(submission__in=sent).select_related("dataset").first()
    return release.dataset if release else None
