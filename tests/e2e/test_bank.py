"""Statements of banks, from their files to the list of what is missing."""

import urllib.parse

from house import exported, until

ACCOUNT = "UA213223130000026007233566001"
DAY = "2026-11-24"


def mt940(number, opening, lines, closing, account=ACCOUNT, day="261119", before="261118"):
    return (f":20:STMT\n:25:{account}\n:28C:{number}\n:60F:C{before}UAH{opening}\n"
            + "".join(f":61:{day}{line}\n" for line in lines)
            + f":62F:C{day}UAH{closing}\n-\n").encode()


def camt(entries, opening, closing, version="053.001.08", part="Stmt", body="BkToCstmrStmt"):
    def balance(kind, amount):
        return (f"<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy=\"UAH\">{amount}</Amt>"
                "<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-24</Dt></Dt></Bal>")
    return (f"<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.{version}\"><{body}><{part}>"
            f"<Id>S1</Id><Acct><Id><IBAN>{ACCOUNT}</IBAN></Id></Acct>"
            + balance("OPBD", opening) + balance("CLBD", closing) + "".join(entries)
            + f"</{part}></{body}></Document>").encode()


def entry(amount, reference, payer=None, purpose=None):
    details = ""
    if payer:
        details = (f"<NtryDtls><TxDtls><RltdPties><Dbtr><Pty><Nm>{payer}</Nm></Pty></Dbtr>"
                   f"</RltdPties><RmtInf><Ustrd>{purpose}</Ustrd></RmtInf></TxDtls></NtryDtls>")
    return (f"<Ntry><Amt Ccy=\"UAH\">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd>"
            "<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-24</Dt></BookgDt>"
            f"<AcctSvcrRef>{reference}</AcctSvcrRef>{details}</Ntry>")


def bring(ledger, path, format, name, content, *more, check=True):
    file = path / name
    file.write_bytes(content)
    return ledger.ctl("import", format, str(file), *more, check=check)


def told(ledger, path, type):
    return [line["data"] for line in exported(ledger, path / "log.ndjson")
            if line["type"] == f"org.salesledger.{type}.v1"]


def payments(ledger, path):
    return sorted(data["amount"]["amount_minor"] for data in told(ledger, path, "payment.received"))


def waiting(ledger):
    return [row["id"] for row in ledger.get("/v1/unmatched?limit=1000").json["waiting"]]


def statements(ledger):
    return ledger.get("/v1/statements").json["accounts"]


def test_the_same_file_again_and_an_overlapping_one_count_nothing_twice(ledger, tmp_path):
    first = mt940("115/1", "1000,", ["C100,NTRFNONREF", "C100,NTRFNONREF", "D50,NTRFNONREF"],
                  "1150,")
    second = mt940("116/1", "1150,", ["C7,NTRFNONREF//B7"], "1157,", day="261120", before="261119")
    said = bring(ledger, tmp_path, "mt940", "a.sta", first).stdout
    assert "2 new, 0 known, 0 changed" in said and "1 statements new" in said
    assert "1 left out: outgoing money" in said
    said = bring(ledger, tmp_path, "mt940", "again.sta", first).stdout
    assert "0 new, 2 known, 0 changed" in said and "0 statements new, 1 known" in said
    said = bring(ledger, tmp_path, "mt940", "both.sta", first + second).stdout
    assert "1 new, 2 known, 0 changed" in said
    until(lambda: len(waiting(ledger)) == 3)
    assert payments(ledger, tmp_path) == [700, 10000, 10000]
    (account,) = statements(ledger)
    assert account["statements_known"] == 2 and account["found"] == []
    asked = "/v1/statements?account=" + urllib.parse.quote(ACCOUNT)
    files = [file["file"] for file in ledger.get(asked).json["statements"][1]["files"]]
    assert files == ["a.sta", "both.sta"]


def test_a_changed_line_is_a_correction_and_is_shown(ledger, tmp_path):
    def day(purpose):
        return camt([entry("100.00", "R1", "Ромашка", purpose)], "1000.00", "1100.00")
    assert "1 new" in bring(ledger, tmp_path, "camt", "a.xml", day("за товар")).stdout
    said = bring(ledger, tmp_path, "camt", "b.xml", day("за рах. 501")).stdout
    assert "0 new, 0 known, 1 changed" in said
    assert f"changed  {tmp_path}/b.xml {ACCOUNT}|{DAY}|R1" in said
    assert "0 new, 1 known, 0 changed" in bring(
        ledger, tmp_path, "camt", "b.xml", day("за рах. 501")).stdout
    (correction,) = told(ledger, tmp_path, "event.corrected")
    assert correction["target_id"] == f"{ACCOUNT}|{DAY}|R1"
    assert correction["data"]["purpose"] == "за рах. 501"
    until(lambda: waiting(ledger) == [f"{ACCOUNT}|{DAY}|R1"])


def test_what_was_told_before_the_statement_is_the_same_booking(ledger, tmp_path):
    report = camt([entry("100.00", "R1")], "0.00", "0.00", "052.001.08", "Rpt", "BkToCstmrAcctRpt")
    whole = camt([entry("100.00", "R1", "Ромашка", "за товар")], "1000.00", "1100.00")
    assert "1 new" in bring(ledger, tmp_path, "camt", "day.xml", report).stdout
    assert "0 new, 0 known, 1 changed" in bring(ledger, tmp_path, "camt", "end.xml", whole).stdout
    assert "1 known" in bring(ledger, tmp_path, "camt", "day.xml", report).stdout
    later = report.replace(b"</BookgDt>", b"</BookgDt><AddtlNtryInf>x</AddtlNtryInf>")
    said = bring(ledger, tmp_path, "camt", "later.xml", later)
    assert said.returncode == 0 and "0 changed, 1 left as they are" in said.stdout
    assert f"left     {tmp_path}/later.xml {ACCOUNT}|{DAY}|R1" in said.stdout
    (correction,) = told(ledger, tmp_path, "event.corrected")
    assert correction["data"]["payer_name"] == "Ромашка"
    until(lambda: waiting(ledger) == [f"{ACCOUNT}|{DAY}|R1"])


def test_gaps_and_refusals_are_told(ledger, tmp_path):
    bring(ledger, tmp_path, "mt940", "a.sta", mt940("115/1", "1000,", [], "1000,"))
    bring(ledger, tmp_path, "mt940", "b.sta",
          mt940("118/1", "900,", [], "900,", day="261123", before="261122"))
    until(lambda: statements(ledger)[0]["statements_known"] == 2)
    found = statements(ledger)[0]["found"]
    assert [one["what"] for one in found] == ["sequence_gap", "balance_gap"]
    assert (found[0]["missing_from"], found[0]["missing_to"]) == (116, 117)
    said = ledger.ctl("get", "statements").stdout
    assert "sequence_gap" in said and "fetch them" in said
    metrics = ledger.get("/metrics").body.decode()
    assert 'ledger_statement_findings{what="balance_gap"} 1' in metrics
    assert 'ledger_statement_findings{what="two_formats"} 0' in metrics
    wrong = bring(ledger, tmp_path, "mt940", "c.sta",
                  mt940("119/1", "900,", ["C5,NTRFX"], "900,"), check=False)
    assert wrong.returncode == 1 and "1 refused" in wrong.stdout
    assert "905.00" in wrong.stderr and "nothing of this file is taken" in wrong.stderr
    wrong = bring(ledger, tmp_path, "mt940", "d.sta", b":20:\xe7\xe0\n", check=False)
    assert wrong.returncode == 1 and "--charset" in wrong.stderr
    wrong = bring(ledger, tmp_path, "mt940", "d.sta", b"", "--charset", "koi8-x", check=False)
    assert wrong.returncode == 2 and "cp1251" in wrong.stderr
    wrong = bring(ledger, tmp_path, "camt", "e.xml", b"<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>",
                  check=False)
    assert wrong.returncode == 1 and "document type" in wrong.stderr


def test_an_empty_house_has_no_statements(ledger):
    assert "no statement of a bank" in ledger.ctl("get", "statements").stdout
    assert ledger.ctl("get", "statements", ACCOUNT, check=False).returncode != 0


def test_what_was_refused_waits_in_the_quarantine(ledger, tmp_path):
    wrong = camt([entry("100.00", "R1")], "1000.00", "1100.01")
    for _ in range(2):
        said = bring(ledger, tmp_path, "camt", "a.xml", wrong, check=False)
        assert said.returncode == 1 and "ledgerctl quarantine list" in said.stdout
    (kept,) = ledger.get("/v1/quarantine").json["items"]
    assert kept["sender"] == "camt" and "does not add up" in kept["detail"]
    whole = ledger.get(f"/v1/quarantine/{kept['position']}").json
    assert "a.xml" in whole["query"] and whole["body"].encode() == wrong
    # a dry run keeps nothing, and a replay says what is to be done instead
    bring(ledger, tmp_path, "camt", "b.xml", wrong + b" ", "--dry-run", check=False)
    assert len(ledger.get("/v1/quarantine").json["items"]) == 1
    said = ledger.ctl("quarantine", "replay", kept["position"], check=False)
    assert said.returncode != 0 and "ledgerctl import camt" in said.stdout + said.stderr
