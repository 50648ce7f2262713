"""ledgerd by TLS: who may speak, by which certificates, and what a slow or wrong client gets. The
certificates are made by openssl, and shown by curl."""

import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import time

import pytest

from house import Ledger, meeting, until
from listening import Listener

pytestmark = pytest.mark.skipif(not shutil.which("openssl") or not shutil.which("curl"),
                                reason="needs openssl and curl")


class Authority:
    """A certificate authority in a directory."""

    def __init__(self, path, name="house"):
        self.path = path
        path.mkdir()
        self.certificate = path / "ca.pem"
        self.openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                     "-nodes", "-keyout", path / "ca.key", "-out", self.certificate, "-days", "30",
                     "-subj", f"/CN={name}", "-addext", "basicConstraints=critical,CA:TRUE")

    @staticmethod
    def openssl(*arguments):
        done = subprocess.run(["openssl", *map(str, arguments)], capture_output=True, text=True,
                              timeout=60)
        assert done.returncode == 0, done.stderr

    def issue(self, name, subject, names="", days=30, usage="serverAuth"):
        key, cert = self.path / f"{name}.key", self.path / f"{name}.pem"
        request, more = self.path / f"{name}.csr", self.path / f"{name}.ext"
        self.openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                     "-nodes", "-keyout", key, "-out", request, "-subj", subject, "-utf8")
        more.write_text(f"extendedKeyUsage={usage}\n"
                        + (f"subjectAltName={names}\n" if names else ""))
        dates = ["-days", str(days)]
        if days < 0:  # valid once
            dates = ["-not_before", "20200101000000Z", "-not_after", "20200201000000Z"]
        try:
            self.openssl("x509", "-req", "-in", request, "-CA", self.certificate, "-CAkey",
                         self.path / "ca.key", "-CAcreateserial", "-out", cert, "-extfile", more,
                         *dates)
        except AssertionError:  # older openssl: `x509` knows no dates, `ca` does
            self.issue_dated(request, cert, more)
        return cert, key

    def issue_dated(self, request, cert, more):
        (self.path / "index.txt").write_text("")
        (self.path / "serial").write_text("01\n")
        config = self.path / "ca.cnf"
        config.write_text(
            "[ca]\ndefault_ca=it\n[it]\n"
            f"dir={self.path}\ndatabase={self.path}/index.txt\nserial={self.path}/serial\n"
            f"new_certs_dir={self.path}\ndefault_md=sha256\npolicy=any\n[any]\ncommonName=optional\n")
        self.openssl("ca", "-batch", "-config", config, "-in", request, "-out", cert, "-cert",
                     self.certificate, "-keyfile", self.path / "ca.key", "-startdate",
                     "200101000000Z", "-enddate", "200201000000Z", "-extfile", more, "-notext")


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("pki") / "house")


@pytest.fixture(scope="module")
def server_files(house):
    return house.issue("server", "/CN=ledger.house.example", "DNS:localhost,IP:127.0.0.1")


class TlsLedger(Ledger):
    def __init__(self, data, files, *options):
        cert, key = files
        super().__init__(data, options=["--tls-cert", cert, "--tls-key", key, *options])

    def __enter__(self):
        self.start(ready=False)
        assert self.url.startswith("https://")
        self.host, port = self.url.removeprefix("https://").split(":")
        self.port_open = int(port)
        return self

    def curl(self, ca, path="/readyz", *options, check=True, scheme="https"):
        done = subprocess.run(
            ["curl", "-sS", "-i", "--max-time", "20", "--cacert", ca, *map(str, options),
             f"{scheme}://127.0.0.1:{self.port_open}{path}"],
            capture_output=True, text=True, timeout=60)
        if check:
            assert done.returncode == 0, done.stderr
        return done

    def serial(self):
        """Of the certificate that is shown now."""
        pem = ssl.get_server_certificate(("127.0.0.1", self.port_open))
        return ssl.PEM_cert_to_DER_cert(pem)

    def log_lines(self):
        return [json.loads(line) for line in self.log_path.read_text().splitlines()]


def test_https(tmp_path, house, server_files):
    with TlsLedger(tmp_path / "data", server_files) as ledger:
        until(lambda: "200 OK" in ledger.curl(house.certificate).stdout)
        answer = ledger.curl(house.certificate, "/healthz", "--http2")
        assert "strict-transport-security: max-age=31536000" in answer.stdout.lower()
        body = tmp_path / "event.json"
        body.write_text(json.dumps(meeting("a")))
        recorded = ledger.curl(house.certificate, "/v1/events", "--data-binary", f"@{body}", "-H",
                               "Content-Type: application/cloudevents+json")
        assert " 201 " in recorded.stdout
        assert " 200 " in ledger.curl(house.certificate, "/v1/rows", "--tlsv1.2", "--tls-max",
                                      "1.2").stdout
        # A long answer, in chunks, over one connection with a short one.
        both = ledger.curl(house.certificate, "/v1/rows",
                           f"https://127.0.0.1:{ledger.port_open}/healthz")
        assert both.stdout.count("200 OK") == 2
        for old in (["--tlsv1.1", "--tls-max", "1.1"],
                    ["--tls-max", "1.2", "--ciphers", "ECDHE-ECDSA-AES128-SHA"]):
            assert ledger.curl(house.certificate, "/healthz", *old, check=False).returncode != 0
        stranger = ledger.curl("/etc/ssl/certs/ca-certificates.crt", check=False)
        assert stranger.returncode == 60  # it is the client who does not know the authority


def test_the_protocol_is_agreed_upon(tmp_path, house, server_files):
    with TlsLedger(tmp_path / "data", server_files) as ledger:
        def agree(*offered):
            context = ssl.create_default_context(cafile=str(house.certificate))
            context.set_alpn_protocols(offered)
            with socket.create_connection(("127.0.0.1", ledger.port_open), timeout=20) as plain:
                with context.wrap_socket(plain, server_hostname="localhost") as secured:
                    return secured.selected_alpn_protocol()

        assert agree("h2", "http/1.1") == "http/1.1"
        with pytest.raises(ssl.SSLError):
            agree("h2")


def test_plain_http_is_told_that_the_port_speaks_tls(tmp_path, house, server_files):
    with TlsLedger(tmp_path / "data", server_files) as ledger:
        told = ledger.curl(house.certificate, scheme="http")
        assert "400 Bad Request" in told.stdout and "this port speaks TLS" in told.stdout
        head, body = told.stdout.replace("\r\n", "\n").split("\n\n", 1)
        assert json.loads(body)["status"] == 400
        assert "strict-transport-security" not in head.lower()
        with socket.create_connection(("127.0.0.1", ledger.port_open), timeout=20) as nonsense:
            nonsense.sendall(b"\x00\x01\x02" * 100)
            while nonsense.recv(4096):
                pass
        assert "200" in ledger.curl(house.certificate, "/healthz").stdout


def test_a_handshake_that_does_not_end_is_ended(tmp_path, house, server_files):
    with TlsLedger(tmp_path / "data", server_files) as ledger:
        began = time.monotonic()
        silent = [socket.create_connection(("127.0.0.1", ledger.port_open), timeout=30)
                  for _ in range(50)]
        hello = ssl.MemoryBIO()
        half = ssl.create_default_context().wrap_bio(ssl.MemoryBIO(), hello,
                                                     server_hostname="localhost")
        with pytest.raises(ssl.SSLWantReadError):
            half.do_handshake()
        silent[0].sendall(hello.read()[:100])
        assert "200" in ledger.curl(house.certificate, "/healthz").stdout  # meanwhile
        for connection in silent:
            assert connection.recv(1) == b""
        assert 8 < time.monotonic() - began < 20


def test_client_certificates(tmp_path, house, server_files):
    other = Authority(tmp_path / "other", "other")
    clients = {
        "good": house.issue("bank", "/O=Гурт/CN=ledger-bank",
                            "DNS:bank.house.example,URI:urn:salesledger:source:bank",
                            usage="clientAuth"),
        "expired": house.issue("old", "/CN=old", days=-1, usage="clientAuth"),
        "stranger": other.issue("stranger", "/CN=ledger-bank", usage="clientAuth"),
        "not a client's": house.issue("web", "/CN=web", usage="serverAuth"),
    }
    with TlsLedger(tmp_path / "data", server_files, "--tls-client-ca", house.certificate) as ledger:
        def ask(name, *more):
            cert, key = clients[name]
            return ledger.curl(house.certificate, "/healthz", "--cert", cert, "--key", key, *more,
                               check=False)

        assert "200 OK" in ledger.curl(house.certificate, "/healthz").stdout  # none is no mistake
        for version in ("1.2", "1.3"):
            limits = ["--tlsv" + version, "--tls-max", version]
            assert "200 OK" in ask("good", *limits).stdout
            for name in ("expired", "stranger", "not a client's"):
                refused = ask(name, *limits)
                assert refused.returncode != 0 and "200 OK" not in refused.stdout, (name, version)


def test_new_files_are_used_and_connections_go_on(tmp_path, house):
    first = house.issue("first", "/CN=first", "DNS:localhost,IP:127.0.0.1")
    second = house.issue("second", "/CN=second", "DNS:localhost,IP:127.0.0.1")
    files = tmp_path / "tls"
    files.mkdir()
    cert, key = files / "cert.pem", files / "key.pem"

    def put(pair):
        for source, target in zip(pair, (cert, key)):
            shutil.copy(source, str(target) + ".new")
            os.replace(str(target) + ".new", target)

    put(first)
    with TlsLedger(tmp_path / "data", (cert, key)) as ledger:
        shown = ledger.serial()
        context = ssl.create_default_context(cafile=str(house.certificate))
        plain = socket.create_connection(("127.0.0.1", ledger.port_open), timeout=20)
        kept = context.wrap_socket(plain, server_hostname="localhost")

        def still_there():
            kept.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
            return kept.recv(65536).startswith(b"HTTP/1.1 200")

        assert still_there()
        put(second)
        until(lambda: ledger.serial() != shown)
        assert still_there()
        # Halves that do not fit are not taken, and said so.
        now = ledger.serial()
        shutil.copy(first[1], key)
        until(lambda: any("TLS files are not taken" in line["message"]
                          for line in ledger.log_lines()))
        assert ledger.serial() == now
        put(first)
        ledger.process.send_signal(signal.SIGHUP)
        until(lambda: ledger.serial() == shown)
        assert still_there()
        kept.close()
        assert "ledger_tls_certificate_ends_seconds" in ledger.curl(
            house.certificate, "/metrics").stdout
        ledger.stop()


def test_listening_by_tls(tmp_path, house, server_files):
    with TlsLedger(tmp_path / "data", server_files) as ledger:
        context = ssl.create_default_context(cafile=str(house.certificate))
        listener = Listener(ledger, wrap=lambda plain: context.wrap_socket(
            plain, server_hostname="localhost"))
        listener.until(lambda l: l.of("beat"))
        body = tmp_path / "event.json"
        body.write_text(json.dumps(meeting("heard")))
        assert " 201 " in ledger.curl(house.certificate, "/v1/events", "--data-binary", f"@{body}",
                                      "-H", "Content-Type: application/cloudevents+json").stdout
        listener.until(lambda l: l.of("ledger"))
        assert listener.of("ledger")[0]["id"] == "heard"
        ledger.stop()


@pytest.mark.parametrize("broken, setting", [
    ("no such file", "tls-cert"), ("no certificate", "tls-cert"), ("another's key", "tls-key"),
    ("no authority", "tls-client-ca")])
def test_files_that_make_no_server_are_named(tmp_path, house, server_files, broken, setting):
    cert, key = server_files
    options = []
    if broken == "no such file":
        cert = tmp_path / "none.pem"
    elif broken == "no certificate":
        cert = tmp_path / "text.pem"
        cert.write_text("hello")
    elif broken == "another's key":
        key = house.issue("another", "/CN=x")[1]
    else:
        options = ["--tls-client-ca", key]
    ledger = TlsLedger(tmp_path / "data", (cert, key), *options)
    with pytest.raises(AssertionError):
        ledger.start(ready=False)
    assert ledger.process.wait(10) == 1
    assert ledger.log_lines()[-1]["setting"] == setting


def test_one_of_the_two_is_not_enough(tmp_path, server_files):
    cert, _ = server_files
    ledger = Ledger(tmp_path / "data", options=["--tls-cert", cert])
    with pytest.raises(AssertionError):
        ledger.start(ready=False)
    assert ledger.process.wait(10) == 2
    assert "--tls-key" in ledger.log_path.read_text()


def test_only_a_trusted_proxy_says_how_it_was_asked(tmp_path):
    forged = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"}
    with Ledger(tmp_path / "open") as ledger:
        assert "Strict-Transport-Security" not in ledger.get("/healthz", **forged).headers
    with Ledger(tmp_path / "behind", options=["--trusted-proxy", "10.0.0.0/8,127.0.0.1"]) as ledger:
        assert "Strict-Transport-Security" in ledger.get("/healthz", **forged).headers
        assert "Strict-Transport-Security" not in ledger.get("/healthz").headers
    wrong = Ledger(tmp_path / "wrong", options=["--trusted-proxy", "10.0.0.1/8"])
    with pytest.raises(AssertionError):
        wrong.start(ready=False)
    assert wrong.process.wait(10) == 2
    assert "10.0.0.1/8" in wrong.log_path.read_text()
