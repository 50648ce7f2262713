"""Rules that act: what they record is recorded once, whatever is killed or rebuilt meanwhile."""

import shutil

from house import Ledger, event, exported, until

UAH = "UAH"


def invoice(number, minor, issued_on="2026-10-01", due_on="2026-10-10", client="c-1"):
    return event(f"inv-{number}", "invoice.issued", {
        "invoice_id": f"i-{number}", "number": f"РФ-{number}", "client_id": client,
        "issued_on": issued_on, "due_on": due_on,
        "amount": {"amount_minor": minor, "currency": UAH}}, time=issued_on + "T09:00:00Z")


def payment(id, minor, purpose="оплата", booked_on="2026-10-05", client="c-1"):
    return event(id, "payment.received", {
        "bank_reference": id, "our_account": "UA1", "client_id": client, "booked_on": booked_on,
        "amount": {"amount_minor": minor, "currency": UAH}, "purpose": purpose},
        time=booked_on + "T09:00:00Z", source="bank")


def allocations(ledger, path):
    found = [line["data"] for line in exported(ledger, path)
             if line["type"] == "org.salesledger.payment.allocated.v1"]
    return sorted((a["payment_id"], a["invoice_id"], a["amount"]["amount_minor"], a["method"],
                   a["effective_on"]) for a in found)


def account(ledger, client="c-1"):
    """The client's account by everything that the log holds now."""
    end = ledger.get("/v1/status").json["log_end"]
    answer = ledger.get(f"/v1/clients/{client}/receivables?as_of=2026-11-01&at_least={end}&max_wait=30000")
    assert answer.status == 200, answer.body
    return answer.json["accounts"][0]


def test_money_pays_the_named_invoice_first_and_then_the_oldest(ledger, tmp_path):
    for number, minor in [(101, 1000), (102, 500), (103, 700)]:
        assert ledger.post(invoice(number, minor, due_on=f"2026-10-1{number % 10}")).status == 201
    assert ledger.post(payment("p-1", 800, "за рахунком № РФ 103 від 01.10")).status == 201
    until(lambda: account(ledger)["unallocated_minor"] == 0)
    assert allocations(ledger, tmp_path / "a") == [
        ("p-1", "i-101", 100, "fifo", "2026-10-05"),
        ("p-1", "i-103", 700, "named_invoice", "2026-10-05")]
    assert ledger.post(payment("p-2", 900)).status == 201
    until(lambda: account(ledger)["unallocated_minor"] == 0)
    assert allocations(ledger, tmp_path / "b")[2:] == [("p-2", "i-101", 900, "fifo", "2026-10-05")]
    assert account(ledger)["balance_minor"] == 500
    assert ledger.ctl("replay").returncode == 0


def test_what_a_person_has_undone_stays_undone(ledger, tmp_path):
    assert ledger.post(invoice(201, 1000)).status == 201
    assert ledger.post(payment("p-1", 1000)).status == 201
    until(lambda: account(ledger)["balance_minor"] == 0 and not account(ledger)["open_items"])
    assert ledger.post(event("undo", "payment.deallocated", {
        "client_id": "c-1", "payment_source": "bank", "payment_id": "p-1", "invoice_id": "i-201",
        "reason": "за інший рахунок"})).status == 201
    assert ledger.post(invoice(202, 400, due_on="2026-10-20")).status == 201
    until(lambda: account(ledger)["unallocated_minor"] == 600)
    assert [a[:3] for a in allocations(ledger, tmp_path / "a")] == [
        ("p-1", "i-201", 1000), ("p-1", "i-202", 400)]


def receivables(ledger, client):
    end = ledger.get("/v1/status").json["log_end"]
    return ledger.get(f"/v1/clients/{client}/receivables?as_of=2026-11-01&at_least={end}"
                      "&max_wait=30000").json


def test_merged_cards_share_an_account_and_parted_the_decision_stands(ledger, tmp_path):
    for client in ("c-1", "c-2"):
        assert ledger.post(event(f"card-{client}", "client.registered", {
            "client_id": client, "name": "Ромашка"})).status == 201
    assert ledger.post(invoice(401, 1000, client="c-1")).status == 201
    receivables(ledger, "c-1")  # the door merges cards that the views show
    assert ledger.post(event("merge", "client.merged", {
        "client_id": "c-1", "absorbed_client_id": "c-2", "reason": "один клієнт"})).status == 201
    receivables(ledger, "c-1")
    assert ledger.post(payment("p-1", 1500, client="c-2")).status == 201
    until(lambda: receivables(ledger, "c-1")["accounts"][0]["unallocated_minor"] == 500)
    assert allocations(ledger, tmp_path / "a") == [("p-1", "i-401", 1000, "fifo", "2026-10-05")]
    assert ledger.post(event("part", "event.voided", {
        "target_source": "test", "target_id": "merge", "reason": "різні компанії"})).status == 201
    assert receivables(ledger, "c-1")["cross_allocations"][0]["payment_client_id"] == "c-2"
    # The money of the decision waits for a person; what is free pays the client's own invoice.
    assert ledger.post(invoice(402, 900, client="c-2")).status == 201
    until(lambda: receivables(ledger, "c-2")["accounts"][0]["unallocated_minor"] == 1000)
    assert allocations(ledger, tmp_path / "b")[1] == ("p-1", "i-402", 500, "fifo", "2026-10-05")
    assert receivables(ledger, "c-2")["accounts"][0]["conflict_minor"] == 1000
    assert ledger.ctl("replay").returncode == 0


def test_killed_and_rebuilt_it_records_nothing_twice(tmp_path):
    with Ledger(tmp_path / "data") as ledger:
        batch = [invoice(n, 100, client=f"c-{n % 7}") for n in range(301, 361)]
        batch += [payment(f"p-{n}", 100, client=f"c-{n % 7}") for n in range(301, 361)]
        assert ledger.post(batch, "application/cloudevents-batch+json").status == 201
        for _ in range(3):
            ledger.kill()
            ledger.start()
        until(lambda: all(account(ledger, f"c-{n}")["unallocated_minor"] == 0 for n in range(7)))
        once = allocations(ledger, tmp_path / "a")
        assert sum(a[2] for a in once) == 6000
        ledger.stop()
        shutil.rmtree(tmp_path / "data" / "views")  # rebuilt from the log; the rule does not move
        ledger.start()
        until(lambda: ledger.get("/v1/status").json["lag_events"] == 0)
        assert ledger.post(invoice(999, 1, client="c-1")).status == 201
        until(lambda: settled_since_start(ledger))
        assert allocations(ledger, tmp_path / "b") == once


def settled_since_start(ledger, reactor="ledger/allocation", events=1):
    metrics = ledger.get("/metrics").body.decode()
    line = next(l for l in metrics.splitlines()
                if l.startswith(f'reactor_events_total{{reactor="{reactor}"}}'))
    return float(line.rsplit(" ", 1)[1]) >= events


def call(id, phone, **more):
    return event(id, "call.completed", {
        "call_id": id, "direction": "outbound", "client_phone": phone, "duration_s": 80,
        "talk_s": 60, "outcome": "answered", **more}, time="2026-11-20T09:00:00Z", source="pbx")


def card(client, name, phone, id=None):
    return event(id or f"card-{client}", "client.registered", {
        "client_id": client, "name": name, "phones": [phone]}, time="2026-11-20T10:00:00Z")


def waiting(ledger):
    end = ledger.get("/v1/status").json["log_end"]
    return [row["id"] for row in ledger.get(f"/v1/unmatched?at_least={end}&max_wait=30000").json["waiting"]]


def of_type(ledger, path, type):
    return [line for line in exported(ledger, path)
            if line["type"] == f"org.salesledger.{type}.v1"]


def test_a_waiting_call_finds_its_client_when_a_card_gains_the_number(ledger, tmp_path):
    for id, phone in [("k-1", "+380501112233"), ("k-2", "+380501112233"), ("k-3", "+380679998877")]:
        assert ledger.post(call(id, phone)).status == 201
    assert waiting(ledger) == ["k-1", "k-2", "k-3"]
    assert ledger.post(card("c-1", "Ромашка", "+380501112233")).status == 201
    until(lambda: waiting(ledger) == ["k-3"])
    assert ledger.get("/v1/clients/c-1").json["client"]["counters"]["call"] == 2
    matches = of_type(ledger, tmp_path / "a", "interaction.matched")
    assert sorted(m["data"]["target_id"] for m in matches) == ["k-1", "k-2"]
    assert {m["data"]["reason"] for m in matches} == {"matching.v2: phone"}
    # What a person takes back is not done again, whatever the card says later.
    assert ledger.post(event("undo", "event.voided", {
        "target_source": matches[0]["source"], "target_id": matches[0]["id"],
        "reason": "дзвонили не їм"})).status == 201
    assert ledger.post(event("upd", "client.updated", {
        "client_id": "c-1", "phones": ["+380501112233", "+380501112234"]})).status == 201
    until(lambda: settled_since_start(ledger, "ledger/matching", 8))
    assert len(waiting(ledger)) == 2
    assert ledger.ctl("replay").returncode == 0


def test_a_number_of_two_cards_matches_nobody(ledger, tmp_path):
    assert ledger.post(card("c-1", "Ромашка", "+380501112233")).status == 201
    assert ledger.post(card("c-2", "Волошка", "+380501112233")).status == 201
    assert ledger.post(call("k-1", "+380501112233")).status == 201
    assert ledger.post(event("upd", "client.updated", {
        "client_id": "c-2", "phones": ["+380501112233"]})).status == 201
    until(lambda: settled_since_start(ledger, "ledger/matching", 8))
    assert waiting(ledger) == ["k-1"]
    # The typing error is corrected: now the number is one client's.
    assert ledger.post(event("fix", "event.corrected", {
        "target_source": "test", "target_id": "upd", "reason": "описка",
        "data": {"client_id": "c-2", "phones": ["+380502223344"]}})).status == 201
    assert ledger.post(event("say", "client.updated", {
        "client_id": "c-1", "phones": ["+380501112233"]})).status == 201
    until(lambda: waiting(ledger) == [])


def test_services_are_told_of_new_cards_once(ledger, tmp_path):
    assert ledger.post(card("c-1", "Ромашка", "+380501112233")).status == 201
    assert ledger.post(event("p-1", "product.registered", {
        "product_id": "p-1", "name": "папір А4"})).status == 201
    until(lambda: len(of_type(ledger, tmp_path / "a", "service.notified")) == 4)
    assert ledger.post(card("c-1", "Ромашка", "+380501112233", id="again")).status == 201
    until(lambda: settled_since_start(ledger, "ledger/notice", 7))
    told = [n["data"] for n in of_type(ledger, tmp_path / "b", "service.notified")]
    assert sorted((n["service"], n["about"]) for n in told) == [
        ("accounting", "нова картка покупця: Ромашка"), ("accounting", "нова картка товару: папір А4"),
        ("logistics", "нова картка покупця: Ромашка"), ("warehouse", "нова картка товару: папір А4")]
