"""Managers' letters through a real Postfix and ledger-mail: each is in the ledger once, whoever is
away or killed meanwhile."""

import datetime
import email.utils
import os
import shutil
import smtplib
import socket
import socketserver
import tempfile
import threading

import pytest

from conftest import fresh_topic
from house import Ledger, event, exported, free_port, until
from mail_house import DROPBOX, Gateway, Postfix, letter, offers, own_certificate, swaks

pytestmark = pytest.mark.skipif(
    os.geteuid() != 0 or not shutil.which("postfix") or not shutil.which("swaks"),
    reason="postfix and swaks of deploy/install-dependencies --tests are needed, and root to start it")


@pytest.fixture
def house(tmp_path):
    with Ledger(tmp_path / "data", port=free_port()) as ledger:
        ledger.post(event("m", "manager.hired",
                          {"manager_id": "m-bondar", "name": "Ірина Бондар", "hired_on": "2026-01-05",
                           "emails": ["bondar@gurt.example"]}))
        ledger.post(event("c", "client.registered",
                          {"client_id": "c-1", "name": "ТОВ", "emails": ["buyer@firm.example"]}))
        yield ledger


@pytest.fixture
def gateway(house, tmp_path):
    made = Gateway(house.url, tmp_path)
    yield made
    made.kill()


@pytest.fixture
def postfix(gateway):
    # Not under tmp_path: Postfix' own user has to reach it, and pytest lets nobody in.
    with tempfile.TemporaryDirectory(prefix="ledger-postfix-") as folder:
        os.chmod(folder, 0o755)
        made = Postfix(folder, gateway.port)
        made.start()
        yield made
        made.stop()


def quarantined(ledger):
    return ledger.get("/v1/quarantine?sender=mail").json["items"]


def test_a_letter_is_on_the_card_and_in_the_quota(house, gateway, postfix, tmp_path):
    gateway.start()
    postfix.send(letter(attachment=b"%PDF-1.4"))
    until(lambda: gateway.letters("recorded") == 1)
    until(lambda: postfix.waiting() == 0)
    timeline = house.ctl("get", "timeline", "c-1").stdout
    assert "Комерційна пропозиція" in timeline, timeline
    day = offers(house, tmp_path)[0]["localday"]
    board = house.get(f"/v1/quotas?date={day}").json
    [manager] = [one for one in board["managers"] if one["manager_id"] == "m-bondar"]
    assert [one["counted"] for one in manager["metrics"] if one["metric"] == "email_offers"] == [1]
    [metric] = house.get(f"/v1/quotas/m-bondar?date={day}&metric=email_offers").json["metrics"]
    [counted] = metric["items"]
    assert counted["counted"] and counted["client_id"] == "c-1"


def test_a_report_that_the_mail_system_writes_is_told_of_its_offer(house, gateway, postfix,
                                                                    tmp_path):
    gateway.start()
    sent = letter(to="buyer@gone.example")
    postfix.send(sent)
    until(lambda: gateway.letters("recorded") == 2)
    [change] = [line["data"] for line in exported(house, tmp_path / "log.ndjson")
                if "offer.delivery_changed" in line["type"]]
    assert change["message_id"] == sent["Message-ID"] and change["status"] == "bounced_hard"
    assert change["recipient"] == "buyer@gone.example"


def test_while_the_ledger_is_away_letters_wait_at_the_mail_system(house, gateway, postfix,
                                                                  tmp_path):
    gateway.start()
    house.stop()
    for _ in range(3):
        postfix.send(letter())
    until(lambda: gateway.letters("deferred") >= 3)
    until(lambda: "451 4.3.0" in postfix.log())
    house.start()
    postfix.drain()
    assert len(offers(house, tmp_path)) == 3
    assert gateway.letters("recorded") == 3


def test_letters_wait_for_a_gateway_that_is_away(house, gateway, postfix, tmp_path):
    postfix.send(letter())
    until(lambda: "Connection refused" in postfix.log())
    gateway.start()
    postfix.drain()
    assert len(offers(house, tmp_path)) == 1


class Between:
    """Stands between gateway and ledger: once told so, it kills the gateway when the ledger has
    answered, before the answer goes on."""

    def __init__(self, ledger_port):
        self.victim = None
        outer = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self):
                with socket.create_connection(("127.0.0.1", ledger_port)) as ledger:
                    threading.Thread(target=self.forward, args=(ledger,), daemon=True).start()
                    while piece := ledger.recv(65536):
                        if outer.victim and b"201" in piece:
                            outer.victim.kill()
                            outer.victim = None
                        try:
                            self.request.sendall(piece)
                        except OSError:
                            return

            def forward(self, ledger):
                try:
                    while piece := self.request.recv(65536):
                        ledger.sendall(piece)
                    ledger.shutdown(socket.SHUT_WR)
                except OSError:
                    pass

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True

        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


def test_killed_between_the_logs_word_and_its_own_it_counts_a_letter_once(house, tmp_path):
    between = Between(house.port)
    gateway = Gateway(between.url, tmp_path).start()
    with tempfile.TemporaryDirectory(prefix="ledger-postfix-") as folder:
        os.chmod(folder, 0o755)
        postfix = Postfix(folder, gateway.port).start()
        try:
            between.victim = gateway
            # A wrong date besides: the time that stands for it stays the same at the second try.
            wrong = email.utils.format_datetime(
                datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=9))
            postfix.send(letter(date=wrong))
            until(lambda: between.victim is None)
            until(lambda: "lost connection" in postfix.log())
            assert postfix.waiting() == 1
            gateway.start()
            postfix.drain()
            assert gateway.letters("known") == 1
            assert len(offers(house, tmp_path)) == 1
            assert quarantined(house) == []
        finally:
            postfix.stop()
            gateway.kill()
            between.server.shutdown()


def test_a_letter_by_two_ways_is_one(house, gateway, postfix, tmp_path):
    gateway.start()
    both = letter()
    postfix.send(both, ["buyer@firm.example", DROPBOX])
    until(lambda: gateway.letters("recorded") == 1)
    postfix.send(both)
    until(lambda: gateway.letters("known") == 1)
    assert len(offers(house, tmp_path)) == 1


def test_what_no_retry_cures_lies_in_the_quarantine_and_can_be_replayed(house, gateway, tmp_path):
    gateway.start()
    taken = "from pc by mx.gurt.example; " + email.utils.formatdate()
    bad = letter(to="buyer@firm.example, not an address", Received=taken)
    done = swaks(gateway, "--data", bad.as_string().replace("\n", "\r\n"))
    assert done.returncode == 0 and "kept in the quarantine" in done.stdout
    assert len(offers(house, tmp_path)) == 1  # the others went their way
    [entry] = quarantined(house)
    assert entry["field"] == "recipients" and entry["method"] == "POST"
    listed = house.ctl("quarantine", "list", "--sender", "mail").stdout
    assert entry["position"] in listed
    shown = house.ctl("quarantine", "show", entry["position"]).stdout
    assert "not an address" in shown and "own_domains=gurt.example" in shown
    again = house.ctl("quarantine", "replay", entry["position"], check=False)
    assert again.returncode == 1 and "recipients" in again.stdout
    assert swaks(gateway, "--data", bad.as_string().replace("\n", "\r\n")).returncode == 0
    assert len(quarantined(house)) == 1
    house.ctl("quarantine", "dismiss", entry["position"], "--reason", "a typing mistake")
    assert quarantined(house) == []


def test_the_same_id_with_another_body_is_kept_apart(house, gateway, tmp_path):
    gateway.start()
    first = letter()
    second = letter(subject="Інше")
    second.replace_header("Message-ID", first["Message-ID"])
    for one in (first, second):
        assert swaks(gateway, "--data", one.as_string().replace("\n", "\r\n")).returncode == 0
    assert len(offers(house, tmp_path)) == 1
    assert [entry["error"] for entry in quarantined(house)] == ["conflict"]


def test_a_senders_clock_dates_nothing(house, gateway, tmp_path):
    gateway.start()
    ahead = email.utils.format_datetime(
        datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=2))
    done = swaks(gateway, "--data", letter(date=ahead).as_string().replace("\n", "\r\n"))
    assert done.returncode == 0, done.stdout + done.stderr
    [offer] = offers(house, tmp_path)
    taken = datetime.datetime.fromisoformat(offer["time"].replace("Z", "+00:00"))
    assert taken <= datetime.datetime.now(datetime.timezone.utc)
    assert offer["data"]["sender_date"] == ahead
    assert quarantined(house) == []


def test_a_letter_of_which_the_mail_system_says_nothing_counts_for_nobody(house, postfix, tmp_path):
    careful = Gateway(house.url, tmp_path, "--authserv-id", "mx.gurt.example",
                      port=postfix.gateway_port).start()
    try:
        # As it came by whoever reaches the server: in her name, and signed by nobody but the forger.
        postfix.send(letter(**{"Authentication-Results": "mx.evil.example; dmarc=pass"}))
        postfix.send(letter(**{"Authentication-Results": "mx.gurt.example; dmarc=pass"}))
        until(lambda: careful.letters("recorded") == 2)
    finally:
        careful.kill()
    said = [one["data"].get("authentication_failure") for one in offers(house, tmp_path)]
    assert sorted(said, key=str) == [None, "no verdict"]
    assert "every sender is believed" not in careful.log_path.read_text()


def test_letters_between_colleagues_and_reports_are_left_out(house, gateway, tmp_path):
    gateway.start()
    own = letter(to="koval@gurt.example").as_string().replace("\n", "\r\n")
    assert "left out" in swaks(gateway, "--data", own).stdout
    report = letter().as_string().replace("\n", "\r\n")
    assert "left out" in swaks(gateway, "--from", "<>", "--data", report).stdout
    assert offers(house, tmp_path) == [] and gateway.letters("skipped") == 2


def test_postfix_speaks_tls_with_it(house, tmp_path):
    cert, key = own_certificate(tmp_path)
    gateway = Gateway(house.url, tmp_path, "--cert", cert, "--key", key).start()
    with tempfile.TemporaryDirectory(prefix="ledger-postfix-") as folder:
        os.chmod(folder, 0o755)
        postfix = Postfix(folder, gateway.port, tls="encrypt").start()
        try:
            postfix.send(letter())
            until(lambda: postfix.waiting() == 0)
            assert len(offers(house, tmp_path)) == 1
        finally:
            postfix.stop()
            gateway.kill()


def test_a_letter_with_25_mib_of_files_takes_bounded_memory(house, gateway, postfix, tmp_path):
    gateway.start()
    large = letter(attachment=os.urandom(25 * 1024 * 1024))
    assert 35_000_000 < len(large.as_bytes()) < 36 * 1024 * 1024
    postfix.send(large)
    until(lambda: gateway.letters("recorded") == 1, 120)
    text = large.as_string().replace("\n", "\r\n").encode()

    def again():
        with smtplib.LMTP("127.0.0.1", gateway.port, timeout=300) as client:
            client.sendmail("bondar@gurt.example", DROPBOX, text)

    crowd = [threading.Thread(target=again) for _ in range(6)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    assert gateway.letters("known") == 6
    assert len(offers(house, tmp_path)) == 1
    # 200 MiB of letters at once: one of them is mapped at a time.
    assert gateway.most_memory() < 200 * 1024 * 1024
    assert list((gateway.data).iterdir()) == [gateway.data / "refused"]


def test_a_letter_over_the_size_is_counted_and_the_postmaster_hears_of_it(house, gateway, postfix,
                                                                          tmp_path):
    gateway.start()
    postfix.send(letter(attachment=os.urandom(27 * 1024 * 1024)))
    until(lambda: gateway.letters("too_large") == 1, 60)
    assert "over max_size" in gateway.log_path.read_text()
    assert offers(house, tmp_path) == []
    # A copy that is not delivered is reported to nobody else.
    until(lambda: "552 5.3.4" in postfix.log())
    until(lambda: "postmaster non-delivery notification" in postfix.log())


def test_of_a_refused_letter_that_is_long_the_whole_is_kept_beside(house, gateway, tmp_path):
    gateway.start()
    text = letter(to="not an address", attachment=os.urandom(700_000)).as_string()
    text = text.replace("\n", "\r\n").encode()
    with smtplib.LMTP("127.0.0.1", gateway.port, timeout=30) as client:
        client.sendmail("bondar@gurt.example", DROPBOX, text)
    [entry] = quarantined(house)
    kept = gateway.data / "refused" / (entry["sha256"] + ".eml")
    assert kept.read_bytes() == b"Return-Path: <bondar@gurt.example>\r\n" + text
    assert entry["bytes"] == len(kept.read_bytes())
    shown = house.get("/v1/quarantine/" + entry["position"]).json
    assert shown["bytes_kept"] == 512 * 1024
    assert "only the beginning" in house.ctl("quarantine", "replay", entry["position"],
                                             check=False).stdout


def test_both_logs_keep_what_cannot_be_recorded(any_ledger, tmp_path):
    if any_ledger.brokers:
        any_ledger.options += ["--mail", "--quarantine-topic", fresh_topic(any_ledger.brokers)]
    any_ledger.start()
    gateway = Gateway(any_ledger.url, tmp_path).start()
    try:
        good, bad = letter(), letter(to="not an address")
        assert swaks(gateway, "--data", good.as_string().replace("\n", "\r\n")).returncode == 0
        assert swaks(gateway, "--data", bad.as_string().replace("\n", "\r\n")).returncode == 0
        assert len(offers(any_ledger, tmp_path)) == 1
        assert len(quarantined(any_ledger)) == 1
    finally:
        gateway.kill()


def test_a_ledger_on_kafka_without_mail_leaves_such_letters_where_they_are(tmp_path):
    brokers = os.environ.get("LEDGER_TEST_BROKERS")
    if not brokers:
        pytest.skip("LEDGER_TEST_BROKERS names no Kafka; tests/run starts one")
    with Ledger(tmp_path / "data", brokers=brokers, topic=fresh_topic(brokers)) as ledger:
        gateway = Gateway(ledger.url, tmp_path).start()
        try:
            done = swaks(gateway, "--data", letter(to="not an address").as_string())
            assert done.returncode != 0 and "--mail" in done.stdout + done.stderr
        finally:
            gateway.kill()
