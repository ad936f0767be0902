"""Scripts that run in another tool's own environment, each on a folder of CSV files; none of them imports Lumbung."""
