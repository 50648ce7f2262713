"""What waits for a person, answered from the command line."""

from house import event, exported, until


def card(client, name, **more):
    return event(f"card-{client}", "client.registered", {"client_id": client, "name": name, **more})


def invoice(id, number, client, minor=10000):
    return event(id, "invoice.issued", {
        "invoice_id": id, "number": number, "client_id": client, "issued_on": "2026-10-05",
        "due_on": "2026-10-19", "amount": {"amount_minor": minor, "currency": "UAH"}})


def payment(id, **more):
    return event(id, "payment.received", {
        "bank_reference": id, "our_account": "UA1", "booked_on": "2026-10-20",
        "amount": {"amount_minor": 10000, "currency": "UAH"}, **more})


def hired():
    return event("hired", "manager.hired",
                 {"manager_id": "m-1", "name": "Олена", "hired_on": "2026-01-05"})


def of_type(ledger, path, type):
    return [line["data"] for line in exported(ledger, path)
            if line["type"] == f"org.salesledger.{type}.v1"]


def two_clients(ledger):
    """Returns the position of a payment that either could have made."""
    for fact in [hired(), card("c-1", "Ромашка"), card("c-2", "Волошка"),
                 invoice("i-1", "РФ-101", "c-1"), invoice("i-2", "РФ-102", "c-2")]:
        assert ledger.post(fact).status == 201
    return ledger.post(payment("p-1", purpose="за товар")).json["position"]


def test_an_empty_house_says_so(ledger):
    said = ledger.ctl("unmatched", "list").stdout
    assert "nothing waits" in said and "none" in said
    assert ledger.ctl("unmatched", "list", "--kind", "calls").stdout == (
        "nothing waits for its client\n")
    assert "no acts" in ledger.ctl("act", "list", "--client", "c-1").stdout
    assert "no acts" in ledger.ctl("act", "list", "--month", "2026-10").stdout
    assert "nothing waits" in ledger.ctl("get", "unmatched").stdout
    wrong = ledger.ctl("unmatched", "accept", "3:1207", "--client", "c-1", "--manager", "m-1", check=False)
    assert wrong.returncode == 2 and "unmatched list" in wrong.stderr


def test_a_payment_is_refused_for_one_client_and_accepted_for_the_other(ledger, tmp_path):
    where = two_clients(ledger)
    listed = ledger.ctl("unmatched", "list", "--kind", "payments").stdout
    assert where in listed and "c-1" in listed and "c-2" in listed
    # By the bank's day, with what the payer wrote, and reasons in words.
    assert "2026-10-20" in listed and "за товар" in listed and "T22:00" not in listed
    assert "20 of 100: an open invoice of the client is of the same amount: i-1" in listed
    # Who decides is named, and is somebody.
    nobody = ledger.ctl("unmatched", "accept", where, "--client", "c-1", check=False)
    assert nobody.returncode != 0 and "--manager" in nobody.stderr
    stranger = ledger.ctl("unmatched", "accept", where, "--client", "c-1", "--manager", "m-9",
                          check=False)
    assert stranger.returncode == 2 and "m-9" in stranger.stderr
    assert of_type(ledger, tmp_path / "0", "interaction.matched") == []
    # Two could be meant.
    accept = ["unmatched", "accept", where, "--manager", "m-1"]
    unclear = ledger.ctl(*accept, check=False)
    assert unclear.returncode == 2 and "--client" in unclear.stderr
    beyond = ledger.ctl(*accept, "--proposal", "3", check=False)
    assert beyond.returncode == 2 and "2 proposals" in beyond.stderr
    reject = ["unmatched", "reject", where, "--client", "c-1", "--manager", "m-1", "--reason",
              "платник інший"]
    assert "not c-1's" in ledger.ctl(*reject).stdout
    for again in [reject, [*reject[:-1], "інша причина"]]:
        assert "as was recorded before: платник інший" in ledger.ctl(*again).stdout
    listed = ledger.ctl("unmatched", "list").stdout
    assert "rejected" in listed and "платник інший" in listed
    # One is left, so that nobody has to say which.
    assert "is c-2's" in ledger.ctl(*accept).stdout
    assert "as was recorded before" in ledger.ctl(*accept).stdout
    assert "as was recorded before" in ledger.ctl(*accept, "--client", "c-2").stdout
    other = ledger.ctl(*accept, "--client", "c-1", check=False)
    assert other.returncode == 2 and "void the match" in other.stderr
    late = ledger.ctl(*reject[:-1], "ще раз", check=False)
    assert late.returncode == 2 and "c-2's already" in late.stderr
    assert [m["client_id"] for m in of_type(ledger, tmp_path / "a", "interaction.matched")] == ["c-2"]
    assert len(of_type(ledger, tmp_path / "b", "interaction.match_rejected")) == 1
    # What waited before the answers, by the payment's own position.
    before = ledger.ctl("unmatched", "list", "--known-at", where, "--json").stdout
    assert '"c-1"' in before and "rejected" not in before
    assert ledger.ctl("replay").returncode == 0


def test_a_match_that_was_taken_back_can_be_made_again(ledger, tmp_path):
    where = two_clients(ledger)
    accept = ["unmatched", "accept", where, "--client", "c-1", "--manager", "m-1"]
    ledger.ctl(*accept)
    fact = lambda: ledger.get(f"/v1/unmatched/{where}").json["fact"]
    match = until(lambda: fact().get("match"))["position"]
    line = ledger.get(f"/v1/log/{match}").json
    assert ledger.post(event("undo", "event.voided", {
        "target_source": line["source"], "target_id": line["id"], "reason": "помилка"})).status == 201
    assert ledger.ctl(*accept).stdout == f"{where} is c-1's\n"
    assert len(of_type(ledger, tmp_path / "a", "interaction.matched")) == 2


def test_money_of_a_client_pays_what_a_person_says(ledger, tmp_path):
    assert ledger.post(hired()).status == 201
    assert ledger.post(card("c-1", "Ромашка")).status == 201
    assert ledger.post(invoice("i-1", "РФ-101", "c-1")).status == 201
    where = ledger.post(payment("p-1", client_id="c-1")).json["position"]
    until(lambda: of_type(ledger, tmp_path / "a", "payment.allocated"))
    # The rule's choice is undone, and stays undone: now it waits for a person.
    assert ledger.post(event("undo", "payment.deallocated", {
        "client_id": "c-1", "payment_source": "test", "payment_id": "p-1", "invoice_id": "i-1",
        "reason": "не за той рахунок"})).status == 201
    listed = ledger.ctl("unmatched", "list", "--kind", "allocations").stdout
    assert where in listed and "i-1" in listed and "100.00" in listed
    accept = ["unmatched", "accept", where, "--manager", "m-1"]
    unclear = ledger.ctl(*accept, check=False)
    assert unclear.returncode == 2 and "--invoice" in unclear.stderr and "i-1" in unclear.stderr
    wrong = ledger.ctl(*accept, "--invoice", "i-9", check=False)
    assert wrong.returncode == 2 and "i-9" in wrong.stderr
    other = ledger.ctl(*accept, "--client", "c-2", check=False)
    assert other.returncode == 2 and "c-1's already" in other.stderr
    assert "pay invoice i-1" in ledger.ctl(*accept, "--invoice", "i-1").stdout
    said = of_type(ledger, tmp_path / "b", "payment.allocated")
    assert [(a["method"], a["amount"]["amount_minor"]) for a in said] == [
        ("fifo", 10000), ("person", 10000)]
    assert "none" in ledger.ctl("unmatched", "list", "--kind", "allocations").stdout
