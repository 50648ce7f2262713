"""A house's mailboxes, imported from the command line: letters, answers, bounces, and what is refused."""

import json

from house import event

FROM_LINE = "From olena@gurt.example Tue Nov 24 10:15:00 2026\n"
OURS = ["--own-domains", "gurt.example"]


def letter(id, *, sender="olena@gurt.example", to="zakup@romashka.example", text="Текст\n", **headers):
    lines = [f"From: {sender}", f"To: {to}", "Date: Tue, 24 Nov 2026 10:15:00 +0200", "Subject: Offer",
             f"Message-ID: <{id}>", "Content-Type: text/plain; charset=utf-8"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\n".join(lines) + "\n\n" + text


def bounce(of, recipient):
    return f"""Return-Path: <>
From: MAILER-DAEMON@gurt.example
To: olena@gurt.example
Date: Tue, 24 Nov 2026 10:16:00 +0200
Message-ID: <bounce-{of}>
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.gurt.example

Final-Recipient: rfc822; {recipient}
Action: failed
Status: 5.1.1

--b
Content-Type: text/rfc822-headers

Message-ID: <{of}>
--b--
"""


def move_in(ledger):
    for fact in [
            event("m-1", "manager.hired", {"manager_id": "m-1", "name": "Олена", "hired_on": "2026-01-05",
                                           "emails": ["olena@gurt.example"]}),
            event("c-1", "client.registered", {"client_id": "c-1", "name": "Ромашка",
                                               "emails": ["zakup@romashka.example"]})]:
        assert ledger.post(fact).status == 201


def figure(ledger):
    answer = ledger.ctl("get", "/v1/quotas/m-1?date=2026-11-24&metric=email_offers")
    return json.loads(answer.stdout)["metrics"][0]


def test_a_mailbox_and_a_maildir(ledger, tmp_path):
    move_in(ledger)
    mailbox = tmp_path / "archive.mbox"
    mailbox.write_text("\n".join(FROM_LINE + one for one in [
        letter("1@gurt.example"), letter("2@gurt.example", text=">From now on\n"),
        letter("3@gurt.example", to="nobody@"), letter("4@gurt.example", Precedence="bulk"),
        bounce("2@gurt.example", "zakup@romashka.example")]))
    said = ledger.ctl("import", "mail", *OURS, mailbox, check=False)
    assert said.returncode == 1
    assert "message 3, recipient 1 (To)" in said.stderr and "recipients" in said.stderr
    assert "1 left out: a letter to a list (Precedence: bulk)" in said.stdout

    maildir = tmp_path / "Maildir"
    for folder in ["cur", "new", "tmp", ".Sent/cur", ".Sent/new", ".Sent/tmp"]:
        (maildir / folder).mkdir(parents=True)
    (maildir / "cur" / "1.host:2,S").write_text(letter(
        "r@romashka.example", sender="zakup@romashka.example", to="olena@gurt.example",
        In_Reply_To="<1@gurt.example>"))
    (maildir / ".Sent" / "new" / "2.host").write_text(letter("1@gurt.example"))  # the same again
    (maildir / "tmp" / "3.host").write_text("half a let")
    said = ledger.ctl("import", "mail", *OURS, maildir)
    assert "1 " in said.stdout and said.returncode == 0

    known = figure(ledger)
    assert known["counted"] == 1 and known["bounced"] == 1 and known["attempts"] == 2
    timeline = ledger.ctl("get", "/v1/clients/c-1/timeline").stdout
    assert '"offer.answered"' in timeline and '"days_to_answer":0' in timeline.replace(" ", "")


def test_another_text_under_a_known_id_is_refused(ledger, tmp_path):
    move_in(ledger)
    first, other = tmp_path / "1.eml", tmp_path / "2.eml"
    first.write_text(letter("1@gurt.example"))
    other.write_text(letter("1@gurt.example", text="Інший текст\n"))
    assert ledger.ctl("import", "mail", *OURS, first).returncode == 0
    said = ledger.ctl("import", "mail", *OURS, other, check=False)
    assert said.returncode == 1 and "conflict" in (said.stdout + said.stderr)
    assert figure(ledger)["counted"] == 1


def test_folders_of_sent_letters_are_believed_where_one_says_so(ledger, tmp_path):
    """They passed no gateway. What the gateway did see and doubts is believed no more for it."""
    move_in(ledger)
    careful = [*OURS, "--authserv-id", "mx.gurt.example"]

    def put(id, *options, **headers):
        file = tmp_path / f"{id}.eml"
        file.write_text(letter(f"{id}@gurt.example", **headers))
        return ledger.ctl("import", "mail", *careful, *options, file)

    put("1")
    assert figure(ledger)["counted"] == 0
    put("2", "--believe-unstamped", Authentication_Results="mx.gurt.example; spf=none")
    assert figure(ledger)["counted"] == 0
    put("3", "--believe-unstamped")
    assert figure(ledger)["counted"] == 1


def test_empty_and_wrong(ledger, tmp_path):
    (tmp_path / "empty").mkdir()
    said = ledger.ctl("import", "mail", tmp_path / "empty")
    assert "holds no letter" in said.stderr
    (tmp_path / "notes.eml").write_text("just words")
    said = ledger.ctl("import", "mail", tmp_path / "notes.eml", check=False)
    assert said.returncode == 1 and "malformed" in said.stderr
    missing = ledger.ctl("import", "mail", tmp_path / "absent.eml", check=False)
    assert missing.returncode != 0 and "cannot be read" in missing.stderr
    assert "--own-addresses" in ledger.ctl("import", "mail", "--help").stdout
