"""schemas/openapi.yaml of lists: pages and where the next begins, the same list in lines and as a table."""

import csv
import io
import json

from openapi_shapes import (Shapes, described, operations, small_house,  # noqa: F401 (fixtures)
                            target_of)


def test_a_form_is_taken_by_accept(described, small_house):
    table = small_house.get("/v1/receivables", Accept="text/csv")
    assert table.headers["Content-Type"].startswith("text/csv")
    lines = small_house.get("/v1/log", Accept="application/x-ndjson")
    assert lines.headers["Content-Type"] == "application/x-ndjson"
    shapes = Shapes(described)
    shapes.hold("GET", "/v1/log", 200, lines.headers["Content-Type"], lines.body.decode())
    assert not shapes.errors and len(lines.body.splitlines()) > 200, shapes.errors[:5]
    for path, accept in [("/v1/clients", "text/csv"), ("/v1/quotas", "application/x-ndjson"),
                         ("/v1/breaches", "application/x-ndjson"), ("/v1/log", "text/csv"),
                         ("/v1/rows", "text/html")]:
        refused = small_house.get(path, Accept=accept)
        assert refused.status == 422 and refused.json["field"] == "format", path
    assert small_house.get("/v1/clients", Accept="text/html, */*;q=0.1").status == 200


def pages_of(ledger, target):
    """The JSON of all pages, two items each."""
    joint = "&" if "?" in target else "?"
    page = ledger.get(f"{target}{joint}limit=2")
    while True:
        assert page.status == 200, (target, page.body)
        yield page.json
        if "next_cursor" not in page.json:
            return
        page = ledger.get(f"{target}{joint}limit=2&cursor={page.json['next_cursor']}")


def test_a_list_is_told_whole_in_lines(described, small_house):
    """The items of all pages; every route that is paged, but the register's, which is four lists."""
    shapes = Shapes(described)
    told, items = set(), 0
    targets = [(path, target_of(path, operation, described))
               for method, path, operation in operations(described)
               if method == "GET" and "application/x-ndjson" in
               operation["responses"].get("200", {}).get("content", {})]
    for path, target in [*targets, ("/v1/receivables", "/v1/receivables?by=manager"),
                         ("/v1/acts", "/v1/acts?client=c-001")]:
        if path in ("/v1/log", "/v1/rows"):
            continue
        told.add(path)
        answer = small_house.get(target, Accept="application/x-ndjson")
        assert answer.status == 200, (target, answer.body)
        assert answer.headers["ledger-position"] and "ETag" not in answer.headers, target
        shapes.hold("GET", path, 200, answer.headers["Content-Type"], answer.body.decode(), target)
        lines = [json.loads(line) for line in answer.body.splitlines()]
        paged = {}
        for page in pages_of(small_house, target):
            for member, value in page.items():
                if isinstance(value, list):
                    paged.setdefault(member, []).extend(value)
        assert lines in paged.values() or not lines, (target, paged.keys())
        items += len(lines)
        joint = "&" if "?" in target else "?"
        for paging in ("limit=2", "cursor=x"):
            refused = small_house.get(target + joint + paging, Accept="application/x-ndjson")
            assert refused.status == 422 and refused.json["field"] == paging.split("=")[0], target
    assert not shapes.errors, "\n".join(shapes.errors)
    assert items > 40, items
    paged = {path for method, path, operation in operations(described) if method == "GET"
             and any(parameter.get("$ref", "").endswith("/Cursor")
                     for parameter in operation.get("parameters", []))}
    assert paged - told == {"/v1/breaches", "/v1/quarantine", "/v1/principals"}


def test_a_cursor_is_of_its_route_alone(small_house):
    page = small_house.get("/v1/clients?limit=1").json
    cursor = page["next_cursor"]
    assert page["clients"][0]["client_id"] not in cursor
    following = small_house.get(f"/v1/clients?limit=1&cursor={cursor}").json
    assert following["clients"][0]["client_id"] != page["clients"][0]["client_id"]
    for path in [f"/v1/receivables?cursor={cursor}", f"/v1/clients?cursor={cursor[:-2]}!!",
                 "/v1/clients?cursor=c-002", "/v1/clients?cursor="]:
        refused = small_house.get(path)
        assert refused.status == 422 and refused.json["field"] == "cursor", path


def test_a_file_of_debts_is_the_list_of_the_same_question(small_house):
    def rows(question):
        text = small_house.get(f"/v1/receivables?format=csv&{question}").body.decode()
        return list(csv.DictReader(io.StringIO(text, newline="")))

    def listed(question):
        answer = small_house.get(f"/v1/receivables?limit=1000&{question}").json
        return [(one["client_id"], one["balance_minor"]) for one in answer["clients"]
                if one["balance_minor"] or one["unallocated_minor"]]

    assert len(rows("sort=client")) > 1
    for question in ["sort=name", "currency=UAH&sort=balance", "currency=UAH&sort=-balance",
                     "overdue=true&sort=-oldest", "currency=UAH&overdue=true&sort=overdue", "due=week&sort=name"]:
        file = rows(question)
        assert [(row["client_id"], int(row["balance_minor"])) for row in file] == listed(question)
        assert {row["choice"] for row in file} <= {question}, question
    page = small_house.get("/v1/receivables?format=html&lang=en&overdue=true&sort=-name").body
    assert "Chosen: overdue only. Order: by name, backwards." in page.decode()
    table = small_house.get("/v1/receivables?format=csv&csv=excel&currency=UAH").body.decode()
    assert table.startswith("\ufeff") and "Відбір: валюта UAH. Порядок: за кодом." in table
