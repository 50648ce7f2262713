"""Telephony that pushes over HTTP, in each sender's own wire format, against a running ledgerd."""

import base64
import concurrent.futures
import hashlib
import hmac
import json
import socket
import subprocess
import urllib.parse

import pytest

from house import LEDGERD, Ledger, event, free_port, until

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
    # Back to what it said first: what it says last holds.
    assert hooks.request("POST", path, binotel(), FORM).status == 200
    assert [c["talk_s"] for c in calls(hooks)] == [61]
    # Another day, and another number, move the call.
    moved = binotel(startTime=str(1795593600 - 86400))
    assert hooks.request("POST", path, moved, FORM).json == {"status": "success"}
    assert [c["time"][:10] for c in calls(hooks)] == ["2026-11-24"]
    strangers = binotel(externalNumber="0509998877")
    assert hooks.request("POST", path, strangers, FORM).json == {"status": "success"}
    assert calls(hooks) == []
    assert len(hooks.get("/v1/unmatched").json["waiting"]) == 1
    assert hooks.request("POST", path, binotel(), FORM).status == 200
    assert [(c["talk_s"], c["time"][:10]) for c in calls(hooks)] == [(61, "2026-11-25")]
    assert hooks.get("/v1/unmatched").json["waiting"] == []
    # What a person corrected stands, and is in the quarantine where the provider says otherwise.
    last = calls(hooks)[0]["id"]
    data = {"call_id": "7.901", "direction": "outbound", "client_phone": "+380671112233",
            "manager_extension": "101", "duration_s": 66, "talk_s": 50, "outcome": "answered"}
    fixed = hooks.post(event("fix", "event.corrected", {
        "target_source": calls(hooks)[0]["source"], "target_id": last, "reason": "слухав запис",
        "data": data}))
    assert fixed.status == 201, fixed.body
    assert hooks.request("POST", path, binotel(), FORM).status == 200  # a mere repetition
    assert hooks.get("/v1/quarantine").json["items"] == []
    assert hooks.request("POST", path, binotel(billsec="99"), FORM).status == 200
    assert [c["talk_s"] for c in calls(hooks)] == [50]
    assert "somebody else" in hooks.get("/v1/quarantine").json["items"][0]["detail"]
    # A guess at the secret keeps nothing.
    assert hooks.request("POST", "/v1/hooks/binotel/guess", binotel(), FORM).status == 403
    # A question before the call, and a call that rings, are no facts.
    asked = urllib.parse.urlencode({"requestType": "apiCallSettings"}).encode()
    assert hooks.request("POST", path, asked, FORM).json == {"status": "success"}
    assert len(calls(hooks)) == 1


def test_many_statements_of_one_call_at_once(hooks):
    path = "/v1/hooks/binotel/b1n"
    days = [str(1795593600 - 86400 * day) for day in range(2)]
    told = [binotel(billsec=str(60 + n), startTime=days[n % 2]) for n in range(40)]
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda body: hooks.request("POST", path, body, FORM), told))
    assert {answer.status for answer in answers} == {200}
    assert hooks.get("/v1/quarantine").json["items"] == []
    assert len(calls(hooks)) == 1
    assert hooks.request("POST", path, binotel(), FORM).status == 200
    assert [(c["talk_s"], c["time"][:10]) for c in calls(hooks)] == [(61, "2026-11-25")]


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
    # What senders write moves no terminal; bytes that are no text are shown whole.
    nasty = b"requestType=apiCallCompleted&callDetails[disposition]=\x1b]0;own\x07\xff"
    assert hooks.request("POST", path, nasty, FORM).status == 200
    assert "\x1b" not in hooks.ctl("quarantine", "list").stdout
    assert base64.b64encode(nasty).decode() in hooks.ctl("quarantine", "show", "0:1").stdout
    assert hooks.request("POST", "/v1/quarantine/0:1/dismiss").status == 422
    assert "dismissed" in hooks.ctl("quarantine", "dismiss", "0:1", "--reason", "тест").stdout
    assert "тест" in hooks.ctl("quarantine", "show", "0:1").stdout
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
    # calls/list of the same day, as Ringostat gives it on demand: what was missed comes in, what is
    # known counts once, a row that cannot be read holds up no other.
    listed = [call, dict(call, uniqueid="ua1-2", billsec="20"), dict(call, uniqueid="ua1-3",
              calldate="soon"), dict(running, uniqueid="ua1-4")]
    assert hooks.request("POST", path, json.dumps(listed).encode(), JSON).status == 200
    assert sorted(c["talk_s"] for c in calls(hooks)) == [20, 60]
    (kept,) = hooks.get("/v1/quarantine").json["items"]
    assert kept["field"] == "2.calldate"
    assert hooks.request("POST", path, b"[]", JSON).status == 200
    assert hooks.request("POST", path, b"[1]", JSON).status == 200
    assert hooks.get("/v1/quarantine").json["waiting"] == 2


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
    lines = hooks.get("/v1/log?texts=opened", Accept="application/x-ndjson").body.decode()
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


COLUMNS = ("historyid callid duration time_start time_answered time_end reason_terminated from_no "
           "to_no from_dn to_dn dial_no reason_changed final_number final_dn bill_code bill_rate "
           "bill_cost bill_name chain from_type to_type final_type from_dispname to_dispname "
           "final_dispname missed_queue_calls").split()


def record(number, **changes):
    """A line of 3CX: a client reached extension 101 through a queue and talked a minute."""
    fields = {"historyid": f"Call {number}", "callid": f"00000C21DE5C2470_{number}",
              "time_start": "2026/11/24 10:00:00", "time_answered": "2026/11/24 10:00:05",
              "time_end": "2026/11/24 10:01:05", "reason_terminated": "TerminatedByDst",
              "from_no": "0671112233", "to_no": "Ext.800", "from_dn": "10021", "to_dn": "800",
              "final_number": "Ext.101", "final_dn": "101", "from_type": "Line",
              "to_type": "Queue", "final_type": "Extension", "from_dispname": "Ромашка", **changes}
    return (",".join(fields.get(name, "") for name in COLUMNS) + "\r\n").encode()


def talks(ledger, *seconds):
    """Waits until the calls of the client are these: legs are joined by a rule, a moment later."""
    until(lambda: sorted(c["talk_s"] for c in calls(ledger)) == list(seconds))


def waiting(ledger, count):
    return until(lambda: ledger.get("/v1/quarantine").json["waiting"] == count)


def test_3cx_records_over_an_active_socket(hooks):
    port = free_port()
    hooks.stop()
    hooks.options = [*SECRETS, "--threecx-cdr-listen", f"127.0.0.1:{port}"]
    hooks.start()
    with socket.create_connection(("127.0.0.1", port), timeout=10) as exchange:
        exchange.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        first = record(1)
        within = first.index("Ромашка".encode()) + 1
        exchange.sendall(first[:within])  # within a letter, and then within the line's end
        exchange.sendall(first[within:-1])
        exchange.sendall(first[-1:] + b"\r\n" + record(1) + record(2, time_answered="",
                                                               final_type="", final_dn=""))
        talks(hooks, 0, 60)
        (answered,) = [c for c in calls(hooks) if c["talk_s"]]
        assert answered["manager_id"] == "m-1" and answered["time"] == "2026-11-24T08:00:00Z"
        # A transfer: the second record of a call that is there.
        exchange.sendall(record(3, callid="00000C21DE5C2470_1", time_start="2026/11/24 10:01:05",
                                time_answered="2026/11/24 10:01:06",
                                time_end="2026/11/24 10:03:06"))
        talks(hooks, 0, 120)
        exchange.sendall(record(4, time_start="soon") + b"x" * 70_000 + b"\r\n" + record(5)[:90])
        waiting(hooks, 2)
    waiting(hooks, 3)
    listed = hooks.ctl("quarantine", "list").stdout
    assert "time_start" in listed and "ended within this line" in listed and "65536" in listed
    shown = hooks.ctl("quarantine", "show", "0:0").stdout
    assert "3cx-cdr" in shown and "Call 4," in shown
    assert hooks.ctl("quarantine", "replay", "0:0", check=False).returncode == 1
    hooks.stop()
    hooks.start()
    # The template reports the same calls: the records tell them.
    for call_type, seconds in (("Inbound", "60"), ("Missed", "0")):
        report = {"call_type": call_type, "number": "0671112233", "agent": "101",
                  "duration_s": seconds, "start_utc": "2026-11-24T08:00:00Z"}
        told = hooks.request("POST", "/v1/hooks/3cx/t3c", json.dumps(report).encode(), JSON)
        assert told.status == 200
    assert sorted(c["talk_s"] for c in calls(hooks)) == [0, 120]
    assert hooks.get("/v1/hooks/3cx/t3c?number=0671112233").json["contacts"][0]["id"] == "c-1"
    assert 'webhook_deliveries_total{result="skipped"} 2' in hooks.get("/metrics").body.decode()
    # Two at once, and what was known before counts once.
    with socket.create_connection(("127.0.0.1", port), timeout=10) as exchange, \
            socket.create_connection(("127.0.0.1", port), timeout=10) as other:
        exchange.sendall(record(1) + record(2, time_answered="", final_type="", final_dn=""))
        other.sendall(record(6, time_end="2026/11/24 10:00:35"))
        talks(hooks, 0, 30, 120)
        # A record that is written anew with another day, and back: the leg moves, and its call.
        other_day = {"time_start": "2026/11/23 10:00:00", "time_answered": "2026/11/23 10:00:05",
                     "time_end": "2026/11/23 10:00:35"}
        days = lambda: [c["time"][:10] for c in calls(hooks) if c["talk_s"] == 30]  # noqa: E731
        other.sendall(record(6, **other_day))
        until(lambda: days() == ["2026-11-23"])
        other.sendall(record(6, time_end="2026/11/24 10:00:35"))
        until(lambda: days() == ["2026-11-24"])
        talks(hooks, 0, 30, 120)
    assert hooks.get("/v1/quarantine").json["waiting"] == 3
    # It is no path.
    assert hooks.request("POST", "/v1/hooks/3cx-cdr", record(7), FORM).status == 404


def test_3cx_records_over_a_passive_socket(hooks):
    with socket.create_server(("127.0.0.1", 0)) as exchange:
        exchange.settimeout(30)
        hooks.stop()
        address = f"127.0.0.1:{exchange.getsockname()[1]}"
        hooks.options = [*SECRETS, "--threecx-cdr-connect", address, "--threecx-cdr-zone", "UTC"]
        hooks.start()
        with exchange.accept()[0] as connection:
            connection.sendall(record(1))
            talks(hooks, 60)
        assert calls(hooks)[0]["time"] == "2026-11-24T10:00:00Z"
        with exchange.accept()[0] as connection:  # it comes again by itself
            connection.sendall(record(1) + record(2, time_end="2026/11/24 10:00:25"))
            talks(hooks, 20, 60)
            hooks.stop()  # with the connection open


def test_3cx_records_wrong_settings(tmp_path):
    def refused(*options):
        done = subprocess.run([LEDGERD, "--data", tmp_path / "data", "--listen", "127.0.0.1:0",
                               *options], capture_output=True, text=True, timeout=60)
        assert done.returncode != 0
        return done.stderr

    assert "threecx-cdr-listen" in refused("--threecx-cdr-listen", "0.0.0.0:5500")
    assert "is not an address" in refused("--threecx-cdr-listen", "5500")
    assert "callid is needed" in refused("--threecx-cdr-columns", "historyid")
    assert "zone" in refused("--threecx-cdr-zone", "Europe/Nowhere").lower()
    both = refused("--threecx-cdr-listen", "127.0.0.1:1", "--threecx-cdr-connect", "127.0.0.1:1")
    assert "excludes" in both
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        assert "Address already in use" in refused("--threecx-cdr-listen", address)
