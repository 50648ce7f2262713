"""Goal: schemas/asyncapi.yaml says what the ledger writes and hears. Method: AsyncAPI's own parser
reads it; then its lists are compared with the catalogue of types (schema_dump), and lines that the
ledger made (tests/events/golden) with the message of their type.

Run by ctest as `asyncapi`, which sets SCHEMA_DUMP and LEDGER_BUILD. The parser comes by npm, pinned,
into the build directory; without node, npm or a way to fetch it the test is skipped.
"""

import copy
import functools
import json
import os
import pathlib
import shutil
import subprocess
import sys

import jsonschema

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "tests" / "support"))
import npm  # noqa: E402

SCHEMAS = ROOT / "schemas"
GOLDEN = ROOT / "tests" / "events" / "golden"
BUILD = pathlib.Path(os.environ.get("LEDGER_BUILD", ROOT / "build" / "dev"))
DUMP = os.environ.get("SCHEMA_DUMP", str(BUILD / "tests/events/schema_dump"))
PREFIX = "org.salesledger."
STAMPED = ("actor", "recordedtime", "localday", "tzversion", "partitionkey")
ERROR, WARNING = 0, 1  # of the parser; below are its hints


def read(path):
    modules = npm.modules(HERE / "asyncapi", BUILD)
    done = subprocess.run(["node", str(HERE / "asyncapi" / "read.js"), str(path)],
                          capture_output=True, encoding="utf-8", timeout=120,
                          env={**os.environ, "NODE_PATH": str(modules)})
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@functools.cache
def parsed():
    return read(SCHEMAS / "asyncapi.yaml")


def document():
    found = parsed()["document"]
    assert found, parsed()["said"]
    return found


@functools.cache
def catalogue():
    """["call.completed.v1", …], as the program knows them."""
    done = subprocess.run([DUMP], capture_output=True, encoding="utf-8", timeout=60, check=True)
    return sorted(f"{one['name']}.v{one['version']}" for one in json.loads(done.stdout))


def golden_lines():
    for path in sorted(GOLDEN.glob("*.ndjson")):
        for line in path.read_text().splitlines():
            yield json.loads(line)


def checker(schema):
    return jsonschema.Draft7Validator(schema)


def sent(line):
    return {name: value for name, value in line.items() if name not in STAMPED}


def test_the_parser_has_no_objection():
    said = [one for one in parsed()["said"] if one["severity"] <= WARNING]
    assert said == []
    assert document()["asyncapi"] == "3.0.0"


def test_the_parser_would_object(tmp_path):
    """Or nobody would hear of a schema that is gone."""
    shutil.copytree(SCHEMAS, tmp_path / "schemas")
    (tmp_path / "schemas" / "call.completed.v1.json").unlink()
    said = read(tmp_path / "schemas" / "asyncapi.yaml")
    assert [one for one in said["said"] if one["severity"] == ERROR]


def lines_for(key):
    """What asyncapi.yaml wants of a type, to be put among its neighbours."""
    return f"""
      {key}: {{$ref: '#/components/messages/{key}'}}

            - org.salesledger.{key}

        - if: {{properties: {{type: {{const: org.salesledger.{key}}}}}}}
          then: {{properties: {{data: {{$ref: ./{key}.json}}}}}}

    {key}:
      traits: [{{$ref: '#/components/messageTraits/line'}}]
      name: org.salesledger.{key}
      payload:
        allOf:
          - $ref: ./envelope.v1.json
          - properties:
              type: {{const: org.salesledger.{key}}}
              dataschema: {{const: 'urn:salesledger:schema:{key}'}}
              data: {{$ref: ./{key}.json}}
"""


def test_the_log_has_a_message_for_each_type_of_the_catalogue():
    said = document()["channels"]["ledger.events"]["messages"]
    missing = [key for key in catalogue() if key not in said]
    assert not missing, "schemas/asyncapi.yaml lacks:" + "".join(map(lines_for, missing))
    assert sorted(said) == catalogue()


def test_the_lines_that_a_new_type_wants_are_those_of_its_neighbours():
    text = (SCHEMAS / "asyncapi.yaml").read_text()
    for key in catalogue():
        for part in lines_for(key).strip("\n").split("\n\n"):
            assert text.count(part + "\n") == 1, part


def test_a_message_is_the_envelope_around_the_schema_of_its_type():
    envelope = json.loads((SCHEMAS / "envelope.v1.json").read_text())
    for key, message in document()["channels"]["ledger.events"]["messages"].items():
        assert message["name"] == PREFIX + key
        around, inside = message["payload"]["allOf"]
        inside = inside["properties"]
        assert around["$id"] == envelope["$id"]
        assert inside["type"]["const"] == PREFIX + key
        assert inside["dataschema"]["const"] == inside["data"]["$id"]
        assert inside["data"]["$id"] == f"urn:salesledger:schema:{key}"


def test_lines_that_the_ledger_wrote_fit_the_message_of_their_type():
    messages = document()["channels"]["ledger.events"]["messages"]
    seen = set()
    for line in golden_lines():
        key = line["type"].removeprefix(PREFIX)
        check = checker(messages[key]["payload"])
        assert [error.message for error in check.iter_errors(line)] == [], key
        wrong = copy.deepcopy(line)
        wrong["data"]["no_such_member"] = 1
        assert not check.is_valid(wrong), key
        seen.add(key)
    assert sorted(seen) == catalogue()


def test_the_inbox_takes_each_type_in_both_modes():
    messages = document()["channels"]["ledger.inbox"]["messages"]
    names = [PREFIX + one for one in catalogue()]
    structured = messages["structured"]["payload"]
    assert sorted(structured["properties"]["type"]["enum"]) == names
    assert sorted(messages["binary"]["headers"]["properties"]["ce_type"]["enum"]) == names
    rules = {rule["if"]["properties"]["type"]["const"]: rule["then"]["properties"]["data"]["$id"]
             for rule in structured["allOf"]}
    assert rules == {PREFIX + one: f"urn:salesledger:schema:{one}" for one in catalogue()}


def test_what_a_sender_writes_fits_the_inbox_and_stamps_do_not():
    check = checker(document()["channels"]["ledger.inbox"]["messages"]["structured"]["payload"])
    line = next(line for line in golden_lines() if line["type"].endswith("call.completed.v1"))
    assert [error.message for error in check.iter_errors(sent(line))] == []
    assert not check.is_valid(line)
    assert not check.is_valid({**sent(line), "type": PREFIX + "meeting.held.v1"})


def test_a_topic_keeps_history_as_the_server_demands_it():
    """The settings that ledgerctl topics create makes and ledgerd checks: events/log/kafka_topic.cpp."""
    code = (ROOT / "events" / "log" / "kafka_topic.cpp").read_text()
    for name in ("ledger.events", "ledger.quarantine"):
        settings = document()["channels"][name]["bindings"]["kafka"]["topicConfiguration"]
        assert settings["cleanup.policy"] == ["delete"]
        for key in ("cleanup.policy", "retention.ms", "retention.bytes"):
            value = settings[key][0] if isinstance(settings[key], list) else settings[key]
            assert f'set("{key}", "{value}")' in code
        assert settings["max.message.bytes"] == 2 * 1024 * 1024


def test_every_channel_has_an_operation():
    """ledger.checkpoints will stand here once there are signed tree heads."""
    used = {json.dumps(one["channel"]["address"]) for one in document()["operations"].values()}
    assert used == {json.dumps(one["address"]) for one in document()["channels"].values()}
    assert "ledger.checkpoints" not in document()["channels"]
