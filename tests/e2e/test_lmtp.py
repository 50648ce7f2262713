"""What clients of all kinds say to ledger-mail: what is offered, what is refused, and who is slow."""

import shutil
import smtplib
import socket
import ssl
import subprocess

import pytest

from house import Ledger, free_port, until
from mail_house import DROPBOX, Gateway, letter, offers, own_certificate, swaks

pytestmark = pytest.mark.skipif(not shutil.which("swaks"),
                                reason="swaks of deploy/install-dependencies --tests is needed")


@pytest.fixture
def house(tmp_path):
    with Ledger(tmp_path / "data", port=free_port()) as ledger:
        yield ledger


@pytest.fixture
def gateway(house, tmp_path):
    made = Gateway(house.url, tmp_path)
    yield made
    made.kill()


def is_served(gateway):
    """False while the places of those who are gone are still taken."""
    assert gateway.process.poll() is None
    try:
        with smtplib.LMTP("127.0.0.1", gateway.port, timeout=20) as client:
            return client.noop()[0] == 250
    except OSError:  # SMTPException is one
        return False


def test_swaks_finds_what_is_offered(house, tmp_path):
    cert, key = own_certificate(tmp_path)
    gateway = Gateway(house.url, tmp_path, "--cert", cert, "--key", key, "--max-size", "100000")
    gateway.start()
    try:
        text = letter().as_string().replace("\n", "\r\n")
        done = swaks(gateway, "--pipeline", "--data", text)
        assert done.returncode == 0, done.stdout
        assert "250-PIPELINING" in done.stdout and "250 SIZE\n" in done.stdout
        done = swaks(gateway, "--tls", "--data", letter().as_string().replace("\n", "\r\n"))
        assert done.returncode == 0 and "TLS started" in done.stdout, done.stdout
        done = swaks(gateway, "--data", text + "x" * 100_000)
        assert done.returncode != 0 and "552 5.3.4" in done.stdout + done.stderr
        # Postfix tells the size before it sends the letter.
        with smtplib.LMTP("127.0.0.1", gateway.port, timeout=30) as client:
            assert client.ehlo()[0] == 250
            assert client.mail("olena@firm.ua", ["SIZE=35000000"])[0] == 552
        done = swaks(gateway, "--to", "nobody@ledger.invalid", "--data", text)
        assert done.returncode != 0 and "550 5.1.1" in done.stdout + done.stderr
        done = swaks(gateway, "--protocol", "ESMTP", "--data", text)
        assert done.returncode != 0 and "500 5.5.1" in done.stdout + done.stderr
        assert gateway.letters("recorded") == 2 and gateway.letters("too_large") == 2
    finally:
        gateway.kill()


def test_letters_of_other_alphabets_come_over_tls_with_smtputf8(house, tmp_path):
    cert, key = own_certificate(tmp_path)
    gateway = Gateway(house.url, tmp_path, "--cert", cert, "--key", key).start()
    try:
        with smtplib.LMTP("127.0.0.1", gateway.port, timeout=30) as client:
            trusting = ssl.create_default_context(cafile=cert)
            trusting.check_hostname = False
            client.starttls(context=trusting)
            client.ehlo_or_helo_if_needed()
            assert client.has_extn("smtputf8") and not client.has_extn("starttls")
            text = letter().as_string().replace("\n", "\r\n").encode()
            client.sendmail("бондар@gurt.example", DROPBOX, text,
                            mail_options=["SMTPUTF8", "BODY=8BITMIME"])
        assert len(offers(house, tmp_path)) == 1
    finally:
        gateway.kill()


def test_a_handshake_that_comes_to_nothing_ends_the_connection(house, tmp_path):
    cert, key = own_certificate(tmp_path)
    gateway = Gateway(house.url, tmp_path, "--cert", cert, "--key", key, "--timeout", "1").start()
    try:
        for after in (b"this is no TLS, and never was\r\n" * 3, b""):
            with socket.create_connection(("127.0.0.1", gateway.port), timeout=20) as client:
                client.sendall(b"LHLO x\r\nSTARTTLS\r\n")
                heard = b""
                while b"220 2.0.0" not in heard:
                    heard += client.recv(1000)
                client.sendall(after)
                try:
                    while client.recv(1000):  # an alert at most
                        pass
                except ConnectionError:
                    pass
        assert swaks(gateway, "--tls", "--data", letter().as_string()).returncode == 0
    finally:
        gateway.kill()


def test_slow_and_broken_clients_end_and_leave_nothing(house, tmp_path):
    gateway = Gateway(house.url, tmp_path, "--timeout", "1", "--connections", "2").start()
    try:
        with socket.create_connection(("127.0.0.1", gateway.port), timeout=20) as slow:
            assert slow.recv(1000).startswith(b"220 ")
            slow.sendall(b"LHLO x\r\nMAIL FROM:<a@b.c>\r\nRCPT TO:<" + DROPBOX.encode() +
                         b">\r\nDATA\r\n")
            with socket.create_connection(("127.0.0.1", gateway.port), timeout=20) as second:
                assert second.recv(1000).startswith(b"220 ")
                with socket.create_connection(("127.0.0.1", gateway.port), timeout=20) as third:
                    assert third.recv(1000).startswith(b"421 4.3.2")
                    assert third.recv(1000) == b""
            # However it trickles, the whole has one deadline.
            heard = b""
            slow.settimeout(0.2)
            for _ in range(100):
                try:
                    slow.sendall(b"x")
                    piece = slow.recv(1000)
                    if not piece:
                        break
                    heard += piece
                except TimeoutError:
                    continue
                except OSError:
                    break
            assert b"421 4.4.2" in heard
        with socket.create_connection(("127.0.0.1", gateway.port), timeout=20) as broken:
            broken.sendall(b"LHLO x\r\nMAIL FROM:<a@b.c>\r\nRCPT TO:<" + DROPBOX.encode() +
                           b">\r\nDATA\r\nhalf a let")
            until(lambda: b"354" in broken.recv(1000))
        until(lambda: is_served(gateway))
        assert offers(house, tmp_path) == []
        gateway.stop()
    finally:
        gateway.kill()


def test_wrong_settings_are_named(tmp_path, house):
    def said(*more):
        made = Gateway(house.url, tmp_path, *more)
        done = subprocess.run(made.command, capture_output=True, text=True, timeout=30)
        assert done.returncode == 2, done.stderr
        return done.stdout + done.stderr

    assert "own_domains" in said("--own-domains", "firm")
    assert "recipient" in said("--recipient", "firm.ua")
    assert "cert" in said("--key", "x.pem")
    assert "cert" in said("--key", "x.pem", "--cert", "absent.pem")
    assert "max-size" in said("--max-size", "1")
    taken = socket.socket()
    taken.bind(("127.0.0.1", 0))
    taken.listen()
    assert "listen" in said("--listen", f"127.0.0.1:{taken.getsockname()[1]}")
