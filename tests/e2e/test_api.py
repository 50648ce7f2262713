"""What a sender meets at the door: the three modes, the receipts, and every refusal by name."""

import concurrent.futures
import json

import pytest

from house import event, exported, meeting


def test_structured_mode_gives_a_receipt_and_the_same_one_again(ledger):
    first = ledger.post(meeting("a"))
    assert first.status == 201
    again = ledger.post(meeting("a"))
    assert again.status == 201
    assert again.json == {**first.json, "duplicate": True}
    assert first.json["duplicate"] is False
    # The hash is the RFC 9162 leaf of the stored bytes, which the log serves as they are.
    import hashlib
    line = ledger.get("/v1/log/" + first.json["position"]).body
    assert hashlib.sha256(b"\0" + line).hexdigest() == first.json["leaf_hash"]


def test_binary_mode(ledger):
    answer = ledger.post(
        json.dumps({"client_id": "c-1", "manager_id": "m-1", "topic": "x"}).encode(),
        "application/json",
        **{"ce-specversion": "1.0", "ce-id": "%D0%B0 b".replace(" ", "%20"), "ce-source": "test",
           "ce-type": "org.salesledger.meeting.held.v1", "ce-time": "2026-11-24T08:00:00Z"})
    assert answer.status == 201, answer.body
    assert answer.json["id"] == "а b"


def test_binary_mode_refuses_invalid_utf8(ledger):
    answer = ledger.post(
        b"{}", "application/json",
        **{"ce-specversion": "1.0", "ce-id": "%C0%A0", "ce-source": "test",
           "ce-type": "org.salesledger.meeting.held.v1", "ce-time": "2026-11-24T08:00:00Z"})
    assert answer.status in (400, 422), answer.body
    assert answer.json["field"] == "id"


def test_batch_is_all_or_nothing_with_one_result_an_item(ledger, tmp_path):
    bad = meeting("b")
    del bad["data"]["topic"]
    answer = ledger.post([meeting("a"), bad, meeting("c")], "application/cloudevents-batch+json")
    assert answer.status == 422
    assert answer.json["field"] == "items.1.data.topic"
    assert [item["status"] for item in answer.json["items"]] == [424, 422, 424]
    assert exported(ledger, tmp_path / "log") == []
    good = ledger.post([meeting("a"), meeting("c"), meeting("a")],
                       "application/cloudevents-batch+json; charset=utf-8")
    assert good.status == 201
    assert [item["duplicate"] for item in good.json["items"]] == [False, False, True]
    assert len(exported(ledger, tmp_path / "log")) == 2


INVOICE = {"invoice_id": "i", "number": "1", "client_id": "c", "issued_on": "2026-11-24",
           "due_on": "2026-11-24", "amount": {"amount_minor": 1, "currency": "UAH"}}


def raw_event(data, **more):
    head = json.dumps(event("x", "invoice.issued", {}, **more))
    return head.replace('"data": {}', '"data": ' + data).encode()


@pytest.mark.parametrize("name, body, status, error, field", [
    ("malformed", b'{"specversion":', 400, "malformed", None),
    ("empty", b"", 400, "malformed", None),
    ("duplicate key", raw_event('{"number":"1","number":"2"}'), 400, "duplicate-name",
     "data.number"),
    ("invalid UTF-8", raw_event('{"number":"#"}').replace(b"#", b"\xff"), 400, "malformed", None),
    ("unknown type", json.dumps(event("x", "call.imagined", {})).encode(), 422, "unknown-type",
     "type"),
    ("wrong version", json.dumps(event("x", "invoice.issued", INVOICE)).replace(".v1", ".v2")
     .encode(), 422, "unsupported-version", "type"),
    ("missing field", raw_event('{"number":"1"}'), 422, "missing-field", "data.invoice_id"),
    ("unknown field", json.dumps(event("x", "invoice.issued", {**INVOICE, "colour": 1})).encode(),
     422, "unknown-field", "data.colour"),
    ("amount over int64", json.dumps(event("x", "invoice.issued", {
        **INVOICE, "amount": {"amount_minor": 2**63, "currency": "UAH"}})).encode(), 422,
     "out-of-range", "data.amount.amount_minor"),
    ("amount over uint64", json.dumps(event("x", "invoice.issued", {
        **INVOICE, "amount": {"amount_minor": 2**64, "currency": "UAH"}})).encode(), 422,
     "out-of-range", "data.amount.amount_minor"),
    ("year 1969", json.dumps(meeting("x", time="1969-12-31T23:59:59Z")).encode(), 422,
     "out-of-range", "time"),
    ("year 9999", json.dumps(meeting("x", time="9999-01-01T00:00:00Z")).encode(), 422,
     "out-of-range", "time"),
    ("too large", json.dumps(meeting("x", topic="я" * 40_000)).encode(), 413, "too-large", None),
    ("stamped by us", json.dumps(meeting("x", recordedtime="2026-11-24T08:00:00Z")).encode(), 422,
     "invalid-field", "recordedtime"),
    ("another specversion", json.dumps({**meeting("x"), "specversion": "0.3"}).encode(), 422,
     "unsupported-version", "specversion"),
], ids=lambda value: value if isinstance(value, str) else "-")
def test_bad_input_is_refused_by_name_and_leaves_nothing(ledger, tmp_path, name, body, status,
                                                         error, field):
    answer = ledger.post(body)
    assert answer.status == status, (name, answer.body)
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = answer.json
    assert problem["type"] == "urn:salesledger:problem:" + error, problem
    assert problem.get("field") == field, problem
    assert problem["detail"]
    assert exported(ledger, tmp_path / "log") == []


def test_another_body_under_the_same_id_is_a_conflict(ledger):
    assert ledger.post(meeting("a")).status == 201
    answer = ledger.post(meeting("a", topic="інше"))
    assert answer.status == 409
    assert answer.json["field"] == "id"


def test_unknown_media_type_is_415(ledger):
    assert ledger.post(meeting("a"), "text/plain").status == 415


def test_body_over_the_limit_is_413(ledger):
    answer = ledger.raw(b"POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 413"), answer


def test_read_your_own_write(ledger):
    receipt = ledger.post(meeting("a")).json
    card = ledger.get(f"/v1/clients/c-1?at_least={receipt['position']}&max_wait=30000").json
    assert card["client"]["counters"]["meeting"] == 1
    assert card["as_of"] and card["position"]
    late = ledger.get("/v1/clients/c-1?at_least=0:99999&max_wait=50")
    assert late.status == 504
    assert late.json["retriable"] is True


def test_operations_answer(ledger):
    assert ledger.get("/healthz").json == {"alive": True}
    assert ledger.get("/readyz").json == {"ready": True}
    text = ledger.get("/metrics").body.decode()
    assert 'ingest_events_total{result="accepted"} 0' in text
    assert text.endswith("\n")
    assert ledger.get("/v1/nothing").status == 404
    assert ledger.request("DELETE", "/v1/log").status == 405
    assert ledger.get("/v1/clients/c-1?as_of=2026-02-30").json["field"] == "as_of"


def test_what_cannot_happen_twice_is_answered_alike_when_it_is_said_twice(ledger):
    # A void has no second time: whoever sends it again, even while the first is on its way, is told
    # of the first.
    for n in range(25):
        assert ledger.post(meeting(f"m-{n}")).status == 201
        void = event(f"v-{n}", "event.voided",
                     {"target_source": "test", "target_id": f"m-{n}", "reason": "проба"})
        with concurrent.futures.ThreadPoolExecutor(4) as senders:
            answers = [sent.result() for sent in [senders.submit(ledger.post, void) for _ in range(4)]]
        assert [answer.status for answer in answers] == [201] * 4, [answer.body for answer in answers]
        assert sorted(answer.json["duplicate"] for answer in answers) == [False, True, True, True]
        assert len({answer.json["position"] for answer in answers}) == 1
