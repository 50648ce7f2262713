"""schemas/openapi.yaml says what the program does: the same routes, every answer of every scenario in
its shape, and a running server that is asked at random by it.

redocly comes by npm and schemathesis by pip, both pinned, into the build directory; without a way to
fetch them those two tests are skipped, and say so. LEDGER_OPENAPI_EXAMPLES asks for more than the
suite's few questions an operation."""

import json
import os
import subprocess
import sys

import jsonschema
import pytest

from house import BUILD, LEDGERD, ROOT
from openapi_shapes import (Shapes, described, escaped, is_a_hook,  # noqa: F401 (fixtures)
                            operations, small_house, target_of, without_names)
from schemathesis_run import DESCRIPTION, TOOLS, asked_at_random

sys.path.insert(0, str(ROOT / "tests" / "support"))
import npm  # noqa: E402

SCENARIOS = BUILD / "tests" / "scenarios" / "scenarios"
# Houses that are harmed, masked and told of in tables, as no scenario can: which tests of which program.
HOUSES = [("runner/runner_tests", "*"), ("query/query_tests", "*"), ("access/access_tests", "fields:*")]

# The stream has no end (test_stream.py); who may ask is known where it is asked
# (test_openapi_access.py).
ELSEWHERE = ("/v1/stream", "/v1/principals")


# ---- the document by itself

def test_the_linter_finds_nothing():
    tools = npm.modules(TOOLS, BUILD)
    done = subprocess.run(
        ["node", tools / "@redocly" / "cli" / "bin" / "cli.js", "lint", "--config",
         TOOLS / "redocly.yaml", DESCRIPTION],
        capture_output=True, text=True, timeout=300,
        env={**os.environ, "REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"})
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_schema_is_a_schema(described):
    for name, schema in described["components"]["schemas"].items():
        jsonschema.Draft202012Validator.check_schema(schema)
        assert schema.get("description"), f"{name} says nothing of itself"
        if schema.get("type") == "object" and "properties" in schema:
            unknown = set(schema.get("required", [])) - set(schema["properties"])
            assert not unknown, f"{name} requires what it does not describe: {unknown}"


def test_every_body_has_an_example_that_fits(described):
    held = 0
    for method, path, operation in operations(described):
        for media, content in operation.get("requestBody", {}).get("content", {}).items():
            if "schema" not in content:
                continue  # a provider's own, or raw input
            pointer = f"/paths/{escaped(path)}/{method.lower()}/requestBody/content/{escaped(media)}"
            validator = jsonschema.Draft202012Validator({**described, "$ref": f"#{pointer}/schema"})
            assert "example" in content, f"{method} {path} {media}"
            wrong = [error.message for error in validator.iter_errors(content["example"])]
            assert not wrong, f"{method} {path} {media}: {wrong}"
            held += 1
    assert held > 14


def test_every_operation_may_go_well(described):
    for method, path, operation in operations(described):
        assert any(status[0] in "23" for status in operation["responses"]), f"{method} {path}"


def test_sections_of_a_card_have_the_members_of_their_event(described):
    """What `x-event` names is that event's data, as the log keeps it."""
    held = 0
    for name, schema in described["components"]["schemas"].items():
        if "x-event" not in schema:
            continue
        event = json.loads((ROOT / "schemas" / f"{schema['x-event']}.v1.json").read_text())
        # A section of a card does not say again whose card it is.
        missing = set(event["properties"]) - set(schema["properties"]) - {"client_id"}
        assert not missing, f"{name} lacks {missing} of {schema['x-event']}"
        for member, told in event["properties"].items():
            words = schema["properties"].get(member, {}).get("enum")
            assert words == told.get("enum") or member == "client_id", f"{name}.{member}"
        held += 1
    assert held > 15
    stored = described["components"]["schemas"]["StoredEvent"]
    envelope = json.loads((ROOT / "schemas" / "envelope.v1.json").read_text())
    opened = {"leafhash", "erasedby"}  # of a line whose sealed texts were opened to be read
    assert set(stored["properties"]) == set(envelope["properties"]) | opened
    assert set(stored["required"]) == set(envelope["required"])


# ---- the program

def routes_of_the_program(tmp_path):
    secrets = {name: "secret" for name in
               ["LEDGER_BINOTEL_SECRET", "LEDGER_FREESWITCH_SECRET", "LEDGER_THREECX_SECRET"]}
    done = subprocess.run(
        [LEDGERD, "--data", tmp_path / "data", "--listen", "127.0.0.1:0", "--mail", "--routes"],
        capture_output=True, text=True, timeout=120, env={**os.environ, **secrets})
    assert done.returncode == 0, done.stderr
    return {tuple(line.split(" ", 1)) for line in done.stdout.splitlines()}


def test_the_routes_are_those_of_the_program(described, tmp_path):
    # What is not below /v1 and not for operations is the dashboard's files.
    served = {(method, without_names(path)) for method, path in routes_of_the_program(tmp_path)
              if path.startswith("/v1/") or path in ("/metrics", "/healthz", "/readyz")}
    assert len(served) > 50
    told = {(method, without_names(path)) for method, path, _ in operations(described)}
    not_told = {one for one in served - told if not is_a_hook(one[1])}
    assert not not_told, f"served, and not described: {sorted(not_told)}"
    # One path stands for all senders' hooks.
    for method, path in served:
        if is_a_hook(path):
            assert (method, "/v1/hooks/{}/{}") in told and (method, "/v1/hooks/{}") in told
    not_served = {one for one in told - served if not is_a_hook(one[1])}
    assert not not_served, f"described, and not served: {sorted(not_served)}"


def held_answers(described, command, kept):
    """The answers that a program of the tests got, against their shapes."""
    subprocess.run(command, check=True, capture_output=True, timeout=600,
                   env={**os.environ, "LEDGER_TEST_ANSWERS": str(kept)})
    shapes, asked = Shapes(described), set()
    for line in kept.read_bytes().splitlines():
        answer = json.loads(line)
        asked.add((answer["method"], answer["pattern"]))
        shapes.hold(answer["method"], answer["pattern"], answer["status"], answer["content_type"],
                    answer["body"], json.dumps(answer["query"]))
    assert not shapes.errors, "\n".join(shapes.errors[:40])
    return shapes.held, asked


def test_every_answer_of_every_scenario_has_its_shape(described, tmp_path):
    stories = sorted((ROOT / "tests" / "scenarios").glob("*/*.scenario"))
    held, asked = held_answers(described, [SCENARIOS, *stories], tmp_path / "answers.ndjson")
    assert held > 4000 and len(asked) > 35, (held, sorted(asked))


@pytest.mark.parametrize("program, cases", HOUSES)
def test_every_answer_of_the_houses_of_the_tests_has_its_shape(described, tmp_path, program, cases):
    held, asked = held_answers(described, [BUILD / "tests" / "consumers" / program, cases],
                               tmp_path / "answers.ndjson")
    assert held > 50, (held, sorted(asked))


# ---- a running server

def test_it_serves_its_description(small_house):
    answer = small_house.get("/v1/openapi.yaml")
    assert answer.status == 200 and answer.headers["Content-Type"] == "application/yaml"
    assert answer.body == DESCRIPTION.read_bytes()
    link = small_house.get("/v1/status").headers["Link"]
    assert link == '</v1/openapi.yaml>; rel="service-desc"'


def test_the_examples_are_answered_in_their_shape(described, small_house):
    """Each GET with its own examples: what a reader tries first."""
    shapes = Shapes(described)
    for method, path, operation in operations(described):
        if method != "GET" or is_a_hook(path) or path in ELSEWHERE:
            continue
        target = target_of(path, operation, described)
        answer = small_house.get(target)
        assert answer.status in (200, 404), (target, answer.body)
        shapes.hold("GET", path, answer.status, answer.headers["Content-Type"],
                    answer.body.decode(), target)
    assert not shapes.errors, "\n".join(shapes.errors)
    assert shapes.held > 35


def get_head(ledger, path, **headers):
    return ledger.request("HEAD", path, headers=headers)


def test_what_is_known_already_is_not_told_again(small_house):
    first = small_house.get("/v1/clients/c-001")
    tag = first.headers["ETag"]
    again = small_house.get("/v1/clients/c-001", **{"If-None-Match": tag})
    assert (again.status, again.body) == (304, b"")
    assert again.headers["ETag"] == tag and "Content-Length" not in again.headers
    other = small_house.get("/v1/clients/c-002", **{"If-None-Match": tag})
    assert other.status == 200 and other.headers["ETag"] != tag
    # An event makes it another answer.
    receipt = small_house.post({
        "specversion": "1.0", "id": "etag-1", "source": "test", "time": "2026-11-24T08:00:00Z",
        "type": "org.salesledger.meeting.held.v1",
        "data": {"client_id": "c-001", "manager_id": "m-savchuk", "topic": "умови"}}).json
    changed = small_house.get(f"/v1/clients/c-001?at_least={receipt['position']}",
                              **{"If-None-Match": tag})
    assert changed.status == 200 and changed.headers["ETag"] != tag


def test_head_is_get_without_its_body(small_house):
    whole = small_house.get("/v1/duties")
    head = get_head(small_house, "/v1/duties")
    assert head.status == 200 and head.body == b""
    for name in ["Content-Type", "Content-Length", "ETag"]:
        assert head.headers[name] == whole.headers[name]
    assert get_head(small_house, "/v1/duties/none.such").status == 404


def test_what_the_auditor_reads_is_known_already_too(described, small_house):
    """By the log's end, by the position, by what it says."""
    kept = small_house.get("/v1/quarantine?all=true").json["items"][0]["position"]
    for path in ["/v1/log", "/v1/log?limit=2", "/v1/parked", "/v1/quarantine",
                 f"/v1/quarantine/{kept}"]:
        first = small_house.get(path)
        assert first.status == 200, path
        again = small_house.get(path, **{"If-None-Match": first.headers["ETag"]})
        assert (again.status, again.body) == (304, b""), path
        assert again.headers["ETag"] == first.headers["ETag"], path
    tag = small_house.get("/v1/log").headers["ETag"]
    assert small_house.get("/v1/log?limit=2", **{"If-None-Match": tag}).status == 200
    # Who waits for the next event is not sent away.
    waiting = small_house.get("/v1/log?limit=2&max_wait=0", **{"If-None-Match": tag})
    assert waiting.status == 200 and "ETag" not in waiting.headers


def test_where_no_parameter_is_known_each_is_refused_by_name(small_house):
    for method, path in [("GET", "/v1/status"), ("GET", "/v1/session"), ("POST", "/v1/session"),
                         ("DELETE", "/v1/session")]:
        refused = small_house.request(method, path + "?as_of=2026-11-24")
        assert refused.status == 422 and refused.json["field"] == "as_of", (method, path)
        assert refused.json["type"].endswith("unknown-field")
    # What asks for health, as it is set up elsewhere, may add what it likes.
    for path in ("/healthz?probe=1", "/readyz?probe=1", "/metrics?collect=all"):
        assert small_house.get(path).status == 200, path


def test_the_quarantine_refuses_what_it_does_not_understand(small_house):
    for query in ["colour=red", "all=maybe", "sender=", "limit=0", "after=0:1", "cursor=x"]:
        refused = small_house.get("/v1/quarantine?" + query)
        assert refused.status == 422 and refused.json["field"] == query.split("=")[0], query
    assert len(small_house.get("/v1/quarantine?sender=camt&all=true").json["items"]) == 1


def test_asked_at_random_it_answers_as_described(small_house):
    """No 5xx, no status and no shape that is not described, and nothing taken that is refused."""
    examples = os.environ.get("LEDGER_OPENAPI_EXAMPLES", "5")
    asked_at_random(small_house, "schemathesis.toml", "--max-examples", examples,
                    "--exclude-path-regex", "^/v1/(stream|session|principals|hooks)")
    assert small_house.get("/readyz").status == 200
