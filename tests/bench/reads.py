#!/usr/bin/env python3
"""How fast a ledgerd of a million events answers what people look at all day: a client's card, the
board, ageing, whom to contact. Each first with as many requests as it takes (16 connections), then at half
of that rate (64 connections that pause by chance). Not part of any test run; see README, "Measured".

    tests/bench/reads.py [BUILD [DATA]]     build/release; a demo house of 3,600 clients and 14 managers is told first,
                                            or one that DATA holds already is read

Needs wrk, which takes part of the same processors.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "e2e"))
from house import until  # noqa: E402

SERVER = "http://127.0.0.1:8089"
SECONDS = 15
CONNECTIONS = 64
CLIENTS = 3600
MANAGERS = 14
QUESTIONS = {
    "a client's card": "/v1/clients/c-%05d",
    "his timeline, first page": "/v1/clients/c-%05d/timeline",
    "the board of today": "/v1/quotas",
    "ageing by manager": "/v1/receivables?by=manager",
    "receivables, first page": "/v1/receivables",
    "whom to contact": "/v1/contact-plan?manager=m-01",
    "obligations, first page": "/v1/obligations",
}


def get(path):
    with urllib.request.urlopen(SERVER + path, timeout=120) as answer:
        return json.load(answer)


def is_ready():
    try:
        return get("/readyz")
    except OSError:
        return None


def load(path, connections, think_ms=0.0):
    """What wrk saw of it, as read.lua tells."""
    told = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{SECONDS}s", "--timeout", "20s", "-s", str(ROOT / "tests/bench/read.lua"), SERVER],
        env={**os.environ, "PATHS": path, "CLIENTS": str(CLIENTS), "THINK": str(think_ms)},
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    seen = json.loads(told.stderr)
    seen["rate"] = seen["requests"] / seen["seconds"]
    failed = {kind: count for kind, count in seen["errors"].items() if count}
    if failed:
        sys.exit(f"{path}: requests failed ({failed}), so that its figures say nothing")
    return seen


def measure():
    print(f"{'':28}{'at most':>10}{'half of it':>12}{'p50':>10}{'p99':>10}{'slowest':>10}")
    for name, path in QUESTIONS.items():
        get(path % 1 if "%" in path else path)  # once before, so that what is kept is kept
        most = load(path, 16)
        think = CONNECTIONS / (most["rate"] / 2) * 1000 - most["p50_ms"] / 16
        half = load(path, CONNECTIONS, max(think, 1.0))
        print(f"{name:28}{most['rate']:>8.0f}/s{half['rate']:>10.0f}/s{half['p50_ms']:>7.1f} ms"
              f"{half['p99_ms']:>7.1f} ms{half['max_ms']:>7.1f} ms", flush=True)


def main():
    build = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "release"
    with tempfile.TemporaryDirectory(prefix="ledger-bench-") as folder:
        data = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else pathlib.Path(folder) / "data"
        server = subprocess.Popen([build / "consumers/ledgerd/ledgerd", "--access", "off", "--data", data,
                                   "--listen", SERVER.removeprefix("http://"), "--log-level", "error"])
        try:
            until(is_ready, seconds=600)
            if len(sys.argv) <= 2:
                subprocess.run([build / "consumers/ledgerctl/ledgerctl", "--server", SERVER, "demo", "--clients", str(CLIENTS), "--managers", str(MANAGERS)], check=True)
            until(lambda: get("/v1/status")["lag_events"] == 0, seconds=600)
            events = sum(map(int, get("/v1/status")["log_end"].split(",")))
            print(f"{events:,} events, {CLIENTS:,} clients, {os.cpu_count()} processors")
            measure()
        finally:
            server.terminate()
            server.wait(60)


if __name__ == "__main__":
    main()
