"""Capital One's DataProfiler: the label that its neural network gives each column, but for dates and quantities."""

import logging
from importlib.metadata import version

import dataprofiler
import pandas as pd
from each_table import ask_each

NOT_PERSONAL = {
    "UNKNOWN", "BACKGROUND", "DATE", "TIME", "DATETIME", "INTEGER", "FLOAT", "QUANTITY", "ORDINAL", "URL",
    "COUNTRY", "could not determine",
}  # fmt: skip


def main() -> None:
    """Print the answers."""
    dataprofiler.set_verbosity(logging.ERROR)
    labeler = dataprofiler.DataLabeler(labeler_type="structured")
    options = dataprofiler.ProfilerOptions()
    mine = "structured_options.data_labeler"
    options.set({"*.is_enabled": False, f"{mine}.is_enabled": True, f"{mine}.data_labeler_object": labeler})

    def flagged(table: pd.DataFrame) -> list[int]:
        profile = dataprofiler.Profiler(table, options=options)
        labels = [column["data_label"] for column in profile.report()["data_stats"]]
        return [at for at, label in enumerate(labels) if label and set(label.split("|")) - NOT_PERSONAL]

    ask_each(flagged, said=f"DataProfiler {version('DataProfiler')}")


if __name__ == "__main__":
    main()
