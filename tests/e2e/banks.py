"""PrivatBank and monobank as they show themselves to programs, scripted; and ledger-bank beside
them."""

import datetime
import http.server
import json
import os
import re
import signal
import subprocess
import threading
import time
import urllib.parse
import urllib.request
import zoneinfo

from house import BUILD, free_port, until

BANK = BUILD / "consumers" / "ledger-bank" / "ledger-bank"
KYIV = zoneinfo.ZoneInfo("Europe/Kyiv")
PRIVAT_ACCOUNT = "UA213223130000026007233566001"
MONO_ACCOUNT = "UA213996220000026007233566001"
MONO_ID = "kKGVoZuHWzqVoZuH"
TOKENS = {"LEDGER_PRIVATBANK_TOKEN": "privat-token-7f3a", "LEDGER_MONOBANK_TOKEN": "mono-token-91bc",
          "LEDGER_BANK_HOOK_SECRET": "hookSecret0123456789"}


def privat(reference, amount="150.50", *, ago=3600, **changes):
    """A posted credit of so many seconds ago."""
    moment = datetime.datetime.fromtimestamp(int(time.time()) - ago, KYIV)
    day = moment.strftime("%d.%m.%Y")
    return {"AUT_MY_CRF": "32855961", "AUT_MY_ACC": PRIVAT_ACCOUNT, "AUT_CNTR_CRF": "00032129",
            "AUT_CNTR_ACC": "", "AUT_CNTR_NAM": "ТОВ РОМАШКА", "CCY": "UAH", "FL_REAL": "r",
            "PR_PR": "r", "DAT_OD": day, "DAT_KL": day, "TIM_P": moment.strftime("%H:%M"),
            "DATE_TIME_DAT_OD_TIM_P": moment.strftime("%d.%m.%Y %H:%M:%S"), "OSND": "За товар",
            "SUM": amount, "SUM_E": amount, "REF": reference, "REFN": "1", "TRANTYPE": "C",
            "ID": "1", "TECHNICAL_TRANSACTION_ID": "1_online", **changes}


def mono(id, amount=15050, *, ago=3600, **changes):
    return {"id": id, "time": int(time.time()) - ago, "description": "Від: ТОВ Ромашка",
            "hold": False, "amount": amount, "operationAmount": amount, "currencyCode": 980,
            "commissionRate": 0, "balance": 1, "comment": "За товар", "counterEdrpou": "00032129",
            **changes}


class Banks:
    """Both banks on one port. `trouble`: what comes instead of the next answers, a status with its
    headers, another JSON, or a count of bytes after which the answer is cut."""

    def __init__(self):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.rows, self.page_rows = [], 100
        self.phase, self.work_balance = "WRK", "N"
        self.items, self.webhook, self.delivers = [], "", True
        self.trouble, self.asked, self.times = [], [], []
        self.wrong_tokens = 0
        self.server = None

    def open(self):
        banks = self

        class Counter(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                banks.answer(self)

            def do_POST(self):
                banks.answer(self)

            def log_message(self, *_):
                pass

        http.server.ThreadingHTTPServer.allow_reuse_address = True
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", self.port), Counter)
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def close(self):
        if self.server:
            self.server.shutdown()
            self.server.server_close()
            self.server = None

    def answer(self, request):
        self.asked.append(request.path)
        self.times.append(time.monotonic())
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        trouble = self.trouble.pop(0) if self.trouble else None
        if isinstance(trouble, tuple):
            return self.send(request, trouble[0], b"<html>maintenance</html>", trouble[1])
        if isinstance(trouble, dict):
            return self.send(request, 200, json.dumps(trouble).encode(), {})
        url = urllib.parse.urlsplit(request.path)
        names = dict(urllib.parse.parse_qsl(url.query))
        status, said = self.say(request, url.path.split("/")[1:], names, body)
        text = said if isinstance(said, bytes) else json.dumps(said, ensure_ascii=False).encode()
        if isinstance(trouble, int):
            text = text[:trouble]
        self.send(request, status, text, {})

    @staticmethod
    def send(request, status, body, headers):
        request.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body)

    def say(self, request, path, names, body):
        headers = request.headers
        if path[0] == "api":
            good = headers["token"] == TOKENS["LEDGER_PRIVATBANK_TOKEN"] and headers["User-Agent"]
        else:
            good = headers["X-Token"] == TOKENS["LEDGER_MONOBANK_TOKEN"]
        if not good:
            self.wrong_tokens += 1
            return 401, {"errorDescription": "Unknown token"}
        if path[:2] == ["api", "statements"]:
            return 200, self.settings() if path[2] == "settings" else self.page(names)
        if path[1] == "client-info":
            return 200, {"name": "Х", "webHookUrl": self.webhook, "accounts":
                         [{"id": MONO_ID, "currencyCode": 980, "iban": MONO_ACCOUNT}]}
        if path[1] == "webhook":
            return self.set_webhook(json.loads(body)["webHookUrl"])
        account, begin, end = path[2], int(path[3]), int(path[4])
        assert account == MONO_ID and end - begin <= 31 * 86400 + 3600
        told = [item for item in self.items if begin <= item["time"] <= end]
        return 200, sorted(told, key=lambda item: -item["time"])[:500]

    def settings(self):
        return {"status": "SUCCESS", "type": "settings",
                "settings": {"phase": self.phase, "work_balance": self.work_balance}}

    def page(self, names):
        day = lambda text: datetime.datetime.strptime(text.replace(".", "-"), "%d-%m-%Y")  # noqa: E731
        told = [row for row in self.rows if row["AUT_MY_ACC"] == names["acc"]
                and day(names["startDate"]) <= day(row["DAT_OD"]) <= day(names["endDate"])]
        begin = int(names.get("followId", "0"))
        end = begin + self.page_rows
        more = end < len(told)
        return {"status": "SUCCESS", "type": "transactions", "exist_next_page": more,
                "next_page_id": str(end) if more else None, "transactions": told[begin:end]}

    def set_webhook(self, url):
        with urllib.request.urlopen(url, timeout=5) as page:
            if page.status != 200:
                return 400, {"errorDescription": "no 200"}
        self.webhook, self.delivers = url, True
        return 200, {"status": "ok"}

    def hook(self, item):
        """Money comes: the bank has the entry and, unless the hook is off, says so."""
        self.items = [known for known in self.items if known["id"] != item["id"]] + [item]
        return self.tell(item) if self.delivers else None

    def tell(self, item):
        body = json.dumps({"type": "StatementItem", "data":
                           {"account": MONO_ID, "statementItem": item}}).encode()
        with urllib.request.urlopen(urllib.request.Request(self.webhook, body), timeout=5) as page:
            return page.status

    def statements_asked(self):
        return [path for path in self.asked if "/statement/" in path or "transactions" in path]


class BankConnector:
    def __init__(self, ledger, banks, folder, *more):
        self.state, self.log = folder / "bank", folder / "bank.log"
        self.settings = {"--server": f"http://127.0.0.1:{ledger.port}", "--state": self.state,
                         "--privatbank-url": banks.url, "--monobank-url": banks.url,
                         "--monobank-interval": "0", "--every": "1"}
        self.settings.update(zip(more[::2], more[1::2]))
        self.process = None

    def command(self, *more):
        settings = {**self.settings, **dict(zip(more[::2], more[1::2]))}
        return [BANK, *(word for setting in settings.items() for word in setting)]

    def start(self, *more):
        mark = self.log.stat().st_size if self.log.exists() else 0
        self.process = subprocess.Popen(self.command("--metrics", "127.0.0.1:0", *more),
                                        stderr=open(self.log, "ab"), env={**os.environ, **TOKENS})

        def port():
            assert self.process.poll() is None, self.log.read_text()
            return re.search(r'"metrics","port":(\d+)', self.log.read_bytes()[mark:].decode())

        self.port = int(until(port).group(1))
        return self

    def figure(self, name):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/metrics", timeout=10) as page:
            text = page.read().decode()
        return float(re.search(rf"^bank_{name} (\S+)$", text, re.M).group(1))

    def reaches(self, name, value):
        until(lambda: self.figure(name) >= value, 30)

    def whole_round(self):
        """What the banks hold by now was asked for."""
        requests = self.figure("requests_total")
        until(lambda: self.figure("requests_total") > requests + 4, 30)
        assert self.figure("server_away") == 0

    def once(self, *more, **environment):
        return subprocess.run([*self.command(*more), "--once"], capture_output=True, text=True,
                              timeout=120, env={**os.environ, **TOKENS, **environment})

    def kill(self):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(30) == 0, self.log.read_text()

    def refused(self):
        file = self.state / "refused.ndjson"
        return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []
