"""Who may ask: keys and sessions, against the real ledgerd and ledgerctl."""

import json
import os
import re
import socket
import stat
import subprocess

import pytest

from access_house import PASSWORD, House
from edge_connector import Connector
from exchange import CdrFile, leg
from house import LEDGERCTL, LEDGERD, Ledger, event, free_port, until
from openapi_shapes import Shapes, description
from test_bank import camt, entry


@pytest.fixture
def house(tmp_path):
    with House(tmp_path / "data") as ledger:
        yield ledger


def first_start(data, port):
    """The one-time link that it prints, and nothing after it."""
    process = subprocess.Popen(
        [LEDGERD, "--data", data, "--listen", f"127.0.0.1:{port}", "--access", "on"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    process.stdout.readline()
    link = process.stdout.readline().strip()
    process.terminate()
    rest = process.stdout.read()
    assert process.wait(30) == 0 and rest == ""
    return link


def test_a_start_that_fails_does_not_use_up_the_link(tmp_path):
    data = tmp_path / "data"
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        failed = subprocess.run(
            [LEDGERD, "--data", data, "--listen", f"127.0.0.1:{port}", "--access", "on"],
            capture_output=True, text=True, timeout=60)
        assert failed.returncode == 1 and failed.stdout == ""
        assert "cannot listen" in failed.stderr
    link = first_start(data, free_port())
    with House(data) as ledger:
        token = link.split("?token=")[1]
        assert ledger.sign_in({"one_time_token": token})[0].json["principal"] == "admin"
        assert ledger.get("/v1/session", **ledger.admin).json["role"] == "admin"


def test_the_first_start_makes_an_administrator_once(tmp_path):
    data = tmp_path / "data"
    port = free_port()
    link = first_start(data, port)
    token = re.fullmatch(rf"http://127\.0\.0\.1:{port}/#/login\?token=([\w-]+)", link).group(1)
    key = data / "access" / "admin.key"
    assert stat.S_IMODE(os.stat(key).st_mode) == 0o600
    assert stat.S_IMODE(os.stat(data / "access").st_mode) == 0o700
    with House(data) as ledger:
        assert ledger.get("/v1/session", **ledger.admin).json["role"] == "admin"
        answer, cookie, _ = ledger.sign_in({"one_time_token": token})
        assert answer.json["principal"] == "admin"
        assert ledger.get("/v1/status", **cookie).status == 200
        assert ledger.sign_in({"one_time_token": token})[0].status == 401
        assert token not in ledger.log_path.read_text()


def test_nobody_unknown_is_answered(house):
    for method, path in [("GET", "/v1/clients?q=a"), ("GET", "/v1/log"), ("GET", "/v1/rows"),
                         ("GET", "/v1/status"), ("GET", "/metrics"), ("POST", "/v1/events"),
                         ("GET", "/v1/principals"), ("POST", "/v1/unmatched/0:0/accept")]:
        answer = house.request(method, path, b"" if method == "POST" else None)
        assert answer.status == 401, path
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        assert answer.json["type"] == "urn:salesledger:problem:unauthenticated"
    assert house.get("/healthz").status == 200
    assert house.get("/readyz").status == 200
    plain = subprocess.run([LEDGERCTL, "--server", house.url, "status"], capture_output=True,
                           text=True, env={"PATH": os.environ["PATH"]})
    assert plain.returncode == 2 and "--key-file" in plain.stderr


def test_keys_are_made_rotated_and_revoked(house, tmp_path):
    house.ctl("people", "add", "pbx", "--role", "source", "--name", "АТС", "--source",
              "asterisk/main")
    key = house.new_key("pbx")
    assert re.fullmatch(r"sal_[0-9a-f]{16}_[\w-]{43}", key)
    assert house.post_as(key, "e-1").status == 201
    saved = tmp_path / "pbx.key"
    house.ctl("keys", "rotate", "pbx", key.split("_")[1], "--save", saved)
    assert stat.S_IMODE(os.stat(saved).st_mode) == 0o600
    fresh = saved.read_text().strip()
    assert house.post_as(key, "e-2").status == 201  # the overlap
    assert house.post_as(fresh, "e-3").status == 201
    house.ctl("keys", "revoke", "pbx", key.split("_")[1])
    assert house.post_as(key, "e-4").status == 401
    house.ctl("keys", "rotate", "pbx", fresh.split("_")[1], "--overlap-hours", "0", "--save", saved)
    assert house.post_as(fresh, "e-5").status == 401
    assert house.post_as(saved.read_text().strip(), "e-6").status == 201
    table = house.ctl("keys", "list", "pbx").stdout
    assert "revoked" in table and "expired" in table and "good" in table
    assert house.ctl("keys", "revoke", "pbx", "0" * 16, check=False).returncode == 2
    house.ctl("people", "shut-out", "pbx")
    assert house.post_as(saved.read_text().strip(), "e-7").status == 401
    # As programs find it: in a file, or in the environment.
    house.ctl("people", "let-in", "pbx")
    line = json.dumps(event("e-8", "meeting.held", {"client_id": "c-1", "manager_id": "m-1",
                                                    "topic": "ціни"}, source="asterisk/main"))
    house.ctl("append", "-", key=saved, stdin=line)
    asked = subprocess.run([LEDGERCTL, "--server", house.url, "append", "-"], input=line, text=True,
                           capture_output=True, env={"LEDGER_API_KEY": saved.read_text().strip()})
    assert asked.returncode == 0, asked.stderr


def test_a_connector_asks_by_its_key_and_keeps_what_is_refused_without(tmp_path):
    with House(tmp_path / "data", port=free_port()) as house:
        house.ctl("people", "add", "pbx", "--role", "source", "--name", "АТС", "--source", "asterisk")
        key = tmp_path / "pbx.key"
        house.ctl("keys", "create", "pbx", "--save", key)
        file = CdrFile(tmp_path / "cdr-csv")
        file.add(leg(1))
        connector = Connector(house, file, tmp_path)
        nobody = connector.once("--patience", "1")
        assert nobody.returncode != 0
        assert connector.refused() == []  # the call is not to blame
        done = connector.once("--key-file", key)
        assert done.returncode == 0, done.stderr
        house.ctl("export", tmp_path / "log")
        assert "call:1764000000.1" in (tmp_path / "log").read_text()


def test_every_change_is_an_event_without_a_secret(house, tmp_path):
    house.ctl("people", "add", "o.savchuk", "--role", "manager", "--name", "Олена", "--manager",
              "m-1")
    key = house.new_key("o.savchuk")
    house.ctl("people", "password", "o.savchuk", stdin=PASSWORD + "\n")
    house.ctl("people", "login-link", "o.savchuk")
    house.ctl("people", "role", "o.savchuk", "head", "--department", "Опт")
    house.ctl("keys", "revoke", "o.savchuk", key.split("_")[1])
    changes = until(lambda: len(c := house.changes(tmp_path / "log")) >= 9 and c)
    assert {line["source"] for line in changes} == {"ledger/access"}
    done = [(line["data"]["principal"], line["data"]["change"]) for line in changes
            if line["data"]["holder"] == "o.savchuk"]
    assert done == [("admin", change) for change in
                    ("principal_added", "key_created", "password_set", "login_link_created",
                     "principal_changed", "key_revoked")]
    text = (tmp_path / "log").read_text()
    assert key.split("_")[2] not in text and PASSWORD not in text and "argon2" not in text


def test_signing_in_by_a_password(house):
    house.ctl("people", "add", "olena", "--role", "auditor", "--name", "Олена")
    house.ctl("people", "password", "olena", stdin=PASSWORD + "\n")
    answer, cookie, writes = house.sign_in({"login": "olena", "password": PASSWORD})
    assert answer.json["name"] == "Олена" and answer.json["expires_at"]
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    assert house.get("/v1/status", **cookie).status == 200
    held = json.dumps(event("w-1", "meeting.held", {"client_id": "c-1", "manager_id": "m-1",
                                                    "topic": "ціни"})).encode()
    kind = {"Content-Type": "application/cloudevents+json"}
    assert house.request("POST", "/v1/events", held, {**kind, **cookie}).status == 403
    assert house.request("POST", "/v1/events", held,
                         {**kind, **writes, "Origin": "https://evil.example"}).status == 403
    assert house.request("POST", "/v1/events", held,
                         {**kind, **writes, "Sec-Fetch-Site": "cross-site"}).status == 403
    # It outlives a restart, and ends when he signs out.
    house.stop()
    house.start()
    assert house.get("/v1/status", **cookie).status == 200
    assert house.request("DELETE", "/v1/session", headers=cookie).status == 403
    assert house.request("DELETE", "/v1/session", headers=writes).status == 204
    assert house.get("/v1/status", **cookie).status == 401


def test_a_new_role_or_password_signs_out(house):
    house.ctl("people", "add", "olena", "--role", "auditor", "--name", "Олена")
    house.ctl("people", "password", "olena", stdin=PASSWORD + "\n")
    _, cookie, _ = house.sign_in({"login": "olena", "password": PASSWORD})
    house.ctl("people", "role", "olena", "head", "--department", "*")
    assert house.get("/v1/status", **cookie).status == 401
    _, cookie, _ = house.sign_in({"login": "olena", "password": PASSWORD})
    assert house.get("/v1/status", **cookie).status == 200
    house.ctl("people", "password", "olena", stdin=PASSWORD + " нові\n")
    assert house.get("/v1/status", **cookie).status == 401
    short = house.ctl("people", "password", "olena", stdin="short\n", check=False)
    assert short.returncode == 2 and "at least 12" in short.stderr


def test_wrong_passwords_end_in_429_and_are_in_no_log(house):
    house.ctl("people", "add", "olena", "--role", "auditor", "--name", "Олена")
    house.ctl("people", "password", "olena", stdin=PASSWORD + "\n")
    answers = [house.sign_in({"login": "olena", "password": f"guess number {i}"})[0]
               for i in range(11)]
    assert [answer.status for answer in answers] == [401] * 10 + [429]
    assert int(answers[-1].headers["Retry-After"]) <= 30
    assert house.sign_in({"login": "olena", "password": PASSWORD})[0].status == 429
    log = house.log_path.read_text()
    assert "a sign-in failed" in log and '"login":"olena"' in log and "guess" not in log
    # Who has a key is not kept out by it.
    assert house.get("/v1/status", **house.admin).status == 200


def test_only_administrators_say_who_may(house, tmp_path):
    house.ctl("people", "add", "boss", "--role", "head", "--name", "Шеф", "--department", "*")
    key = tmp_path / "boss.key"
    house.ctl("keys", "create", "boss", "--save", key)
    refused = house.ctl("people", "role", "boss", "admin", key=key, check=False)
    assert refused.returncode == 2 and "administrator" in refused.stderr
    assert house.ctl("people", key=key, check=False).returncode == 2
    last = house.ctl("people", "shut-out", "admin", check=False)
    assert last.returncode == 2 and "last who may administer" in last.stderr


def test_with_access_off_nobody_is_asked(tmp_path):
    with Ledger(tmp_path / "data") as ledger:
        assert ledger.get("/v1/session").json == {
            "access": "off", "principal": "dashboard", "role": "admin", "csrf_token": ""}
        assert ledger.get("/v1/status").status == 200
        assert ledger.get("/v1/session/oidc").json == {"offered": False}
        assert ledger.get("/v1/session/oidc/start").status == 404
        assert ledger.get("/v1/principals").status == 404
        assert not (ledger.data / "access").exists()


def test_what_a_person_says_with_ledgerctl_is_his_own_word(house, tmp_path):
    for id, type, data in [
            ("h", "manager.hired", {"manager_id": "m-1", "name": "Олена",
                                    "hired_on": "2026-01-05", "department": "Опт"}),
            ("c", "client.registered", {"client_id": "c-1", "name": "ТОВ «Ромашка»"}),
            ("o", "client.assigned", {"client_id": "c-1", "manager_id": "m-1",
                                      "effective_from": "2026-01-05"}),
            ("c2", "client.registered", {"client_id": "c-2", "name": "ТОВ «Волошка»"}),
            *[(id, "invoice.issued", {
                "invoice_id": id, "number": f"РФ-20{id[-1]}", "client_id": f"c-{id[-1]}",
                "issued_on": "2026-10-05", "due_on": "2026-10-19",
                "amount": {"amount_minor": 4500, "currency": "UAH"}}) for id in ("i-1", "i-2")],
            ("p", "payment.received", {
                "bank_reference": "B-1", "our_account": "UA213223130000026007233566001",
                "amount": {"amount_minor": 1000, "currency": "UAH"}, "booked_on": "2026-10-20",
                "client_id": "c-1", "purpose": "Оплата за рахунком РФ-202"})]:
        answer = house.post(event(id, type, data), **house.admin)
        assert answer.status == 201, answer.body
    money = answer.json["position"]
    house.ctl("people", "add", "o.koval", "--role", "manager", "--name", "Олена", "--manager",
              "m-1")
    key = tmp_path / "key"
    key.write_text(house.new_key("o.koval"))
    mine = house.bearer(key.read_text().strip())
    until(lambda: house.get("/v1/clients/c-1", **mine).status == 200)
    # Money that waits, since its payer named another's invoice, by HTTP; a month's report and an act from the command line.
    paid = house.send("POST", f"/v1/unallocated/{money}/accept", {"invoice_id": "i-1"}, mine)
    assert paid.status in (200, 201), paid.body
    # Figures stand as known some seconds ago, before which nobody was hired.
    until(lambda: house.ctl("report", "m-1", "--month", "2026-10", "--submit", key=key,
                            check=False).returncode == 0, seconds=60, every=1)
    house.ctl("act", "draft", "c-1", "--month", "2026-09", key=key)
    house.ctl("export", tmp_path / "log")
    lines = [json.loads(line) for line in (tmp_path / "log").read_bytes().splitlines()]
    said = {line["type"].split(".", 2)[2]: line["source"] for line in lines}
    assert said["payment.allocated.v1"] == "people/o.koval"
    assert said["report.submitted.v1"] == "people/o.koval"
    assert said["reconciliation.drafted.v1"] == "people/o.koval"
def test_what_the_server_writes_is_its_owners_alone(tmp_path):
    data = tmp_path / "data"
    before = os.umask(0o022)
    try:
        with House(data) as house:
            assert house.post_as(house.key_file.read_text().strip(), "m-1", "house/import").status == 201
    finally:
        os.umask(before)
    open_ones = [str(path) for path in [data, *data.rglob("*")] if path.stat().st_mode & 0o077]
    assert open_ones == []


def test_a_key_file_that_others_read_is_told_of(house, tmp_path):
    key = tmp_path / "copied.key"
    key.write_text(house.key_file.read_text())
    key.chmod(0o644)
    told = house.ctl("status", key=key)
    assert "chmod 600" in told.stderr and str(key) in told.stderr
    key.chmod(0o600)
    assert "chmod 600" not in house.ctl("status", key=key).stderr


def test_a_key_that_systemd_hands_over_is_not_told_of(house, tmp_path, monkeypatch):
    """Its access list shows in the mode as a right of the group."""
    key = tmp_path / "key"
    key.write_text(house.key_file.read_text())
    key.chmod(0o440)
    assert "chmod 600" in house.ctl("status", key=key).stderr
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert "chmod 600" not in house.ctl("status", key=key).stderr


def test_a_key_does_not_outlive_itself_by_a_password_nor_a_new_role(house):
    house.ctl("people", "add", "b.man", "--role", "manager", "--manager", "m-1", "--name", "Б")
    key = house.new_key("b.man")
    mine = {"password": PASSWORD}
    leaked = house.send("PUT", "/v1/principals/b.man/password", mine, house.bearer(key))
    assert (leaked.status, leaked.json["type"]) == (403, "urn:salesledger:problem:forbidden")
    assert house.sign_in({"login": "b.man", "password": PASSWORD})[0].status == 401
    link = house.ctl("people", "login-link", "b.man").stdout
    token = re.search(r"token=([\w-]+)", link).group(1)
    _, _, writes = house.sign_in({"one_time_token": token})
    assert house.send("PUT", "/v1/principals/b.man/password", mine, writes).status == 200
    house.ctl("people", "role", "b.man", "admin")
    assert house.get("/v1/status", **house.bearer(key)).status == 401


def test_a_bookkeeper_imports_statements(house, tmp_path):
    house.ctl("people", "add", "book", "--role", "head", "--name", "Бухгалтер", "--department", "*")
    house.ctl("people", "add", "boss", "--role", "head", "--name", "Шеф", "--department", "гурт")
    keys = {}
    for person in ["book", "boss"]:
        keys[person] = tmp_path / f"{person}.key"
        house.ctl("keys", "create", person, "--save", keys[person])
    statement = tmp_path / "statement.xml"
    statement.write_bytes(camt([entry("100.00", "R-1"), entry("250.50", "R-2")], "0.00", "350.50"))
    refused = house.ctl("import", "camt", statement, key=keys["boss"], check=False)
    assert refused.returncode != 0
    house.ctl("import", "camt", statement, key=keys["book"])
    waiting = house.get("/v1/unmatched?limit=1000", **house.admin).json["waiting"]
    assert len(waiting) == 2
    house.ctl("import", "camt", statement, key=keys["book"])  # the same again is known
    log = tmp_path / "log.ndjson"
    house.ctl("export", log)
    told = [json.loads(line) for line in log.read_text().splitlines()]
    paid = [line for line in told if line["type"] == "org.salesledger.payment.received.v1"]
    assert len(paid) == 2 and not any(line["source"].startswith("people") for line in paid)
    # What it cannot read is kept for somebody to look at.
    statement.write_bytes(camt([entry("abc", "R-3")], "0.00", "0.00"))
    house.ctl("import", "camt", statement, key=keys["book"], check=False)
    assert house.get("/v1/quarantine", **house.admin).json["items"] != []


def test_what_access_answers_is_as_described(house):
    shapes = Shapes(description())
    form = {"Content-Type": "application/x-www-form-urlencoded"}

    def ask(status, method, pattern, body=None, headers=None, **names):
        path = pattern.format(**names)
        sent = None if body is None else json.dumps(body).encode()
        answer = house.request(method, path, sent,
                               {"Content-Type": "application/json", **house.admin, **(headers or {})})
        assert answer.status == status, (method, path, answer.body)
        if status == 204:
            assert "204" in shapes.described["paths"][pattern][method.lower()]["responses"]
        else:
            shapes.hold(method, pattern, status, answer.headers["Content-Type"], answer.body.decode())
        return answer

    added = {"id": "olena", "role": "auditor", "name": "Олена", "departments": [], "sources": [],
             "event_types": []}
    one, keys = "/v1/principals/{id}", "/v1/principals/{id}/keys"
    ask(201, "POST", "/v1/principals", added)
    ask(409, "POST", "/v1/principals", added)
    ask(200, "GET", "/v1/principals")
    ask(200, "PATCH", one, {"name": "Олена Коваль"}, id="olena")
    ask(404, "PATCH", one, {"name": "x"}, id="nobody")
    ask(422, "PATCH", one, {"role": "king"}, id="olena")
    key = ask(201, "POST", keys, {}, id="olena").json
    ask(201, "POST", "/v1/principals/{id}/one-time", {}, id="olena")
    ask(204, "PUT", one + "/password", {"password": PASSWORD}, id="olena")
    ask(200, "GET", "/v1/session")
    ask(200, "POST", "/v1/session", {"login": "olena", "password": PASSWORD})
    ask(401, "POST", "/v1/session", {"login": "olena", "password": "не те слово зовсім"})
    ask(403, "POST", "/v1/session", {"login": "olena", "password": PASSWORD},
        {"Origin": "https://evil.example"})
    for method, pattern in [("POST", "/v1/session"), ("POST", "/v1/principals"), ("PATCH", one),
                            ("POST", keys), ("PUT", one + "/password")]:
        ask(415, method, pattern, {}, form, id="olena")
    for method, pattern in [("GET", "/v1/principals"), ("PATCH", one), ("POST", keys)]:
        ask(403, method, pattern, {}, house.bearer(key["key"]), id="olena")
        ask(401, method, pattern, {}, house.bearer("sal_guess"), id="olena")
    ask(204, "DELETE", keys + "/{key}", id="olena", key=key["id"])
    assert not shapes.errors, "\n".join(shapes.errors)


def test_signing_out_ends_one_session(house):
    house.ctl("people", "add", "olena", "--role", "auditor", "--name", "Олена")
    house.send("PUT", "/v1/principals/olena/password", {"password": PASSWORD}, house.admin)
    sign_in = {"login": "olena", "password": PASSWORD}
    (_, _, here), (_, there, _) = house.sign_in(sign_in), house.sign_in(sign_in)
    assert house.send("DELETE", "/v1/session", {}, here).status == 204
    assert house.get("/v1/session", **here).status == 401
    assert house.get("/v1/session", **there).status == 200
