"""OWASP's API Security Top 10 (2023) at the real server: what is seen on the wire. The points that are
rules about who asks are tests/consumers/access/owasp_test.cpp; here they are asked once more with real
keys, where the server knows keys (`ledgerd --access on`)."""

import contextlib
import json
import resource
import socket
import subprocess

import pytest

from house import LEDGERCTL, LEDGERD, Ledger, event, meeting, until
from listening import Listener

HAS_KEYS = "--access" in subprocess.run([LEDGERD, "--help"], capture_output=True, text=True,
                                        timeout=60).stdout
with_keys = pytest.mark.skipif(not HAS_KEYS, reason="this ledgerd asks nobody who he is")


class Keys:
    """Keys of people and of a machine, made by ledgerctl as an admin of the machine would."""

    def __init__(self, ledger):
        self.ledger = ledger
        self.admin = (ledger.data / "access" / "admin.key").read_text().strip()

    def ctl(self, *arguments):
        done = subprocess.run([LEDGERCTL, "--server", self.ledger.url, "--key-file",
                               self.ledger.data / "access" / "admin.key", *arguments],
                              capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def of(self, principal):
        made = self.ctl("keys", "create", principal)
        return next(word for word in made.split() if word.startswith("sal_"))

    def post(self, key, sent, **more):
        return self.ledger.post(sent, Authorization=f"Bearer {key}", **more)

    def get(self, key, path):
        return self.ledger.get(path, Authorization=f"Bearer {key}")


@pytest.fixture
def keys(tmp_path):
    with Ledger(tmp_path / "data", options=["--access", "on"]) as ledger:
        made = Keys(ledger)
        for person, more in [("o.koval", ["--role", "manager", "--manager", "m-1"]),
                             ("n.savchuk", ["--role", "head", "--manager", "m-9",
                                            "--department", "гурт"]),
                             ("a.audit", ["--role", "auditor"]),
                             ("pbx", ["--role", "source", "--source", "asterisk/*"])]:
            made.ctl("people", "add", person, "--name", person, *more)
        for number, (type, data) in enumerate([
                ("manager.hired", {"manager_id": "m-1", "name": "Олена", "department": "гурт",
                                   "hired_on": "2026-01-05"}),
                ("manager.hired", {"manager_id": "m-9", "name": "Надія", "department": "гурт",
                                   "hired_on": "2026-01-05", "post": "supervisor"}),
                ("client.registered", {"client_id": "c-1", "name": "Перший"}),
                ("client.registered", {"client_id": "c-2", "name": "Другий"}),
                ("client.assigned", {"client_id": "c-1", "manager_id": "m-1",
                                     "effective_from": "2026-02-01"})]):
            answer = made.post(made.admin, event(f"h-{number}", type, data, source="house/import"))
            assert answer.status == 201, answer.body
        yield made


@with_keys
def test_api1_object_level(keys):
    manager = keys.of("o.koval")
    assert keys.post(manager, meeting("1", source="people/o.koval")).status == 201
    others = keys.post(manager, meeting("2", client="c-2", source="people/o.koval"))
    absent = keys.post(manager, meeting("3", client="c-404", source="people/o.koval"))
    assert (others.status, others.json["field"]) == (403, "data.client_id")
    assert others.body == absent.body
    assert keys.get(manager, "/v1/clients/c-2").status == 403


@with_keys
def test_api2_authentication(keys):
    for headers in [{}, {"Authorization": "Bearer guess"}, {"X-User-Id": "admin"},
                    {"Authorization": keys.admin}, {"Cookie": f"session={keys.admin}"}]:
        assert keys.ledger.post(meeting("1"), **headers).status == 401
        assert keys.ledger.get("/v1/clients/c-1", **headers).status == 401


@with_keys
def test_api2_who_is_shut_out_hears_no_more(keys):
    """A stream that is open ends with the key, the session or the person it was opened by."""
    keys.ctl("people", "add", "b.audit", "--name", "b.audit", "--role", "auditor")
    key = keys.of("a.audit")
    by_key = Listener(keys.ledger, key=key)
    by_person = Listener(keys.ledger, key=keys.of("b.audit"))
    stays = Listener(keys.ledger, key=keys.of("a.audit"))
    for listener in [by_key, by_person, stays]:
        listener.until(lambda l: l.of("beat"))
    keys.ctl("keys", "revoke", "a.audit", key.split("_")[1])
    keys.ctl("people", "shut-out", "b.audit")
    assert keys.post(keys.admin, meeting("secret", source="house/import")).status == 201
    stays.until(lambda l: l.of("ledger") and l.of("ledger")[-1]["id"] == "secret")
    for listener in [by_key, by_person]:
        until(lambda: listener.take(0.1) or listener.closed)
        assert "secret" not in [data["id"] for data in listener.of("ledger")]
    assert not stays.closed


@with_keys
def test_api3_the_stream_names_no_other_s_client(keys):
    manager = Listener(keys.ledger, key=keys.of("o.koval"))
    auditor = Listener(keys.ledger, key=keys.of("a.audit"))
    for listener in [manager, auditor]:
        listener.until(lambda l: l.of("beat"))
    assert keys.get(keys.of("a.audit"), "/v1/clients/c-1/timeline").status == 200  # is logged
    assert keys.post(keys.admin, meeting("of-c-2", client="c-2", source="house/import")).status == 201
    assert keys.post(keys.admin, meeting("of-c-1", source="house/import")).status == 201
    auditor.until(lambda l: l.of("ledger") and l.of("ledger")[-1]["id"] == "of-c-1")
    manager.until(lambda l: l.of("ledger") and l.of("ledger")[-1]["id"] == "of-c-1")
    first, second = manager.of("ledger")
    assert (first["id"], first["client_id"], first["restricted"]) == (None, None, True)
    assert (second["id"], second["client_id"]) == ("of-c-1", "c-1")
    assert "access.logged" in [data["type"] for data in auditor.of("ledger")]


@with_keys
def test_api5_function_level(keys):
    rule = event("r-1", "rule.published", {"rule": "call", "version": "call.v7",
                                           "valid_from": "2026-12-01"})
    for person in ["o.koval", "n.savchuk", "a.audit"]:
        refused = keys.post(keys.of(person), {**rule, "source": f"people/{person}"})
        assert refused.status == 403, refused.body
    manager = {"Authorization": f"Bearer {keys.of('o.koval')}"}
    for action in ["replay", "dismiss?reason=x"]:
        refused = keys.ledger.request("POST", f"/v1/quarantine/0:0/{action}", b"", manager)
        assert refused.status == 403, refused.body
    assert keys.post(keys.of("pbx"), {**rule, "source": "house/crm"}).json["field"] == "source"


@with_keys
def test_api6_two_people_change_a_contract(keys):
    contract = event("k-1", "contract.signed",
                     {"contract_id": "k-1", "number": "1", "client_id": "c-1", "manager_id": "m-1",
                      "signed_on": "2026-11-24"}, source="people/o.koval")
    manager, head = keys.of("o.koval"), keys.of("n.savchuk")
    assert keys.post(manager, contract).status == 201
    target = {"target_source": "people/o.koval", "target_id": "k-1", "reason": "помилка"}
    for key, person in [(manager, "o.koval"), (head, "n.savchuk")]:
        alone = event(f"v-{person}", "event.voided", target, source=f"people/{person}")
        assert keys.post(key, alone).status == 403
    proposed = event("p-1", "correction.proposed", target, source="people/o.koval")
    assert keys.post(manager, proposed).status == 201
    done = event("v-2", "event.voided",
                 {**target, "proposal_source": "people/o.koval", "proposal_id": "p-1"},
                 source="people/n.savchuk")
    assert keys.post(head, done).status == 201


@with_keys
def test_who_looks_is_recorded(keys):
    auditor = keys.of("a.audit")
    assert keys.get(auditor, "/v1/clients/c-1").status == 200
    assert keys.get(auditor, "/v1/receivables?format=csv").status == 200
    looks = "/v1/access-log?principal=a.audit"
    until(lambda: {look["action"] for look in keys.get(auditor, looks).json["looks"]}
          == {"viewed", "exported"})
    # Nobody says so of another, and nobody takes it back.
    seen = keys.get(auditor, looks).json["looks"]
    lines = keys.ledger.get("/v1/log", Authorization=f"Bearer {keys.admin}",
                            Accept="application/x-ndjson").body.splitlines()
    look = next(line for line in map(json.loads, lines)
                if line["type"] == "org.salesledger.access.logged.v1")
    forged = {"principal": "n.savchuk", "action": "viewed", "resource": "/v1/clients/c-1"}
    voided = {"target_source": "ledger/access", "target_id": look["id"], "reason": "помилка"}
    for source in ["ledger/access", "ledger/notice", "people", "house/import"]:
        assert keys.post(keys.admin, event("f-1", "access.logged", forged, source=source)).status == 403
    assert keys.post(keys.of("pbx"), event("f-1", "access.logged", forged, source="asterisk/main")).status == 403
    for source in ["people/admin", "house/import", "ledger/access"]:
        assert keys.post(keys.admin, event("f-2", "event.voided", voided, source=source)).status == 403
    assert keys.get(auditor, looks).json["looks"] == seen


@with_keys
def test_what_is_searched_for_is_kept_nowhere(keys, tmp_path):
    """ASVS 14.2.1: a number that is asked for goes into no log of ours, and on no record of who looked."""
    number, auditor = "380671234567", keys.of("a.audit")
    search = f"/v1/clients?q=%2B{number}"
    for key in [auditor, keys.of("o.koval"), "sal_none_guess"]:
        keys.get(key, search)
    for query in [search, "/v1/clients?q=%D0%9F%D0%B5%D1%80%D1%88"]:  # nobody, and one
        taken = keys.ledger.get(query, Authorization=f"Bearer {auditor}", Accept="application/x-ndjson")
        assert taken.status == 200, taken.body
    assert keys.get(auditor, search + "&colour=red").status == 422
    looks = "/v1/access-log?principal=a.audit"
    until(lambda: keys.get(auditor, looks).json["looks"])
    assert {look["resource"] for look in keys.get(auditor, looks).json["looks"]} == {"/v1/clients"}
    keys.ctl("export", str(tmp_path / "all.ndjson"))
    told = [keys.get(auditor, "/metrics").body, keys.ledger.log_path.read_bytes(),
            (tmp_path / "all.ndjson").read_bytes()]
    assert all(told) and not [text for text in told if number.encode() in text]


def test_api3_property_level(ledger):
    """What the ledger itself says of an event no sender says, whoever he is."""
    for stamp in [{"actor": "m-2"}, {"recordedtime": "2026-11-24T08:00:00Z"},
                  {"localday": "2026-11-24"}, {"partitionkey": "c-2"}, {"role": "admin"}]:
        assert ledger.post({**meeting("1"), **stamp}).status == 422
    unknown = meeting("1")
    unknown["data"]["approved"] = True
    assert ledger.post(unknown).json["field"] == "data.approved"
    assert ledger.get("/v1/clients?role=admin").status == 422


def test_api4_resources(ledger):
    assert ledger.get("/v1/log?limit=1000000").status == 422
    assert ledger.get("/v1/access-log?from=2020-01-01").status == 422
    batch = ledger.post(b"[" + b",".join([b"{}"] * 20_000) + b"]",
                        "application/cloudevents-batch+json")
    assert batch.status == 413
    head = (b"POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            b"Content-Length: 100000000\r\n\r\n")
    assert ledger.raw(head).startswith(b"HTTP/1.1 413 ")


def resident_bytes(ledger):
    pages = open(f"/proc/{ledger.process.pid}/statm", encoding="ascii").read().split()[1]
    return int(pages) * resource.getpagesize()


@with_keys
def test_api4_who_is_nobody_costs_no_memory(keys):
    """Route and guard answer by the head: nothing of the body is kept."""
    body = b"x" * (8 * 1024 * 1024)
    before = resident_bytes(keys.ledger)
    for path, status in [("/nowhere", b"404"), ("/v1/events", b"401"), ("/v1/session", b"413")]:
        head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n".encode()
        waiting = keys.ledger.raw(head + b"Expect: 100-continue\r\n\r\n")
        assert waiting.startswith(b"HTTP/1.1 " + status), waiting
        # Who sends all of it before he listens hears it too.
        assert keys.ledger.raw(head + b"\r\n" + body).startswith(b"HTTP/1.1 " + status)
        host, port = keys.ledger.url.removeprefix("http://").rsplit(":", 1)
        with contextlib.ExitStack() as open_at_once:
            for _ in range(8):
                connection = open_at_once.enter_context(socket.create_connection((host, int(port))))
                with contextlib.suppress(ConnectionError):
                    connection.sendall(head + b"\r\n" + body[:-1])
            assert resident_bytes(keys.ledger) - before < 4 * len(body), path
    # Whom the guard knows sends as much as ever.
    assert keys.post(keys.admin, body, kind="application/cloudevents-batch+json").status == 400


def test_api4_one_address_does_not_take_all_connections(ledger):
    connections = []
    while len(connections) < 520:
        host, port = ledger.url.removeprefix("http://").rsplit(":", 1)
        connection = socket.create_connection((host, int(port)), timeout=10)
        connections.append(connection)
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        if connection.recv(65536).startswith(b"HTTP/1.1 503"):
            break
    assert 500 < len(connections) <= 513
    for connection in connections:
        connection.close()
    assert until(lambda: ledger.raw(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                 .startswith(b"HTTP/1.1 200"))


def test_api7_no_address_of_a_sender_is_fetched(tmp_path):
    """A certificate or a confirmation that a forged notice names is asked of nobody."""
    options = ["--ses-topic", "arn:aws:sns:eu-west-1:123456789012:mail"]
    with Ledger(tmp_path / "data", options=options) as ledger:
        for url in ["https://169.254.169.254/cert.pem", f"{ledger.url}/v1/rows",
                    "https://sns.eu-west-1.amazonaws.com.evil.example/cert.pem"]:
            notice = {"Type": "SubscriptionConfirmation", "SignatureVersion": "2",
                      "TopicArn": "arn:aws:sns:eu-west-1:123456789012:mail", "Signature": "AAAA",
                      "SigningCertURL": url, "SubscribeURL": url, "MessageId": "1", "Token": "t",
                      "Timestamp": "2026-11-24T08:00:00Z", "Message": "x"}
            answer = ledger.request("POST", "/v1/hooks/ses", json.dumps(notice).encode(),
                                    {"Content-Type": "text/plain; charset=UTF-8"})
            assert answer.status == 403, answer.body


def test_api8_headers_of_every_answer(ledger):
    for path in ["/healthz", "/v1/status", "/v1/clients/absent", "/nowhere", "/v1/quotas",
                 "/v1/receivables?format=html", "/v1/receivables?format=csv"]:
        headers = {name.lower(): value for name, value in ledger.get(path).headers.items()}
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["cache-control"] == "no-store", path
        assert headers["referrer-policy"] == "no-referrer", path
        assert "server" not in headers and "x-powered-by" not in headers, path
        assert "access-control-allow-origin" not in headers, path
    assert ledger.request("TRACE", "/v1/quotas").status == 405
    assert ledger.request("OPTIONS", "/v1/events").status == 405


def test_api9_what_is_not_there_is_not_there(ledger):
    """No older version, no debugging door."""
    for path in ["/v0/events", "/v2/events", "/debug", "/v1/debug", "/v1/replay", "/v1/rebuild",
                 "/v1/events", "/.git/config"]:
        assert ledger.get(path).status in (404, 405), path


def test_api10_what_others_send_is_signed(tmp_path):
    options = ["--binotel-secret", "b1n", "--postmark-user", "mail", "--postmark-password", "secret"]
    with Ledger(tmp_path / "data", options=options) as ledger:
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        forged = [("/v1/hooks/binotel/guess", b"requestType=apiCallCompleted", form),
                  ("/v1/hooks/postmark", b'{"RecordType":"Bounce"}',
                   {"Content-Type": "application/json"}),
                  ("/v1/hooks/postmark", b'{"RecordType":"Bounce"}',
                   {"Content-Type": "application/json", "Authorization": "Basic bWFpbDp3cm9uZw=="})]
        for path, body, headers in forged:
            assert ledger.request("POST", path, body, headers).status in (401, 403), path
        assert ledger.get("/v1/quarantine").json["items"] == []
        assert ledger.get("/v1/log").json["events"] == []
