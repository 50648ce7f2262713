"""An act of reconciliation from the command line to the printed page."""

import os
import re
import shutil
import subprocess

import pytest

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


# ---- The paper

LINES = 66


def needed(program):
    return shutil.which(program) or pytest.skip(
        f"{program} is missing; deploy/install-dependencies --tests brings it")


def pages_of(ledger, act_id, folder, language):
    """The text of each page, as Chromium prints the act and poppler reads it."""
    chromium, reader = needed("chromium"), needed("pdftotext")
    html, paper = folder / f"{language}.html", folder / f"{language}.pdf"
    html.write_bytes(ledger.get(f"/v1/acts/{act_id}?format=html&lang={language}").body)
    subprocess.run([chromium, "--headless", "--no-sandbox", "--disable-gpu",
                    f"--user-data-dir={folder / 'profile'}", "--no-pdf-header-footer",
                    f"--print-to-pdf={paper}", html.as_uri()],
                   check=True, capture_output=True, timeout=120)
    text = subprocess.run([reader, "-layout", paper, "-"], check=True, capture_output=True,
                          timeout=60).stdout.decode()
    return text.removesuffix("\f").split("\f")


def draft_of_three_pages(ledger):
    ledger.post(event("card", "client.registered", {
        "client_id": "c-1", "name": "ТОВ «Ромашка»", "tax_code": "14360570",
        "director": "Бондар Ірина Петрівна"}))
    for number in range(1, LINES + 1):
        day = f"2026-10-{1 + number % 28:02}"
        # Now and then a document of two lines: rows differ in height where pages end.
        name = f"РФ-{number:03}" + (" за довгим договором поставки паперу" if number % 7 == 0 else "")
        answer = ledger.post(event(f"i-{number}", "invoice.issued", {
            "invoice_id": f"i-{number}", "number": name, "client_id": "c-1", "issued_on": day,
            "due_on": "2026-11-19", "amount": {"amount_minor": 1000000 + number,
                                               "currency": "UAH"}}))
        assert answer.status == 201, answer.body
    end = ledger.get("/v1/status").json["log_end"]
    # Known a year from now: everything that was just recorded is in it.
    draft = {"act_id": "act-1", "client_id": "c-1", "manager_id": "m-1", "from": "2026-10-01",
             "to": "2026-10-31", "closing": {"amount_minor": 66002211, "currency": "UAH"},
             "position": end, "digest": "5" * 64, "number": "АЗ-10", "place": "Київ",
             "known_at": "2027-11-01T08:00:00Z", "form": "act.v2",
             "ours": {"name": "ТОВ «Гурт»", "tax_code": "32855961", "post": "директор",
                      "signatory": "Марія Левченко", "authority": "статут"},
             "theirs": {"name": "ТОВ «Ромашка»", "tax_code": "14360570",
                        "signatory": "Бондар Ірина Петрівна"}}
    drafted = ledger.post(event("draft", "reconciliation.drafted", draft))
    assert drafted.status == 201, drafted.body
    shown = ledger.get(f"/v1/acts/act-1?at_least={drafted.json['position']}&max_wait=30000")
    assert len(shown.json["act"]["lines"]) == LINES and shown.json["form"] == "act.v2"


@pytest.mark.parametrize("language,words", [
    ("uk", {"head": "Акт звірки взаєморозрахунків № АЗ-10 від", "page": "стор. {} з {}",
            "columns": "Дата", "closing": "Сальдо кінцеве", "draft": "ЧЕРНЕТКА",
            "post": "директор", "accountant": "Головний бухгалтер", "document": "Рахунок № РФ-"}),
    ("en", {"head": "Act of reconciliation No. АЗ-10 of", "page": "page {} of {}",
            "columns": "Date", "closing": "Closing balance", "draft": "DRAFT",
            "post": "директор", "accountant": "Chief accountant", "document": "Invoice No. РФ-"}),
])
def test_an_act_of_three_pages_is_whole_on_paper(ledger, tmp_path, language, words):
    draft_of_three_pages(ledger)
    pages = pages_of(ledger, "act-1", tmp_path, language)
    assert len(pages) == 3, [len(page) for page in pages]
    for number, page in enumerate(pages, 1):
        assert words["head"] in page and words["columns"] in page, page
        assert words["draft"] in page
        assert words["page"].format(number, 3) in page
    # Each row once, and with its amount on the page on which it begins.
    for number in range(1, LINES + 1):
        row = re.compile(rf"^\d+ +\d.*РФ-{number:03} .*10.000[.,]{number:02}\b", re.M)
        assert sum(len(row.findall(page)) for page in pages) == 1, number
    longest = "довгим"
    assert sum(page.count(longest) for page in pages) == LINES // 7
    for page in pages:  # a document of several lines ends where it begins
        assert page.count(longest) == page.count("паперу")
    # The balance, what it comes to, and who signs stand together, on the last page alone.
    assert [words["closing"] in page for page in pages] == [False, False, True]
    end = pages[-1][pages[-1].index(words["closing"]):]
    assert "Марія Левченко" in end and "Бондар Ірина Петрівна" in end
    assert words["post"] in end and end.count(words["accountant"]) == 2
    # Their half is theirs to fill in: each document and each amount is printed once.
    whole = "".join(pages)
    assert whole.count(words["document"]) == LINES
    assert len(re.findall(r"10.000[.,]01\b", whole)) == 1


def test_what_was_sent_is_no_draft_any_more(ledger):
    draft_of_three_pages(ledger)
    assert "ЧЕРНЕТКА" in ledger.get("/v1/acts/act-1?format=html").body.decode()
    sent = ledger.post(event("sent", "reconciliation.sent", {
        "act_id": "act-1", "client_id": "c-1", "manager_id": "m-1", "sent_on": "2026-11-24",
        "channel": "courier"}))
    page = ledger.get(
        f"/v1/acts/act-1?format=html&at_least={sent.json['position']}&max_wait=30000").body.decode()
    assert "АЗ-10" in page and "ЧЕРНЕТКА" not in page
