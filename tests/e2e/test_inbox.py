"""What other systems write to a Kafka topic, with clients that are not ours, is in the ledger once."""

import collections
import json
import os
import re
import subprocess

import pytest

from conftest import fresh_topic
from house import Ledger, exported, meeting, until

EVENTS = 3000
KILLS = 5

pytestmark = pytest.mark.skipif(not os.environ.get("LEDGER_TEST_BROKERS"),
                                reason="tests/run brings Kafka")


@pytest.fixture
def inbox(tmp_path):
    """A topic, and a ledger on the embedded log that is told to read it."""
    brokers = os.environ["LEDGER_TEST_BROKERS"]
    topic = fresh_topic(brokers)
    ledger = Ledger(tmp_path / "data",
                    options=["--inbox-topic", topic, "--inbox-brokers", brokers])
    yield brokers, topic, ledger
    ledger.__exit__()


def produce(brokers, topic, values, *headers):
    arguments = [part for header in headers for part in ("-H", header)]
    subprocess.run(["kcat", "-P", "-b", brokers, "-t", topic, *arguments], check=True, timeout=60,
                   input="".join(f"{value}\n" for value in values), encoding="utf-8")


def settled(ledger):
    """How many records became what, since this ledgerd started."""
    text = ledger.get("/metrics").body.decode()
    return {name: int(count) for name, count in
            re.findall(r'^inbox_records_total\{result="(\w+)"\} (\d+)$', text, re.M)}


def test_both_content_modes_and_what_is_no_event(inbox, tmp_path):
    brokers, topic, ledger = inbox
    structured = "content-type=application/cloudevents+json; charset=UTF-8"
    whole = meeting("whole", source="crm")
    produce(brokers, topic, [json.dumps(whole)], structured)
    split = meeting("split", source="crm")
    produce(brokers, topic, [json.dumps(split["data"])], "content-type=application/json",
            *(f"ce_{name}={split[name]}" for name in
              ("specversion", "id", "source", "type", "time")))
    produce(brokers, topic, ["hello"])
    produce(brokers, topic, [json.dumps(whole)], structured)
    ledger.start()
    until(lambda: sum(settled(ledger).values()) == 4)
    assert settled(ledger) == {"appended": 2, "duplicate": 1, "refused": 1, "lost": 0}
    assert {line["id"] for line in exported(ledger, tmp_path / "log")} == {"whole", "split"}
    assert '"error":"unsupported-media-type","field":"content-type"' in ledger.log_path.read_text()
    sources = ledger.get("/v1/sources").json["sources"]
    assert [(source["source"], source["events"]) for source in sources] == [("crm", 2)]
    assert re.search(r"^crm +rare ", ledger.ctl("sources").stdout, re.M)


def test_killed_again_and_again_it_loses_and_doubles_nothing(inbox, tmp_path):
    brokers, topic, ledger = inbox
    values = [json.dumps(meeting(f"i-{n}", client=f"c-{n % 40}", source="crm"))
              for n in range(EVENTS)]
    part = EVENTS // KILLS
    for first in range(0, EVENTS, part):
        produce(brokers, topic, values[first:first + part],
                "content-type=application/cloudevents+json")
        ledger.start(ready=False)
        until(lambda: settled(ledger)["appended"] > 0)
        ledger.kill()
    ledger.start()
    until(lambda: sum(int(n) for n in
                      ledger.get("/v1/status").json["log_end"].split(",")) >= EVENTS)
    until(lambda: "inbox_lag_records 0" in ledger.get("/metrics").body.decode())
    times = collections.Counter(line["id"] for line in exported(ledger, tmp_path / "log"))
    assert len(times) == EVENTS
    assert set(times.values()) == {1}
    assert "refused" not in ledger.log_path.read_text()
