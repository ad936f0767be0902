"""Datasette: its own page of a table, asked in process as ours is; facets, suggestions of facets and counts off.

`python with_datasette.py FILE.db TABLE ROUNDS QUESTION=QUERY ...` prints one JSON object: p50 and p99 in milliseconds.
"""

import asyncio
import json
import sys
import time
from statistics import quantiles

from datasette import __version__
from datasette.app import Datasette

SETTINGS = {"suggest_facets": False, "allow_facet": False, "sql_time_limit_ms": 20_000, "num_sql_threads": 2}
WITHOUT = "_nofacet=1&_nosuggest=1&_nocount=1&_size=100"


async def measured(file: str, table: str, rounds: int, questions: dict[str, str]) -> dict[str, object]:
    """Each question, asked so often."""
    site = Datasette([], immutables=[file], settings=SETTINGS)
    await site.invoke_startup()
    database = file.rsplit("/", 1)[-1].removesuffix(".db")
    said: dict[str, object] = {"said": f"Datasette {__version__}"}
    for name, query in questions.items():
        address, taken = f"/{database}/{table}?{WITHOUT}&{query}", []
        for _ in range(rounds + 1):
            began = time.perf_counter()
            answer = await site.client.get(address)
            taken.append(1000 * (time.perf_counter() - began))
            if answer.status_code != 200:
                raise SystemExit(f"{name}: {answer.status_code}")
        cuts = quantiles(taken[1:], n=100)
        said[name] = [cuts[49], cuts[98]]
    return said


if __name__ == "__main__":
    file, table, rounds, *asked = sys.argv[1:]
    print(json.dumps(asyncio.run(measured(file, table, int(rounds), dict(one.split("=", 1) for one in asked)))))
