"""Tables of banks and accounting: looked at first, imported, and put into a watched folder."""

import pathlib
import signal
import subprocess

import pytest
from house import LEDGERCTL, ROOT, Ledger, event, exported, free_port, until
from test_bank import ACCOUNT, camt, entry, mt940, payments, told, waiting

PROFILE = """
delimiter = ";"
[date]
column = "Дата"
format = "dd.mm.yyyy"
[amount]
column = "Сума"
decimal = ","
[currency]
fixed = "UAH"
[columns]
payer_name = "Платник"
payer_code = "Код"
purpose = "Призначення"
[key]
columns = ["Дата", "Сума", "Код"]
"""
HEADER = "Дата;Сума;Код;Платник;Призначення\n"
ROMASHKA = "24.11.2026;1 000,00;32855961;ТОВ Ромашка;за рах. 501\n"
INVOICES = str(ROOT / "deploy" / "bank-profiles" / "invoices.toml")


@pytest.fixture
def profile(tmp_path):
    path = tmp_path / "bank.toml"
    path.write_text(PROFILE)
    return path


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "in"
    path.mkdir()
    return path


def bank_csv(ledger, path, profile, rows, *more, name="a.csv", check=True):
    file = path / name
    file.write_text(HEADER + rows)
    return ledger.ctl("import", "bank-csv", "--profile", profile, "--account", ACCOUNT, file, *more,
                      check=check)


def watch(url, *arguments):
    return subprocess.Popen([LEDGERCTL, "--server", url, "watch", "--poll", "1",
                             *map(str, arguments)], stderr=subprocess.PIPE)


def ended(watcher):
    watcher.send_signal(signal.SIGTERM)
    _, said = watcher.communicate(timeout=30)
    assert watcher.returncode == 0
    return said.decode()


def names(folder):
    return sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())


def done(folder):
    return [name for name in names(folder) if name.startswith("done/")]


def register(ledger, client, code):
    assert ledger.post(event(f"{client}-card", "client.registered",
                             {"client_id": client, "name": "ТОВ Ромашка",
                              "tax_code": code})).status == 201


def test_a_preview_says_what_would_come_and_records_nothing(ledger, tmp_path, profile):
    said = bank_csv(ledger, tmp_path, profile, ROMASHKA + "25.11.2026;-5,00;;;комісія\n",
                    "--preview").stdout
    assert "2026-11-24" in said and "1 000.00 UAH" in said and "32855961" in said
    assert "ТОВ Ромашка" in said and "за рах. 501" in said
    assert "1 left out: outgoing money (line 3)" in said
    assert "1 new, 0 known, 0 changed" in said and "nothing was recorded" in said
    assert payments(ledger, tmp_path) == []
    assert "1 new, 0 known" in bank_csv(ledger, tmp_path, profile, ROMASHKA).stdout
    said = bank_csv(ledger, tmp_path, profile, ROMASHKA + ROMASHKA, "--preview").stdout
    assert "1 new, 1 known, 0 changed" in said
    said = bank_csv(ledger, tmp_path, profile, ROMASHKA.replace("501", "502"), "--preview").stdout
    assert "0 new, 0 known, 1 changed" in said
    wrong = bank_csv(ledger, tmp_path, profile, "24.11.2026;1,000.00;;;\n", "--preview",
                     check=False)
    assert wrong.returncode == 1 and "line 2: amount" in wrong.stderr and "1 refused" in wrong.stdout
    assert payments(ledger, tmp_path) == [100000]


def test_banks_own_formats_are_previewed_too(ledger, tmp_path):
    (tmp_path / "a.xml").write_bytes(
        camt([entry("100.00", "R1", "Ромашка", "за товар")], "0.00", "100.00"))
    (tmp_path / "a.sta").write_bytes(mt940("115/1", "1000,", ["C7,NTRFX"], "1007,"))
    for format, file, amount in (("camt", "a.xml", "100.00 UAH"), ("mt940", "a.sta", "7.00 UAH")):
        said = ledger.ctl("import", format, tmp_path / file, "--preview").stdout
        assert amount in said and "1 new, 0 known" in said
        assert "1 new" in ledger.ctl("import", format, tmp_path / file).stdout
        assert "0 new, 1 known" in ledger.ctl("import", format, tmp_path / file, "--preview").stdout


def test_a_table_again_and_an_overlapping_one_count_nothing_twice(ledger, tmp_path, profile):
    two = ROMASHKA + ROMASHKA
    assert "2 new" in bank_csv(ledger, tmp_path, profile, two).stdout
    said = bank_csv(ledger, tmp_path, profile, "25.11.2026;7,00;;;\n" + two).stdout
    assert "1 new, 2 known, 0 changed" in said
    said = bank_csv(ledger, tmp_path, profile, two.replace("501", "502")).stdout
    assert "0 new, 0 known, 2 changed" in said
    assert payments(ledger, tmp_path) == [700, 100000, 100000]
    until(lambda: len(waiting(ledger)) == 3)


def test_wrong_words_are_answered_by_name(ledger, tmp_path, profile):
    def refused(*arguments):
        said = ledger.ctl("import", *arguments, check=False)
        assert said.returncode == 2
        return said.stderr + said.stdout
    file = tmp_path / "a.csv"
    file.write_text(HEADER)
    assert "--profile" in refused("bank-csv", file)
    assert "cannot be read" in refused("bank-csv", "--profile", tmp_path / "no.toml", file)
    broken = tmp_path / "broken.toml"
    broken.write_text(PROFILE.replace("payer_name", "payer"))
    assert "columns.payer is no member" in refused("bank-csv", "--profile", broken, file)
    watched = ledger.ctl("watch", tmp_path, check=False)
    assert watched.returncode == 2 and "format" in watched.stderr
    watched = ledger.ctl("watch", tmp_path, "--format", "mail", check=False)
    assert watched.returncode == 2 and "bank-csv" in watched.stderr
    watched = ledger.ctl("watch", tmp_path / "none", "--format", "camt", check=False)
    assert watched.returncode == 2 and "is no folder" in watched.stderr


def test_invoices_are_owed_by_who_has_the_code(ledger, tmp_path):
    register(ledger, "c-1", "32855961")
    file = tmp_path / "invoices.csv"
    file.write_text("Номер;Дата;Сплатити до;ЄДРПОУ;Сума\n"
                    "501;20.11.2026;24.11.2026;32855961;1 000,00\n"
                    "502;20.11.2026;24.11.2026;14360570;5,00\n")
    said = until(lambda: (answer := ledger.ctl(
        "import", "invoices-csv", "--profile", INVOICES, file, "--preview", check=False)).stdout
        and "1 new" in answer.stdout and answer)
    assert "no client's card has the code 14360570" in said.stderr
    said = ledger.ctl("import", "invoices-csv", "--profile", INVOICES, file, check=False)
    assert said.returncode == 1 and "1 new" in said.stdout and "1 refused" in said.stdout
    (invoice,) = told(ledger, tmp_path, "invoice.issued")
    assert (invoice["invoice_id"], invoice["client_id"]) == ("501/2026", "c-1")
    file.write_text(file.read_text().replace("1 000,00", "900,00"))
    said = ledger.ctl("import", "invoices-csv", "--profile", INVOICES, file, check=False).stdout
    assert "0 new, 0 known, 1 changed" in said
    owed = until(lambda: ledger.get("/v1/receivables?as_of=2026-11-25").json["clients"])
    assert "90000" in str(owed)


def ubl(kind, number, day, amount, more=""):
    names = "urn:oasis:names:specification:ubl:schema:xsd:"
    return (f'<{kind} xmlns="{names}{kind}-2" xmlns:cac="{names}CommonAggregateComponents-2" '
            f'xmlns:cbc="{names}CommonBasicComponents-2"><cbc:ID>{number}</cbc:ID>'
            f"<cbc:IssueDate>{day}</cbc:IssueDate>{more}<cac:AccountingCustomerParty><cac:Party>"
            "<cac:PartyLegalEntity><cbc:CompanyID>32855961</cbc:CompanyID></cac:PartyLegalEntity>"
            "</cac:Party></cac:AccountingCustomerParty><cac:LegalMonetaryTotal>"
            f'<cbc:PayableAmount currencyID="UAH">{amount}</cbc:PayableAmount>'
            f"</cac:LegalMonetaryTotal></{kind}>")


def test_ubl_is_owed_and_lowered_by_a_credit_note(ledger, tmp_path):
    register(ledger, "c-1", "32855961")
    (tmp_path / "i.xml").write_text(ubl("Invoice", "501", "2026-11-20", "1000.00"))
    (tmp_path / "k.xml").write_text(ubl(
        "CreditNote", "K1", "2026-11-21", "100.00",
        "<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>501</cbc:ID>"
        "<cbc:IssueDate>2026-11-20</cbc:IssueDate></cac:InvoiceDocumentReference>"
        "</cac:BillingReference>"))
    files = (tmp_path / "i.xml", tmp_path / "k.xml")
    said = until(lambda: (answer := ledger.ctl("import", "ubl", *files, "--preview", check=False))
                 .returncode == 0 and answer).stdout
    assert "№ 501" in said and "credit note" in said and "2 new" in said
    assert "2 new" in ledger.ctl("import", "ubl", *files).stdout
    assert "0 new, 2 known" in ledger.ctl("import", "ubl", *files).stdout
    (note,) = told(ledger, tmp_path, "credit_note.issued")
    assert (note["client_id"], note["invoice_id"]) == ("c-1", "501/2026")
    # A code of two clients names neither.
    register(ledger, "c-2", "32855961")
    (tmp_path / "i.xml").write_text(ubl("Invoice", "502", "2026-11-20", "5.00"))
    until(lambda: "c-1 and c-2 have the code" in ledger.ctl(
        "import", "ubl", files[0], "--dry-run", check=False).stderr)


def test_a_watched_folder_outlives_the_server_and_a_restart(tmp_path, profile, folder):
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with Ledger(tmp_path / "data", port=port) as ledger:
        ledger.stop()
        watched = (folder, "--format", "bank-csv", "--profile", profile, "--account", ACCOUNT)
        watcher = watch(url, *watched)
        (folder / "a.csv").write_text(HEADER + ROMASHKA)
        # It has seen the file twice and asked the server that is not there.
        line = until(lambda: next((text for text in [watcher.stderr.readline().decode()]
                                   if "files wait" in text), None))
        assert "a.csv" in line and (folder / "a.csv").exists()
        ended(watcher)
        watcher = watch(url, *watched)
        ledger.start()
        until(lambda: done(folder))
        # The same content under another name is the same booking.
        (folder / "again.csv").write_text(HEADER + ROMASHKA)
        until(lambda: len(done(folder)) == 2)
        said = ended(watcher)
        assert '"0 new, 1 known' in said
        assert all(line.startswith("{") for line in said.splitlines())
        assert payments(ledger, tmp_path) == [100000]


def test_a_watched_folder_takes_only_what_is_complete(ledger, tmp_path, profile, folder):
    watcher = watch(ledger.url, folder, "--format", "bank-csv", "--profile", profile, "--account",
                    ACCOUNT)
    (folder / "copy.csv.part").write_text(HEADER + ROMASHKA)
    (folder / ".hidden.csv").write_text(HEADER + ROMASHKA)
    (folder / "empty.csv").write_text("")
    (folder / "sub").mkdir()
    growing = (folder / "grows.csv").open("w")
    growing.write(HEADER)
    for row in range(12):  # a row every fifth of a second, over more than two looks
        growing.write(ROMASHKA.replace("501", str(row)))
        growing.flush()
        signal.sigtimedwait([], 0.2)
        assert done(folder) == []
    growing.close()
    (folder / "copy.csv.part").rename(folder / "copy.csv")
    until(lambda: len(done(folder)) == 2)
    said = ended(watcher)
    assert '"12 new' in said or '"11 new' in said
    assert len(payments(ledger, tmp_path)) == 12
    assert [name for name in names(folder) if not name.startswith("done/")] == [
        ".hidden.csv", "empty.csv"]


def test_what_a_watched_folder_refuses_says_why_and_may_come_again(ledger, tmp_path, profile, folder):
    bad = ROMASHKA + "25.11.2026;1,000.00;;ТОВ Мальва;\n"
    (folder / "день.csv").write_text(HEADER + bad)
    (folder / "scan.pdf").write_bytes(b"%PDF-1.7\n\xff\xfe\x00")
    once = ("watch", folder, "--format", "bank-csv", "--profile", profile, "--account", ACCOUNT,
            "--poll", "1", "--once")
    assert ledger.ctl(*once, check=False).returncode == 1
    assert names(folder) == ["refused/scan.pdf", "refused/scan.pdf.reason.txt", "refused/день.csv",
                             "refused/день.csv.reason.txt"]
    reason = (folder / "refused" / "день.csv.reason.txt").read_text()
    assert "1 new" in reason and "line 3: amount '1,000.00'" in reason and "Виправте" in reason
    (folder / "день.csv").write_text(HEADER + bad.replace("1,000.00", "1 000,00"))
    assert ledger.ctl(*once).returncode == 0
    assert len(done(folder)) == 1
    assert payments(ledger, tmp_path) == [100000, 100000]
    # Nothing there, nothing to do.
    assert ledger.ctl(*once).returncode == 0


def test_several_folders_each_have_their_format(ledger, tmp_path, profile):
    config = tmp_path / "watch.toml"
    folders = {"camt": tmp_path / "camt", "bank-csv": tmp_path / "csv"}
    text = ""
    for format, path in folders.items():
        path.mkdir()
        text += f'[[folder]]\npath = "{path}"\nformat = "{format}"\n'
    config.write_text(text + f'profile = "{profile}"\naccount = "{ACCOUNT}"\n')
    (folders["camt"] / "a.xml").write_bytes(camt([entry("100.00", "R1")], "0.00", "100.00"))
    (folders["bank-csv"] / "a.csv").write_text(HEADER + ROMASHKA)
    assert ledger.ctl("watch", "--config", config, "--poll", "1", "--once").returncode == 0
    assert payments(ledger, tmp_path) == [10000, 100000]
    for wrong, word in (("[[folder]]\nformat = \"camt\"\n", "path"), ("folder = 1\n", "[[folder]]"),
                        ("", "folder"), ("[[folder]]\npath = \"x\"\ntype = \"camt\"\n", "type")):
        config.write_text(wrong)
        said = ledger.ctl("watch", "--config", config, "--once", check=False)
        assert said.returncode == 2 and word in said.stderr
