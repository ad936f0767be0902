"""Microsoft Presidio: presidio-analyzer's default recognisers through presidio-structured.

Its spaCy model of English is not on the package index, so a blank one stands in: patterns, checksums and context words
work, names and places are not recognised. Dates and links alone are not counted as personal.
"""

from importlib.metadata import version
from typing import Any

import pandas as pd
import spacy
from each_table import ask_each
from presidio_analyzer import AnalyzerEngine
from presidio_analyzer.nlp_engine import SpacyNlpEngine
from presidio_structured import PandasAnalysisBuilder

NOT_PERSONAL = {"DATE_TIME", "URL", "NON_PII"}


class Blank(SpacyNlpEngine):
    """spaCy without a model."""

    def __init__(self) -> None:
        super().__init__()
        self.nlp: dict[str, Any] = {"en": spacy.blank("en")}

    def load(self) -> None:
        """Nothing is fetched."""


def main() -> None:
    """Print the answers."""
    engine = AnalyzerEngine(nlp_engine=Blank(), supported_languages=["en"])
    builder = PandasAnalysisBuilder(engine)

    def flagged(table: pd.DataFrame) -> list[int]:
        told = builder.generate_analysis(table).entity_mapping
        return [at for at, name in enumerate(table.columns) if told.get(name, "NON_PII") not in NOT_PERSONAL]

    ask_each(flagged, said=f"Presidio {version('presidio-analyzer')}, blank English model")


if __name__ == "__main__":
    main()
