"""Fills a home for the walks: the invented regency with its people, and four datasets on the shelf.

Everything goes through the portal's own verbs, as in the demo. Run as a process of its own: `python -m
tests.journeys.seed HOME`.
"""

import sys
from pathlib import Path

from lumbung.cli.site import prepare


def main(home: Path) -> None:
    """Prepare the home and fill it."""
    prepare(home)
    from lumbung.cli import demo_regency as demo  # its models exist only after setup
    from lumbung.invent.regency import invent_regency
    from lumbung.invent.tables import invent_statistics
    from lumbung.portal.intake.states import State

    regency = invent_regency()
    demo.add_organisations(regency)
    demo.add_people()
    for statistic in invent_statistics(regency)[:4]:
        demo.walk(statistic, until=State.PUBLISHED)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
