"""What every script here does: ask its tool about each CSV file of a folder, with the clock running; print JSON lines.

Nothing but the standard library and pandas, which every one of these tools brings along.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd


def ask_each(flagged: Callable[[pd.DataFrame], list[int]], *, said: str) -> None:
    """One line that says how the tool was set up, then one for each file: CPU seconds, and columns told personal."""
    print(json.dumps({"said": said}), flush=True)
    for path in sorted(Path(sys.argv[1]).glob("*.csv")):
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
        table.columns = [f"{name}" if name else f"column {at}" for at, name in enumerate(table.columns)]
        began = time.process_time()
        found = flagged(table)
        seconds = time.process_time() - began
        print(json.dumps({"file": path.name, "seconds": seconds, "columns": found}), flush=True)
