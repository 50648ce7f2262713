"""Exchanges that push each leg of a call, in their own wire format, against a running ledgerd."""

import base64
import hashlib
import hmac
import http.client
import json
import urllib.parse

import pytest

from house import Ledger, event, exported, until

URL = "https://ledger.example/v1/hooks/twilio"
OPTIONS = ["--freeswitch-secret", "f5", "--freeswitch-cred", "pbx:pass", "--twilio-token", "t0ken",
           "--twilio-url", URL, "--own-numbers", "+380445550101,0445550102"]


@pytest.fixture
def hooks(tmp_path):
    with Ledger(tmp_path / "data", options=OPTIONS) as ledger:
        for one in [
            event("h1", "manager.hired", {"manager_id": "m-1", "name": "Олена Коваль",
                                          "hired_on": "2026-01-05",
                                          "extensions": ["101", "olena"]}),
            event("h2", "manager.hired", {"manager_id": "m-2", "name": "Тарас Гнатюк",
                                          "hired_on": "2026-01-05", "extensions": ["102"]}),
            event("h3", "client.registered", {"client_id": "c-1", "name": "ТОВ «Ромашка»",
                                              "phones": ["+380501112233"]}),
        ]:
            assert ledger.post(one).status == 201
        yield ledger


def calls(ledger):
    end = ledger.get("/v1/status").json["log_end"]
    answer = ledger.get(f"/v1/clients/c-1/timeline?kind=call&at_least={end}&max_wait=30000")
    assert answer.status == 200, answer.body
    return [(c["time"], c["talk_s"], c.get("manager_id")) for c in answer.json["entries"]]


def types(ledger, path):
    return [line["type"].split(".", 2)[2] for line in exported(ledger, path)]


def freeswitch(uuid, caller, called, start, talk, direction="inbound", call="leg-a"):
    """A record as mod_json_cdr writes it with its defaults: every value percent-encoded."""
    quoted = urllib.parse.quote(caller, safe="")
    return json.dumps({
        "core-uuid": "core-1", "switchname": "pbx",
        "channel_data": {"state": "CS_REPORTING", "direction": direction},
        "variables": {"uuid": uuid, "call_uuid": call, "direction": direction,
                      "start_epoch": str(start), "answer_epoch": str(start + 8 if talk else 0),
                      "end_epoch": str(start + 8 + talk), "duration": str(8 + talk),
                      "billsec": str(talk),
                      "hangup_cause": "NORMAL_CLEARING" if talk else "NO_ANSWER",
                      "switch_r_sdp": urllib.parse.quote("v=0\r\n" * 20000)},
        "callflow": [{"profile_index": "1",
                      "caller_profile": {"caller_id_number": quoted, "uuid": uuid,
                                         "destination_number": called}}]})


START = 1795593600  # 2026-11-25T08:00:00Z
FROM_CLIENT = freeswitch("leg-a", "+380501112233", "0445550101", START, 62)
TO_MANAGER = freeswitch("leg-b", "+380501112233", "101", START + 2, 60, "outbound")
TO_OTHER = freeswitch("leg-c", "+380501112233", "102", START + 20, 0, "outbound")


def post_like_curl(ledger, path, body, headers):
    """As libcurl does with a long body: asks with Expect first, sends once it is told to."""
    host = ledger.url.removeprefix("http://")
    connection = http.client.HTTPConnection(host, timeout=30)
    connection.putrequest("POST", path)
    data = body.encode()
    for name, value in {"User-Agent": "freeswitch-json/1.0", "Content-Length": str(len(data)),
                        "Expect": "100-continue", **headers}.items():
        connection.putheader(name, value)
    connection.endheaders()
    told = connection.sock.recv(4096)
    assert told.startswith(b"HTTP/1.1 100"), told
    connection.send(data)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def test_freeswitch_legs_are_one_call(hooks, tmp_path):
    path = "/v1/hooks/freeswitch/f5?uuid="
    plain = {"Content-Type": "application/json"}
    # The modules label JSON as a form where disable-100-continue is on.
    mislabelled = {"Content-Type": "application/x-www-form-urlencoded"}
    assert len(TO_MANAGER) > 64 * 1024
    assert post_like_curl(hooks, path + "leg-b", TO_MANAGER, plain) == 200
    until(lambda: calls(hooks) == [("2026-11-25T08:00:02Z", 60, "m-1")])
    assert post_like_curl(hooks, path + "leg-a", FROM_CLIENT, mislabelled) == 200
    one = [("2026-11-25T08:00:00Z", 60, "m-1")]
    until(lambda: calls(hooks) == one)
    # A timeout on their side after it was stored on ours: the same record again.
    assert post_like_curl(hooks, path + "a_leg-a", FROM_CLIENT, plain) == 200
    assert post_like_curl(hooks, path + "leg-c", TO_OTHER, plain) == 200
    until(lambda: types(hooks, tmp_path / "a").count("call.leg_completed.v1") == 3)
    assert calls(hooks) == one
    board = hooks.get("/v1/quotas?date=2026-11-25").json["managers"]
    assert [m["metrics"][0]["attempts"] for m in board] == [0, 0]  # they called, not we
    assert hooks.get("/v1/unmatched").json["waiting"] == []
    assert hooks.ctl("replay").returncode == 0


def test_a_call_that_only_the_exchange_answered_was_missed(hooks):
    path = "/v1/hooks/freeswitch/f5"
    unanswered = freeswitch("leg-b", "+380501112233", "101", START + 2, 0, "outbound")
    # Alone the client's leg is all that is known; the telephone that rang in vain corrects it.
    for leg, said in [(FROM_CLIENT, "answered"), (unanswered, "missed")]:
        assert hooks.request("POST", path, leg.encode()).status == 200
        until(lambda: [c["detail"] for c in hooks.get("/v1/clients/c-1/timeline?kind=call")
                       .json["entries"]] == [said])
    assert calls(hooks) == [("2026-11-25T08:00:00Z", 0, "m-1")]
    assert hooks.ctl("replay").returncode == 0


def test_legs_are_joined_across_a_crash(hooks, tmp_path):
    path = "/v1/hooks/freeswitch/f5"
    # Killed with the answer in hand: whatever the rule had not recorded it records afterwards, once.
    for leg in [TO_OTHER, TO_MANAGER, FROM_CLIENT]:
        assert hooks.request("POST", path, leg.encode()).status == 200
        hooks.kill()
        hooks.start()
    until(lambda: calls(hooks) == [("2026-11-25T08:00:00Z", 60, "m-1")])
    recorded = [line["id"] for line in exported(hooks, tmp_path / "a")]
    assert len(recorded) == len(set(recorded))
    assert hooks.ctl("replay").returncode == 0


def test_freeswitch_by_basic_and_by_its_forms(hooks, tmp_path):
    basic = {"Authorization": "Basic " + base64.b64encode(b"pbx:pass").decode()}
    form = {"Content-Type": "application/x-www-form-base64-encoded", **basic}
    body = "cdr=" + base64.b64encode(FROM_CLIENT.encode()).decode()
    path = "/v1/hooks/freeswitch?uuid=leg-a"
    assert hooks.request("POST", path, body.encode(), form).status == 200
    assert hooks.request("POST", path, FROM_CLIENT.encode(), basic).status == 200
    wrong = {"Authorization": "Basic " + base64.b64encode(b"pbx:guess").decode()}
    assert hooks.request("POST", path, FROM_CLIENT.encode(), wrong).status == 403
    assert hooks.request("POST", path, FROM_CLIENT.encode()).status == 403
    assert hooks.request("POST", "/v1/hooks/freeswitch/guess", FROM_CLIENT.encode()).status == 403
    until(lambda: len(calls(hooks)) == 1)
    # What no retry can cure is answered 2xx and kept, with the advice.
    merged = "cdr=" + urllib.parse.quote(freeswitch('l"', "101", "102", START, 5)).replace("%25", "%")
    doubled = merged.replace("%5C%22", "%22")
    assert hooks.request("POST", path, doubled.encode(), form).status == 200
    other = hooks.request("POST", "/v1/hooks/freeswitch?uuid=leg-z", FROM_CLIENT.encode(), basic)
    assert other.status == 200
    listed = hooks.ctl("quarantine", "list").stdout
    assert "set encode to false in json_cdr.conf.xml" in listed
    assert "another than in the record" in listed
    assert types(hooks, tmp_path / "a").count("call.leg_completed.v1") == 1


def test_the_error_directory_is_swept(hooks, tmp_path):
    directory = tmp_path / "cdr"
    directory.mkdir()
    (directory / "leg-a.cdr.json").write_text(FROM_CLIENT)
    # With rotate on, in a directory of the day; with encode on, the form's value alone.
    rotated = directory / "2026-11-25-10-00-00"
    rotated.mkdir()
    (rotated / "leg-b.cdr.json").write_bytes(base64.b64encode(TO_MANAGER.encode()) + b"\n")
    (directory / "readme.txt").write_text("no record")
    path = "/v1/hooks/freeswitch/f5?uuid=leg-a"
    assert hooks.request("POST", path, FROM_CLIENT.encode()).status == 200
    own = ["--own-numbers", "+380445550101,0445550102"]
    for _ in range(2):
        assert hooks.ctl("import", "freeswitch-cdr", directory, *own).returncode == 0
    until(lambda: calls(hooks) == [("2026-11-25T08:00:00Z", 60, "m-1")])
    assert types(hooks, tmp_path / "a").count("call.leg_completed.v1") == 2
    (directory / "broken.cdr.xml").write_text("<cdr>")
    broken = hooks.ctl("import", "freeswitch-cdr", directory, *own, check=False)
    assert broken.returncode == 1 and "broken.cdr.xml" in broken.stderr
    empty = hooks.ctl("import", "freeswitch-cdr", tmp_path / "nowhere", check=False)
    assert empty.returncode != 0 and "nowhere" in empty.stderr


def signed(fields, token="t0ken", url=URL):
    text = url + "".join(name + fields[name] for name in sorted(fields))
    digest = hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()
    return (urllib.parse.urlencode(fields).encode(),
            {"Content-Type": "application/x-www-form-urlencoded",
             "X-Twilio-Signature": base64.b64encode(digest).decode()})


PARENT = {"AccountSid": "AC1", "CallSid": "CA1", "CallStatus": "completed", "CallDuration": "70",
          "Duration": "2", "Direction": "inbound", "From": "+380501112233", "To": "+380445550101",
          "Timestamp": "Wed, 25 Nov 2026 09:01:10 +0000", "SequenceNumber": "3"}
CHILD = {**PARENT, "CallSid": "CA2", "ParentCallSid": "CA1", "CallDuration": "60",
         "Direction": "outbound-dial", "To": "client:olena"}


def test_twilio_legs_are_one_call(hooks, tmp_path):
    path = "/v1/hooks/twilio"
    ringing = signed({**PARENT, "CallStatus": "ringing"})
    assert hooks.request("POST", path, *ringing).status == 200
    assert hooks.request("POST", path, *signed(CHILD)).status == 200
    first = hooks.request("POST", path, *signed(PARENT))
    assert first.status == 200 and b"<Response/>" in first.body
    assert hooks.request("POST", path, *signed(PARENT, url=URL.replace("example", "example:443"))
                         ).status == 200
    one = [("2026-11-25T09:00:00Z", 60, "m-1")]
    until(lambda: calls(hooks) == one)
    assert types(hooks, tmp_path / "a").count("call.leg_completed.v1") == 2
    # Forged, and one made for another body.
    body, headers = signed(PARENT, token="guess")
    assert hooks.request("POST", path, body, headers).status == 403
    body, headers = signed(PARENT)
    assert hooks.request("POST", path, body.replace(b"CA1", b"CA9"), headers).status == 403
    assert hooks.request("POST", path, body, {}).status == 403
    # By GET the query is signed, and no body.
    query = urllib.parse.urlencode(PARENT)
    _, headers = signed({}, url=URL + "?" + query)
    assert hooks.request("GET", path + "?" + query, None, headers).status == 200
    assert calls(hooks) == one
    assert types(hooks, tmp_path / "b").count("call.leg_completed.v1") == 2


def test_settings_that_cannot_be_are_explained(tmp_path):
    import subprocess

    from house import LEDGERD
    for options, said in [(["--twilio-token", "t"], "--twilio-url"),
                          (["--twilio-url", URL], "--twilio-token"),
                          (["--twilio-token", "t", "--twilio-url", "ledger.example"], "https://"),
                          (["--freeswitch-cred", "pass"], "USER:PASSWORD")]:
        done = subprocess.run([LEDGERD, "--data", tmp_path / "data", *options],
                              capture_output=True, text=True, timeout=60)
        assert done.returncode == 2, done.stderr
        assert said in done.stderr + done.stdout
