"""Telephony that pushes over HTTP, in each sender's own wire format, against a running ledgerd."""

import base64
import hashlib
import hmac
import json
import urllib.parse

import pytest

from house import Ledger, event, until

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Content-Type": "application/json"}
SECRETS = ["--binotel-secret", "b1n", "--ringostat-secret", "r1n", "--zadarma-secret", "z4d",
           "--zadarma-api-secret", "api-key", "--threecx-secret", "t3c"]


@pytest.fixture
def hooks(tmp_path):
    with Ledger(tmp_path / "data", options=SECRETS) as ledger:
        house = [
            event("h1", "manager.hired", {"manager_id": "m-1", "name": "Олена Коваль",
                                          "hired_on": "2026-01-05", "extensions": ["101"]}),
            event("h2", "client.registered", {"client_id": "c-1", "name": "ТОВ «Ромашка»",
                                              "phones": ["+380671112233"]}),
        ]
        for one in house:
            answer = ledger.post(one)
            assert answer.status == 201, answer.body
        settle(ledger)
        yield ledger


def settle(ledger):
    end = ledger.get("/v1/status").json["log_end"]
    assert ledger.get(f"/v1/clients?at_least={end}&max_wait=30000").status == 200


def calls(ledger):
    settle(ledger)
    return ledger.get("/v1/clients/c-1/timeline?kind=call").json["entries"]


def binotel(**changes):
    details = {"companyID": "7", "generalCallID": "901", "callID": "902",
               "startTime": "1795593600", "callType": "1", "internalNumber": "101",
               "externalNumber": "0671112233", "waitsec": "5", "billsec": "61",
               "disposition": "ANSWER", "customerData": "", "whoHungUp": "", **changes}
    fields = [("requestType", "apiCallCompleted"), ("attemptsCounter", "1"), ("language", "uk")]
    fields += [(f"callDetails[{name}]", value) for name, value in details.items()]
    fields += [("callDetails[employeeData][name]", "Олена"),
               ("callDetails[historyData][0][waitsec]", "5")]
    return urllib.parse.urlencode(fields).encode()


def test_binotel(hooks):
    path = "/v1/hooks/binotel/b1n"
    first = hooks.request("POST", path, binotel(), FORM)
    assert (first.status, first.json) == (200, {"status": "success"})
    again = hooks.request("POST", path, binotel(attemptsCounter="3"), FORM)
    assert (again.status, again.json) == (200, {"status": "success"})
    (call,) = calls(hooks)
    assert call["talk_s"] == 61 and call["manager_id"] == "m-1"
    # The provider restates the record: the one call is read anew.
    settle(hooks)
    restated = hooks.request("POST", path, binotel(billsec="75"), FORM)
    assert restated.json == {"status": "success"}
    until(lambda: [c["talk_s"] for c in calls(hooks)] == [75])
    assert hooks.request("POST", path, binotel(billsec="75"), FORM).status == 200
    assert [c["talk_s"] for c in calls(hooks)] == [75]
    # A guess at the secret keeps nothing.
    assert hooks.request("POST", "/v1/hooks/binotel/guess", binotel(), FORM).status == 403
    # A question before the call, and a call that rings, are no facts.
    asked = urllib.parse.urlencode({"requestType": "apiCallSettings"}).encode()
    assert hooks.request("POST", path, asked, FORM).json == {"status": "success"}
    assert len(calls(hooks)) == 1


def test_quarantine(hooks):
    path = "/v1/hooks/binotel/b1n"
    broken = hooks.request("POST", path, binotel(generalCallID="903", startTime="soon"), FORM)
    assert (broken.status, broken.json) == (200, {"status": "success"})
    listed = hooks.ctl("quarantine", "list").stdout
    assert "callDetails.startTime" in listed and "binotel" in listed
    shown = hooks.ctl("quarantine", "show", "0:0").stdout
    assert "generalCallID" in shown and "b1n" not in shown
    left = hooks.ctl("quarantine", "replay", "0:0", check=False)
    assert left.returncode == 1 and "still cannot be recorded" in left.stdout
    assert hooks.get("/v1/quarantine/0:7").status == 404
    assert 'quarantine_waiting 1' in hooks.get("/metrics").body.decode()
    # It is there after a crash.
    hooks.kill()
    hooks.start()
    assert hooks.get("/v1/quarantine").json["waiting"] == 1


def test_replay_once_the_cause_is_mended(tmp_path):
    # In a zone far west the call lies hours ahead: the setting is wrong, not the sender.
    import datetime
    from zoneinfo import ZoneInfo
    now = datetime.datetime.now(ZoneInfo("Europe/Kyiv")).replace(microsecond=0)
    call = {"uniqueid": "r-9", "calldate": f"{now:%Y-%m-%d %H:%M:%S}", "call_type": "in",
            "caller_number": "0671112233", "dst": "0800", "employee_number": "101",
            "disposition": "ANSWERED", "duration": "70", "billsec": "60"}
    body = urllib.parse.urlencode(call).encode()
    ledger = Ledger(tmp_path / "data", options=[*SECRETS, "--zone", "America/New_York"])
    with ledger:
        assert ledger.request("POST", "/v1/hooks/ringostat/r1n", body, FORM).status == 200
        assert "ahead of the server" in ledger.ctl("quarantine", "list").stdout
        ledger.stop()
        ledger.options = SECRETS
        ledger.start()
        replayed = ledger.ctl("quarantine", "replay").stdout
        assert "recorded r-9" in replayed and "1 released, 0 left" in replayed
        assert "nothing waits" in ledger.ctl("quarantine", "list").stdout
        assert "r-9" not in ledger.ctl("quarantine", "list").stdout
        assert ledger.get("/v1/unmatched").json["waiting"], "the call of nobody known"


def test_ringostat(hooks):
    path = "/v1/hooks/ringostat/r1n"
    call = {"uniqueid": "ua1-1", "calldate": "2026-11-24 10:00:00", "call_type": "out",
            "dst": "380671112233", "employee_number": "101", "disposition": "PROPER",
            "duration": "70", "billsec": "60"}
    running = dict(call, disposition="IN PROGRESS")
    assert hooks.request("POST", path, json.dumps(running).encode(), JSON).status == 200
    assert calls(hooks) == []
    # The same call as JSON, as a form and by GET: one event.
    assert hooks.request("POST", path, json.dumps(call).encode(), JSON).status == 200
    assert hooks.request("POST", path, urllib.parse.urlencode(call).encode(), FORM).status == 200
    assert hooks.get(path + "?" + urllib.parse.urlencode(call)).status == 200
    (one,) = calls(hooks)
    assert one["talk_s"] == 60 and one["time"] == "2026-11-24T08:00:00Z"


def zadarma(secret="api-key", **changes):
    fields = {"event": "NOTIFY_END", "call_start": "2026-11-24 10:00:00", "pbx_call_id": "in_1",
              "caller_id": "+380671112233", "called_did": "380445550101", "internal": "101",
              "duration": "42", "disposition": "answered", "status_code": "16", **changes}
    text = fields["caller_id"] + fields["called_did"] + fields["call_start"]
    if fields["event"].startswith("NOTIFY_OUT"):
        text = fields["internal"] + fields["destination"] + fields["call_start"]
    digest = hmac.new(secret.encode(), text.encode(), hashlib.sha1).hexdigest()
    signature = base64.b64encode(digest.encode()).decode()
    return urllib.parse.urlencode(fields).encode(), {**FORM, "Signature": signature}


def test_zadarma(hooks):
    path = "/v1/hooks/zadarma/z4d"
    echo = hooks.get(path + "?zd_echo=4711")
    assert (echo.status, echo.body) == (200, b"4711")
    assert hooks.request("POST", path, *zadarma()).status == 200
    assert hooks.request("POST", path, *zadarma()).status == 200
    assert hooks.request("POST", path, *zadarma(secret="forged", pbx_call_id="in_2")).status == 403
    missed = zadarma(pbx_call_id="in_3", disposition="no answer", duration="0")
    assert hooks.request("POST", path, *missed).status == 200
    out = zadarma(event="NOTIFY_OUT_END", pbx_call_id="out_1", destination="0671112233",
                  duration="12", call_start="2026-11-24 11:00:00")
    assert hooks.request("POST", path, *out).status == 200
    strange = zadarma(pbx_call_id="in_4", disposition="teleported")
    assert hooks.request("POST", path, *strange).status == 200
    assert hooks.request("POST", path, *zadarma(event="NOTIFY_START", pbx_call_id="x")).status == 200
    found = calls(hooks)
    assert len(found) == 4
    assert sorted(c["talk_s"] for c in found) == [0, 0, 12, 42]
    lines = hooks.get("/v1/log", Accept="application/x-ndjson").body.decode()
    assert '"outcome_raw":"teleported"' in lines


def test_3cx(hooks):
    path = "/v1/hooks/3cx/t3c"
    known = hooks.get(path + "?number=0671112233").json["contacts"]
    assert known == [{"id": "c-1", "company": "ТОВ «Ромашка»", "phone": "+380671112233"}]
    assert hooks.get(path + "?number=0509999999").json["contacts"] == []
    report = {"call_type": "Outbound", "number": "0671112233", "agent": "101", "duration_s": "35",
              "start_utc": "2026-11-24T08:00:00Z", "queue": "[QueueExtension]"}
    assert hooks.request("POST", path, json.dumps(report).encode(), JSON).status == 200
    assert hooks.request("POST", path, json.dumps(report).encode(), JSON).status == 200
    missed = dict(report, call_type="Missed", agent="[Agent]", duration_s="0")
    assert hooks.request("POST", path, json.dumps(missed).encode(), JSON).status == 200
    assert sorted(c["talk_s"] for c in calls(hooks)) == [0, 35]
    unfilled = dict(report, start_utc="[CallStartTimeUTC]")
    assert hooks.request("POST", path, json.dumps(unfilled).encode(), JSON).status == 200
    assert "start_utc" in hooks.ctl("quarantine", "list").stdout
