"""What the tests of schemas/openapi.yaml share: the document, a small house that runs, and answers held
against what the document says of them."""

import json
import re

import jsonschema
import pytest
import yaml

from house import ROOT, Ledger
from schemathesis_run import DESCRIPTION

EXAMPLES = ROOT / "deploy" / "examples"


class Loader(yaml.SafeLoader):
    """YAML 1.2 as OpenAPI wants it: a date is text."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()}


def description():
    return yaml.load(DESCRIPTION.read_text(encoding="utf-8"), Loader)


@pytest.fixture(scope="module")
def described():
    return description()


@pytest.fixture(scope="module")
def small_house(tmp_path_factory):
    with Ledger(tmp_path_factory.mktemp("house") / "data", options=["--mail"]) as running:
        running.ctl("append", *(EXAMPLES / name for name in
                                ["managers.ndjson", "clients.ndjson", "facts.ndjson"]))
        running.ctl("import", "asterisk-cdr", EXAMPLES / "Master.csv", "--zone", "Europe/Kyiv")
        running.ctl("import", "camt", EXAMPLES / "statement.xml")
        kept = running.request(
            "POST", "/v1/quarantine/camt?error=malformed&detail=no+XML", b"<Document>",
            {"Content-Type": "application/xml"})
        assert kept.status == 201, kept.body
        yield running


def operations(described):
    for path, item in described["paths"].items():
        for method, operation in item.items():
            yield method.upper(), path, operation


def without_names(path):
    """Of a path what a router sees: names of placeholders do not matter."""
    return re.sub(r"\{[^}]*\}", "{}", path)


def is_a_hook(path):
    return path.startswith("/v1/hooks/")


def example_of(parameter, described):
    if "$ref" in parameter:
        parameter = described["components"]["parameters"][parameter["$ref"].rsplit("/", 1)[1]]
    return parameter, parameter.get("example")


def target_of(path, operation, described):
    """With the examples of what it has to be given."""
    query = []
    for parameter in operation.get("parameters", []):
        parameter, example = example_of(parameter, described)
        if parameter["in"] == "path":
            path = path.replace("{" + parameter["name"] + "}", str(example))
        elif parameter.get("required"):
            query.append(f"{parameter['name']}={example}")
    return path + ("?" + "&".join(query) if query else "")


def escaped(pointer):
    return pointer.replace("~", "~0").replace("/", "~1")


class Shapes:
    """Holds answers against the description."""

    def __init__(self, described):
        self.described = described
        self.validators = {}
        self.paths = {without_names(path): path for path in described["paths"]}
        self.errors = []
        self.held = 0

    def validator(self, pointer):
        if pointer not in self.validators:
            self.validators[pointer] = jsonschema.Draft202012Validator(
                {**self.described, "$ref": "#" + pointer})
        return self.validators[pointer]

    def hold(self, method, pattern, status, media, body, about=""):
        if is_a_hook(pattern):
            return
        asked = f"{method} {pattern} {about} -> {status}"
        path = self.paths.get(without_names(pattern))
        operation = self.described["paths"].get(path, {}).get(method.lower())
        if operation is None:
            return self.errors.append(f"{asked}: no such operation")
        answer = operation["responses"].get(str(status))
        pointer = f"/paths/{escaped(path)}/{method.lower()}/responses/{status}"
        if answer is None:
            return self.errors.append(f"{asked}: no such status: {body[:200]}")
        if "$ref" in answer:
            pointer = answer["$ref"][1:]
            answer = self.described["components"]["responses"][pointer.rsplit("/", 1)[1]]
        if media not in answer.get("content", {}):
            return self.errors.append(f"{asked}: no such form: {media}")
        if not media.split(";")[0].endswith("json"):
            return None
        self.held += 1
        schema = f"{pointer}/content/{escaped(media)}/schema"
        parts = [body]
        if media == "application/x-ndjson":
            schema, parts = schema + "/contentSchema", body.splitlines()
        for part in parts:
            for error in self.validator(schema).iter_errors(json.loads(part)):
                at = "/".join(map(str, error.absolute_path))
                self.errors.append(f"{asked}: {at}: {error.message[-300:]}")
        return None
