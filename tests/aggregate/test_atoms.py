"""Pieces count everybody once, and the links between them hold."""

import polars as pl

from lumbung.aggregate.atoms import cut
from lumbung.aggregate.policy import Policy


def test_every_base_counts_everybody(residents: pl.DataFrame, policy: Policy) -> None:
    atoms = cut(residents, policy)
    for village in residents["village"].unique():
        people = residents.filter(pl.col("village") == village).height
        for base in ("umur", "agama", "pendidikan", "pekerjaan", "dusun", "wajib_ktp", "kepala_keluarga"):
            assert sum(atoms.counts[index] for index in atoms.find(village, base)) == people


def test_links_are_zero_also_where_much_is_unknown(residents: pl.DataFrame, policy: Policy) -> None:
    third = pl.int_range(pl.len()) % 3 == 0
    holes = residents.with_columns(
        [
            pl.when(third).then(None).otherwise(pl.col(name)).alias(name)
            for name in ("marital", "education", "relation")
        ]
    )
    for table in (residents, holes):
        atoms = cut(table, policy)
        assert atoms.links and min(atoms.counts) >= 0
        for link in atoms.links:
            assert sum(atoms.counts[index] * factor for index, factor in link) == 0
