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
    answer = ledger.get(f"/v1/clients/{client}/receivables?as_of=2026-11-01&at_least={end}")
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
        assert ledger.get("/v1/status").json["lag_events"] == 0
        assert ledger.post(invoice(999, 1, client="c-1")).status == 201
        until(lambda: settled_since_start(ledger))
        assert allocations(ledger, tmp_path / "b") == once


def settled_since_start(ledger):
    metrics = ledger.get("/metrics").body.decode()
    line = next(l for l in metrics.splitlines() if l.startswith("reactor_events_total"))
    return float(line.rsplit(" ", 1)[1]) >= 1
