"""What `pip install lumbung` brings is enough for a check: nothing else is loaded, so nothing else has to be there."""

import re
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
CHECK = """
import io, re, sys
from importlib.metadata import packages_distributions
pinned = set(sys.argv[1].split())
names = {top: {re.sub("[-_.]+", "-", one).lower() for one in of} for top, of in packages_distributions().items()}
foreign = {top for top, of in names.items() if not of & pinned}

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in foreign:
            raise ModuleNotFoundError(name, name=name)

sys.meta_path.insert(0, Missing())
import lumbung.cli.check, lumbung.cli.explain, lumbung.cli.report
from lumbung.gate import answer
said = answer(file=io.BytesIO(b"Desa,Jumlah\\nKrajan,4\\n"), name="a.csv", evidence=False)
print(said["verdict"], len(foreign))
"""


def test_a_file_is_checked_with_the_engine_s_own_packages_alone() -> None:
    """In an interpreter to which every package that is not pinned for the engine is unknown."""
    lines = (REPOSITORY / "requirements" / "engine.txt").read_text(encoding="utf-8").splitlines()
    pinned = [found[0] for line in lines if (found := re.match(r"[\w.-]+(?===)", line))]
    assert "polars" in pinned
    command = [sys.executable, "-c", CHECK, " ".join([*pinned, "lumbung"])]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout.startswith("open"), done.stderr
