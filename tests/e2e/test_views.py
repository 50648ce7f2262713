"""Views that cannot be read are made anew from the log by themselves: nobody has to delete anything,
what does not need them is answered meanwhile, and it is told by log, status, readiness and metrics."""

import json
import re
import subprocess

import pytest

from house import BUILD, ROOT, Ledger, meeting, until

SPOIL = BUILD / "tests" / "e2e" / "spoil_views"
EXAMPLES = ROOT / "deploy" / "examples"
QUESTIONS = ("/v1/clients/c-001", "/v1/clients/c-001/timeline", "/v1/receivables", "/v1/sources",
             "/v1/obligations?as_of=2026-11-24", "/v1/quotas?date=2026-11-24", "/v1/unmatched")


def families():
    rows = (ROOT / "tests" / "projections" / "row_shapes.txt").read_text().split()[::2]
    return {name.split(".")[0]: name for name in [*rows, "parked.v1"]}


def spoil(ledger, how, *views):
    names = [families()[view] for view in views]
    done = subprocess.run([SPOIL, ledger.data / "views", how, *names], capture_output=True,
                          text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    changed = dict(line.split(" ") for line in done.stdout.splitlines())
    return {view: int(changed[families()[view]]) for view in views}


def told(ledger):
    """What the answers say of the house, without what is of the moment."""
    answers = {}
    for question in QUESTIONS:
        answer = ledger.get(question)
        assert answer.status == 200, (question, answer.body)
        answers[question] = json.loads(answer.body, object_pairs_hook=lambda members: {
            name: value for name, value in members if name not in ("now", "silent_minutes")})
    return answers


def told_at_rest(ledger):
    """The rules that act have told what they had to tell."""
    seen = []

    def rests():
        seen.append(ledger.get("/v1/status").json)
        return len(seen) > 25 and all(one == seen[-1] for one in seen[-25:]) \
            and seen[-1]["lag_events"] == 0

    until(rests)
    return told(ledger)


def lines_of(ledger, message):
    lines = [json.loads(line) for line in ledger.log_path.read_text().splitlines()]
    return [line for line in lines if line["message"] == message]


def unreadable(ledger):
    page = ledger.get("/metrics").body.decode()
    return int(re.search(r"^projection_views_unreadable_total (\d+)$", page, re.M).group(1))


@pytest.fixture
def house(tmp_path):
    with Ledger(tmp_path / "data") as ledger:
        ledger.ctl("append", *(EXAMPLES / name for name in
                               ["managers.ndjson", "clients.ndjson", "facts.ndjson"]))
        yield ledger


def test_rows_that_cannot_be_read_are_made_anew_by_the_first_question(house):
    before = told_at_rest(house)
    house.stop()
    assert spoil(house, "rows", "client_card")["client_card"] > 10
    house.start()
    refused = house.get("/v1/clients/c-001")
    if refused.status == 503:  # else the house itself has asked before us
        assert refused.json["retriable"] and "is made anew from the log" in refused.json["detail"] \
            or "is being made anew from the log" in refused.json["detail"]
        assert refused.headers["Retry-After"]
    until(lambda: house.get("/v1/clients/c-001").status == 200)
    until(lambda: house.get("/readyz").status == 200)
    assert told(house) == before
    assert unreadable(house) == 1
    (line,) = lines_of(house, "a row of a view cannot be read; the view is made anew from the log")
    assert line["level"] == "error" and line["view"] == families()["client_card"]
    assert "cannot be read" in line["reason"]
    assert len(lines_of(house, "a view was made anew and is read again")) == 1
    assert "renewing" not in house.get("/v1/status").json
    assert house.ctl("replay").returncode == 0


def test_all_views_at_once_and_what_the_door_needs_among_them(house):
    assert house.post(meeting("known")).status == 201
    before = told_at_rest(house)
    house.stop()
    changed = spoil(house, "rows", *families())
    assert changed["seen"] > 50 and changed["directory"] > 10
    house.start(ready=False)
    # Nothing is taken twice meanwhile.
    again = until(lambda: (answer := house.post(meeting("known"))).status != 503 and answer)
    assert again.status in (200, 201) and again.json["duplicate"] is True
    # Also what nobody asks for is found: every row is read once after the start.
    until(lambda: unreadable(house) == sum(rows > 0 for rows in changed.values()))
    until(lambda: house.get("/readyz").status == 200)
    assert told(house) == before
    assert house.ctl("replay").returncode == 0
    # Whole again, it is read through at the next start and found well.
    house.stop()
    house.start()
    until(lambda: lines_of(house, "every row of the views can be read"))
    assert unreadable(house) == 0


def test_rows_of_another_build_are_made_anew_at_the_start(house):
    before = told_at_rest(house)
    house.stop()
    spoil(house, "shape", "receivables", "quota_compliance")
    house.start()
    assert told(house) == before
    assert unreadable(house) == 0
    anew = lines_of(house, "a view is made anew from the log")
    assert [(line["view"], line["cause"]) for line in anew] == [
        (families()["quota_compliance"], "other_shape"), (families()["receivables"], "other_shape")]
    assert house.ctl("replay").returncode == 0
    # Once: the next start finds them in order.
    house.stop()
    house.start()
    assert told(house) == before
    assert len(lines_of(house, "a view is made anew from the log")) == 2


def test_what_was_parked_in_another_shape_makes_all_views_anew(house):
    before = told_at_rest(house)
    house.stop()
    spoil(house, "shape", "parked")
    house.start()
    assert told(house) == before
    assert unreadable(house) == 0
    anew = lines_of(house, "a view is made anew from the log")
    assert {(line["view"], line["cause"]) for line in anew} == {
        (family, "other_shape") for family in families().values()}
    assert house.ctl("replay").returncode == 0


def test_while_a_view_is_made_anew_it_says_so_and_answers_all_else(house):
    """With a log that is long enough to be seen at it."""
    event = meeting("")
    for batch in range(80):
        lines = [json.dumps({**event, "id": f"long-{batch}-{i}", "data": {**event["data"],
                                                                        "client_id": "c-001"}})
                 for i in range(500)]
        answer = house.post(("[" + ",".join(lines) + "]").encode(),
                            "application/cloudevents-batch+json")
        assert answer.status in (200, 201), answer.body
    before = told_at_rest(house)
    seen = {"renewing": 0, "unready": 0, "metric": 0, "refused": 0, "else": 0}
    for _ in range(10):  # a quick machine may be done before it is asked
        house.stop()
        spoil(house, "shape", "client_card")
        house.start(ready=False)
        while look_at_renewal(house, seen):
            pass
        assert told(house) == before
        if all(seen.values()):
            break
    assert all(seen.values()), seen


def look_at_renewal(house, seen):
    status = house.get("/v1/status").json
    for one in status.get("renewing", []):
        assert one["view"] == families()["client_card"] and one["cause"] == "other_shape"
        seen["renewing"] += 1
    ready = house.get("/readyz")
    seen["unready"] += ready.status == 503 and "made anew" in ready.json["detail"]
    seen["metric"] += b'ledger_not_ready{reason="views_renewing"} 1' in house.get("/metrics").body
    card = house.get("/v1/clients/c-001")
    if card.status == 503:
        assert card.json["retriable"] and card.headers["Retry-After"], card.body
        assert "since another build wrote its rows; ask again" in card.json["detail"]
        seen["refused"] += 1
        seen["else"] += house.get("/v1/sources").status == 200
    return not status["ready"]
