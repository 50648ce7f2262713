#!/usr/bin/env python3
"""How fast a CDR file of Asterisk becomes calls of the ledger: file, connector, HTTP, door, embedded
log, views. Not part of any test run; see README, "Measured".

    tests/bench/asterisk_file.py [LINES] [BUILD]     1,000,000 lines, build/release
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "e2e"))
from house import until  # noqa: E402


def line(number):
    """An answered inbound call; a call every two seconds, from 3,000 numbers to 12 extensions."""
    start = 1_764_000_000 + 2 * number
    clock = lambda s: time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(s))  # noqa: E731
    caller, extension = f"050{1_000_000 + number % 3000}", 101 + number % 12
    return (f'"","{caller}","600","from-trunk","""Ivan"" <{caller}>","PJSIP/t-{number:08x}",'
            f'"PJSIP/{extension}-{number:08x}","Queue","sales,t","{clock(start)}",'
            f'"{clock(start + 5)}","{clock(start + 65)}",65,60,"ANSWERED","DOCUMENTATION",'
            f'"{start}.{number}","","","{start}.{number}",{number}\n')


def get(port, path):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=60) as answer:
        return json.load(answer)


def main():
    lines = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    build = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / "build" / "release"
    with tempfile.TemporaryDirectory(prefix="ledger-bench-") as folder:
        folder = pathlib.Path(folder)
        file = folder / "Master.csv"
        with open(file, "w") as out:
            out.writelines(map(line, range(lines)))
        server = subprocess.Popen([build / "consumers/ledgerd/ledgerd", "--access", "off", "--data", folder / "data",
                                   "--listen", "127.0.0.1:8089", "--log-level", "error"])
        try:
            measure(build, folder, file, lines)
        finally:
            server.terminate()
            server.wait(60)


def is_ready():
    try:
        return get(8089, "/readyz")
    except OSError:
        return None


def measure(build, folder, file, lines):
    until(is_ready)
    began = time.monotonic()
    done = subprocess.run([build / "consumers/ledger-telephony/ledger-telephony", "--once",
                           "--server", "http://127.0.0.1:8089", "--state", folder / "edge",
                           "--cdr-file", file, "--columns", "uniqueid,userfield,newcdrcolumns",
                           "--gmtime"], capture_output=True, text=True)
    delivered = time.monotonic() - began
    assert f"{lines} recorded" in done.stdout, done.stdout + done.stderr
    end = get(8089, "/v1/status")["log_end"]
    while True:
        try:
            get(8089, f"/v1/clients?at_least={end}&max_wait=30000")
            break
        except urllib.error.HTTPError as late:
            assert late.code == 504
    folded = time.monotonic() - began
    print(f"{lines} lines of {file.stat().st_size / lines:.0f} bytes: acknowledged in "
          f"{delivered:.1f} s ({lines / delivered:.0f} /s), in all views after {folded:.1f} s")


if __name__ == "__main__":
    main()
