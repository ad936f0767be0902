"""The confined child: `python -I -m lumbung.confine.child CHANNEL PARENT FOLDER MODULE...`; started by `worker` only.

It shuts itself in, loads the modules that will be asked for, and answers requests until the parent closes.
"""

import importlib
import re
import socket
import sys
from pathlib import Path
from typing import Any, BinaryIO

from lumbung.confine import lockdown, wire
from lumbung.confine.limits import Unconfined


def main(channel_number: str, parent: str, folder: str, *modules: str) -> None:
    """Serve one parent. Does not return before the parent has closed the channel."""
    channel = socket.socket(fileno=int(channel_number))
    try:
        lockdown.shut(parent=int(parent), folder=Path(folder) if folder else None)
        for module in modules:
            importlib.import_module(module)
    except Unconfined as refusal:
        return wire.send(channel, {"unconfined": str(refusal)})
    wire.send(channel, {"ready": True})
    while request := wire.receive_request(channel):
        wire.send(channel, _answer(*request))
    return None


def _answer(request: dict[str, Any], file: BinaryIO | None) -> dict[str, Any]:
    try:
        return {"value": _call(request, file)}
    except MemoryError:
        return {"ended": "memory"}
    # BaseException, for a reader written in Rust panics with one that is no Exception. Its text is dropped: it may
    # hold a value from the file.
    except BaseException as failure:  # noqa: BLE001
        return {"ended": "crash", "error": re.sub(r"\W", "", type(failure).__name__)[:60]}
    finally:
        if file:
            file.close()


def _call(request: dict[str, Any], file: BinaryIO | None) -> Any:
    module, _, name = request["target"].partition(":")
    function = getattr(importlib.import_module(module), name)
    given: dict[str, Any] = dict(request["arguments"])
    if file:
        given["file"] = file
    return function(**given)


if __name__ == "__main__":
    main(*sys.argv[1:])
