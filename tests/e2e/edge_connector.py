"""ledger-telephony as a process beside a file of calls."""

import json
import os
import re
import signal
import subprocess
import urllib.request

from house import BUILD, until

TELEPHONY = BUILD / "consumers" / "ledger-telephony" / "ledger-telephony"
COLUMNS = "uniqueid,userfield,newcdrcolumns"


class Connector:
    def __init__(self, ledger, file, folder, *more):
        self.state, self.log = folder / "edge", folder / "edge.log"
        self.command = [TELEPHONY, "--server", f"http://127.0.0.1:{ledger.port}", "--state",
                        self.state, "--cdr-file", file.path, "--zone", "Europe/Kyiv", "--settle",
                        "1", "--columns", COLUMNS, "--metrics", "127.0.0.1:0", *more]
        self.process = None

    def start(self, **environment):
        mark = self.log.stat().st_size if self.log.exists() else 0
        self.process = subprocess.Popen(self.command, stderr=open(self.log, "ab"),
                                        env={**os.environ, **environment})

        def port():
            assert self.process.poll() is None, self.log.read_text()
            return re.search(r'"metrics","port":(\d+)', self.log.read_bytes()[mark:].decode())

        self.port = int(until(port).group(1))
        return self

    def figure(self, name):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/metrics", timeout=10) as page:
            text = page.read().decode()
        return float(re.search(rf"^telephony_{name} (\S+)$", text, re.M).group(1))

    def reaches(self, name, value):
        until(lambda: self.figure(name) == value, 30)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(30) == 0, self.log.read_text()

    def once(self, *more):
        return subprocess.run([*self.command, "--once", *more], capture_output=True, text=True,
                              timeout=120)

    def refused(self):
        file = self.state / "refused.ndjson"
        return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []
