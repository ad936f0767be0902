"""The version of the rules: whatever changes what the gate would say of a file changes these sixteen signs.

That is every file of detect, judge and read, the policy and the lists among them, and the versions of the libraries
that read for us. It does not cover Python itself, nor system libraries that are not installed with the project.
"""

import hashlib
from functools import cache
from importlib import metadata
from pathlib import Path

LIBRARIES = (
    *("polars", "pyarrow", "fastexcel", "python-calamine", "lxml", "olefile", "charset-normalizer"),
    *("access-parser", "compressed-rtf", "libarchive-c", "pikepdf", "pypdfium2"),
    *("numpy", "onnxruntime", "opencv-python-headless", "pillow", "rapidocr", "zxing-cpp"),
)
"""Those that see a stranger's bytes. One that is not installed counts as such: without it more is held."""


@cache
def version() -> str:
    """Sixteen signs, the same in every process of one installation."""
    package = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for path in sorted(path for room in ("detect", "judge", "read") for path in (package / room).rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(f"{path.relative_to(package)}\0{path.stat().st_size}\0".encode())
            digest.update(path.read_bytes())
    for name in LIBRARIES:
        digest.update(f"{name}\0{_installed(name)}\0".encode())
    return digest.hexdigest()[:16]


def _installed(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "absent"
