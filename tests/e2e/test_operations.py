"""Goal: each alert of deploy/prometheus asks for a metric that the real programs export, fires when it
should and not before, and a Prometheus with the example of a configuration may read them. Method: the
programs are started and looked at; promtool judges rules and expressions, Prometheus scrapes."""

import functools
import json
import re
import shutil
import subprocess
import urllib.request

import pytest
import yaml

from house import Ledger, free_port, until
from operations import (PROMETHEUS, RULES, check_exported, labels_of, metrics_of, pages,  # noqa: F401
                        promtool)


@functools.cache
def alerts():
    groups = yaml.safe_load(RULES.read_text())["groups"]
    return [rule for group in groups for rule in group["rules"]]


def test_what_the_programs_export_is_well_formed(pages):
    for name, page in pages.items():
        assert promtool("check", "metrics", stdin=page) == "", name


def test_the_rules_and_the_example_of_a_configuration_are_valid():
    promtool("check", "rules", RULES)
    promtool("check", "config", "--syntax-only", PROMETHEUS / "prometheus.yml")


def test_an_expression_is_taken_apart_rightly():
    """Or a metric that is gone would not be missed."""
    assert metrics_of('increase(a_total{result="lost"}[1h]) > 0 and on(instance) b == 0') == {
        "a_total", "b"}
    assert labels_of('increase(a_total{result="lost",x=~"y"}[1h])') == [("a_total", "result", "lost")]
    with pytest.raises(AssertionError):
        check_exported("no_such_metric > 0", {"ledgerd": "# TYPE a gauge\na 1\n"})
    with pytest.raises(AssertionError):
        check_exported('a{b="c"} > 0', {"ledgerd": '# TYPE a gauge\na{b="d"} 1\n'})


@pytest.mark.parametrize("rule", alerts(), ids=lambda rule: rule["alert"])
def test_an_alert_asks_for_what_is_exported(rule, pages):
    check_exported(rule["expr"], pages)


@pytest.mark.parametrize("rule", alerts(), ids=lambda rule: rule["alert"])
def test_an_alert_says_what_is_wrong_and_what_to_do(rule):
    told = rule["annotations"]
    assert rule["labels"]["severity"] in ("critical", "warning", "info")
    assert re.search("[а-яіїєґ]", told["summary_uk"])
    assert not re.search("[а-яіїєґ]", told["summary"])
    assert len(told["runbook"]) > 60


def test_jobs_of_the_alerts_are_scraped(pages):
    scraped = {one["job_name"]
               for one in yaml.safe_load((PROMETHEUS / "prometheus.yml").read_text())["scrape_configs"]}
    assert set(pages) <= scraped
    for rule in alerts():
        for _, label, value in labels_of(rule["expr"]):
            assert label != "job" or value in scraped, rule["alert"]


def test_each_alert_fires_and_is_quiet_before():
    file = PROMETHEUS / "ledger.rules.test.yml"
    promtool("test", "rules", file)
    tried = {}
    for one in yaml.safe_load(file.read_text())["tests"]:
        for question in one.get("promql_expr_test", []):
            found = {re.search(r'alertname="(\w+)"', sample["labels"]).group(1)
                     for sample in question["exp_samples"]}
            tried.setdefault(one["name"], []).append(found)
    for rule in alerts():
        assert tried.get(rule["alert"]) == [set(), {rule["alert"]}], rule["alert"]


# ---- A scrape with a key

def commands_of_the_handbook():
    """The lines that make Prometheus' key, as deploy/README.md says them."""
    handbook = (PROMETHEUS.parent / "README.md").read_text()
    said = re.findall(r"^    ledgerctl ((?:people add|keys create) prometheus .*)$", handbook, re.M)
    assert len(said) == 2, said
    return [line.replace('"', "").split() for line in said]


@pytest.mark.skipif(not shutil.which("prometheus"), reason="prometheus is missing")
def test_a_prometheus_with_the_key_of_the_handbook_scrapes(tmp_path):
    """And that key opens nothing else."""
    key = tmp_path / "ledger.key"
    with Ledger(tmp_path / "data", options=["--access", "on"]) as ledger:
        admin = ledger.data / "access" / "admin.key"
        for command in commands_of_the_handbook():
            command = [str(key) if part == "/etc/prometheus/ledger.key" else part
                       for part in command]
            ledger.ctl("--key-file", admin, *command)
        with open(tmp_path / "prometheus.log", "wb") as log:
            port = free_port()
            settings = yaml.safe_load((PROMETHEUS / "prometheus.yml").read_text())
            job = next(one for one in settings["scrape_configs"] if one["job_name"] == "ledgerd")
            job["static_configs"] = [{"targets": [ledger.url.removeprefix("http://")]}]
            assert job["authorization"]["credentials_file"] == "/etc/prometheus/ledger.key"
            job["authorization"]["credentials_file"] = str(key)
            file = tmp_path / "prometheus.yml"
            file.write_text(yaml.safe_dump({"global": {"scrape_interval": "1s"},
                                            "scrape_configs": [job]}))
            process = subprocess.Popen(
                ["prometheus", f"--config.file={file}", f"--storage.tsdb.path={tmp_path / 'tsdb'}",
                 f"--web.listen-address=127.0.0.1:{port}"], stdout=log, stderr=log)
        try:
            def asked(expression):
                try:
                    with urllib.request.urlopen(
                            f"http://127.0.0.1:{port}/api/v1/query?query={expression}",
                            timeout=10) as answer:
                        return json.load(answer)["data"]["result"]
                except OSError:  # it has just begun
                    return []

            until(lambda: any(one["value"][1] == "1" for one in asked("up")), 60)
            reasons = until(lambda: asked("ledger_not_ready"), 60)
            assert {one["metric"]["reason"] for one in reasons} == {
                "log_damaged", "views_damaged", "views_renewing", "catching_up", "log_away"}
        finally:
            process.terminate()
            process.wait()
        bearer = {"Authorization": f"Bearer {key.read_text().strip()}"}
        assert ledger.get("/metrics", **bearer).status == 200
        for path in ("/v1/clients", "/v1/status", "/v1/log", "/v1/receivables", "/v1/rows"):
            assert ledger.get(path, **bearer).status == 403, path
        assert ledger.get("/metrics").status == 401
