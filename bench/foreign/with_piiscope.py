"""piiscope: its own `scan` of a table, every row, every detector but those of dates."""

from importlib.metadata import version

import pandas as pd
from each_table import ask_each
from piiscope import scan

NOT_PERSONAL = {"date"}


def main() -> None:
    """Print the answers."""

    def flagged(table: pd.DataFrame) -> list[int]:
        told = {finding.column for finding in scan(table).findings if finding.detector not in NOT_PERSONAL}
        return [at for at, name in enumerate(table.columns) if name in told]

    ask_each(flagged, said=f"piiscope {version('piiscope')}")


if __name__ == "__main__":
    main()
