"""The programs with all that they can export, and what Prometheus' own tools say of it. For the tests
of operations."""

import contextlib
import re
import shutil
import subprocess
import urllib.request

import pytest

from access_house import House
from house import BUILD, ROOT, free_port, meeting, until

PROMETHEUS = ROOT / "deploy" / "prometheus"
RULES = PROMETHEUS / "ledger.rules.yml"
# Of Prometheus itself and of Debian's exporters.
FOREIGN = {"up", "probe_success", "node_filesystem_avail_bytes", "node_filesystem_size_bytes"}
WORDS = {"and", "or", "unless", "on", "by", "without", "ignoring", "sum", "increase", "rate",
         "vector", "predict_linear", "count", "max", "min", "time"}
SECRET = "0123456789abcdef"
WEBHOOKS = [f"--{name}={SECRET}" for name in (
    "binotel-secret", "ringostat-secret", "zadarma-secret", "zadarma-api-secret",
    "threecx-secret", "freeswitch-secret", "twilio-token", "mailgun-signing-key",
    "postmark-user", "postmark-password")] + [
    "--twilio-url=https://ledger.example/v1/hooks/twilio",
    "--ses-topic=arn:aws:sns:eu-central-1:123456789012:mail"]
# Not set by a house that has none of it, but exported once it is.
EVERYTHING = ["--mail", *WEBHOOKS, f"--threecx-cdr-listen=127.0.0.1:{free_port()}",
              "--inbox-topic=ledger.inbox", "--inbox-brokers=127.0.0.1:1"]


def fetch(url, headers=None):
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers or {}),
                                timeout=30) as page:
        return page.read().decode()


@contextlib.contextmanager
def connector(name, log, *options):
    """Its metrics' address, while it runs."""
    process = subprocess.Popen([BUILD / "consumers" / name / name, "--metrics", "127.0.0.1:0",
                                *map(str, options)], stderr=open(log, "wb"))
    try:
        def port():
            assert process.poll() is None, log.read_text()
            return re.search(r'"metrics","port":(\d+)', log.read_text())

        yield f"http://127.0.0.1:{until(port).group(1)}/metrics"
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """{job of prometheus.yml: what its program exports}, after a first event from a source."""
    folder = tmp_path_factory.mktemp("operations")
    (folder / "cdr.csv").touch()
    (folder / "token").write_text("token")
    with contextlib.ExitStack() as running:
        ledger = running.enter_context(House(folder / "data", options=EVERYTHING))
        assert ledger.post(meeting("a"), **ledger.admin).status == 201
        programs = {
            "ledger-telephony": ["--state", folder / "edge", "--cdr-file", folder / "cdr.csv"],
            "ledger-mail": ["--data", folder / "mail", "--own-domains", "gurt.example",
                            "--listen", f"127.0.0.1:{free_port()}"],
            "ledger-bank": ["--state", folder / "bank", "--privatbank-accounts",
                            "UA213223130000026007233566001", "--privatbank-token-file",
                            folder / "token", "--privatbank-url", "http://127.0.0.1:1"],
        }
        found = {"ledgerd": fetch(ledger.url + "/metrics", ledger.admin)}
        for name, options in programs.items():
            address = running.enter_context(connector(
                name, folder / f"{name}.log", "--server", ledger.url, "--key-file",
                ledger.key_file, *options))
            found[name] = fetch(address)
        return found


def names_in(page):
    return set(re.findall(r"^# TYPE (\S+) ", page, re.M))


def metrics_of(expression):
    """The names of metrics in an expression; what stands in braces and in quotes is none."""
    bare = re.sub(r"\{[^}]*\}|\"[^\"]*\"|'[^']*'|\[[^\]]*\]", " ", expression)
    bare = re.sub(r"\b(on|by|without|ignoring)\s*\([^)]*\)", " ", bare)
    return set(re.findall(r"[a-zA-Z_:][a-zA-Z0-9_:]*", bare)) - WORDS


def labels_of(expression):
    """[(metric, label, value)] that an expression demands with `=`."""
    return [(name, label, value)
            for name, inside in re.findall(r"(\w+)\{([^}]*)\}", expression)
            for label, value in re.findall(r"(\w+)=\"([^\"]*)\"", inside)]


def promtool(*arguments, stdin=None):
    if not shutil.which("promtool"):
        pytest.skip("promtool is missing; deploy/install-dependencies --tests brings it")
    done = subprocess.run(["promtool", *map(str, arguments)], input=stdin, capture_output=True,
                          text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def check_exported(expression, pages):
    exported = set().union(*map(names_in, pages.values()))
    wanted = metrics_of(expression)
    assert wanted and wanted <= exported | FOREIGN, f"{expression}: {wanted - exported - FOREIGN}"
    everything = "\n".join(pages.values())
    for name, label, value in labels_of(expression):
        if name not in FOREIGN:
            assert re.search(rf'^{name}\{{[^}}]*\b{label}="{re.escape(value)}"', everything,
                             re.M), f"no series of {name} has {label}=\"{value}\""
