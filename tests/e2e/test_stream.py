"""GET /v1/stream of a real server: what is recorded is heard of at once, once, and after a restart
from where one was; who cannot be told is told so; who does not listen costs the others nothing."""

import pathlib
import time

import pytest

from house import event, meeting, until
from listening import Listener

BATCH = "application/cloudevents-batch+json"


def batch(ledger, name, count, client="c-{}"):
    answer = ledger.post([meeting(f"{name}-{i}", client=client.format(i % 7))
                          for i in range(count)], BATCH)
    assert answer.status == 201, answer.body


def whole(positions, begin, end):
    """Each partition in order, from one frontier to the other, nothing twice, nothing left out."""
    following = [int(n) for n in begin.split(",")]
    for position in positions:
        partition, offset = map(int, position.split(":"))
        assert offset == following[partition], (position, following)
        following[partition] += 1
    assert ",".join(map(str, following)) == end


def positions(listener):
    return [data["position"] for data in listener.of("ledger")]


def status(ledger):
    return ledger.get("/v1/status").json


def settled(ledger):
    return until(lambda: (s := status(ledger))["position"] == s["log_end"] and s["position"])


def metric(ledger, name):
    for line in ledger.get("/metrics").body.decode().splitlines():
        if line.startswith(name + " "):
            return float(line.split()[1])
    return None


def test_an_event_is_heard_of_within_a_second(ledger):
    listener = Listener(ledger).until(lambda l: l.of("beat"))
    assert b"200 OK" in listener.head and b"text/event-stream" in listener.head
    assert b"connection: close" in listener.head.lower()
    beat = listener.of("beat")[0]
    assert beat["head"] == beat["applied"] == "0,0,0,0,0,0"
    assert beat["lag_events"] == 0 and beat["lag_seconds"] == 0 and beat["server_time"].endswith("Z")
    receipt = ledger.post(meeting("now")).json
    answered = time.monotonic()
    listener.until(lambda l: l.of("ledger"), 5)
    assert time.monotonic() - answered < 1.0
    told = listener.of("ledger")[0]
    assert told == {"position": receipt["position"], "type": "meeting.held", "source": "test",
                    "id": "now", "time": "2026-11-24T08:00:00Z", "local_day": "2026-11-24",
                    "client_id": "c-1", "manager_id": "m-1"}
    # What it was told of is in the views: an answer stands there or further.
    assert ledger.get("/v1/status").json["position"] == listener.last


def test_beats_come_though_nothing_happens(ledger):
    listener = Listener(ledger)
    listener.until(lambda l: len(l.of("beat")) >= 3, 25)
    assert listener.of("ledger") == []


def test_from_the_position_of_an_answer(ledger):
    batch(ledger, "before", 50)
    begin = settled(ledger)
    batch(ledger, "between", 50)
    listener = Listener(ledger, f"?from={begin}")
    batch(ledger, "after", 50)
    end = settled(ledger)
    listener.until(lambda l: len(l.of("ledger")) >= 100)
    whole(positions(listener), begin, end)


@pytest.mark.parametrize("end_of_life", ["stop", "kill"])
def test_going_on_over_restarts_loses_and_repeats_nothing(any_ledger, end_of_life):
    ledger = any_ledger.start()
    begin = settled(ledger)
    last, heard = begin, []
    for life in range(3):
        listener = Listener(ledger, last=last)
        batch(ledger, f"heard-{life}", 30)
        # Not all of it: the server goes in the midst.
        listener.until(lambda l: len(l.of("ledger")) >= 5)
        batch(ledger, f"perhaps-{life}", 200)
        getattr(ledger, end_of_life)()
        while not listener.closed:
            listener.take(10)
        heard += positions(listener)
        last = listener.last
        assert listener.of("reset") == []
        ledger.start()
        batch(ledger, f"missed-{life}", 10)
    end = settled(ledger)
    listener = Listener(ledger, f"?from={begin}", last=last)  # as a browser sends both
    listener.until(lambda l: l.last == end)
    whole(heard + positions(listener), begin, end)


def test_a_reset_where_it_cannot_go_on(ledger):
    batch(ledger, "a", 20)
    here = settled(ledger)
    for query, reason in [("?from=0,0,0,0,0,0,1", "not-of-this-log"),
                          ("?from=0,0,999,0,0,0", "beyond-the-end")]:
        listener = Listener(ledger, query).until(lambda l: l.of("reset"))
        assert listener.of("reset") == [{"reason": reason}]
        assert listener.last == here
        assert ledger.post(meeting(reason)).status == 201
        listener.until(lambda l: l.of("ledger"))
        assert listener.of("ledger")[0]["id"] == reason
        here = settled(ledger)
    listener = Listener(ledger, last="not ours").until(lambda l: l.of("reset"))
    assert listener.of("reset") == [{"reason": "unreadable"}]
    for query, field in [("?from=x", "from"), ("?types=call.complete", "types"),
                         ("?client=%20", "client"), ("?as_of=2026-11-25", "as_of")]:
        answer = ledger.get("/v1/stream" + query)
        assert answer.status == 422 and answer.json["field"] == field, answer.body


def test_too_far_back_is_a_reset_and_less_is_read_from_the_log(any_ledger):
    ledger = any_ledger.start()
    begin = settled(ledger)
    for i in range(30):
        batch(ledger, f"a-{i}", 1000)
    middle = settled(ledger)
    # More than is kept in memory, less than what is too far.
    listener = Listener(ledger, f"?from={begin}").until(lambda l: l.last == middle, 60)
    whole(positions(listener), begin, middle)
    for i in range(30, 52):
        batch(ledger, f"a-{i}", 1000)
    settled(ledger)
    listener = Listener(ledger, f"?from={begin}").until(lambda l: l.of("reset"))
    assert listener.of("reset") == [{"reason": "too-old"}]
    assert listener.of("ledger") == []


def test_filters(ledger):
    listener = Listener(ledger, "?client=c-3&types=meeting.held,call.completed")
    listener.until(lambda l: l.of("beat"))
    batch(ledger, "a", 70)
    assert ledger.post(event("t", "client.registered", {"client_id": "c-3", "name": "x"})).status == 201
    assert ledger.post(meeting("last", client="c-3")).status == 201
    listener.until(lambda l: l.of("ledger") and l.of("ledger")[-1]["id"] == "last")
    assert len(listener.of("ledger")) == 11
    assert {data["client_id"] for data in listener.of("ledger")} == {"c-3"}


def test_a_slow_reader_is_dropped_and_the_others_go_on(ledger):
    slow = Listener(ledger, receive_buffer=4096)
    slow.until(lambda l: l.of("beat"))
    quick = Listener(ledger).until(lambda l: l.of("beat"))
    sent = 0
    while metric(ledger, "ledger_stream_dropped_total") == 0:
        batch(ledger, f"a-{sent}", 1000, client="c-" + "x" * 100 + "{}")
        sent += 1000
        quick.until(lambda l: len(l.of("ledger")) >= sent)
        assert sent < 300_000
    whole(positions(quick), "0,0,0,0,0,0", settled(ledger))
    assert quick.of("reset") == []
    assert until(lambda: metric(ledger, "ledger_stream_listeners") == 1.0)


def test_three_hundred_listeners_hear_the_same(ledger):
    listeners = [Listener(ledger) for _ in range(300)]
    for listener in listeners:
        listener.until(lambda l: l.of("beat"))
    assert metric(ledger, "ledger_stream_listeners") == 300
    began = time.monotonic()
    assert ledger.get("/v1/quotas").status == 200  # others are answered as ever
    assert time.monotonic() - began < 2
    batch(ledger, "a", 100)
    end = settled(ledger)
    for listener in listeners:
        listener.until(lambda l: l.last == end)
        whole(positions(listener), "0,0,0,0,0,0", end)
    threads = len(list(pathlib.Path(f"/proc/{ledger.process.pid}/task").iterdir()))
    assert threads < 100, threads
    for listener in listeners:
        listener.close()
    assert until(lambda: metric(ledger, "ledger_stream_listeners") == 0.0)


def test_there_is_an_end_to_how_many_may_listen(ledger):
    listeners = [Listener(ledger) for _ in range(384)]
    for listener in listeners:
        listener.until(lambda l: l.of("beat"))
    refused = ledger.get("/v1/stream")
    assert refused.status == 503 and "you listen 384 times" in refused.json["detail"]
    assert refused.headers["Retry-After"]
    listeners.pop().close()
    assert until(lambda: metric(ledger, "ledger_stream_listeners") == 383.0)
    Listener(ledger).until(lambda l: l.of("beat"))


def test_head_and_the_server_s_end(ledger):
    head = ledger.raw(b"HEAD /v1/stream HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200") and head.endswith(b"\r\n\r\n")
    listeners = [Listener(ledger).until(lambda l: l.of("beat")) for _ in range(20)]
    began = time.monotonic()
    ledger.stop()
    assert time.monotonic() - began < 10
    for listener in listeners:
        while not listener.closed:
            listener.take(5)
