"""Goal: schemas/asyncapi.yaml is true: each path that others push to is served, and what lies in both
topics and goes over the stream is as it says. Method: a real ledgerd, a real Kafka where tests/run
started one."""

import functools
import json
import os
import re
import subprocess
import urllib.request

import jsonschema
import pytest
import yaml

from conftest import fresh_topic
from house import ROOT, Ledger, meeting
from operations import SECRET, WEBHOOKS

ASYNCAPI = ROOT / "schemas" / "asyncapi.yaml"


def test_every_path_that_others_push_to_is_served(tmp_path):
    channels = yaml.safe_load(ASYNCAPI.read_text())["channels"]
    paths = {key: one["address"] for key, one in channels.items()
             if one["address"].startswith("/v1/hooks/")}
    key = subprocess.run(["openssl", "genpkey", "-algorithm", "EC", "-pkeyopt",
                          "ec_paramgen_curve:P-256"], capture_output=True, check=True).stdout
    public = subprocess.run(["openssl", "pkey", "-pubout"], input=key, capture_output=True,
                            check=True).stdout.decode()
    options = [*WEBHOOKS, "--sendgrid-key=" + "".join(public.splitlines()[1:-1])]
    with Ledger(tmp_path / "data", options=options) as ledger:
        served = {}
        for name, path in paths.items():
            path = path.replace("{secret}", SECRET)
            served[name] = ledger.request("POST", path, b"", {"Content-Type": "text/plain"}).status
            unknown = path.replace("/hooks/", "/hooks/no-")
            assert ledger.request("POST", unknown, b"").status == 404
    assert 404 not in served.values(), served
    # Each webhook of the server, and none besides; 3CX's folder cannot begin with a digit.
    made = (ROOT / "consumers" / "ledgerd" / "webhooks.cpp").read_text()
    known = set(re.findall(r"(\w+)::webhooks?\(", made))
    assert {name.removeprefix("hooks.").replace("3cx", "threecx") for name in paths} == known


@functools.cache
def asyncapi():
    return yaml.safe_load(ASYNCAPI.read_text())


def misfits(message, payload):
    """What of a payload is not as asyncapi.yaml says of that message."""
    document = asyncapi()
    schema = document["components"]["messages"][message]["payload"]
    check = jsonschema.Draft7Validator(
        schema, resolver=jsonschema.RefResolver("", document))
    return [error.message for error in check.iter_errors(payload)]


def test_a_message_that_is_not_as_described_is_found():
    entry = {"sender": "ringostat", "received": "2026-11-24T07:00:00Z", "error": "invalid-json",
             "detail": "no JSON", "method": "POST", "body": "{"}
    assert misfits("quarantine.entry", entry) == []
    assert misfits("quarantine.entry", {**entry, "more": 1})
    assert misfits("quarantine.release", entry)


def records(brokers, topic):
    """[(key, {header: value}, payload)] of all that is in a topic."""
    done = subprocess.run(["kcat", "-C", "-J", "-e", "-q", "-b", brokers, "-t", topic],
                          capture_output=True, text=True, timeout=60, check=True)
    found = []
    for line in done.stdout.splitlines():
        record = json.loads(line)
        headers = record["headers"]
        found.append((record["key"], dict(zip(headers[::2], headers[1::2])),
                      json.loads(record["payload"])))
    return found


@pytest.mark.skipif(not os.environ.get("LEDGER_TEST_BROKERS"), reason="tests/run brings Kafka")
def test_records_of_both_topics_are_as_described(tmp_path):
    brokers = os.environ["LEDGER_TEST_BROKERS"]
    log, quarantine = fresh_topic(brokers), fresh_topic(brokers)
    options = ["--ringostat-secret", SECRET, "--quarantine-topic", quarantine]
    with Ledger(tmp_path / "data", brokers=brokers, topic=log, options=options) as ledger:
        assert ledger.post(meeting("a")).status == 201
        for body in (b'{"call_type":"in"}', b"\xff\xfe"):
            assert ledger.request("POST", f"/v1/hooks/ringostat/{SECRET}", body,
                                  {"Content-Type": "application/json"}).status == 200
        waiting = ledger.get("/v1/quarantine").json["items"]
        assert len(waiting) == 2
        ledger.ctl("quarantine", "dismiss", waiting[0]["position"], "--reason", "a test")
    [(key, headers, line)] = records(brokers, log)
    assert key == line["partitionkey"]
    trait = asyncapi()["components"]["messageTraits"]["line"]["headers"]["properties"]
    assert headers == {"content-type": trait["content-type"]["const"]}
    assert line["type"].removeprefix("org.salesledger.") in asyncapi()[
        "channels"]["ledger.events"]["messages"]
    kept = records(brokers, quarantine)
    assert [key for key, _, _ in kept] == ["ringostat"] * 3
    said = ["quarantine.release" if "released" in payload else "quarantine.entry"
            for _, _, payload in kept]
    assert sorted(said) == ["quarantine.entry", "quarantine.entry", "quarantine.release"]
    for message, (_, _, payload) in zip(said, kept):
        assert misfits(message, payload) == []


def heard(url, wanted, seconds=15):
    """{name: data} of the stream's first messages, until all that are wanted have come."""
    found, name = {}, None
    with urllib.request.urlopen(url, timeout=seconds) as stream:
        for line in stream:
            text = line.decode().rstrip("\r\n")
            if text.startswith("event: "):
                name = text.removeprefix("event: ")
            elif text.startswith("data: "):
                found.setdefault(name, json.loads(text.removeprefix("data: ")))
            if set(found) >= wanted:
                return found
    raise AssertionError(f"the stream ended after {found}")


def test_what_the_stream_says_is_as_described(ledger):
    if ledger.get("/v1/stream?no=1").status == 404:
        pytest.skip("this server has no /v1/stream")
    assert ledger.post(meeting("a")).status == 201
    beginning = ",".join("0" * ledger.get("/v1/status").json["partitions"])
    found = heard(f"{ledger.url}/v1/stream?from={beginning}", {"ledger", "beat"})
    found |= heard(f"{ledger.url}/v1/stream?from={beginning.replace('0', '9')}", {"reset"})
    for name in ("ledger", "beat", "reset"):
        assert misfits(f"stream.{name}", found[name]) == [], name
    assert found["ledger"]["type"] == "meeting.held"
