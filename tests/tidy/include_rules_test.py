"""Goal: the shape of the tree (architecture, style) holds without anybody watching. Method: rules.py
over every file of the checkout; then each rule over small trees that keep or break it, so that a
rule that cannot fail is seen."""

import pathlib
import subprocess
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import cpp_text  # noqa: E402
import rules  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]

# (rule, path): why. An exception that nothing needs any more fails, so the list only shrinks.
EXCEPTIONS = {
    ("file_lengths", "events/json_reader.h"): "templates: a member of a type is read in one pass",
    ("file_lengths", "projections/store/row_codec.h"): "templates: one archive each way",
    ("file_lengths", "projections/store/view_batch.h"): "templates: one cache per kind of row",
}


def load_tree():
    # Declared safe: where tests run as root, the checkout is often another user's.
    command = ["git", "-c", f"safe.directory={ROOT}", "-C", str(ROOT), "ls-files", "-z"]
    others = ["--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command + others, capture_output=True, check=True).stdout
    tree = {}
    for name in names.decode().split("\0"):
        path = ROOT / name
        # The rules' own words are not breaches of them.
        if name and path.is_file() and not name.startswith("tests/tidy/"):
            data = path.read_bytes()
            if b"\0" not in data:
                tree[name] = data.decode("utf-8", "replace")
    return tree


@pytest.fixture(scope="module")
def tree():
    return load_tree()


@pytest.mark.parametrize("rule", rules.ALL, ids=lambda rule: rule.__name__)
def test_the_tree_keeps(rule, tree):
    breaches = [b for b in rule(tree) if (rule.__name__, b.path) not in EXCEPTIONS]
    said = "\n".join(f"{b.path}: {b.sentence}" for b in breaches)
    assert not breaches, f"{rule.__doc__}\n{said}"


def test_every_exception_is_needed(tree):
    needed = {(rule.__name__, breach.path) for rule in rules.ALL for breach in rule(tree)}
    assert not set(EXCEPTIONS) - needed, "these keep the rules by now: remove their exceptions"


def breaches(rule, tree):
    return [breach.path for breach in rule(tree)]


MAIN = {"consumers/ledgerd/main.cpp": "", "consumers/ledgerctl/main.cpp": ""}


@pytest.mark.parametrize(
    "path, included",
    [
        ("platform/a.cpp", "events/ids.h"),
        ("events/a.cpp", "projections/a.h"),
        ("events/a.cpp", "producers/mapping.h"),
        ("projections/x/fold.cpp", "producers/append/door.h"),
        ("projections/x/fold.cpp", "consumers/query/routes.h"),
        ("producers/append/door.cpp", "producers/http/api.h"),
        ("producers/append/door.cpp", "consumers/runner/projector.h"),
        ("producers/http/api.cpp", "consumers/query/routes.h"),
        ("producers/http/api.cpp", "projections/x/rows.h"),
        ("consumers/query/a.cpp", "producers/http/api.h"),
        ("consumers/query/a.cpp", "consumers/ledgerd/options.h"),
    ],
)
def test_an_include_that_points_up_is_found(path, included):
    assert breaches(rules.layers, {**MAIN, path: f'#include "{included}"\n'}) == [path]


@pytest.mark.parametrize(
    "path, included",
    [
        ("platform/http/a.cpp", "platform/result.h"),
        ("events/a.cpp", "platform/result.h"),
        ("projections/x/fold.cpp", "events/ids.h"),
        ("producers/append/door.cpp", "projections/seen/seen.h"),
        ("producers/http/api.cpp", "producers/append/door.h"),
        ("consumers/query/a.cpp", "projections/x/queries.h"),
        ("consumers/reactors/a.cpp", "producers/append/door.h"),
        ("consumers/ledgerd/application.cpp", "producers/http/api.h"),
        ("consumers/ledgerd/application.cpp", "consumers/query/routes.h"),
        ("tests/events/a_test.cpp", "consumers/query/routes.h"),
    ],
)
def test_an_include_that_points_down_is_left_alone(path, included):
    tree = {**MAIN, path: f'#include "{included}"\n'}
    assert [b for rule in (rules.layers, rules.adapters) for b in rule(tree)] == []


def test_senders_and_programs_do_not_know_each_other():
    def found(path, included):
        return breaches(rules.siblings, {**MAIN, path: f'#include "{included}"\n'})

    leg = "producers/telephony/asterisk/leg.cpp"
    assert found(leg, "producers/telephony/twilio/form.h") == [leg]
    assert found(leg, "producers/payments/camt/reader.h") == [leg]
    assert found("consumers/ledgerctl/a.cpp", "consumers/ledgerd/options.h")
    assert found(leg, "producers/mapping.h") == []
    assert found(leg, "producers/telephony/parties.h") == []
    assert found(leg, "producers/telephony/asterisk/leg.h") == []


def test_adapters_stay_at_the_edge():
    def found(path, included):
        return breaches(rules.adapters, {path: f'#include "{included}"\n'})

    assert found("events/codec.cpp", "platform/kafka/handle.h")
    assert found("events/codec.cpp", "platform/http/message.h")
    assert found("projections/x/fold.cpp", "platform/rocks/database.h")
    assert found("producers/append/door.cpp", "platform/http/message.h")
    assert not found("events/log/kafka_log.cpp", "platform/kafka/handle.h")
    assert not found("projections/store/rocks.cpp", "platform/rocks/database.h")
    assert not found("producers/http/api.cpp", "platform/http/router.h")


def test_vendor_headers_stay_in_their_adapters():
    def found(path, included):
        return breaches(rules.vendors, {path: f"#include <{included}>\n"})

    for path, included in [
        ("consumers/query/a.cpp", "boost/beast/http.hpp"),
        ("platform/metrics.cpp", "boost/asio.hpp"),
        ("events/log/kafka_log.cpp", "librdkafka/rdkafka.h"),
        ("projections/store/a.cpp", "rocksdb/db.h"),
        ("events/codec.cpp", "cereal/cereal.hpp"),
        ("producers/http/api.cpp", "simdjson.h"),
        ("consumers/ledgerctl/a.cpp", "curl/curl.h"),
        ("consumers/notary/a.cpp", "openssl/evp.h"),
        ("events/codec.cpp", "expat.h"),
        ("consumers/ledgerd/options.cpp", "toml++/toml.h"),
        ("consumers/ledgerd/main.cpp", "spdlog/spdlog.h"),
        ("consumers/query/a.cpp", "prometheus/counter.h"),
        ("tests/events/a_test.cpp", "catch2/catch.hpp"),
        ("consumers/ledgerd/options.h", "CLI/CLI.hpp"),
    ]:
        assert found(path, included) == [path], included
    for path, included in [
        ("platform/http/server.cpp", "boost/beast/http.hpp"),
        ("platform/kafka/handle.h", "librdkafka/rdkafka.h"),
        ("events/json_reader.h", "simdjson.h"),
        ("producers/payments/camt/reader.cpp", "expat.h"),
        ("platform/config.cpp", "toml++/toml.h"),
        ("tests/contract/mock.cpp", "librdkafka/rdkafka_mock.h"),
        ("events/ids.cpp", "fmt/format.h"),
        ("events/ids.cpp", "string"),
    ]:
        assert found(path, included) == [], included


def test_one_file_of_a_program_reads_its_command_line():
    cli = "#include <CLI/CLI.hpp>\n"
    assert not breaches(rules.one_command_line, {**MAIN, "consumers/ledgerd/options.cpp": cli})
    twice = {**MAIN, "consumers/ledgerd/a.cpp": cli, "consumers/ledgerd/b.cpp": cli}
    assert breaches(rules.one_command_line, twice) == ["consumers/ledgerd/b.cpp"]
    assert breaches(rules.one_command_line, {**MAIN, "consumers/query/a.cpp": cli})


def test_includes_are_paths_from_the_root():
    header = "#pragma once\n"

    def found(text):
        tree = {"events/a.cpp": text, "events/a.h": header, "events/b.h": header}
        return breaches(rules.include_style, tree)

    assert found('#include "events/a.h"\n#include "events/b.h"\n') == []
    assert found('#include "events/b.h"\n#include "events/a.h"\n')  # own header first
    assert found('#include "events/a.h"\n#include "b.h"\n')
    assert found('#include "events/a.h"\n#include "../events/b.h"\n')
    assert found('#include "events/a.h"\n#include <events/b.h>\n')


def test_tests_headers_and_folders():
    assert breaches(rules.tests_stay_outside, {"events/a.cpp": '#include "tests/support/house.h"'})
    assert not breaches(rules.tests_stay_outside, {"tests/a.cpp": '#include "tests/house.h"'})
    assert breaches(rules.headers_once, {"events/a.h": "#ifndef A\n"})
    assert not breaches(rules.headers_once, {"events/a.h": "#pragma once\n", "events/a.cpp": ""})
    assert breaches(rules.folder_depth, {"producers/a/b/c/d.cpp": ""})
    assert not breaches(rules.folder_depth, {"producers/a/b/c.cpp": "", "tests/p/a/b/c.cpp": ""})
    assert not breaches(rules.folder_depth, {"tests/producers/a/b/fixtures/c.xml": ""})


def test_lengths_at_both_sides_of_their_limits():
    assert not breaches(rules.file_lengths, {"a/a.h": "\n" * 150, "a/a.cpp": "\n" * 400})
    assert breaches(rules.file_lengths, {"a/a.h": "\n" * 151, "a/a.cpp": "\n" * 401}) == [
        "a/a.h",
        "a/a.cpp",
    ]
    long = "void f() {\n" + "  g();\n" * 68 + "}\n"
    assert not breaches(rules.function_lengths, {"a/a.cpp": long})
    assert breaches(rules.function_lengths, {"a/a.cpp": long.replace("{\n", "{\n\n")})


def test_marks_of_unfinished_work_are_found_in_comments():
    def found(path, text):
        return breaches(rules.markers, {path: text})

    assert found("a/a.cpp", "int a;  // TODO: more\n")
    assert found("a/a.cpp", "/* FIXME */\n")
    assert found("a/a.py", "a = 1  # HACK\n")
    assert found("tests/run", "# XXX\n")
    assert found("README.md", "TODO\n")
    assert not found("a/a.cpp", 'parse("XXX");  // no currency\n')
    assert not found("a/a.cpp", 'auto name = "ledger-XXXXXX";\n')
    assert not found("a/a.ndjson", '{"currency":"XXX"}\n')


def test_sleeps_in_tests_are_found():
    for text in ["std::this_thread::sleep_for(1s);", "time.sleep(1)", "  sleep 5", "usleep(3)"]:
        assert breaches(rules.sleeps, {"tests/a": text}), text
    assert not breaches(rules.sleeps, {"platform/a.cpp": "sleep_for(1s);"})
    assert not breaches(rules.sleeps, {"tests/a.cpp": "// asleep until sunrise"})


def test_temporary_directories_with_a_name_are_found():
    text = "fs::temp_directory_path() / \"views\";"
    assert breaches(rules.temporary_directories, {"tests/a.cpp": text})
    assert not breaches(rules.temporary_directories, {"tests/a.cpp": "TemporaryDirectory own;"})
    assert not breaches(rules.temporary_directories, {"consumers/a.cpp": text})


def test_paths_of_one_machine_are_found():
    for text in ["cd /home/olena/ledger", 'FILE = "/work/main/a"', "(/root/.cache)"]:
        assert breaches(rules.machine_paths, {"a": text}), text
    for text in ["/usr/bin/python3", "/var/lib/ledger", "a/home/b", "$HOME/work/a", "/v1/work/"]:
        assert not breaches(rules.machine_paths, {"a": text}), text


# What the rules stand on.


@pytest.mark.parametrize(
    "text, expected",
    [
        ("void f() {\n}\n", [(1, 2)]),
        ("\n\nint f(int a,\n      int b) {\n  return a;\n}\n", [(3, 4)]),
        ("namespace a {\nvoid f() {\n}\n}\n", [(2, 2)]),
        ("class A {\n public:\n  void f() const {\n  }\n  int a = 1;\n};\n", [(3, 2)]),
        ("A::A(int x)\n    : a_{x},\n      b_(2) {\n  g();\n}\n", [(1, 5)]),
        ("A::A() : a_{1} {}\nvoid g() {\n}\n", [(1, 1), (2, 2)]),
        ("void f() {\n  auto g = [](int a) {\n    return a;\n  };\n}\n", [(1, 5)]),
        ("constexpr int kA[] = {\n  1,\n  2};\nvoid f() {\n}\n", [(4, 2)]),
        ("enum class E { kA, kB };\nstruct S {\n  int a{};\n};\n", []),
        ('void f() {\n  g("}");  // }\n  h(\'}\');\n}\n', [(1, 4)]),
        ('void f() {\n  g(R"(}})");\n}\n', [(1, 3)]),
        ("void f() {\n  g(1'000'000);\n}\n", [(1, 3)]),
        ("#define M(a) \\\n  do {          \\\n  } while (a)\nvoid f() {\n}\n", [(4, 2)]),
        ("auto f() -> int {\n}\ntemplate <class T>\nvoid g() {\n}\n", [(1, 2), (3, 3)]),
        ('TEST_CASE("a", "[b]") {\n  if (x) {\n  }\n}\n', [(1, 4)]),
    ],
)
def test_functions_are_measured(text, expected):
    assert cpp_text.functions_of(text) == expected


def test_comments_and_literals_are_told_from_code():
    text = 'a = "x // y"; // b "c"\nd = \'"\'; /* e\n f */ g = R"(h " )";\n'
    assert cpp_text.without_literals(text).split() == ["a", "=", ";", "d", "=", ";", "g", "=", ";"]
    assert cpp_text.comments_of(text).split() == ["//", "b", '"c"', "/*", "e", "f", "*/"]


def test_includes_are_read_with_their_lines():
    text = '#pragma once\n#include "a/b.h"\n  # include <c>\n// #include text\n'
    assert cpp_text.includes_of(text) == [(2, '"', "a/b.h"), (3, "<", "c")]
