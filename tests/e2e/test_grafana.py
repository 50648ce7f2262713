"""Goal: each panel of deploy/grafana asks for what the real programs export or answer with rows. Method:
promtool judges expressions, JSONata the selectors, on answers of a real ledgerd."""

import datetime
import functools
import json
import os
import pathlib
import re
import subprocess
import sys

import yaml

from house import BUILD, ROOT, event
from operations import check_exported, pages, promtool  # noqa: F401

sys.path.insert(0, str(ROOT / "tests" / "support"))
import npm  # noqa: E402

GRAFANA = ROOT / "deploy" / "grafana"
DASHBOARD = GRAFANA / "dashboards" / "ledger.json"
HERE = pathlib.Path(__file__).resolve().parent


@functools.cache
def targets():
    """[(panel's title, target)] of the dashboard."""
    panels = json.loads(DASHBOARD.read_text())["panels"]
    return [(panel["title"], target) for panel in panels for target in panel.get("targets", [])]


def api_targets():
    return [(title, target) for title, target in targets() if "url" in target]


def path_of(target, month):
    """The address that Grafana would ask, of a time range that is that month."""
    return (target["url"].replace("${__to:date:YYYY-MM}", month)
            .replace("${__from:date:YYYY-MM-DD}", f"{month}-01")
            .replace("${__to:date:YYYY-MM-DD}", f"{month}-28"))


def selected(answers):
    """What the root selectors make of [(answer, target)]."""
    modules = npm.modules(HERE / "grafana", BUILD)
    asked = [{"answer": answer, "selector": target["root_selector"]} for answer, target in answers]
    done = subprocess.run(["node", str(HERE / "grafana" / "select.js")], input=json.dumps(asked),
                          capture_output=True, text=True, timeout=60,
                          env={**os.environ, "NODE_PATH": str(modules)})
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_dashboard_uses_the_data_sources_that_are_provisioned():
    given = yaml.safe_load((GRAFANA / "provisioning/datasources/ledger.yml").read_text())
    known = {one["uid"]: one["type"] for one in given["datasources"]}
    used = {target["datasource"]["uid"]: target["datasource"]["type"] for _, target in targets()}
    assert used == known
    ids = [panel["id"] for panel in json.loads(DASHBOARD.read_text())["panels"]]
    assert len(set(ids)) == len(ids)


def test_expressions_of_the_dashboard_are_valid_and_exported(pages, tmp_path):
    expressions = [target["expr"] for _, target in targets() if "expr" in target]
    assert len(expressions) > 10
    for expression in expressions:
        check_exported(expression, pages)
    rules = [{"record": f"panel:{number}", "expr": expression}
             for number, expression in enumerate(expressions)]
    file = tmp_path / "panels.yml"
    file.write_text(yaml.safe_dump({"groups": [{"name": "dashboard", "rules": rules}]}))
    promtool("check", "rules", file)


def fill(ledger):
    """A manager with a call and a client with a debt, both of today."""
    now = datetime.datetime.now(datetime.timezone.utc)
    today = now.strftime("%Y-%m-%d")
    moment = now.strftime("%Y-%m-%dT%H:%M:%SZ")
    facts = [
        ("manager.hired", {"manager_id": "m-1", "name": "Олена Коваль", "hired_on": "2026-01-05",
                           "extensions": ["101"]}),
        ("client.registered", {"client_id": "c-1", "name": "ТОВ «Ромашка»",
                               "phones": ["+380671112233"]}),
        ("client.assigned", {"client_id": "c-1", "manager_id": "m-1", "effective_from": today}),
        ("invoice.issued", {"invoice_id": "i-1", "number": "РФ-1", "client_id": "c-1",
                            "issued_on": today, "due_on": today,
                            "amount": {"amount_minor": 123456, "currency": "UAH"}}),
        ("call.completed", {"call_id": "1", "direction": "outbound",
                            "client_phone": "+380671112233", "manager_extension": "101",
                            "duration_s": 90, "talk_s": 80, "outcome": "answered"}),
    ]
    for number, (kind, data) in enumerate(facts):
        answer = ledger.post(event(f"f-{number}", kind, data, time=moment))
        assert answer.status == 201, answer.body
    end = ledger.get("/v1/status").json["log_end"]
    assert ledger.get(f"/v1/clients?at_least={end}&max_wait=30000").status == 200
    return ledger.get("/v1/quotas").json["date"][:7]


def test_panels_of_the_api_have_rows_with_every_column(ledger):
    month = fill(ledger)
    answers = []
    for title, target in api_targets():
        answer = ledger.get(path_of(target, month))
        assert answer.status == 200, (title, answer.body)
        answers.append((answer.json, target))
    assert len(answers) >= 6
    rows = selected(answers)
    for (title, target), found in zip(api_targets(), rows):
        assert isinstance(found, list) and found, title
        # A source that is heard too seldom has no limit of silence.
        columns = {one["selector"] for one in target["columns"]} - {"silent_after", "department"}
        for row in found:
            assert columns <= set(row), (title, columns - set(row))
            for one in target["columns"]:
                value = row.get(one["selector"])
                if value is None:
                    continue
                assert isinstance(value, (int, float) if one["type"] == "number" else str), title
    by_title = {title: found for (title, _), found in zip(api_targets(), rows)}
    debts = by_title["Борги клієнтів · By client"]
    assert [(row["client"], row["balance"]) for row in debts] == [("c-1", 1234.56)]
    ages = by_title["Борги за днями · Debts by day"]
    assert {row["bucket"] for row in ages} == {
        "not_due", "days_1_30", "days_31_60", "days_61_90", "days_over_90"}
    calls = by_title["Дзвінки за днями · Calls by day"]
    assert sum(row["calls"] for row in calls) == 1


def test_selectors_of_the_handbook_give_rows(ledger):
    """The table of deploy/README.md."""
    month = fill(ledger)
    handbook = (ROOT / "deploy" / "README.md").read_text()
    rows = [{"url": path, "root_selector": selector} for path, selector in
            re.findall(r"^\|[^|]+\| `(/v1/[^`]+)` \| `(\[[^`]+\])` \|$", handbook, re.M)]
    assert len(rows) >= 7
    answers = []
    for row in rows:
        answer = ledger.get(path_of(row, month).removesuffix("?date="))
        assert answer.status == 200, (row["url"], answer.body)
        answers.append((answer.json, row))
    for row, found in zip(rows, selected(answers)):
        assert isinstance(found, list) and found, row["url"]
        assert all(isinstance(one, dict) and one for one in found), row["url"]


def test_panels_of_an_empty_ledger_are_empty_and_no_error(ledger):
    answers = [(ledger.get(path_of(target, "2026-11")).json, target) for _, target in api_targets()]
    assert selected(answers) == [[] for _ in answers]
