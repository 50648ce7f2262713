"""ledger-mail as a process, and a real Postfix of its own in front of it."""

import email.message
import email.utils
import itertools
import os
import pathlib
import re
import shutil
import smtplib
import subprocess
import urllib.request

from house import BUILD, exported, free_port, until

GATEWAY = BUILD / "consumers" / "ledger-mail" / "ledger-mail"
DROPBOX = "offers@ledger.invalid"

MASTER = """\
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
tlsmgr unix - - n 1000? 1 tlsmgr
postlog unix-dgram n - n - 1 postlogd
"""

MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
mail_owner = postfix
myhostname = mx.gurt.example
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
smtpd_recipient_restrictions = permit_mynetworks, reject
alias_maps =
local_recipient_maps =
maillog_file = {folder}/log/mail.log
maillog_file_prefixes = {folder}
message_size_limit = 41943040
notify_classes = bounce, resource, software
mailbox_size_limit = 0
minimal_backoff_time = 1000s
smtputf8_enable = yes
default_transport = discard:
sender_bcc_maps = texthash:{folder}/sender_bcc
transport_maps = texthash:{folder}/transport
virtual_alias_maps = texthash:{folder}/aliases
lmtp_tls_security_level = {tls}
"""


class Postfix:
    """An instance of its own: configuration, queue and log under `folder`, which others may pass."""

    def __init__(self, folder, gateway_port, tls="none"):
        self.folder, self.port = pathlib.Path(folder), free_port()
        self.gateway_port = gateway_port
        self.config = self.folder / "config"
        for name in ("config", "queue", "data", "log"):
            (self.folder / name).mkdir()
        shutil.chown(self.folder / "data", "postfix")
        (self.config / "main.cf").write_text(MAIN.format(folder=self.folder, tls=tls))
        (self.config / "master.cf").write_text(MASTER.format(port=self.port))
        (self.folder / "sender_bcc").write_text(f"@gurt.example {DROPBOX}\n")
        (self.folder / "transport").write_text(
            f"ledger.invalid lmtp:inet:127.0.0.1:{gateway_port}\n"
            # Where nobody is taken but the dropbox.
            f"gone.example lmtp:inet:127.0.0.1:{gateway_port}\n")
        (self.folder / "aliases").write_text(
            f"bondar@gurt.example bondar@gurt.example, {DROPBOX}\n")

    def command(self, *arguments):
        done = subprocess.run(arguments, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stdout + done.stderr + self.log()
        return done.stdout

    def start(self):
        self.command("postfix", "-c", self.config, "start")
        return self

    def stop(self):
        pid = self.folder / "queue" / "pid" / "master.pid"
        if pid.exists() and os.path.exists(f"/proc/{pid.read_text().strip()}"):
            self.command("postfix", "-c", self.config, "stop")

    def log(self):
        file = self.folder / "log" / "mail.log"
        return file.read_text(errors="replace") if file.exists() else ""

    def waiting(self):
        """How many letters lie in the queue."""
        listed = self.command("postqueue", "-c", self.config, "-j")
        return len(listed.splitlines())

    def drain(self):
        """Tries what is deferred, until the queue is empty: what is on its way just now is not."""
        def emptied():
            self.command("postqueue", "-c", self.config, "-f")
            return self.waiting() == 0
        until(emptied, 60, every=0.5)

    def send(self, letter, to=None, sender="bondar@gurt.example"):
        """As a manager's mail program does."""
        recipients = to or [address for _, address in email.utils.getaddresses(
            letter.get_all("To", []) + letter.get_all("Cc", []))]
        with smtplib.SMTP("127.0.0.1", self.port, timeout=60) as connection:
            connection.send_message(letter, sender, recipients)


class Gateway:
    def __init__(self, ledger_url, folder, *more, port=None):
        self.port = port or free_port()
        self.data, self.log_path = folder / "gateway", folder / "gateway.log"
        self.command = [GATEWAY, "--server", ledger_url, "--data", self.data,
                        "--listen", f"127.0.0.1:{self.port}", "--own-domains", "gurt.example",
                        "--recipient", DROPBOX, "--host", "ledger.test",
                        "--metrics", "127.0.0.1:0", *more]
        self.process = None

    def start(self):
        mark = self.log_path.stat().st_size if self.log_path.exists() else 0
        self.process = subprocess.Popen(self.command, stderr=open(self.log_path, "ab"))

        def ready():
            assert self.process.poll() is None, self.log_path.read_text()
            text = self.log_path.read_bytes()[mark:].decode()
            return '"message":"listening"' in text and re.search(r'"metrics","port":(\d+)', text)

        self.metrics = int(until(ready).group(1))
        return self

    def letters(self, outcome):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.metrics}/metrics", timeout=10) as page:
            text = page.read().decode()
        return float(re.search(rf'^mail_letters_total{{outcome="{outcome}"}} (\S+)$', text,
                               re.M).group(1))

    def most_memory(self):
        """In bytes, since its start."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"^VmHWM:\s+(\d+) kB$", status, re.M).group(1)) * 1024

    def kill(self):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def stop(self):
        self.process.terminate()
        assert self.process.wait(40) == 0, self.log_path.read_text()


numbers = itertools.count(1)


def letter(to="buyer@firm.example", subject="Комерційна пропозиція: папір", body="Доброго дня!",
           attachment=None, date=None, **headers):
    made = email.message.EmailMessage()
    made["Message-ID"] = f"<kp-{next(numbers)}.{os.getpid()}@gurt.example>"
    made["Date"] = date or email.utils.formatdate(localtime=False)
    made["From"] = "Ірина Бондар <bondar@gurt.example>"
    made["To"] = to
    made["Subject"] = subject
    for name, value in headers.items():
        made[name] = value
    made.set_content(body)
    if attachment is not None:
        made.add_attachment(attachment, maintype="application", subtype="pdf", filename="КП.pdf")
    return made


def offers(ledger, tmp_path):
    return [line for line in exported(ledger, tmp_path / "log.ndjson")
            if line["type"].startswith("org.salesledger.offer.emailed")]


def swaks(gateway, *arguments):
    return subprocess.run(
        ["swaks", "--protocol", "LMTP", "--server", "127.0.0.1", "--port", str(gateway.port),
         "--from", "bondar@gurt.example", "--to", DROPBOX, *map(str, arguments)],
        capture_output=True, text=True, timeout=120)


def own_certificate(folder):
    cert, key = folder / "cert.pem", folder / "key.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
                    "-subj", "/CN=ledger.test", "-keyout", key, "-out", cert],
                   check=True, capture_output=True)
    return cert, key
