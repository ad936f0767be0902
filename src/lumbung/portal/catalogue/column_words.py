"""What people wrote about the columns of a release: read here, written by the intake room before the review."""

from collections.abc import Mapping
from dataclasses import dataclass

from lumbung.portal.catalogue.models import ColumnWords, Release


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was written about one column; either may be "" but not both."""

    description: str = ""
    unit: str = ""


Words = Mapping[str, Said]


def words_of(submission: str) -> dict[str, Said]:
    """By header what was written about the columns of a submission (its uuid); empty where nothing was."""
    kept = ColumnWords.objects.filter(pk=submission).first()
    return {header: Said(**said) for header, said in kept.words.items()} if kept else {}


def words_of_release(release: Release | None) -> dict[str, Said]:
    """The same for a release. The caller has asked whether it is open."""
    return words_of(release.submission) if release else {}
