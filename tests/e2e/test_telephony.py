"""ledger-telephony beside a scripted exchange: whatever happens to the file, the connection, the
server and the connector itself, every call is in the ledger once."""

import pytest

from edge_connector import Connector
from exchange import CdrFile, Manager, csv, leg
from house import Ledger, event, exported, free_port, until


@pytest.fixture
def house(tmp_path):
    with Ledger(tmp_path / "data", port=free_port()) as ledger:
        for number, name in ((101, "Олена"), (102, "Ігор")):
            ledger.post(event(f"m{number}", "manager.hired",
                              {"manager_id": f"m-{number}", "name": name, "hired_on": "2026-01-05",
                               "extensions": [str(number)]}))
        ledger.post(event("c", "client.registered",
                          {"client_id": "c-1", "name": "ТОВ", "phones": ["+380501112200"]}))
        yield ledger


@pytest.fixture
def file(tmp_path):
    return CdrFile(tmp_path / "cdr-csv")


@pytest.fixture
def manager():
    made = Manager()
    yield made
    made.close()


@pytest.fixture
def connector(house, file, tmp_path):
    made = Connector(house, file, tmp_path)
    yield made
    if made.process and made.process.poll() is None:
        made.kill()


def listening(connector, manager, *more):
    connector.command += ["--ami", manager.address, "--ami-user", "ledger", *more]
    return connector.start(LEDGER_AMI_SECRET=manager.secret)


def calls(ledger, tmp_path):
    """Ids of the calls in the log, in its order."""
    return [line["id"] for line in exported(ledger, tmp_path / "log.ndjson")
            if line["source"] == "asterisk" and "~" not in line["id"]]


def ids(*numbers):
    return [f"call:1764000000.{n}" for n in numbers]


def test_a_call_of_the_file_is_on_the_card(connector, house, file, tmp_path):
    file.add(leg(1))
    connector.start()
    connector.reaches("delivered_total", 1)
    assert calls(house, tmp_path) == ids(1)

    def on_card():
        entries = house.get("/v1/clients/c-1/timeline").json["entries"]
        return [entry for entry in entries if entry["id"] == ids(1)[0]]

    entry = until(on_card)[0]
    assert (entry["manager_id"], entry["talk_s"]) == ("m-101", 60), entry
    assert connector.figure("lag_bytes") == 0
    assert connector.figure("last_line_age_seconds") >= 0
    connector.stop()


def test_half_a_line_waits_and_rotation_loses_nothing(connector, house, file, tmp_path):
    connector.start()
    file.add(leg(1))
    half = csv(leg(2))
    file.write(half[:100])
    connector.reaches("delivered_total", 1)
    assert connector.figure("lag_bytes") == 100
    file.write(half[100:])
    file.add(leg(3))
    file.rotate()
    file.add(leg(4))
    connector.reaches("delivered_total", 4)
    file.add(leg(5))
    file.copy_and_empty()
    file.add(leg(6))
    connector.reaches("delivered_total", 6)
    assert sorted(calls(house, tmp_path)) == ids(1, 2, 3, 4, 5, 6)
    assert connector.figure("refused_total") == 0
    assert connector.figure("rests_lost_total") == 0
    connector.stop()


def test_the_server_is_away_and_the_connector_is_killed(connector, house, file, tmp_path):
    connector.start()
    file.add(leg(1))
    connector.reaches("delivered_total", 1)
    house.stop()
    file.add(leg(2), leg(3))
    until(lambda: connector.figure("failures_total") >= 1)
    assert connector.figure("server_away") == 1
    connector.kill()
    file.add(leg(4))
    file.rotate()
    file.add(leg(5))
    connector.start()
    connector.reaches("legs_total", 4)  # call 1 was acknowledged: it is not read again
    connector.kill()
    file.rotate()
    file.add(leg(6))
    connector.start()
    house.start()
    connector.reaches("waiting_calls", 0)
    until(lambda: len(calls(house, tmp_path)) == 6)
    assert sorted(calls(house, tmp_path)) == ids(1, 2, 3, 4, 5, 6)
    connector.stop()


def test_killed_again_and_again(connector, house, file, tmp_path):
    total = 300
    written = 0
    for round in range(10):
        connector.start()
        for _ in range(total // 10):
            written += 1
            file.add(leg(written, minute=written))
        if round % 3 == 0:
            file.rotate()
        until(lambda: connector.figure("lines_total") >= 1)
        connector.kill()
    connector.start()
    until(lambda: len(calls(house, tmp_path)) == total, 60)
    assert len(set(calls(house, tmp_path))) == total
    connector.stop()
    lines = exported(house, tmp_path / "log.ndjson")
    assert not [line for line in lines if line["type"].startswith("org.salesledger.event.")]


def test_the_same_call_by_file_and_manager_interface_is_one(connector, house, file, manager,
                                                            tmp_path):
    listening(connector, manager)
    until(lambda: connector.figure("ami_connected") == 1)
    assert manager.asked_for == ["cdr"]
    manager.cdr(leg(1))
    connector.reaches("delivered_total", 1)  # by the interface alone
    file.add(leg(1))
    connector.reaches("repeated_total", 1)
    # Cut off: the file has what nobody replays.
    manager.drop_client()
    until(lambda: connector.figure("ami_connected") == 0 or manager.logins == 2)
    file.add(leg(2))
    connector.reaches("delivered_total", 2)
    until(lambda: connector.figure("ami_connected") == 1 and manager.logins == 2)
    # Both at once, and the connector dies in between.
    manager.cdr(leg(3))
    connector.reaches("ami_events_total", 2)
    connector.kill()
    file.add(leg(3))
    connector.start(LEDGER_AMI_SECRET=manager.secret)
    until(lambda: ids(3)[0] in calls(house, tmp_path))
    connector.reaches("waiting_calls", 0)
    connector.stop()
    assert calls(house, tmp_path) == ids(1, 2, 3)
    lines = exported(house, tmp_path / "log.ndjson")
    assert not [line for line in lines if line["type"].startswith("org.salesledger.event.")]


def test_the_end_of_a_call_is_told_by_channel_events(connector, house, manager, tmp_path):
    connector.command[connector.command.index("--settle") + 1] = "600"
    listening(connector, manager, "--ami-cel")
    until(lambda: connector.figure("ami_connected") == 1)
    assert manager.asked_for == ["cdr,call"]
    manager.cdr(leg(1))
    manager.cdr(leg(2, minute=0))
    connector.reaches("legs_total", 2)
    manager.linkedid_end("1764000000.1")
    connector.reaches("delivered_total", 1)
    assert calls(house, tmp_path) == ids(1)
    connector.stop()


def test_a_wrong_secret_does_not_stop_the_file(connector, house, file, manager, tmp_path):
    manager.secret = "another"
    connector.command += ["--ami", manager.address, "--ami-user", "ledger"]
    connector.start(LEDGER_AMI_SECRET="s3cret")
    file.add(leg(1))
    connector.reaches("delivered_total", 1)
    until(lambda: "Authentication failed" in connector.log.read_text())
    assert connector.figure("ami_connected") == 0
    assert "s3cret" not in connector.log.read_text()
    connector.stop()


def test_an_unmapped_linkedid_is_left_to_the_file(connector, house, file, manager, tmp_path):
    listening(connector, manager)
    until(lambda: connector.figure("ami_connected") == 1)
    unmapped = leg(1)
    del unmapped["LinkedID"], unmapped["Sequence"]
    manager.cdr(unmapped)
    connector.reaches("ami_left_total", 1)
    assert "linkedid => LinkedID" in connector.log.read_text()
    file.add(leg(1))
    connector.reaches("delivered_total", 1)
    connector.stop()


def test_the_manager_interface_alone(connector, house, manager, tmp_path):
    at = connector.command.index("--cdr-file")
    del connector.command[at:at + 2]
    listening(connector, manager)
    until(lambda: connector.figure("ami_connected") == 1)
    house.stop()
    manager.cdr(leg(1))
    connector.reaches("legs_total", 1)
    connector.kill()  # the interface forgets, the spool does not
    connector.start(LEDGER_AMI_SECRET=manager.secret)
    unmapped = leg(2, minute=5)
    del unmapped["LinkedID"], unmapped["Sequence"]
    until(lambda: connector.figure("ami_connected") == 1)
    manager.cdr(unmapped)
    connector.reaches("legs_total", 2)
    house.start()
    until(lambda: sorted(calls(house, tmp_path)) == ids(1, 2))
    connector.stop()


def test_a_late_leg_corrects_its_call(connector, house, file, tmp_path):
    connector.start()
    file.add(leg(1, seconds=60))
    connector.reaches("delivered_total", 1)
    connector.kill()  # what is needed for the correction outlives that
    connector.start()
    file.add(leg(2, device=102, minute=1, seconds=300, linkedid="1764000000.1"))
    connector.reaches("corrected_total", 1)
    assert calls(house, tmp_path) == ids(1)
    lines = exported(house, tmp_path / "log.ndjson")
    correction = next(line for line in lines if line["type"].endswith("event.corrected.v1"))
    assert correction["id"] == "call:1764000000.1~1"
    assert correction["data"]["data"]["talk_s"] == 300
    assert correction["data"]["actor"] == "m-102"
    # From the beginning, without any memory: known, and corrected no second time.
    connector.stop()
    (connector.state / "position").unlink()
    connector.start()
    connector.reaches("known_total", 1)
    connector.reaches("waiting_calls", 0)
    assert connector.figure("corrected_total") == 0
    connector.stop()
    again = exported(house, tmp_path / "log.ndjson")
    assert [line["id"] for line in again] == [line["id"] for line in lines]


def test_a_late_leg_that_began_before_moves_its_call(connector, house, file, tmp_path):
    connector.start()
    file.add(leg(1, minute=14 * 60 - 1, seconds=60))
    connector.reaches("delivered_total", 1)
    file.add(leg(2, device=102, minute=13 * 60 - 1, seconds=300, linkedid="1764000000.1"))
    connector.reaches("corrected_total", 1)
    end = house.get("/v1/status").json["log_end"]
    page = house.get(f"/v1/clients/c-1/timeline?kind=call&at_least={end}&max_wait=30000").json
    (entry,) = page["entries"]
    assert entry["id"] == "call:1764000000.1~1"
    assert (entry["time"], entry["talk_s"]) == ("2026-11-24T18:59:00Z", 300), entry
    # Again from the beginning, each leg alone as it was written: it ends as it is.
    connector.stop()
    (connector.state / "position").unlink()
    connector.start()
    connector.reaches("waiting_calls", 0)
    connector.reaches("lines_total", 2)
    until(lambda: connector.figure("known_total") + connector.figure("corrected_total") >= 1)
    (entry,) = house.get("/v1/clients/c-1/timeline?kind=call").json["entries"]
    assert (entry["time"], entry["talk_s"]) == ("2026-11-24T18:59:00Z", 300), entry
    connector.stop()


def test_what_cannot_be_recorded_is_kept_with_its_reason(connector, house, file, tmp_path):
    connector.start()
    bad = leg(1)
    bad["BillableSeconds"] = "x"
    file.add(bad, leg(2))
    file.write('"unclosed,1\n')
    future = leg(3)
    for column in ("StartTime", "AnswerTime", "EndTime"):
        future[column] = future[column].replace("2026", "2099")
    file.add(future, leg(4))
    connector.reaches("delivered_total", 2)
    connector.reaches("refused_total", 3)
    kept = connector.refused()
    assert kept[0]["field"] == "billsec" and "at byte 0" in kept[0]["where"]
    assert kept[0]["raw"] + "\n" == csv(bad)
    assert kept[1]["raw"] == '"unclosed,1'
    assert kept[2]["where"] == "call " + ids(3)[0] and kept[2]["field"] == "time"
    assert sorted(calls(house, tmp_path)) == ids(2, 4)
    connector.stop()


def test_once_delivers_what_is_there_and_ends(connector, house, file, tmp_path):
    file.add(*(leg(n, minute=n % 600) for n in range(1, 1201)))
    half = csv(leg(1201))
    file.write(half[:50])
    done = connector.once()
    assert done.returncode == 0, done.stderr
    assert "1200 recorded, 0 known already" in done.stdout
    assert "100 %" in done.stderr or "bytes" in done.stderr
    file.write(half[50:])
    assert "1 recorded, 0 known already" in connector.once().stdout
    assert "0 recorded, 0 known already" in connector.once().stdout
    # The import of the whole file is the same calls.
    imported = house.ctl("import", "asterisk-cdr", file.path)
    assert "0 recorded, 1201 known already, 0 refused" in imported.stdout


def test_an_imported_call_stays_whole(connector, house, file):
    # The second leg is in another chunk than the first, and long after it by the file's own time.
    file.add(leg(1), *(leg(n, minute=20, src="0671112233") for n in range(3, 1603)),
             leg(2, device=102, minute=2, seconds=300, linkedid="1764000000.1"))
    imported = house.ctl("import", "asterisk-cdr", file.path)
    assert "1601 recorded" in imported.stdout, imported.stdout
    done = connector.once()
    assert done.returncode == 0, done.stderr
    assert "1600 known already, 2 corrected" in done.stdout

    file.add(leg(1700, minute=30))  # when it is on the card, so is all before it
    assert connector.once().returncode == 0

    def on_card():
        entries = house.get("/v1/clients/c-1/timeline").json["entries"]
        talks = {entry["id"]: (entry["manager_id"], entry["talk_s"])
                 for entry in entries if entry.get("id", "").startswith("call:")}
        return ids(1700)[0] in talks and talks

    assert until(on_card)[ids(1)[0]] == ("m-102", 300)


def test_once_does_not_wait_for_ever(connector, house, file):
    house.stop()
    file.add(leg(1))
    done = connector.once("--patience", "1")
    assert done.returncode == 1
    assert "not all is delivered" in done.stderr and "cannot be reached" in done.stderr
    house.start()
    assert "1 recorded" in connector.once().stdout


def test_two_connectors_do_not_share_a_state(connector, house, file):
    connector.start()
    second = connector.once()
    assert second.returncode == 2
    assert "another connector is at work" in second.stderr
    connector.stop()
    (connector.state / "position").write_bytes(b"not ours")
    broken = connector.once()
    assert broken.returncode == 1 and "move it away" in broken.stderr
