"""An act of reconciliation from the command line to the printed page."""

import os

from house import Ledger, event, until


def client(id, name):
    return event(f"card-{id}", "client.registered", {"client_id": id, "name": name})


def test_an_act_is_drafted_shown_listed_and_printed(tmp_path, monkeypatch):
    monkeypatch.setitem(os.environ, "LEDGER_COMPANY_NAME", "ТОВ «Гурт»")
    monkeypatch.setitem(os.environ, "LEDGER_COMPANY_CODE", "32855961")
    with Ledger(tmp_path / "data") as ledger:
        ledger.post(client("c-1", "ТОВ «Ромашка»"))
        until(lambda: ledger.get("/v1/clients/c-1").status == 200)  # folded a moment later
        nobody = ledger.ctl("act", "draft", "c-1", "--month", "2026-10", check=False)
        assert nobody.returncode == 2 and "manager" in nobody.stderr
        drafted = ledger.ctl("act", "draft", "c-1", "--month", "2026-10", "--manager", "m-1",
                             "--number", "АЗ-10").stdout
        act_id, page = drafted.splitlines()[-2:]
        assert act_id == "act-c-1-2026-10-31"
        assert page == f"{ledger.url}/v1/acts/{act_id}?format=html"
        shown = ledger.ctl("act", "show", act_id).stdout
        assert "holds" in shown and "drafted" in shown
        assert act_id in ledger.ctl("act", "list", "--client", "c-1").stdout
        assert act_id in ledger.ctl("act", "list", "--month", "2026-10").stdout
        printed = ledger.get(f"/v1/acts/{act_id}?format=html")
        assert printed.headers["Content-Type"].startswith("text/html")
        assert "ТОВ «Гурт»" in printed.body.decode() and "32855961" in printed.body.decode()
        # The same paper from views that were filled again from the log.
        ledger.stop()
        (tmp_path / "data" / "views").rename(tmp_path / "views-aside")
        ledger.start()
        assert ledger.get(f"/v1/acts/{act_id}?format=html").body == printed.body


def acts_of(ledger, client="c-1"):
    end = ledger.get("/v1/status").json["log_end"]
    return ledger.get(f"/v1/acts?client={client}&at_least={end}&max_wait=30000").json["acts"]


def test_drafted_twice_it_is_the_same_act(ledger):
    ledger.post(client("c-1", "ТОВ «Ромашка»"))
    until(lambda: ledger.get("/v1/clients/c-1").status == 200)
    draft = ["act", "draft", "c-1", "--month", "2026-10", "--manager", "m-1"]
    first = ledger.ctl(*draft, "--number", "АЗ-10").stdout.splitlines()
    for again in (draft, [*draft, "--number", "АЗ-10"], [*draft, "--act-id", "act-c-1-2026-10-31"]):
        said = ledger.ctl(*again).stdout.splitlines()
        assert said[-2:] == first[-2:] and "as was drafted before" in said
    assert [act["act_id"] for act in acts_of(ledger)] == ["act-c-1-2026-10-31"]
    # Other words are not the same act: the one that there is is named, and how to issue it anew.
    other = ledger.ctl(*draft, "--number", "АЗ-11", check=False)
    assert other.returncode == 2 and "--act-id act-c-1-2026-10-31" in other.stderr
    # Which is another knowledge: one of the same minute is refused with that reason.
    anew = ledger.ctl(*draft, "--number", "АЗ-11", "--act-id", "act-c-1-2026-10-31", check=False)
    assert anew.returncode == 0 or "within this minute" in anew.stderr
    # Another month is another act, and one whose figures have changed is not the same any more.
    ledger.ctl("act", "draft", "c-1", "--month", "2026-09", "--manager", "m-1")
    assert ledger.post(event("i-1", "invoice.issued", {
        "invoice_id": "i-1", "number": "РФ-1", "client_id": "c-1", "issued_on": "2026-10-05",
        "due_on": "2026-10-19", "amount": {"amount_minor": 4500, "currency": "UAH"}})).status == 201
    assert len(acts_of(ledger)) == 2
    changed = ledger.ctl(*draft, check=False)
    assert changed.returncode == 2 and "--act-id" in changed.stderr and "РФ-1" in changed.stdout


def test_what_was_recorded_this_minute_is_not_left_out_in_silence(ledger):
    ledger.post(client("c-1", "ТОВ «Ромашка»"))
    ledger.post(event("i-1", "invoice.issued", {
        "invoice_id": "i-1", "number": "РФ-1", "client_id": "c-1", "issued_on": "2026-10-05",
        "due_on": "2026-10-19", "amount": {"amount_minor": 4500, "currency": "UAH"}}))
    draft = ["act", "draft", "c-1", "--month", "2026-10", "--manager", "m-1"]
    refused = ledger.ctl(*draft, check=False)
    assert refused.returncode == 2 and "--known-at" in refused.stderr
    assert "РФ-1" in refused.stdout
    assert ledger.get("/v1/acts?client=c-1").json["acts"] == []
    # Before the card was there nobody knew that client.
    early = ledger.ctl(*draft, "--known-at", "2026-01-01T00:00:00Z", check=False)
    assert early.returncode == 2 and "client" in early.stderr
