"""ledger-bank beside scripted banks: whatever happens to the bank, the ledger, the webhook and the
connector itself, money that came is in the ledger once, and what the bank takes back counts no
more."""

import time
import urllib.error
import urllib.request

import pytest

from banks import (MONO_ACCOUNT, PRIVAT_ACCOUNT, TOKENS, BankConnector, Banks, mono, privat)
from house import Ledger, event, exported, free_port, until


@pytest.fixture
def house(tmp_path):
    with Ledger(tmp_path / "data", port=free_port()) as ledger:
        ledger.post(event("c", "client.registered",
                          {"client_id": "c-1", "name": "ТОВ Ромашка", "tax_code": "00032129"}))
        yield ledger


@pytest.fixture
def banks():
    made = Banks().open()
    yield made
    made.close()


@pytest.fixture
def connect(house, banks, tmp_path):
    made = []

    def connect(*more):
        made.append(BankConnector(house, banks, tmp_path, *more))
        return made[-1]

    yield connect
    for connector in made:
        connector.kill()


PRIVAT = ("--privatbank-accounts", PRIVAT_ACCOUNT)
MONO = ("--monobank-accounts", MONO_ACCOUNT)


def lines(ledger, tmp_path, type):
    return [line for line in exported(ledger, tmp_path / "log.ndjson")
            if line["type"] == f"org.salesledger.{type}.v1"]


def payments(ledger, tmp_path):
    """References of the payments in the log, in order."""
    return sorted(line["data"]["bank_reference"]
                  for line in lines(ledger, tmp_path, "payment.received"))


def counted(ledger):
    """Amounts of the client's payments by now."""
    entries = ledger.get("/v1/clients/c-1/timeline?kind=payment").json["entries"]
    return sorted(entry["amount"]["amount_minor"] for entry in entries)


def test_all_pages_once_and_the_token_nowhere(connect, banks, house, tmp_path):
    banks.rows = [privat(f"R{i}", f"{i}.00", ago=3600 * i) for i in range(1, 6)]
    banks.rows.append(privat("OUT", TRANTYPE="D"))
    banks.page_rows = 2
    connector = connect(*PRIVAT).start()
    connector.reaches("delivered_total", 5)
    connector.reaches("known_total", 5)  # the next round tells the same days
    connector.stop()
    assert payments(house, tmp_path) == [f"R{i}|1" for i in range(1, 6)]
    until(lambda: counted(house) == [100, 200, 300, 400, 500])
    assert connector.refused() == [] and banks.wrong_tokens == 0
    said = connector.log.read_text() + str(connector.command())
    assert not any(secret in said for secret in TOKENS.values())


def test_pending_posted_changed_reversed_and_posted_again(connect, banks, house, tmp_path):
    row = privat("R1", PR_PR="p")
    banks.rows = [row, privat("N1", PR_PR="n"), privat("T1", PR_PR="t")]
    connector = connect(*PRIVAT).start()
    connector.whole_round()
    assert payments(house, tmp_path) == []
    row["PR_PR"] = "r"
    until(lambda: counted(house) == [15050])
    row["SUM"] = "150.60"
    until(lambda: counted(house) == [15060])
    row["PR_PR"] = "t"
    until(lambda: counted(house) == [])
    connector.whole_round()
    assert connector.figure("taken_back_total") == 1
    row["PR_PR"] = "r"
    until(lambda: counted(house) == [15060])
    (voided,) = lines(house, tmp_path, "event.voided")
    assert voided["data"]["reason"] == "the bank reversed it (PR_PR t)"
    assert connector.refused() == []
    connector.stop()


def account(ledger):
    """The client's balance and what of his invoices is open."""
    end = ledger.get("/v1/status").json["log_end"]
    said = ledger.get(f"/v1/clients/c-1/receivables?at_least={end}&max_wait=30000").json
    money = said["accounts"][0]
    return money["balance_minor"], [item["open_minor"] for item in money["open_items"]]


def test_a_reversed_payment_leaves_its_invoice_open(connect, banks, house, tmp_path):
    day = time.strftime("%Y-%m-%d", time.gmtime(time.time() - 3 * 86400))
    assert house.post(event("i", "invoice.issued", {
        "invoice_id": "i-1", "number": "РФ-101", "client_id": "c-1", "issued_on": day,
        "due_on": day, "amount": {"amount_minor": 15050, "currency": "UAH"}},
        time=day + "T09:00:00Z")).status == 201
    # By the payer's code at the door; by its account, once the card has it, by the rule.
    known = privat("R1", OSND="За рахунком РФ 101", PR_PR="p")
    later = privat("R2", AUT_CNTR_CRF="", AUT_CNTR_ACC="UA903052992990004149123456789", PR_PR="p")
    banks.rows = [known, later]
    connector = connect(*PRIVAT).start()
    for row in (known, later):
        row["PR_PR"] = "r"
        if row is later:
            connector.reaches("delivered_total", 2)
            house.post(event("iban", "client.updated", {
                "client_id": "c-1", "ibans": ["UA903052992990004149123456789"]}))
        until(lambda: account(house) == (0, []))
        row["PR_PR"] = "t"
        until(lambda: account(house) == (15050, [15050]))
    known["PR_PR"] = "r"
    until(lambda: account(house) == (0, []))
    assert connector.refused() == []
    assert house.ctl("replay").returncode == 0
    connector.stop()


def test_a_reversed_payment_that_a_person_matched_is_shown(connect, banks, house, tmp_path):
    row = privat("R1", AUT_CNTR_CRF="14360570")
    banks.rows = [row]
    connector = connect(*PRIVAT).start()
    connector.reaches("delivered_total", 1)
    house.post(event("m", "interaction.matched",
                     {"target_source": "privatbank", "target_id": f"{PRIVAT_ACCOUNT}|R1|1",
                      "client_id": "c-1", "reason": "за рахунком"}))
    until(lambda: counted(house) == [15050])
    row["PR_PR"] = "t"
    connector.reaches("refused_total", 1)
    connector.whole_round()  # the bank tells it for days, a person reads it once
    (refused,) = connector.refused()
    assert "R1|1" in refused["raw"] and refused["error"] == "conflict"
    assert counted(house) == [15050]
    connector.stop()


def test_a_bank_that_fails_is_asked_again(connect, banks, house, tmp_path):
    banks.rows = [privat("R1"), privat("R2")]
    banks.page_rows = 1
    banks.trouble = [(503, {}), (429, {"Retry-After": "1"}), 40, (200, {})]
    connector = connect(*PRIVAT).start()
    connector.reaches("delivered_total", 2)
    assert connector.figure("failures_total") == 4
    assert connector.figure("away") == 0
    banks.trouble = [None, 200, None, None, (500, {})]  # in the midst of a page, between two
    connector.reaches("failures_total", 6)
    # The bank has forgotten the page that it named: the account is asked for anew.
    banks.trouble = [None, None, {"status": "ERROR", "message": "followId"}]
    connector.reaches("failures_total", 7)
    until(lambda: connector.figure("away") == 0)
    banks.close()
    until(lambda: connector.figure("away") == 1)
    banks.rows.append(privat("R3"))
    banks.open()
    connector.reaches("delivered_total", 3)
    assert payments(house, tmp_path) == ["R1|1", "R2|1", "R3|1"]
    connector.stop()


def test_the_ledger_is_away_and_the_connector_is_killed(connect, banks, house, tmp_path):
    banks.rows = [privat("R1")]
    connector = connect(*PRIVAT).start()
    connector.reaches("delivered_total", 1)
    house.stop()
    banks.rows.append(privat("R2"))
    connector.reaches("server_failures_total", 1)
    connector.kill()
    banks.rows.append(privat("R3"))
    connector.start()
    connector.reaches("server_failures_total", 1)
    house.start()
    connector.reaches("delivered_total", 2)
    assert payments(house, tmp_path) == ["R1|1", "R2|1", "R3|1"]
    connector.stop()


def test_the_bank_says_when_not_to_ask(connect, banks, house, tmp_path):
    banks.rows = [privat("R1")]
    banks.work_balance = "Y"
    connector = connect(*PRIVAT)
    closed = connector.once("--patience", "0")
    assert closed.returncode == 1 and "the bank says not to ask now" in closed.stderr
    assert banks.statements_asked() == []
    banks.work_balance = "N"
    opened = connector.once()
    assert opened.returncode == 0, opened.stderr
    assert "1 payments recorded" in opened.stdout
    banks.phase = "NOP"
    banks.rows.append(privat("R2"))
    connector.start()
    until(lambda: connector.figure("closed") == 1)
    asked = len(banks.statements_asked())
    banks.phase = "WRK"
    connector.reaches("delivered_total", 1)
    assert connector.figure("closed") == 0 and len(banks.statements_asked()) > asked
    assert payments(house, tmp_path) == ["R1|1", "R2|1"]
    connector.stop()


def test_once_says_what_it_did_and_the_past_is_asked_for(connect, banks, house, tmp_path):
    banks.rows = [privat("OLD", ago=50 * 86400), privat("R1"), privat("BAD", SUM="0.00")]
    connector = connect(*PRIVAT)
    first = connector.once()
    assert first.returncode == 1
    assert "1 payments recorded" in first.stdout and "1 refused" in first.stdout
    assert "BAD" in first.stdout
    day = time.strftime("%Y-%m-%d", time.gmtime(time.time() - 60 * 86400))
    second = connector.once("--from", day)
    assert "1 payments recorded, 1 known already" in second.stdout, second.stdout + second.stderr
    assert payments(house, tmp_path) == ["OLD|1", "R1|1"]
    assert second.returncode == 1 and "0 refused, 1 refused before" in second.stdout
    assert len(connector.refused()) == 1
    banks.rows[2]["SUM"] = "8.00"
    third = connector.once()
    assert third.returncode == 0 and "1 payments recorded" in third.stdout, third.stdout
    wrong = connector.once(LEDGER_PRIVATBANK_TOKEN="another", *("--patience", "0"))
    assert wrong.returncode == 1 and "refuses the token" in wrong.stderr


def test_mono_holds_settle_and_pages_are_read_to_their_end(connect, banks, house, tmp_path):
    hold = mono("hold", 5000, hold=True)
    banks.items = [mono(f"i{n}", -100, ago=60 * n) for n in range(1, 505)]
    banks.items += [mono("old", 700, ago=45 * 86400), mono("first", 900, ago=29 * 86400), hold]
    connector = connect(*MONO, "--from",
                        time.strftime("%Y-%m-%d", time.gmtime(time.time() - 60 * 86400))).start()
    connector.reaches("delivered_total", 2)
    until(lambda: counted(house) == [700, 900])
    assert connector.figure("corrected_total") == 0
    hold.update(hold=False, amount=4900)
    until(lambda: counted(house) == [700, 900, 4900])
    hold["amount"] = 4800
    until(lambda: counted(house) == [700, 900, 4800])
    assert payments(house, tmp_path) == ["first", "hold", "old"]
    connector.stop()


def test_mono_is_asked_no_more_often_than_it_takes(connect, banks, house, tmp_path):
    banks.items = [mono("a")]
    banks.trouble = [None, (429, {"Retry-After": "2"})]
    connector = connect(*MONO, "--monobank-interval", "1").start()
    connector.reaches("known_total", 1)
    connector.stop()
    gaps = [later - sooner for sooner, later in zip(banks.times, banks.times[1:])]
    assert min(gaps) >= 0.95, gaps
    assert gaps[1] >= 1.95, gaps


@pytest.fixture
def hooked(connect, banks):
    port = free_port()
    connector = connect(*MONO, "--hook-listen", f"127.0.0.1:{port}", "--hook-url",
                        f"http://127.0.0.1:{port}")
    connector.hook = f"http://127.0.0.1:{port}/hooks/monobank/"
    return connector


def status_of(url, body=None):
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body), timeout=5) as page:
            return page.status
    except urllib.error.HTTPError as error:
        return error.code


def test_the_hook_is_set_and_brings_money_at_once_and_once(hooked, banks, house, tmp_path):
    hooked.start("--every", "3600")
    until(lambda: banks.webhook)
    hooked.reaches("complete_age_seconds", 0)
    secret = TOKENS["LEDGER_BANK_HOOK_SECRET"]
    assert status_of(hooked.hook + secret) == 200
    assert status_of(hooked.hook + "another", b"{}") == 403
    assert status_of(hooked.hook + secret, b"{") == 200
    entry = mono("a", ago=0)  # once: a second later it would be another time, a correction
    assert banks.hook(entry) == 200
    until(lambda: counted(house) == [15050])
    assert banks.hook(entry) == 200  # told again: asked for again, known
    hooked.reaches("known_total", 1)
    assert payments(house, tmp_path) == ["a"]
    # Nobody signs it: what the statement does not have is no money.
    asked = len(banks.statements_asked())
    banks.tell(mono("forged", 99999900, ago=0))
    until(lambda: len(banks.statements_asked()) > asked)
    hooked.stop()
    assert payments(house, tmp_path) == ["a"]
    assert secret not in hooked.log.read_text()


def test_a_hook_heard_while_the_bank_is_away_is_asked_for_later(hooked, banks, house):
    hooked.start("--every", "3600")
    until(lambda: banks.webhook)
    hooked.reaches("complete_age_seconds", 0)
    banks.trouble = [(503, {})] * 2
    banks.hook(mono("a", ago=0))
    hooked.reaches("failures_total", 1)
    hooked.kill()
    hooked.start("--every", "3600")
    until(lambda: counted(house) == [15050])
    hooked.stop()


def test_a_silent_hook_is_told_set_anew_and_its_gap_filled(hooked, banks, house, tmp_path):
    hooked.start("--hook-grace", "0")
    until(lambda: banks.webhook)
    hooked.reaches("hooks_set_total", 1)
    banks.delivers = False  # after three failures the bank tells no more, and keeps the address
    until(lambda: time.time() - int(time.time()) < 0.5)
    banks.hook(mono("lost", ago=-1))
    until(lambda: counted(house) == [15050])
    hooked.reaches("hooks_missed_total", 1)
    hooked.reaches("hooks_set_total", 2)
    assert banks.delivers and hooked.figure("hook_silent") == 0
    assert "the webhook is silent" in hooked.log.read_text()
    banks.hook(mono("told", 700, ago=0))
    until(lambda: counted(house) == [700, 15050])
    assert payments(house, tmp_path) == ["lost", "told"]
    hooked.stop()


def test_wrong_settings_say_what_is_wrong(connect, banks, tmp_path):
    for more, environment, said in [
            ((), {}, "there is nobody to ask"),
            (PRIVAT, {"LEDGER_PRIVATBANK_TOKEN": ""}, "LEDGER_PRIVATBANK_TOKEN is required"),
            (PRIVAT, {"LEDGER_PRIVATBANK_TOKEN": "a b"}, "more than one word"),
            ((*PRIVAT, "--privatbank-token-file", str(tmp_path / "none")), {}, "cannot be read"),
            (("--privatbank-accounts", "UA00"), {}, "privatbank_accounts: UA00"),
            ((*PRIVAT, "--from", "1.1.2026"), {}, "from:"),
            ((*PRIVAT, "--overlap-days", "0"), {}, "overlap"),
            ((*MONO, "--hook-url", "https://x"), {}, "hook_listen")]:
        done = connect(*more).once(**environment)
        assert done.returncode == 2 and said in done.stdout + done.stderr, (more, done)
    plain = connect(*PRIVAT, "--privatbank-url", "http://bank.example").once()
    assert plain.returncode == 2 and "no https address" in plain.stderr
    banks.items = []
    nobody = connect("--monobank-accounts", "UA000").once("--patience", "0")
    assert nobody.returncode == 1 and "nobody who has the account UA000" in nobody.stderr
