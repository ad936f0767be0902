"""The burst and the kills at the counter, small: what they find is what they would find at their full size."""

from pathlib import Path

from bench import counter, counter_kills
from tests.counter.envelopes import envelope


def test_kills_lose_nothing(tmp_path: Path) -> None:
    said = counter_kills.run(tmp_path, kills=4, seed=3)
    assert (sum(said["kills"].values()), said["wrong"]) == (4, [])
    assert said["acknowledged"] > 0
    assert said["handed over"] + said["waiting"] >= said["acknowledged"]


def test_what_was_lost_would_be_seen(tmp_path: Path) -> None:
    sending = counter_kills.Sending(seed=1, port=0)
    (tmp_path / "taken").write_text(f"{'a' * 32} {'0' * 64}\n")
    store = counter_kills.Store(tmp_path / "counter")
    header, _ = envelope()
    store.begin(header)
    sending.sent[header.number], sending.acknowledged[:] = header.sha256, [header.number]
    wrong = counter_kills.found(tmp_path, sending)["wrong"]
    assert [line.split(":")[0] for line in wrong] == ["handed over, not what was sent", "acknowledged and lost"]


def test_a_burst_is_measured(tmp_path: Path) -> None:
    said = counter.measure(tmp_path, 6, seconds=0.5, size=300_000)
    assert (said["acknowledged"], said["lost"]) == (6, 0)
    assert said["counter MiB"] > 10 and said["acknowledgement ms"]["p99"] > 0
