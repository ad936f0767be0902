"""The key file of an older house gets the key that it lacks, also after a start that was killed half-way."""

import json
from pathlib import Path

from lumbung.portal.audit import keys


def test_a_key_that_is_missing_is_added_even_where_a_half_written_file_lies_beside(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    path.write_text(json.dumps({"django": "d", "master": "m"}))
    (tmp_path / "keys.json.baru").write_text("{")
    keys.ensure(path, home=tmp_path)
    known = json.loads(path.read_text())
    assert (known["django"], known["master"]) == ("d", "m")
    assert known["audit"] != known["trace"]
    assert not (tmp_path / "keys.json.baru").exists()
