"""Which fetched statistics may be handed in: nobody has protected them, and others have been printed before.

A topic with a small number is left out as a whole, for hiding one number of it is undone by its sums; so is one that
tells of whom there is nobody, or in which a number changed by a few since an earlier fetch. Where Lumbung itself has
made statistics of the village, nothing is taken: the two together would give back what is hidden.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lumbung.aggregate.policy import load
from lumbung.portal.accounts.models import Organisation
from lumbung.portal.intake import vault
from lumbung.portal.intake.models import Submission, VillageMemory
from lumbung.portal.intake.pulling import COUNTS, Item, NotPulled
from lumbung.portal.intake.seal import Tampered
from lumbung.portal.intake.states import State

NAME = "statistik-sid.csv"
TELLING_ZEROS = frozenset({"agama"})
Known = Mapping[tuple[str, str, str], int]
"""Numbers by topic, category and column."""


def kept(items: Sequence[Item], village: Organisation) -> list[Item]:
    """The items of every topic that may go on. Raise NotPulled: `protected` beside statistics of ours, `small` where
    no topic is left.
    """
    if VillageMemory.objects.filter(village=village.kode).exists():
        raise NotPulled("protected")
    k, before = load().k, list(_earlier(village))
    telling = {item.topic for item in items if _tells(item, before, k)}
    rest = [item for item in items if item.topic not in telling]
    if not rest:
        raise NotPulled("small")
    return rest


def _tells(item: Item, before: Iterable[Known], k: int) -> bool:
    """Whether a number of it is small, is a nought that tells, or changed by a few."""
    counts = {name: count for name, count in zip(COUNTS, item.counts, strict=True) if count is not None}
    if any(0 < count < k or (count == 0 and item.topic in TELLING_ZEROS) for count in counts.values()):
        return True
    past = ((known.get((item.topic, item.name, name)), now) for known in before for name, now in counts.items())
    return any(then is not None and 0 < abs(now - then) < k for then, now in past)


def _earlier(village: Organisation) -> Iterator[Known]:
    """What was handed in before and was not refused, as far as it is still kept."""
    sent = Submission.objects.filter(organisation=village, filename_masked=NAME)
    for submission in sent.exclude(state__in=(State.SHREDDED, State.REJECTED)):
        try:
            with vault.open_plain(submission) as plain:
                rows = list(csv.DictReader(io.StringIO(plain.read().decode("utf-8"))))
            yield {
                (row["statistik"], row["kategori"], name): int(row[name])
                for row in rows
                for name in COUNTS
                if row[name]
            }
        except (Tampered, ValueError, KeyError):  # another file that was called so
            continue
