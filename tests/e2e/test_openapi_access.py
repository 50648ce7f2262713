"""schemas/openapi.yaml of a server that asks who asks: which role may what, what is answered to nobody,
and what each role is answered who asks at random.

LEDGER_OPENAPI_EXAMPLES asks for more than the suite's one question an operation."""

import ipaddress
import os
import re

import pytest

from access_house import PASSWORD, House
from house import until
from listening import Listener
from openapi_shapes import (EXAMPLES, Shapes, described, example_of,  # noqa: F401 (a fixture)
                            is_a_hook, operations)
from schemathesis_run import asked_at_random

ROLES = ("source", "manager", "head", "auditor", "admin")
PEOPLE = {
    "source": ["pbx", "--source", "asterisk/*"],
    "manager": ["o.koval", "--manager", "m-koval"],
    "head": ["n.savchuk", "--manager", "m-savchuk", "--department", "*"],
    "auditor": ["a.audit"],
    "admin": ["s.admin"],
}
LONG = os.environ.get("LEDGER_OPENAPI_EXAMPLES")
# Unless a long run is asked for, whom few routes are for and who reads as others do is asked about
# those alone that he has before others; a manager's key and an administrator's ask everything.
OF_HIS_OWN = {
    "source": ["--include-path-regex", "^/v1/(events|quarantine|principals)|^/metrics"],
    "head": ["--include-path-regex", "^/v1/(access-log|statements|quotas|breaches)"],
    "auditor": ["--include-path-regex", "^/v1/(log|rows|parked|quarantine|calls|statements)"],
    "session": ["--include-path-regex", "^/v1/(session|clients|events|unmatched|unallocated)"],
}
# Who guesses is counted by his address: here each question has one of its own.
PROXY = ["--trusted-proxy", "127.0.0.1"]


class Addresses:
    def __init__(self):
        self.next = int(ipaddress.IPv4Address("172.16.0.1"))

    def another(self):
        self.next += 1
        return {"X-Forwarded-For": str(ipaddress.IPv4Address(self.next))}


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    with House(tmp_path_factory.mktemp("access") / "data", options=["--mail", *PROXY]) as running:
        running.ctl("append", *(EXAMPLES / name for name in
                                ["managers.ndjson", "clients.ndjson", "facts.ndjson"]))
        running.ctl("import", "asterisk-cdr", EXAMPLES / "Master.csv", "--zone", "Europe/Kyiv")
        running.ctl("import", "camt", EXAMPLES / "statement.xml")
        for role, (person, *more) in PEOPLE.items():
            running.ctl("people", "add", person, "--role", role, "--name", person, *more)
        yield running


@pytest.fixture
def key_of(house):
    """A key of the role, made for the test: what asks at random may revoke it."""
    return lambda role: house.bearer(house.new_key(PEOPLE[role][0]))


def target_of(path, operation, described):
    for parameter in operation.get("parameters", []):
        parameter, example = example_of(parameter, described)
        if parameter["in"] == "path":
            path = path.replace("{" + parameter["name"] + "}", str(example))
    return path


def is_open(operation):
    return {} in operation.get("security", [{"bearer": []}]) or operation.get("security") == []


def asked(described):
    return [one for one in operations(described) if not is_a_hook(one[1])]


def refused_for_his_role(answer):
    if answer.status != 403:
        return None
    return re.match(r"this is for ([a-z, ]+), and you are ", answer.json["detail"])


def test_roles_are_those_of_the_table(described, house, key_of):
    """x-roles of each operation against what the server answers each role: a body is not looked at
    before, and an answer that is not the role's refusal is another test's."""
    wrong, shapes = [], Shapes(described)
    keys = {role: key_of(role) for role in ROLES}
    for method, path, operation in asked(described):
        told = operation.get("x-roles", [])
        if is_open(operation):
            assert not told, f"{method} {path} is for anybody, and names roles"
            continue
        for role in ROLES:
            if path == "/v1/stream" and role in told:
                continue  # it has no end: test_the_stream_begins_as_described
            answer = house.request(method, target_of(path, operation, described), headers=keys[role])
            refused = refused_for_his_role(answer)
            if (role not in told) != bool(refused):
                wrong.append(f"{method} {path}: {role} is answered {answer.status}: {answer.body}")
            if refused and refused[1].split(", ") != told:
                wrong.append(f"{method} {path}: for {refused[1]}, and not {told}")
            if answer.body:
                shapes.hold(method, path, answer.status, answer.headers["Content-Type"],
                            answer.body.decode(), role)
    assert not wrong, "\n".join(wrong)
    assert not shapes.errors, "\n".join(shapes.errors)


def test_nobody_is_answered_what_needs_a_credential(described, house):
    """`security` against what is answered without one and with wrong ones."""
    shapes, addresses, cookie = Shapes(described), Addresses(), "ledger_session=guess"
    wrong = []
    credentials = [{}, {"Authorization": "Bearer sal_guess"}, {"Authorization": "Basic YWRtaW46eA=="},
                   {"Cookie": cookie, "X-CSRF-Token": "guess"}, {"X-CSRF-Token": "guess"}]
    for method, path, operation in asked(described):
        target = target_of(path, operation, described)
        for headers in credentials:
            answer = house.request(method, target, headers={**headers, **addresses.another()})
            kept = answer.status == 401
            # Of the session's own route 401 is the answer: nobody is signed in.
            if kept == is_open(operation) and not path.startswith("/v1/session"):
                wrong.append(f"{method} {path} {headers}: {answer.status} {answer.body[:100]}")
            if kept:
                assert answer.headers["Content-Type"] == "application/problem+json", path
                assert "WWW-Authenticate" in answer.headers, path
            if answer.body:
                shapes.hold(method, path, answer.status, answer.headers["Content-Type"],
                            answer.body.decode(), str(headers))
    assert not wrong, "\n".join(wrong)
    assert not shapes.errors, "\n".join(shapes.errors)
    assert shapes.held > 250


def test_who_there_is_is_known_already(house, key_of):
    first = house.request("GET", "/v1/principals?limit=1", headers=key_of("admin"))
    known = {**key_of("admin"), "If-None-Match": first.headers["ETag"]}
    again = house.request("GET", "/v1/principals?limit=1", headers=known)
    assert (again.status, again.body) == (304, b"")
    assert house.request("GET", "/v1/principals", headers=known).status == 200


def test_another_method_is_405_with_those_there_are(described, house):
    """Whoever asks: which methods there are is no secret, for the description says so."""
    addresses = Addresses()
    for path, item in described["paths"].items():
        if is_a_hook(path):
            continue
        target = target_of(path, next(iter(item.values())), described)
        there = {name.upper() for name in item} | ({"HEAD"} if "get" in item else set())
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY"} - there:
            for headers in [{}, house.admin]:
                answer = house.request(method, target, headers={**headers, **addresses.another()})
                assert answer.status == 405, (method, path, answer.status, answer.body)
                allowed = {name.strip() for name in answer.headers["Allow"].split(",")}
                assert allowed == there, (method, path, allowed)


@pytest.mark.parametrize("role", ["manager", "head", "auditor", "admin"])
def test_the_stream_begins_as_described(house, key_of, role):
    key = key_of(role)["Authorization"].split()[1]
    listener = Listener(house, key=key).until(lambda l: l.of("beat"), 15)
    assert b"200 OK" in listener.head and b"text/event-stream" in listener.head
    assert set(listener.of("beat")[0]) == {"head", "applied", "lag_events", "lag_seconds",
                                           "server_time"}
    listener.close()


def session_of(house, person):
    house.send("PUT", f"/v1/principals/{person}/password", {"password": PASSWORD}, house.admin)
    answer, _, writes = house.sign_in({"login": person, "password": PASSWORD})
    assert answer.status == 200, answer.body
    return writes


def at_random(house, headers, *more):
    given = [word for name, value in headers.items() for word in ["--header", f"{name}: {value}"]]
    asked_at_random(house, "schemathesis-access.toml", "--max-examples", LONG or "1",
                    "--exclude-path-regex", "^/v1/(stream$|hooks)", *given, *more,
                    hooks="from_everywhere")
    until(lambda: house.get("/readyz").status == 200)


@pytest.mark.parametrize("role", ROLES)
def test_a_key_asks_at_random(house, key_of, role):
    at_random(house, key_of(role), *([] if LONG else OF_HIS_OWN.get(role, [])))


def test_a_session_asks_at_random(house):
    # Not by it what ends it.
    at_random(house, session_of(house, "n.savchuk"), "--exclude-operation-id", "signOut",
              *([] if LONG else OF_HIS_OWN["session"]))


def test_nobody_asks_at_random(house):
    at_random(house, {}, *([] if LONG else ["--phases", "examples,fuzzing"]))
