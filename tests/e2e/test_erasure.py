"""A person is erased: in no file of the house, by no answer; proofs, counts and a replay as before."""

import hashlib
import json
import shutil

import pytest

from house import Ledger, event, exported, until

NAME, PHONE, MAIL = "Ірина Бойченко", "+380501119977", "boichenko.iryna@ukr.net"
SECRETS = [NAME, PHONE[1:], PHONE[4:], MAIL]


def facts():
    yield event("m1", "manager.hired", {"manager_id": "m-1", "name": "Олена", "hired_on": "2026-01-05",
                                        "extensions": ["101"], "emails": ["olena@gurt.example"]})
    yield event("m2", "manager.hired", {"manager_id": "m-2", "name": "Ігор", "hired_on": "2026-01-05"})
    yield event("c1", "client.registered", {"client_id": "c-1", "name": "ТОВ «Ромашка»"})
    yield event("p1", "contact_person.set",
                {"client_id": "c-1", "person_id": "p-1", "name": NAME, "role": "user",
                 "phones": [PHONE], "emails": [MAIL], "birthday": "--11-26"})
    yield event("p2", "contact_person.set", {"client_id": "c-1", "person_id": "p-2", "role": "other",
                                             "name": "Петро Гай", "phones": ["+380441234567"]})
    for n in range(40):
        yield event(f"k{n}", "call.completed",
                    {"call_id": f"k{n}", "direction": "outbound", "client_phone_raw": PHONE[3:],
                     "client_phone": PHONE, "manager_extension": "101", "duration_s": 60,
                     "talk_s": 30, "outcome": "answered"})
    yield event("o1", "offer.emailed", {"message_id": "<1@gurt.example>", "sender": "olena@gurt.example",
                                        "recipients": [MAIL], "subject": "Комерційна пропозиція"})
    yield event("t1", "meeting.held", {"client_id": "c-1", "manager_id": "m-1", "topic": "ціни",
                                       "participants": [NAME]})


def stranger():
    """Of a number that nobody has yet: it must not stand in the key by which the line is placed."""
    return event("s1", "call.completed",
                 {"call_id": "s1", "direction": "inbound", "client_phone": PHONE, "duration_s": 5,
                  "manager_extension": "101", "talk_s": 1, "outcome": "answered"})


def erasure(id="g1", person="p-1"):
    return event(id, "data_subject.erased",
                 {"client_id": "c-1", "person_id": person, "manager_id": "m-1",
                  "ground": "objection", "approved_by": "m-2"}, time="2026-11-24T09:00:00Z")


def holds_anything(data):
    """Which files of the house hold a text of hers, in UTF-8 or as it stands in JSON."""
    wanted = [text.encode() for text in SECRETS] + [json.dumps(NAME)[1:-1].encode()]
    found = []
    for file in sorted(path for path in data.rglob("*") if path.is_file()):
        content = file.read_bytes()
        found += [f"{file.relative_to(data)}: {text!r}" for text in wanted if text in content]
    return found


def renewed(ledger):
    status = ledger.get("/v1/status").json
    return not status.get("renewing") and ledger.get("/readyz").status == 200


def people(ledger):
    """The people of the card, as soon as it is answered: not while the views are made anew."""
    def card():
        answer = ledger.get("/v1/clients/c-1")
        return answer.json["client"] if answer.status == 200 else None
    return {each["person_id"]: each for each in until(card)["people"]}


def metrics(ledger):
    def board():
        answer = ledger.get("/v1/quotas?date=2026-11-24")
        return answer.json["managers"] if answer.status == 200 else None
    return until(board)[0]["metrics"]


def test_erased_she_is_in_no_file_and_every_proof_holds(any_ledger, tmp_path):
    ledger = any_ledger
    ledger.start()
    receipts = [ledger.post(stranger()).json]
    receipts += [ledger.post(fact).json for fact in facts()]
    last = receipts[-1]["position"]
    ledger.get(f"/v1/clients/c-1?at_least={last}&max_wait=10000")
    until(lambda: people(ledger)["p-1"]["name"] == NAME)
    counts = metrics(ledger)
    stored = {each["position"]: ledger.get("/v1/log/" + each["position"]).body for each in receipts}
    assert not any(text.encode() in line for text in SECRETS for line in stored.values())
    opened = ledger.get(f"/v1/log/{receipts[4]['position']}?texts=opened").json
    assert opened["data"]["name"] == NAME and opened["leafhash"] == receipts[4]["leaf_hash"]
    assert "row by row" in ledger.ctl("replay").stdout

    gone = ledger.post(erasure())
    assert gone.status == 201, gone.body
    until(lambda: people(ledger)["p-1"]["name"] == "стерто" if renewed(ledger) else False, 60)

    assert "phones" not in people(ledger)["p-1"] and people(ledger)["p-2"]["name"] == "Петро Гай"
    assert metrics(ledger) == counts
    for receipt in receipts:
        line = ledger.get("/v1/log/" + receipt["position"]).body
        assert line == stored[receipt["position"]]
        assert hashlib.sha256(b"\0" + line).hexdigest() == receipt["leaf_hash"]
    [listed] = [line["data"]["subjects"] for line in exported(ledger, tmp_path / "log.ndjson")
                if line["id"] == "g1"]
    card = stored[receipts[4]["position"]].decode()
    assert any(id in card for id in listed)
    found = until(lambda: ledger.get("/v1/clients?q=501119977").json.get("clients") is not None
                  and ledger.get("/v1/clients?q=501119977"))
    assert found.json["clients"] == []
    # what comes again is what is here, and a restart or a replay brings nothing back
    again = list(facts())[5]
    assert ledger.post(again).json["position"] == receipts[6]["position"]
    # nor does a connector's, which would amend what differs
    restated = ledger.request("POST", "/v1/events/restated", json.dumps(again).encode(),
                              {"Content-Type": "application/cloudevents+json"})
    assert restated.json["position"] == receipts[6]["position"], restated.body
    end = ledger.get("/v1/status").json["log_end"]
    ledger.get(f"/v1/clients/c-1?at_least={end}&max_wait=10000")
    assert metrics(ledger) == counts
    assert "row by row" in ledger.ctl("replay").stdout
    assert ledger.post(erasure("g2")).status == 409
    ledger.stop()
    assert holds_anything(ledger.data) == []
    ledger.start()
    until(lambda: renewed(ledger))
    assert people(ledger)["p-1"]["name"] == "стерто"
    ledger.stop()
    assert holds_anything(ledger.data) == []


# What the server says when it has come so far; the first: as soon as the event is acknowledged.
MOMENTS = [b"", b"keys of a person were destroyed", b"all views are made anew", b"is read again"]


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_while_it_is_done_it_is_done_afterwards(tmp_path, moment):
    data = tmp_path / "data"
    ledger = Ledger(data)
    ledger.start()
    for fact in facts():
        ledger.post(fact)
    assert ledger.post(erasure()).status == 201
    until(lambda: moment in ledger.log_path.read_bytes())
    ledger.kill()
    ledger.start()
    until(lambda: people(ledger)["p-1"]["name"] == "стерто" if renewed(ledger) else False, 60)
    # what the crash left undone may be done a second time, and rows are not given meanwhile
    until(lambda: "row by row" in ledger.ctl("replay", check=False).stdout, 60)
    until(lambda: renewed(ledger))
    ledger.stop()
    assert holds_anything(data) == []


def test_without_its_keys_the_ledger_says_so_and_shows_nothing(tmp_path):
    data = tmp_path / "data"
    with Ledger(data) as ledger:
        for fact in facts():
            ledger.post(fact)
        ledger.stop()
    assert (data / "keys.kek").stat().st_mode & 0o777 == 0o600
    (data / "keys.kek").rename(tmp_path / "kek")
    refused = Ledger(data)
    with pytest.raises(AssertionError, match="keys.kek"):
        refused.start()
    refused.__exit__()
    # another ring, and views that have to be made anew: lost keys are no erasure
    shutil.move(data / "keys", tmp_path / "keys")
    shutil.move(data / "views", tmp_path / "views")
    other = Ledger(data)
    other.start(ready=False)
    until(lambda: other.get("/readyz").status == 503)
    until(lambda: b"--keys" in other.log_path.read_bytes())
    assert b"damaged" in other.get("/readyz").body
    other.stop()
    shutil.rmtree(data / "keys")
    (data / "keys.kek").unlink()
    shutil.move(tmp_path / "keys", data / "keys")
    shutil.move(tmp_path / "kek", data / "keys.kek")
    with Ledger(data) as ledger:
        until(lambda: renewed(ledger) and people(ledger)["p-1"]["name"] == NAME)
        ledger.stop()
