"""Damage guided by coverage: atheris watches which lines of the readers a file reaches, and keeps what is new.


Runs in this process, without the sandbox: `read` gives a Document or raises Unreadable; anything else is a bug, ends
the run and keeps the file. atheris is in the requirements group `fuzz`, since it has no wheels for some machines.
"""

import contextlib
import io
import pkgutil
import sys
import tempfile
from argparse import ArgumentParser
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any

SLOW = 60  # seconds for one file in a process that is watched line by line
LARGEST = 262_144


def run(arguments: list[str]) -> int:
    """Fuzz the readers with seeds of one format; 2 where atheris is not installed or there are no such seeds."""
    parser = ArgumentParser(prog="python -m tests.fuzz guided")
    parser.add_argument("format")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()))
    wanted = parser.parse_args(arguments)
    try:
        import atheris
    except ImportError:
        print("atheris is not installed here: pip install -r requirements/fuzz.txt", file=sys.stderr)
        return 2
    with atheris.instrument_imports(include=["lumbung.read"]):
        readers = import_module("lumbung.read")
        for module in pkgutil.iter_modules(readers.__path__):
            import_module(f"lumbung.read.{module.name}")
    from tests.fuzz.seeds import hostile_seeds, planted_seeds  # knows the readers too, so it comes after

    seeds = [seed.data for seed in (*planted_seeds(), *hostile_seeds()) if seed.format == wanted.format]
    if not seeds:
        print(f"no file of this format among the seeds: {wanted.format}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        for number, data in enumerate(seeds):
            (Path(folder) / str(number)).write_bytes(data)
        _fuzz(atheris, readers, seeds, folder=folder, wanted=wanted)
    return 0


def _fuzz(atheris: Any, readers: Any, seeds: list[bytes], *, folder: str, wanted: Any) -> None:
    from tests.fuzz.mutate import mutated

    def one(data: bytes) -> None:
        with contextlib.suppress(readers.Unreadable):
            readers.read(io.BytesIO(data), name="berkas")

    def damage(data: bytes, largest: int, seed: int) -> bytes:
        random = Random(seed)
        if random.random() < 0.5:
            return bytes(atheris.Mutate(data, largest))
        return mutated(data, random.choice(seeds), random)[:largest]

    atheris.Setup(
        [
            *(
                sys.argv[0],
                f"-max_total_time={wanted.seconds}",
                f"-timeout={SLOW}",
                f"-artifact_prefix={wanted.keep}/",
            ),
            *("-rss_limit_mb=4096", "-verbosity=1", "-print_final_stats=1", f"-max_len={LARGEST}", folder),
        ],
        one,
        custom_mutator=damage,
    )
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
