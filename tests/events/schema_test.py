"""Goal: schemas/*.json say exactly what the code does. Method: the structs' own lists of fields
(schema_dump) against the files, and every example through both the ledger's codec and jsonschema.

Run by ctest as `schema_agreement`, which sets SCHEMA_DUMP; by hand:
SCHEMA_DUMP=build/dev/tests/events/schema_dump pytest tests/events/schema_test.py
"""

import copy
import functools
import itertools
import json
import os
import pathlib
import string
import subprocess

import jsonschema
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "schemas"
GOLDEN = ROOT / "tests" / "events" / "golden"
PROGRAM = os.environ.get("SCHEMA_DUMP", str(ROOT / "build/dev/tests/events/schema_dump"))
SCALAR_KINDS = {"integer": "integer", "boolean": "boolean", "enum": "string"}
LIST_ITEMS_MAX = 500  # limits::kListItemsMax
INT64_MAX = 2**63 - 1


def run(*arguments, text=""):
    done = subprocess.run(
        [PROGRAM, *arguments], input=text, capture_output=True, encoding="utf-8", timeout=120
    )
    assert done.returncode == 0, f"{PROGRAM} {arguments} ended with:\n{done.stderr}"
    return done.stdout


@functools.lru_cache(maxsize=None)
def catalogue():
    """{file stem: list of fields} of events/catalogue.h."""
    return {f"{t['name']}.v{t['version']}": t["fields"] for t in json.loads(run())}


def schema_names():
    return {path.name[: -len(".json")] for path in SCHEMAS.glob("*.v*.json")}


@functools.lru_cache(maxsize=None)
def schema_of(name):
    path = SCHEMAS / f"{name}.json"
    if not path.exists():
        pytest.fail(f"missing step: add schemas/{name}.json (schemas/README.md)")
    return json.loads(path.read_text("utf-8"))


@functools.lru_cache(maxsize=None)
def validator_of(name):
    return jsonschema.Draft202012Validator(
        schema_of(name), format_checker=jsonschema.FormatChecker()
    )


def stamped_members(name):
    return {field["name"] for field in catalogue().get(name, []) if field["stamped"]}


def ask_code(name, many_data, from_log=False):
    """The codec's answer to each of `many_data`; from the log, stamped members are no error."""
    word = "envelope" if name == "envelope.v1" else name.rsplit(".v", 1)[0]
    questions = [{"type": word, "data": data, "from_log": from_log} for data in many_data]
    text = "".join(json.dumps(q, ensure_ascii=False) + "\n" for q in questions)
    answers = [json.loads(line) for line in run("--decode", text=text).splitlines()]
    assert len(answers) == len(questions)
    return answers


def resolve(schema, node):
    """What a node says, with what its $ref says underneath."""
    while "$ref" in node:
        target = schema["$defs"][node["$ref"].removeprefix("#/$defs/")]
        node = {**target, **{key: value for key, value in node.items() if key != "$ref"}}
    return node


def object_disagreements(name, schema, node, fields, path="data"):
    """Sentences on what `node`, an object of the schema, and the struct's fields do not share."""
    file = f"schemas/{name}.json"
    ours = [field["name"] for field in fields]
    theirs = list(node.get("properties", {}))
    for member in [m for m in ours if m not in theirs]:
        yield f"missing step: add {path}.{member} to {file}"
    for member in [m for m in theirs if m not in ours]:
        yield f"{file} has {path}.{member}, which the struct has not: add it to fields() or remove it"
    if sorted(ours) == sorted(theirs) and ours != theirs:
        yield f"{file} lists the members of {path} in another order than fields(): {ours}"
    if node.get("additionalProperties") is not False:
        yield f"{file}: {path} needs \"additionalProperties\": false"
    for member in {f["name"] for f in fields if f["required"]} - set(node.get("required", [])):
        yield f"missing step: list {member} as required for {path} in {file}"
    for field in fields:
        if field["name"] in theirs:
            member = node["properties"][field["name"]]
            yield from member_disagreements(name, schema, member, field, f"{path}.{field['name']}")


def member_disagreements(name, schema, member, field, path):
    file = f"schemas/{name}.json"
    said = resolve(schema, member)
    if not said.get("description"):
        yield f"missing step: describe {path} in {file}"
    for trait, keyword in [("personal", "x-personal"), ("stamped", "x-stamped")]:
        if said.get(keyword, False) != field[trait]:
            yield f"{file}: {path} must {'' if field[trait] else 'not '}have \"{keyword}\": true"
    if said.get("readOnly", False) != field["stamped"]:
        yield f"{file}: {path} is readOnly if and only if it is stamped"
    if field["list"]:
        if said.get("type") != "array" or said.get("maxItems") != LIST_ITEMS_MAX:
            yield f"{file}: {path} must be an array with \"maxItems\": {LIST_ITEMS_MAX}"
        yield from kind_disagreements(name, schema, said.get("items", {}), field, path + "[]")
    else:
        yield from kind_disagreements(name, schema, member, field, path)


def kind_disagreements(name, schema, node, field, path):
    file = f"schemas/{name}.json"
    kind = field["kind"]
    said = resolve(schema, node)
    if kind == "object":
        yield from object_disagreements(name, schema, said, field["fields"], path)
    elif kind not in SCALAR_KINDS:
        if node.get("$ref") != f"#/$defs/{kind}":
            yield f"{file}: {path} must refer to \"#/$defs/{kind}\""
    elif said.get("type") != SCALAR_KINDS[kind]:
        yield f"{file}: {path} must be of type {SCALAR_KINDS[kind]}"
    if kind == "enum" and said.get("enum") != field["words"]:
        yield f"{file}: the words of {path} must be {field['words']}"
    if kind == "integer" and said.get("maximum") != INT64_MAX:
        yield f"{file}: {path} needs the range of a signed integer of 64 bits"


EVENTS = sorted(catalogue())
FILES = sorted(schema_names())
with_each_file = pytest.mark.parametrize("name", FILES)
with_each_event = pytest.mark.parametrize("name", EVENTS)


def test_every_event_has_its_schema():
    missing = [f"schemas/{name}.json" for name in EVENTS if name not in FILES]
    assert not missing, f"missing step: add {', '.join(missing)} (schemas/README.md)"


def test_every_schema_has_its_event():
    orphans = [name for name in FILES if name not in EVENTS and name != "envelope.v1"]
    assert not orphans, (
        f"schemas of no event: {orphans}. Missing step: the struct's line in events/catalogue.h. "
        "The schema of an old version stays only while the catalogue knows that version"
    )


@with_each_event
def test_the_schema_lists_what_the_struct_lists(name):
    schema = schema_of(name)
    found = list(object_disagreements(name, schema, schema, catalogue()[name]))
    assert not found, "\n".join(found)


@with_each_event
def test_what_only_the_schema_requires_is_missed_by_validate(name):
    # A list can be required by validate() alone: fields() cannot say it.
    schema = schema_of(name)
    extra = set(schema["required"]) - {f["name"] for f in catalogue()[name] if f["required"]}
    for member in extra:
        data = [{k: v for k, v in e.items() if k != member} for e in schema["examples"]]
        for answer in ask_code(name, data):
            assert not answer["ok"] and answer["error"] == "missing-field", (
                f"schemas/{name}.json requires {member}, the code does not"
            )


@with_each_file
def test_the_schema_is_itself_valid(name):
    schema = schema_of(name)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"urn:salesledger:schema:{name}"
    assert schema.get("title") and schema.get("description", "").endswith(".")
    assert len(schema.get("examples", [])) >= 2, "missing step: two valid examples"
    assert len(schema.get("x-invalid-examples", [])) >= 4, "missing step: four invalid examples"


@with_each_file
def test_valid_examples_are_taken_by_both(name):
    examples = schema_of(name)["examples"]
    lines = ask_code(name, examples, from_log=True)
    for data, answer in zip(examples, lines):
        validator_of(name).validate(data)
        assert answer["ok"], f"the code refuses {data}: {answer}"
        validator_of(name).validate(answer["canonical"])
        members = [m for m in schema_of(name)["properties"] if m in answer["canonical"]]
        assert list(answer["canonical"]) == members, "stored in another order than the schema's"


@with_each_file
def test_examples_without_stamps_are_taken_from_a_sender(name):
    senders = [e for e in schema_of(name)["examples"] if not stamped_members(name) & set(e)]
    assert senders, f"missing step: an example in schemas/{name}.json that a sender could write"
    for data, answer in zip(senders, ask_code(name, senders)):
        assert answer["ok"], f"the code refuses {data}: {answer}"


@with_each_file
def test_invalid_examples_are_refused_by_both(name):
    examples = schema_of(name)["x-invalid-examples"]
    answers = ask_code(name, [example["data"] for example in examples])
    for example, answer in zip(examples, answers):
        why = example["why"]
        assert not answer["ok"], f"the code accepts: {why}"
        said = (answer["error"], answer["field"])
        assert said == (example["error"], example["field"]), f"{why}: {answer}"
        refused = not validator_of(name).is_valid(example["data"])
        beyond = example.get("beyond_schema", False)
        assert refused != beyond, (
            f"{why}: the schema {'refuses' if refused else 'accepts'} it, so beyond_schema "
            f"must be {'false' if refused else 'true, or the schema stricter'}"
        )


WRONG_VALUES = [
    None, True, 0, -1, 1.5, 2**63, "", "x", " ", "\u0007", "A" * 256, [], [None], [""], ["x"], {},
    {"amount_minor": 1}, "2026-13-01", "1989-12-31", "+12", "a@b", "12345678", "all",
]  # fmt: skip


def mutations(schema, examples):
    for example in examples:
        for member in schema["properties"]:
            for value in WRONG_VALUES:
                yield {**copy.deepcopy(example), member: value}
            yield {key: value for key, value in example.items() if key != member}
        yield {**example, "no_such_member": 1}


@with_each_event
def test_no_schema_is_stricter_than_the_code(name):
    # A sender who checks against the schema must not be told that a good event is bad.
    schema = schema_of(name)
    stamped = stamped_members(name)
    senders = [e for e in schema["examples"] if not stamped & set(e)]
    tried = list(mutations(schema, senders))
    validator = validator_of(name)
    for data, answer in zip(tried, ask_code(name, tried)):
        if answer["ok"]:
            validator.validate(data)
            validator.validate(answer["canonical"])


@with_each_event
def test_the_schema_refuses_wrong_kinds_as_the_code_does(name):
    # Only kinds: ranges over several members and check digits are beyond a schema.
    schema = schema_of(name)
    kinds = [None, True, 1.5, "", "\u0007", [None], {}]
    least = min(schema["examples"], key=len)
    members = [m for m in schema["properties"] if m not in stamped_members(name)]
    tried = [{**least, member: value} for member, value in itertools.product(members, kinds)]
    for data, answer in zip(tried, ask_code(name, tried)):
        said = validator_of(name).is_valid(data)
        assert said == answer["ok"], f"{data}: schema {'accepts' if said else 'refuses'}, {answer}"


def test_definitions_that_files_share_are_the_same_everywhere():
    # Files are self-contained for their readers' sake, so copies must not drift apart.
    first = {}
    for name in FILES:
        for word, definition in schema_of(name).get("$defs", {}).items():
            if word == "money":
                definition = copy.deepcopy(definition)
                del definition["properties"]["amount_minor"]  # some amounts are positive only
            kept = first.setdefault(word, (name, definition))
            assert kept[1] == definition, f"$defs/{word} differs: {kept[0]} and {name}"


def test_currencies_are_exactly_those_the_code_keeps():
    codes = ["".join(letters) for letters in itertools.product(string.ascii_uppercase, repeat=3)]
    offer = schema_of("offer.phoned.v1")["examples"][0]
    amounts = [{**offer, "amount": {"amount_minor": 1, "currency": code}} for code in codes]
    kept = [c for c, answer in zip(codes, ask_code("offer.phoned.v1", amounts)) if answer["ok"]]
    listed = schema_of("offer.phoned.v1")["$defs"]["currency"]["enum"]
    assert sorted(listed) == kept, "schemas/*.json and the list in events/money.cpp differ"


@with_each_event
def test_golden_lines_fit_the_schemas(name):
    path = GOLDEN / f"{name}.ndjson"
    if not path.exists():
        pytest.fail(f"missing step: tests/events/golden/{name}.ndjson (events_tests prints it)")
    for line in path.read_text("utf-8").splitlines():
        event = json.loads(line)
        validator_of("envelope.v1").validate(event)
        validator_of(name).validate(event["data"])
        assert event["dataschema"] == schema_of(name)["$id"]
        order = [m for m in schema_of("envelope.v1")["properties"] if m in event]
        assert list(event) == order


# The comparison itself: each kind of disagreement must be seen, and its message say the step.

FIELDS = [
    {"name": "client_id", "kind": "id", "required": True, "list": False, "personal": False,
     "stamped": False},
    {"name": "segment", "kind": "enum", "words": ["retail"], "required": False, "list": False,
     "personal": True, "stamped": False},
]  # fmt: skip


def fitting_schema():
    return {
        "additionalProperties": False,
        "required": ["client_id"],
        "properties": {
            "client_id": {"$ref": "#/$defs/id"},
            "segment": {
                "description": "side",
                "type": "string",
                "enum": ["retail"],
                "x-personal": True,
            },
        },
        "$defs": {"id": {"description": "an id", "type": "string"}},
    }


def complaints_about(change):
    schema = fitting_schema()
    change(schema)
    return list(object_disagreements("x.v1", schema, schema, FIELDS))


def test_a_fitting_schema_is_not_complained_about():
    assert complaints_about(lambda schema: None) == []


def reverse_members(schema):
    schema["properties"] = dict(reversed(schema["properties"].items()))


@pytest.mark.parametrize(
    "change, complaint",
    [
        (lambda s: s["properties"].pop("segment"), "add data.segment to schemas/x.v1.json"),
        (lambda s: s["properties"].update(more={}), "data.more, which the struct has not"),
        (reverse_members, "another order"),
        (lambda s: s.pop("additionalProperties"), "additionalProperties"),
        (lambda s: s.update(required=[]), "client_id as required"),
        (lambda s: s["properties"]["segment"].pop("x-personal"), "must have \"x-personal\""),
        (lambda s: s["properties"]["client_id"].update({"x-stamped": True}), "must not have"),
        (lambda s: s["properties"]["client_id"].update(readOnly=True), "readOnly"),
        (lambda s: s["properties"]["segment"].update(enum=["retial"]), "must be ['retail']"),
        (lambda s: s["properties"].update(client_id={"type": "string", "description": "id"}),
         "must refer to \"#/$defs/id\""),
        (lambda s: s["properties"]["segment"].pop("description"), "describe data.segment"),
    ],
)  # fmt: skip
def test_a_disagreement_is_named(change, complaint):
    assert any(complaint in sentence for sentence in complaints_about(change))
