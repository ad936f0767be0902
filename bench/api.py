"""`python -m bench.api [--rows N | --growth | --oracle] [--quick]`: what machines wait for.

The portal behind its own web server as `lumbung serve` starts it, Datasette behind its own on the same rows (from an
index-free table, opened as immutable, without facets, suggestions and counts), asked by the same clients over loopback
in the same run. Beside them the figures that were recorded of CKAN 2.11.6 elsewhere (100,000 x 10, two cores under
load: see RECORDED); these are quoted, not measured.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

from rich.console import Console
from rich.table import Table

from bench import others
from bench.clients import Asked, ask, in_turn, resident

CLIENTS = (1, 4, 16)
OURS = {
    "page of 100": [("limit", "100")],
    "filtered page": [("limit", "100"), ("filter", "kecamatan:eq:Kecamatan 3"), ("filter", "tahun:eq:2003")],
    "sorted page": [("limit", "100"), ("sort", "-nilai 3")],
    "words": [("limit", "100"), ("q", "nomor 17")],
}
DATASETTE = {
    "page of 100": "",
    "filtered page": "&kecamatan__exact=Kecamatan+3&tahun__exact=2003",
    "sorted page": "&_sort_desc=nilai+3",
}
WITHOUT = "_shape=objects&_nofacet=1&_nosuggest=1&_nocount=1&_size=100"
RECORDED = {"page of 100": "91 (44 without total)", "filtered page": "196", "dump": "1,360"}
"""CKAN 2.11.6, p50 in milliseconds at one client, DataStore on 100,000 x 10: recorded once, elsewhere."""
TIMES = 1_000
ORACLES = {"package_show": "/api/3/action/package_show?id=", "resources of it": "/api/3/action/datastore_search?id="}
GROWTH = (10_000, 100_000, 1_000_000, 10_000_000)
Line = tuple[str, int, Asked, str]


def main() -> None:
    """Print the tables that are asked for, all of them where none is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=0, help="side by side on a table of so many rows alone")
    parser.add_argument("--growth", action="store_true", help="how a page's time grows with the rows of the table")
    parser.add_argument("--oracle", action="store_true", help="whether a closed dataset can be told from none")
    parser.add_argument("--datasets", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--quick", action="store_true", help="small tables, few seconds")
    asked = parser.parse_args()
    if asked.quick:
        asked.datasets, asked.seconds = 100, 0.2
    chosen = bool(asked.rows or asked.growth or asked.oracle)
    lengths = [asked.rows] if asked.rows else [] if chosen else [10_000] if asked.quick else [100_000, 1_000_000]
    for rows in lengths:
        _in_a_folder(show, rows=rows, datasets=asked.datasets, seconds=asked.seconds)
    if asked.oracle or not chosen:
        _in_a_folder(show_oracle, datasets=asked.datasets)
    if asked.growth or not chosen:
        _in_a_folder(show_growth, lengths=GROWTH[:1] if asked.quick else GROWTH, seconds=asked.seconds)


def _in_a_folder(shown: Callable[..., None], **about: object) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shown(Path(folder), **about)


def show(folder: Path, *, rows: int, datasets: int, seconds: float) -> None:
    """Ours and Datasette's, line by line; the load of the machine before and after stands above."""
    load = os.getloadavg()[0]
    with portal(folder, datasets, rows) as (port, pid):
        lines = list(of_ours(port, f"baris-{rows}", seconds))
        lines += list(of_ckan(port, f"baris-{rows}", seconds))
        memory = resident(pid)
    beside, memory_beside = of_datasette(folder / "baris.db", seconds)
    title = f"{rows:,} rows, {datasets:,} datasets; load of the machine {load:.1f} to {os.getloadavg()[0]:.1f}; "
    title += f"resident {memory:.0f} MiB (two workers), Datasette {memory_beside:.0f} MiB"
    table = Table(title=title)
    for heading in ("what", "clients", "p50 ms", "p99 ms", "per s", "Datasette p50 / p99 / per s", "CKAN recorded"):
        table.add_column(heading, justify="left" if heading == "what" else "right")
    for name, clients, one, recorded in lines:
        other = beside.get((name, clients))
        said = f"{other.p50:.1f} / {other.p99:.1f} / {other.per_second:.1f}" if other else ""
        table.add_row(name, str(clients), f"{one.p50:.1f}", f"{one.p99:.1f}", f"{one.per_second:.1f}", said, recorded)
    Console(width=140).print(table)


def show_growth(folder: Path, *, lengths: Sequence[int], seconds: float) -> None:
    """The first page, one in the middle, a filtered, a sorted one, for tables of growing length."""
    table = Table(title=f"p50 ms of a page of 100, one client; load of the machine {os.getloadavg()[0]:.1f}")
    for heading in ("rows", "first", "in the middle", "filtered", "sorted"):
        table.add_column(heading, justify="right")
    with portal(folder, 0, *lengths) as (port, _pid):
        for rows in lengths:
            base = f"/api/data/baris-{rows}/1/rows?"
            middle = _cursor(port, base, rows // 2)
            asked = [OURS["page of 100"], middle, OURS["filtered page"], OURS["sorted page"]]
            found = [ask(port, base + urlencode(one, quote_via=quote), clients=1, seconds=seconds) for one in asked]
            table.add_row(f"{rows:,}", *(f"{one.p50:.1f}" for one in found))
    Console(width=140).print(table)


def show_oracle(folder: Path, *, datasets: int) -> None:
    """Medians of answers about a closed dataset and about none, asked in turn; and the same of none against none."""
    table = Table(
        title=f"milliseconds until 404, medians of {TIMES} each; load of the machine {os.getloadavg()[0]:.1f}"
    )
    for heading in ("what", "closed", "none", "difference", "none against none"):
        table.add_column(heading, justify="left" if heading == "what" else "right")
    with portal(folder, datasets) as (port, _pid):
        for name, path in ORACLES.items():
            closed, none, other = in_turn(port, [path + one for one in ("tertutup", "takadasatu", "takadadua")])
            figures = (closed, none, closed - none, other - none)
            table.add_row(name, *(f"{one:.3f}" for one in figures))
    Console(width=140).print(table)


def of_ours(port: int, slug: str, seconds: float) -> Iterator[Line]:
    """The own API."""
    base = f"/api/data/{slug}/1"
    for name, query in OURS.items():
        for clients in CLIENTS:
            path = f"{base}/rows?{urlencode(query, quote_via=quote)}"
            yield name, clients, ask(port, path, clients=clients, seconds=seconds), _recorded(name, clients)
    for clients in CLIENTS[:2]:  # more long answers at once are refused to one address
        path = f"{base}/dump?format=csv"
        yield "dump", clients, ask(port, path, clients=clients, seconds=seconds), _recorded("dump", clients)


def of_ckan(port: int, slug: str, seconds: float) -> Iterator[Line]:
    """CKAN's API, as CKAN's clients ask it; the resource is looked up as they do."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/3/action/package_show?id={slug}") as answer:
        resources = json.load(answer)["result"]["resources"]
    number = next((one["id"] for one in resources if one["datastore_active"]), "")
    asked = {"package_search with facets": 'package_search?q=penduduk&facet.field=["organization","tags"]'}
    if number:
        page = f"datastore_search?resource_id={number}&include_total=false"
        asked["datastore_search of 100"] = page
        asked["the same filtered"] = f'{page}&filters={{"kecamatan":"Kecamatan 3","tahun":2003}}'
        asked["the same sorted"] = f"{page}&sort=nilai 3 desc"
    for name, path in asked.items():
        for clients in CLIENTS:
            address = f"/api/3/action/{quote(path, safe='?=&')}"
            yield name, clients, ask(port, address, clients=clients, seconds=seconds), ""


def of_datasette(file: Path, seconds: float) -> tuple[dict[tuple[str, int], Asked], float]:
    """The same questions; nothing where Datasette cannot be installed."""
    python = others.environment("datasette")
    if python is None:
        return {}, 0.0
    port = _free_port()
    command = [str(python.parent / "datasette"), "serve", "-i", str(file), "--port", str(port)]
    command += ["--setting", "suggest_facets", "off", "--setting", "sql_time_limit_ms", "60000"]
    command += ["--setting", "max_csv_mb", "0"]
    asked = {name: f"/baris/baris.json?{WITHOUT}{query}" for name, query in DATASETTE.items()}
    found = {}
    with _running(command, port, "/-/versions.json", dict(os.environ)) as pid:
        for name, path in asked.items():
            for clients in CLIENTS:
                found[name, clients] = ask(port, path, clients=clients, seconds=seconds)
        for clients in CLIENTS[:2]:
            path = "/baris/baris.csv?_stream=on&_size=max"
            found["dump", clients] = ask(port, path, clients=clients, seconds=seconds)
        return found, resident(pid)


@contextmanager
def portal(folder: Path, datasets: int, *rows: int) -> Iterator[tuple[int, int]]:
    """A filled portal behind its web server: its port, and the process above all of it."""
    home, port = folder / "home", _free_port()
    fill = [sys.executable, "-m", "bench.api_home", str(home), str(datasets), *map(str, rows)]
    subprocess.run(fill, check=True)
    command = [sys.executable, "-m", "gunicorn", "lumbung.config.wsgi:application", "--bind", f"127.0.0.1:{port}"]
    command += ["--worker-class", "lumbung.config.patience.PatientWorker", "--workers", "2", "--threads", "24"]
    command += ["--log-level", "error", "--no-control-socket"]
    command += ["--logger-class", "lumbung.config.access_log.AccessLog"]
    environment = {**os.environ, "LUMBUNG_HOME": str(home), "DJANGO_SETTINGS_MODULE": "bench.unlimited"}
    environment.pop("DATABASE_URL", None)
    with _running(command, port, "/healthz", environment) as pid:
        yield port, pid


@contextmanager
def _running(command: list[str], port: int, path: str, environment: dict[str, str]) -> Iterator[int]:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(command, env=environment, **quiet)  # type: ignore[call-overload]
    try:
        until = time.monotonic() + 60
        while not _answers(port, path):
            if time.monotonic() > until or server.poll() is not None:
                raise SystemExit(f"{command[0]} did not start")
            time.sleep(0.2)
        yield server.pid
    finally:
        server.terminate()
        server.wait(timeout=60)


def _answers(port: int, path: str) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5):
            return True
    except OSError:
        return False


def _cursor(port: int, base: str, first: int) -> list[tuple[str, str]]:
    """The question for the page that begins in the middle, made from the address of the second page."""
    from lumbung.api.data import cursor

    with urllib.request.urlopen(f"http://127.0.0.1:{port}{base}limit=100") as answer:
        text = json.load(answer)["next"].rpartition("cursor=")[2]
    second = cursor.read(text)
    there = cursor.Cursor(release=second.release, first=first, digest=second.digest)
    return [("limit", "100"), ("cursor", str(there))]


def _recorded(name: str, clients: int) -> str:
    return RECORDED.get(name, "") if clients == 1 else ""


def _free_port() -> int:
    import socket

    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


if __name__ == "__main__":
    main()
