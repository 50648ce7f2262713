"""kill -9 in the middle of an import, twenty times: nothing acknowledged is lost, nothing doubled,
and the views are what the log says."""

import json
import random
import subprocess

from house import LEDGERCTL, event, exported, until

KILLS = 20
EVENTS = 12_000


def facts():
    yield event("m", "manager.hired", {"manager_id": "m-1", "name": "Олена", "hired_on": "2026-01-05",
                                       "extensions": ["101"]})
    for c in range(20):
        yield event(f"c{c}", "client.registered",
                    {"client_id": f"c-{c}", "name": f"ТОВ {c}", "phones": [f"+3805011122{c:02}"]})
    for n in range(EVENTS):
        yield event(f"k{n:06}", "call.completed",
                    {"call_id": f"k{n}", "direction": "outbound",
                     "client_phone": f"+3805011122{n % 20:02}", "manager_extension": "101",
                     "duration_s": 60, "talk_s": n % 60, "outcome": "answered"})


def test_killed_twenty_times_during_an_import(any_ledger, tmp_path):
    ledger = any_ledger
    file = tmp_path / "facts.ndjson"
    file.write_text("".join(json.dumps(fact, ensure_ascii=False) + "\n" for fact in facts()))
    total = EVENTS + 21
    chance = random.Random(20)
    ledger.start()
    recorded = 0
    for _ in range(KILLS):
        importing = subprocess.Popen(
            [LEDGERCTL, "--server", ledger.url, "append", "--patience", "0", str(file)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        goal = recorded + chance.randrange(1, total // KILLS)

        def far_enough():
            status = ledger.get("/v1/status").json
            return importing.poll() is not None or \
                sum(map(int, status["log_end"].split(","))) >= goal

        until(far_enough, 120)
        ledger.kill()
        importing.communicate(timeout=60)
        ledger.start()
        recorded = sum(map(int, ledger.get("/v1/status").json["log_end"].split(",")))
    done = ledger.ctl("append", file)
    assert "0 refused" in done.stdout
    lines = exported(ledger, tmp_path / "log.ndjson")
    by_rule = [line["id"] for line in lines if line["source"].startswith("ledger/")]
    assert len(set(by_rule)) == len(by_rule), "a rule recorded twice"
    ids = [line["id"] for line in lines if not line["source"].startswith("ledger/")]
    assert len(set(ids)) == total, "an event is lost"
    assert len(ids) == total, "an event is there twice"
    assert all(line.get("subject") for line in lines if line["id"].startswith("k"))
    replayed = ledger.ctl("replay")
    assert "row by row" in replayed.stdout
    # A recount by other means: counted calls of the day's board against the lines themselves.
    board = ledger.get("/v1/quotas?date=2026-11-24").json
    calls = board["managers"][0]["metrics"][0]
    assert calls["attempts"] == EVENTS
    ledger.stop()
