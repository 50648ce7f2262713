import os
import subprocess
import uuid

import pytest

from house import LEDGERCTL, Ledger


def fresh_topic(brokers):
    topic = f"ledger.test.{uuid.uuid4().hex[:12]}"
    subprocess.run([LEDGERCTL, "topics", "create", "--brokers", brokers, "--topic", topic],
                   check=True, capture_output=True, timeout=60)
    return topic


@pytest.fixture
def ledger(tmp_path):
    """A running ledgerd on the embedded log."""
    with Ledger(tmp_path / "data") as running:
        yield running


@pytest.fixture(params=["embedded", "kafka"])
def any_ledger(request, tmp_path):
    """The same on both logs, not started yet."""
    if request.param == "embedded":
        made = Ledger(tmp_path / "data")
    else:
        brokers = os.environ.get("LEDGER_TEST_BROKERS")
        if not brokers:
            pytest.skip("LEDGER_TEST_BROKERS names no Kafka; tests/run starts one")
        made = Ledger(tmp_path / "data", brokers=brokers, topic=fresh_topic(brokers))
    yield made
    made.__exit__()
