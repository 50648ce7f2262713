"""What people decide about money, from the command line and over HTTP, beside the rule that acts."""

import json

from house import event, exported, until


def card(client):
    return event(f"card-{client}", "client.registered", {"client_id": client, "name": client})


def invoice(id, client, minor):
    return event(id, "invoice.issued", {
        "invoice_id": id, "number": f"РФ-{id}", "client_id": client, "issued_on": "2026-10-05",
        "due_on": "2026-10-19", "amount": {"amount_minor": minor, "currency": "UAH"}})


def payment(id, minor, **more):
    return event(id, "payment.received", {
        "bank_reference": id, "our_account": "UA1", "booked_on": "2026-10-20",
        "amount": {"amount_minor": minor, "currency": "UAH"}, **more})


def of_type(ledger, path, type):
    return [line["data"] for line in exported(ledger, path)
            if line["type"] == f"org.salesledger.{type}.v1"]


def house(ledger):
    hired = event("hired", "manager.hired", {
        "manager_id": "m-1", "name": "Олена", "hired_on": "2026-01-01"})
    for fact in [hired, card("c-1"), card("c-2")]:
        assert ledger.post(fact).status == 201


def test_an_empty_house_says_so(ledger):
    assert "all money of clients pays something" in ledger.ctl("unallocated").stdout
    assert json.loads(ledger.ctl("unallocated", "list", "--json").stdout) == {
        "unallocated": [], "told_of_others": []}
    wrong = ledger.ctl("unallocated", "accept", "p-9", "--manager", "m-1", check=False)
    assert wrong.returncode == 2 and "`ledgerctl unallocated` shows" in wrong.stderr
    assert "nothing was said to be no client's" in ledger.ctl(
        "unmatched", "list", "--ruled-out").stdout


def test_a_person_decides_what_money_pays(ledger, tmp_path):
    house(ledger)
    assert ledger.post(invoice("i-1", "c-1", 10000)).status == 201
    where = ledger.post(payment("p-1", 15000, client_id="c-1")).json["position"]
    until(lambda: of_type(ledger, tmp_path / "a", "payment.allocated"))
    listed = ledger.ctl("unallocated").stdout
    assert where in listed and "50.00" in listed
    none = ledger.ctl("unallocated", "accept", where, "--manager", "m-1", check=False)
    assert none.returncode == 2 and "nothing is proposed" in none.stderr
    # The rule allocates at once what is open: what it may not, a person says before.
    paid = ledger.ctl("unallocated", "accept", where, "--invoice", "i-1", "--manager", "m-1", check=False)
    assert paid.returncode == 2 and "nothing is open of invoice 'i-1' any more" in paid.stderr
    assert ledger.post(event("undo", "payment.deallocated", {
        "client_id": "c-1", "payment_source": "test", "payment_id": "p-1", "invoice_id": "i-1",
        "reason": "не за той рахунок"})).status == 201
    part = ["unallocated", "accept", "p-1", "--invoice", "i-1", "--amount", "40.00", "--manager", "m-1"]
    assert ledger.ctl(*part).stdout == f"40.00 UAH of {where} pay invoice i-1\n"
    assert "as was recorded before" in ledger.ctl(*part).stdout
    assert "60.00 UAH" in ledger.ctl("unallocated", "accept", where, "--manager", "m-1").stdout
    said = of_type(ledger, tmp_path / "b", "payment.allocated")
    assert [(a["method"], a["amount"]["amount_minor"], a.get("manager_id")) for a in said] == [
        ("fifo", 10000, None), ("person", 4000, "m-1"), ("person", 6000, "m-1")]
    assert ledger.ctl("replay").returncode == 0


def test_a_rejected_proposal_is_made_by_nobody(ledger, tmp_path):
    house(ledger)
    where = ledger.post(payment("p-1", 15000, client_id="c-1")).json["position"]
    assert ledger.post(invoice("i-0", "c-1", 1000)).status == 201
    until(lambda: of_type(ledger, tmp_path / "a", "payment.allocated"))
    assert ledger.post(event("undo", "payment.deallocated", {
        "client_id": "c-1", "payment_source": "test", "payment_id": "p-1", "invoice_id": "i-0",
        "reason": "не той"})).status == 201
    reject = ["unallocated", "reject", where, "--invoice", "i-0", "--manager", "m-1", "--reason", "аванс"]
    assert "is not proposed for it again\n" in ledger.ctl(*reject).stdout
    assert "as was recorded before" in ledger.ctl(*reject).stdout
    assert "rejected: аванс" in ledger.ctl("unallocated").stdout
    nobody = ledger.ctl(*reject[:-3], "m-9", "--reason", "аванс", check=False)
    assert nobody.returncode == 2 and "m-9" in nobody.stderr
    # Another invoice is the rule's.
    assert ledger.post(invoice("i-1", "c-1", 2000)).status == 201
    until(lambda: len(of_type(ledger, tmp_path / "b", "payment.allocated")) == 2)


def test_money_that_is_no_clients_leaves_the_list(ledger, tmp_path):
    house(ledger)
    where = ledger.post(payment("p-1", 15000, payer_name="c-1", purpose="переказ власних коштів"))
    where = where.json["position"]
    rule_out = ["unmatched", "rule-out", where, "--nature", "own_transfer", "--manager", "m-1",
                "--reason", "з рахунку в іншому банку"]
    assert ledger.ctl(*rule_out).stdout == f"{where} is no client's: own_transfer\n"
    assert "as was recorded before" in ledger.ctl(*rule_out).stdout
    assert ledger.ctl("unmatched", "list", "--kind", "payments").stdout == (
        "nothing waits for its client\n")
    apart = ledger.ctl("unmatched", "list", "--ruled-out").stdout
    assert where in apart and "own_transfer" in apart and "з рахунку в іншому банку" in apart
    # No rule gives it to a client who gains its name's account, and no person unawares.
    late = ledger.ctl("unmatched", "accept", where, "--client", "c-1", "--manager", "m-1",
                      check=False)
    assert late.returncode == 2 and "void" in late.stderr
    answer = ledger.request("POST", f"/v1/unmatched/{where}/accept",
                            json.dumps({"client_id": "c-1", "manager_id": "m-1"}).encode(),
                            {"Content-Type": "application/json"})
    assert answer.status == 409
    assert len(of_type(ledger, tmp_path / "a", "payment.ruled_out")) == 1
    assert ledger.ctl("replay").returncode == 0
