"""What an auditor does: take the lines, rebuild, compare."""

import json
import subprocess

from house import LEDGERCTL, Ledger, event, exported, meeting


def test_export_is_the_stored_bytes(ledger, tmp_path):
    positions = [ledger.post(meeting(f"e{n}", client=f"c-{n}")).json["position"] for n in range(20)]
    ledger.ctl("export", tmp_path / "log.ndjson")
    lines = set((tmp_path / "log.ndjson").read_bytes().splitlines())
    for position in positions:
        assert ledger.get("/v1/log/" + position).body in lines
    piped = subprocess.run([LEDGERCTL, "--server", ledger.url, "export", "-"], check=True,
                           capture_output=True).stdout
    assert piped == (tmp_path / "log.ndjson").read_bytes()


def test_replay_finds_a_view_that_was_changed_behind_our_back(tmp_path):
    with Ledger(tmp_path / "data") as ledger:
        for n in range(50):
            ledger.post(meeting(f"e{n}", client=f"c-{n % 5}"))
        assert "row by row" in ledger.ctl("replay").stdout
        digests = ledger.ctl("replay", "--until", ledger.get("/v1/status").json["log_end"]).stdout
        assert "client_card.v" in digests
        beyond = ledger.ctl("replay", "--until", "0:999999", check=False)
        assert beyond.returncode == 2 and "the log ends at" in beyond.stderr
        ledger.stop()
    # Another ledger's views under this log: one fact more than the log holds.
    with Ledger(tmp_path / "other") as other:
        for n in range(50):
            other.post(meeting(f"e{n}", client=f"c-{n % 5}", topic="інша тема"))
        other.stop()
    (tmp_path / "data" / "views").rename(tmp_path / "views-aside")
    (tmp_path / "other" / "views").rename(tmp_path / "data" / "views")
    with Ledger(tmp_path / "data") as ledger:
        done = ledger.ctl("replay", check=False)
        assert done.returncode == 1
        assert "DIFFER" in done.stdout
        assert "client_card.v" in done.stderr


def test_views_of_another_log_are_refused(tmp_path):
    with Ledger(tmp_path / "data") as ledger:
        for n in range(10):
            ledger.post(meeting(f"e{n}"))
        ledger.stop()
    (tmp_path / "data" / "log").rename(tmp_path / "log-aside")
    again = Ledger(tmp_path / "data")
    try:
        again.start()
    except AssertionError as refusal:
        assert "belong to another log" in str(refusal)
    else:
        raise AssertionError("it started on views that are ahead of the log")
    finally:
        again.__exit__()


def test_tail_and_get_are_for_people(ledger):
    ledger.post(event("m", "manager.hired",
                      {"manager_id": "m-1", "name": "Олена Коваль", "hired_on": "2026-01-05"}))
    ledger.post(meeting("a"))
    tail = ledger.ctl("tail").stdout.splitlines()
    assert json.loads(tail[-1].split("\t")[1])["id"] in ("a", "m")
    assert "умови поставки" in ledger.ctl("get", "timeline", "c-1").stdout
    assert "Олена Коваль" in ledger.ctl("get", "quotas", "--as-of", "2026-11-24").stdout
    missing = ledger.ctl("get", "client", "nobody", check=False)
    assert missing.returncode == 2
    assert "no facts about client 'nobody'" in missing.stderr
    away = subprocess.run([LEDGERCTL, "--server", "http://127.0.0.1:1", "status"],
                          capture_output=True, text=True)
    assert away.returncode == 2 and "cannot be reached" in away.stderr
