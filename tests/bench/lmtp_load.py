#!/usr/bin/env python3
"""How many letters a second ledger-mail takes: LMTP, mapping, HTTP, door, embedded log, each answered
after its synced write, all views following. Not part of any test run; see README, "Measured".

    tests/bench/lmtp_load.py [LETTERS] [CONNECTIONS] [BYTES] [BUILD]    20,000, 20, 4,096, build/release
"""

import asyncio
import email.utils
import json
import pathlib
import re
import resource
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "e2e"))
from house import free_port, until  # noqa: E402


def letter(number, size, date):
    """To one of 3,000 firms, from one of 12 managers, with an attachment of base64 up to the size."""
    head = (f"Received: from pc by mx.gurt.example; {date}\r\n"
            f"Message-ID: <bench-{number}@gurt.example>\r\nDate: {date}\r\n"
            f"From: Manager <m{number % 12}@gurt.example>\r\n"
            f"To: Buyer <buyer@firm{number % 3000}.example>\r\nSubject: Offer {number}\r\n"
            "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
            "--b\r\nContent-Type: text/plain\r\n\r\nAn offer.\r\n"
            "--b\r\nContent-Type: application/pdf; name=offer.pdf\r\n"
            "Content-Transfer-Encoding: base64\r\n\r\n")
    tail = "--b--\r\n"
    lines = max(0, size - len(head) - len(tail)) // 78
    return (head + ("QUJD" * 19 + "\r\n") * lines + tail).encode()


async def answers(reader, count):
    """The last lines of so many answers."""
    lines = []
    while len(lines) < count:
        line = (await reader.readline()).decode()
        assert line, "the gateway has closed"
        if line[3] == " ":
            lines.append(line)
    return lines


async def client(port, numbers, size, date, waits):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    await answers(reader, 1)
    writer.write(b"LHLO bench\r\n")
    await answers(reader, 1)
    for number in numbers:
        began = time.perf_counter()
        writer.write(b"MAIL FROM:<m@gurt.example>\r\nRCPT TO:<offers@ledger.invalid>\r\nDATA\r\n")
        said = await answers(reader, 3)
        assert said[-1].startswith("354"), said
        writer.write(letter(number, size, date) + b".\r\n")
        [kept] = await answers(reader, 1)
        assert kept.endswith("recorded\r\n"), kept
        waits.append(time.perf_counter() - began)
    writer.write(b"QUIT\r\n")
    writer.close()


async def load(port, letters, connections, size):
    waits = []
    date = email.utils.formatdate()
    numbers = iter(range(letters))  # shared: who is free takes the next
    await asyncio.gather(*(client(port, numbers, size, date, waits) for _ in range(connections)))
    return sorted(waits)


def cpu_seconds(process):
    fields = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / 100


def status(port):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/v1/status", timeout=60) as answer:
        return json.load(answer)


def answered(port):
    try:
        return status(port)
    except OSError:
        return None


def main():
    letters, connections, size = (int(sys.argv[i]) if len(sys.argv) > i else default
                                  for i, default in ((1, 20_000), (2, 20), (3, 4096)))
    build = pathlib.Path(sys.argv[4]) if len(sys.argv) > 4 else ROOT / "build" / "release"
    with tempfile.TemporaryDirectory(prefix="ledger-bench-") as folder:
        http_port, lmtp_port = free_port(), free_port()
        server = subprocess.Popen([build / "consumers/ledgerd/ledgerd", "--access", "off", "--data", folder + "/data",
                                   "--listen", f"127.0.0.1:{http_port}", "--log-level", "error"])
        gateway = None
        try:
            until(lambda: answered(http_port), 60)
            gateway = subprocess.Popen(
                [build / "consumers/ledger-mail/ledger-mail", "--data", folder + "/mail",
                 "--server", f"http://127.0.0.1:{http_port}", "--listen", f"127.0.0.1:{lmtp_port}",
                 "--own-domains", "gurt.example", "--log-level", "error"])
            until(lambda: listens(lmtp_port), 60)
            began = time.perf_counter()
            waits = asyncio.run(load(lmtp_port, letters, connections, size))
            report(waits, time.perf_counter() - began, server, gateway)
        finally:
            for process in (gateway, server):
                if process:
                    process.terminate()
                    process.wait(60)


def listens(port):
    listed = pathlib.Path("/proc/net/tcp").read_text()
    return re.search(rf"0100007F:{port:04X} 00000000:0000 0A", listed)


def report(waits, seconds, server, gateway):
    count = len(waits)
    used = resource.getrusage(resource.RUSAGE_SELF)
    memory = re.search(r"VmHWM:\s+(\d+)",
                       pathlib.Path(f"/proc/{gateway.pid}/status").read_text()).group(1)
    print(f"{count} letters in {seconds:.1f} s: {count / seconds:,.0f} /s, "
          f"median {waits[count // 2] * 1000:.1f} ms, p99 {waits[count * 99 // 100] * 1000:.1f} ms")
    print(f"CPU a letter: gateway {cpu_seconds(gateway) / count * 1e6:.0f} us, "
          f"ledgerd {cpu_seconds(server) / count * 1e6:.0f} us, "
          f"this script {(used.ru_utime + used.ru_stime) / count * 1e6:.0f} us")
    print(f"gateway's most memory: {int(memory) // 1024} MiB")


if __name__ == "__main__":
    main()
