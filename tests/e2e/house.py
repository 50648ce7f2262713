"""A real ledgerd on loopback, its ledgerctl, and the facts of a small house. For end-to-end tests."""

import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("LEDGER_BUILD", ROOT / "build" / "dev"))
LEDGERD = BUILD / "consumers" / "ledgerd" / "ledgerd"
LEDGERCTL = BUILD / "consumers" / "ledgerctl" / "ledgerctl"


def until(condition, seconds=30, every=0.02):
    """Polls until the condition gives something true, and returns it; fails at the deadline."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        assert time.monotonic() < deadline, f"not within {seconds} s: {condition}"
        select_pause(every)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def select_pause(seconds):
    # One tick of a poll that has a deadline.
    signal.sigtimedwait([], seconds)


class Answer:
    def __init__(self, status, body, headers):
        self.status, self.body, self.headers = status, body, headers

    @property
    def json(self):
        return json.loads(self.body)


class Ledger:
    """One ledgerd process. `start` may be called again after `kill` or `stop`, with the same data."""

    def __init__(self, data, *, brokers=None, topic=None, wrap=(), options=(), port=0):
        self.data, self.brokers, self.topic, self.wrap = data, brokers, topic, list(wrap)
        self.options = list(options)
        self.port = port  # for clients that outlive the process; 0: a free one at every start
        self.process = None
        self.url = None
        self.log_path = pathlib.Path(str(data) + ".log")

    def access(self):
        # Nobody is asked who he is, unless a test says otherwise.
        return [] if "--access" in self.options else ["--access", "off"]

    def start(self, ready=True):
        command = [*self.wrap, LEDGERD, "--data", self.data, "--listen", f"127.0.0.1:{self.port}",
                   *self.access(), *self.options]
        if self.brokers:
            command += ["--brokers", self.brokers, "--topic", self.topic]
        mark = self.log_path.stat().st_size if self.log_path.exists() else 0
        self.process = subprocess.Popen(command, stderr=open(self.log_path, "ab"))

        def address():
            assert self.process.poll() is None, self.log_path.read_text()
            text = self.log_path.read_bytes()[mark:].decode()
            return re.search(r'"address":"(https?://[^"]+)"', text)

        self.url = until(address, 60).group(1)
        if ready:
            until(lambda: self.get("/readyz").status == 200, 60)
        return self

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            assert self.process.wait(30) == 0, self.log_path.read_text()

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def request(self, method, path, body=None, headers=None, timeout=60):
        request = urllib.request.Request(self.url + path, body, headers or {}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                return Answer(answer.status, answer.read(), dict(answer.headers))
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.read(), dict(error.headers))

    def get(self, path, **headers):
        return self.request("GET", path, headers=headers)

    def post(self, event, kind="application/cloudevents+json", **more):
        body = event if isinstance(event, bytes) else json.dumps(event).encode()
        return self.request("POST", "/v1/events", body, {"Content-Type": kind, **more})

    def ctl(self, *arguments, check=True, stdin=None):
        done = subprocess.run(
            [LEDGERCTL, "--server", self.url, *map(str, arguments)],
            input=stdin, capture_output=True, text=True, timeout=300)
        if check:
            assert done.returncode == 0, done.stdout + done.stderr
        return done

    def raw(self, data, timeout=10):
        """Sends bytes as they are and returns all that comes back until the server closes."""
        host, port = self.url.removeprefix("http://").rsplit(":", 1)
        with socket.create_connection((host, int(port)), timeout=timeout) as connection:
            connection.sendall(data)
            answer = b""
            while piece := connection.recv(65536):
                answer += piece
            return answer


def event(id, type, data, time="2026-11-24T08:00:00Z", source="test", **more):
    return {"specversion": "1.0", "id": id, "source": source,
            "type": f"org.salesledger.{type}.v1", "time": time, "data": data, **more}


def meeting(id, topic="умови поставки", client="c-1", **more):
    return event(id, "meeting.held",
                 {"client_id": client, "manager_id": "m-1", "topic": topic}, **more)


def exported(ledger, path):
    """The log as ledgerctl exports it, texts of persons opened: one parsed event a line."""
    ledger.ctl("export", "--opened", path)
    return [json.loads(line) for line in pathlib.Path(path).read_bytes().splitlines()]
