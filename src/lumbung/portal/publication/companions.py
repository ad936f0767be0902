"""What Lumbung itself made beside a table (monograph, proof, guide): taken out of its seal and onto the shelf with it.

No uploader wrote these files, and the gate looks at them all the same before they stand.
"""

import hashlib
from pathlib import Path
from typing import BinaryIO

from lumbung.portal.intake.models import Attachment, Submission
from lumbung.portal.intake.vault import open_plain

FIRST = 10_001  # after every table


def unsealed(submission: Submission, folder: Path) -> list[tuple[Path, Attachment, int]]:
    """Write each companion into `folder`: its path, what it is, its position. Raise ValueError for altered bytes."""
    written = []
    for position, attachment in enumerate(submission.attachments.all(), start=FIRST):
        path = folder / f"pendamping-{attachment.name}"
        with open_plain(attachment) as plain:
            path.write_bytes(_exactly(plain, attachment.sha256))
        written.append((path, attachment, position))
    return written


def _exactly(plain: BinaryIO, sha256: str) -> bytes:
    content = plain.read()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ValueError
    return content
