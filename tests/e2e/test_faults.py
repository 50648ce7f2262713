"""The log goes away and comes back: 503 without a false acknowledgement, then all is well again."""

import json
import os
import pathlib
import re
import subprocess
import time

import pytest

from conftest import fresh_topic
from house import LEDGERCTL, LEDGERD, ROOT, Ledger, exported, meeting, until

KAFKA = ROOT / "deploy" / "kafka" / "kafka"


def kafka(*arguments):
    done = subprocess.run([KAFKA, *map(str, arguments)], capture_output=True, text=True,
                          timeout=180)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def own_kafka(tmp_path):
    """A broker of the test's own, since it will be killed."""
    directory = tmp_path / "kafka"
    brokers = kafka("start", "--dir", directory, "--port", "0").strip().splitlines()[-1]
    yield directory, brokers.removeprefix("brokers=")
    kafka("stop", "--dir", directory)


@pytest.mark.skipif(not os.environ.get("LEDGER_TEST_BROKERS"), reason="tests/run brings Kafka")
def test_a_broker_that_goes_away_is_503_and_comes_back_by_itself(own_kafka, tmp_path):
    directory, brokers = own_kafka
    with Ledger(tmp_path / "data", brokers=brokers, topic=fresh_topic(brokers)) as ledger:
        assert ledger.post(meeting("before")).status == 201
        kafka("kill", "--dir", directory)
        answer = ledger.post(meeting("during"))
        assert answer.status in (503, 504), answer.body
        assert answer.json["retriable"] is True
        # What was answered from views goes on being answered.
        assert ledger.get("/v1/clients/c-1").status == 200
        kafka("start", "--dir", directory)
        until(lambda: ledger.post(meeting("during")).status == 201, 60)
        until(lambda: ledger.post(meeting("after")).status == 201, 60)
        ids = [line["id"] for line in exported(ledger, tmp_path / "log")]
        assert sorted(set(ids)) == ["after", "before", "during"]
        until(lambda: ledger.get("/v1/clients/c-1").json["client"]["counters"]["meeting"] == 3)


@pytest.mark.skipif(not os.environ.get("LEDGER_TEST_BROKERS"), reason="tests/run brings Kafka")
def test_while_the_brokers_are_away_operations_are_answered_at_once(own_kafka, tmp_path):
    """With the end of the log that was known last, how old it is, and who does not answer."""
    directory, brokers = own_kafka
    with Ledger(tmp_path / "data", brokers=brokers, topic=fresh_topic(brokers)) as ledger:
        assert ledger.post(meeting("before")).status == 201
        known = until(lambda: (now := ledger.get("/v1/status").json) and
                      "log_end_age_s" not in now and now)
        assert "log_error" not in known
        kafka("kill", "--dir", directory)

        def quick(path):
            began = time.monotonic()
            answer = ledger.get(path)
            assert time.monotonic() - began < 3, path
            return answer

        until(lambda: brokers in quick("/v1/status").json.get("log_error", ""), 60, every=1)
        status = quick("/v1/status").json
        assert status["log_end"] == known["log_end"] and status["log_end_age_s"] >= 1
        assert status["ready"] is False
        away = quick("/readyz")
        assert away.status == 503 and brokers in away.json["detail"] and away.json["retriable"]
        page = quick("/metrics").body.decode()
        assert 'ledger_not_ready{reason="log_away"} 1' in page
        assert "projection_lag_events -1" in page
        assert re.search(r"^ledger_log_end_age_seconds [1-9]", page, re.M)
        kafka("start", "--dir", directory)
        until(lambda: ledger.get("/readyz").status == 200, 60)
        until(lambda: "log_error" not in ledger.get("/v1/status").json, 60)


@pytest.mark.skipif(not os.environ.get("LEDGER_TEST_BROKERS"), reason="tests/run brings Kafka")
@pytest.mark.parametrize("setting", ["retention.ms=604800000", "cleanup.policy=compact",
                                     "retention.bytes=1000000"])
def test_a_topic_that_could_lose_history_is_refused(tmp_path, setting):
    brokers = os.environ["LEDGER_TEST_BROKERS"]
    topic = fresh_topic(brokers)
    java = ["java", "-cp", os.path.join(kafka_jars(), "*")]
    subprocess.run([*java, "kafka.admin.ConfigCommand", "--bootstrap-server", brokers, "--alter",
                    "--entity-type", "topics", "--entity-name", topic, "--add-config", setting],
                   check=True, capture_output=True, timeout=60)
    done = subprocess.run([LEDGERD, "--data", tmp_path / "data", "--listen", "127.0.0.1:0",
                           "--brokers", brokers, "--topic", topic],
                          capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert setting.split("=")[0] in json.loads(done.stderr.splitlines()[-1])["reason"]
    checked = subprocess.run([LEDGERCTL, "topics", "check", "--brokers", brokers, "--topic", topic],
                             capture_output=True, text=True, timeout=60)
    assert checked.returncode == 2 and "could lose history" in checked.stderr


def kafka_jars():
    cache = os.environ.get("LEDGER_CACHE") or os.path.join(
        os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "salesledger")
    return str(next(pathlib.Path(cache).glob("kafka-*")))


@pytest.fixture
def small_disk(tmp_path):
    """
    A file system of 512 MiB. A database goes on once a write buffer (64 MiB) is free, and the log and
    the views each hold two files of what was written meanwhile: in 256 MiB they took that from each
    other.
    """
    mount = tmp_path / "small"
    mount.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=512m", "tmpfs", mount]).returncode != 0:
        pytest.skip("only root can mount a small file system")
    yield mount
    subprocess.run(["umount", "-l", mount], check=True)


def fill(ballast):
    with open(ballast, "wb", buffering=0) as file:
        try:
            while file.write(b"\0" * 65536):
                pass
        except OSError:
            pass  # full, which was the point


def test_a_full_disk_is_503_and_no_acknowledged_event_is_lost(small_disk, tmp_path):
    ballast = small_disk / "ballast"
    with Ledger(small_disk / "data") as ledger:
        assert ledger.post(meeting("before")).status == 201
        fill(ballast)
        accepted, refused = [], None
        for n in range(300):
            # 100 events of 4 kB: more than what the store had set aside for itself, in the end.
            batch = [meeting(f"during-{n}-{i}", topic="я" * 2000, client=f"c-{i}")
                     for i in range(100)]
            answer = ledger.post(batch, "application/cloudevents-batch+json")
            if answer.status != 201:
                refused = answer
                break
            accepted += [event["id"] for event in batch]
        assert refused is not None, "the disk never filled"
        assert refused.status == 503, refused.body
        assert refused.json["retriable"] is True
        assert "64 MiB" in ledger.post(meeting("still")).json["detail"]
        ballast.unlink()
        until(lambda: ledger.post(meeting("after")).status == 201, 60)
        ids = {line["id"] for line in exported(ledger, tmp_path / "log")}
        assert {"before", "after", *accepted} <= ids
        ledger.stop()
        ledger.start()
        assert {line["id"] for line in exported(ledger, tmp_path / "log2")} == ids
        assert "row by row" in ledger.ctl("replay").stdout
