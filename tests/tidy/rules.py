"""The rules of the source tree, as functions from a tree to sentences. A tree is {path: text}."""

import collections
import posixpath
import re

from cpp_text import comments_of, functions_of, includes_of

Breach = collections.namedtuple("Breach", "path sentence")

HEADER_LINES_MAX = 150
SOURCE_LINES_MAX = 400
FUNCTION_LINES_MAX = 70
FOLDER_DEPTH_MAX = 3  # producers/<kind>/<sender>; tests mirror it one level down

# Who may include whom. Layers further down know nothing of those further up:
# platform <- events <- {projections, producers/append} <- {producers/*, consumers/*} <- programs.
# producers/append asks views (who owns this phone number? is this event known?), never the other
# way round.
LAYERS = {
    "platform": {"platform"},
    "events": {"platform", "events"},
    "projections": {"platform", "events", "projections"},
    "append": {"platform", "events", "projections", "append"},
    "producers": {"platform", "events", "append", "producers"},
    "consumers": {"platform", "events", "projections", "append", "consumers"},
    "program": {"platform", "events", "projections", "append", "producers", "consumers", "program"},
}

# Parts of platform/ that stand for a vendor: only adapters and what is made of routes use them, so
# that the domain and its tests build without Kafka, RocksDB and sockets.
ADAPTERS = {
    "platform/http": ("producers/", "consumers/"),
    "platform/kafka": ("events/log/", "consumers/"),
    "platform/rocks": (
        "events/log/",
        "events/privacy/",
        "projections/store/",
        "consumers/access/access_store",
    ),
}

# Vendor headers and the files that may include them; the first pattern that fits an include counts.
VENDORS = [
    (r"boost/json", r"consumers/(client|ledgerctl)/"),
    (r"boost/", r"platform/http/"),
    (r"librdkafka/", r"platform/kafka/"),
    (r"rocksdb/", r"platform/rocks/"),
    (r"cereal/", r"projections/store/|consumers/runner/parking\."),
    (r"simdjson", r"events/|consumers/access/\w+\.cpp$|producers/(webhook/fields|quarantine/quarantine|payments/json_row)\.cpp$"),
    (r"curl/", r"platform/http/(client|fetch)\.cpp$"),
    (r"date/", r"events/business_zone\.cpp$"),
    (r"(expat|csv|glib)\.h$|(gmime|openssl)/", r"producers/|platform/"),
    (r"argon2", r"platform/password\.cpp$"),
    (r"CLI/", r"(consumers|producers)/.*\.cpp$"),  # and one per program, see one_command_line
    (r"toml", r"platform/config\.cpp$"),
    (r"spdlog/", r"platform/logging[^/]*$"),
    (r"prometheus/", r"platform/metrics[^/]*$"),
    (r"idn2", r"platform/domain_name\.cpp$"),
    (r"catch2/", r"tests/support/catch\.h$"),
]

MARKER = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
SLEEP = re.compile(r"\b(sleep_for|sleep_until|usleep|nanosleep|time\.sleep)\b|\bsleep\(|^\s*sleep \d")
MACHINE_PATH = re.compile(r"(?<![\w.$}/-])/(home|root|Users|work)/[\w.]")


def is_cpp(path):
    return path.endswith((".h", ".cpp"))


def cpp_files(tree):
    return {path: text for path, text in tree.items() if is_cpp(path)}


def programs_of(tree):
    """Folders that hold a main.cpp; what stands in them is wiring."""
    return {
        posixpath.dirname(path)
        for path in tree
        if posixpath.basename(path) == "main.cpp" and not path.startswith("tests/")
    }


def layer_of(path, programs):
    if posixpath.dirname(path) in programs:
        return "program"
    if path.startswith("producers/append/"):
        return "append"
    return path.split("/")[0]


def our_includes(tree, programs):
    """(path, its layer, line, included path, its layer) of what is not a test."""
    for path, text in cpp_files(tree).items():
        layer = layer_of(path, programs)
        if layer not in LAYERS:
            continue
        for line, mark, included in includes_of(text):
            if mark == '"':
                yield path, layer, line, included, layer_of(included, programs)


def layers(tree):
    """Includes point down."""
    programs = programs_of(tree)
    for path, layer, line, included, other in our_includes(tree, programs):
        if other not in LAYERS[layer]:
            yield Breach(path, f"line {line}: {layer} may not include {included} ({other})")


# What all senders that push stand on.
SHARED_ROOMS = ("producers/webhook", "producers/quarantine", "producers/table")


def siblings(tree):
    """Senders do not know each other, nor do programs; shared things lie one level up, or in a room
    for all of them."""
    programs = programs_of(tree)
    for path, layer, line, included, other in our_includes(tree, programs):
        if layer != other or layer not in ("producers", "program"):
            continue
        mine, theirs = posixpath.dirname(path), posixpath.dirname(included)
        inside = (mine + "/").startswith(theirs + "/") or theirs.startswith(mine + "/")
        if not inside and theirs not in SHARED_ROOMS:
            yield Breach(path, f"line {line}: {mine} may not include {included}")


def adapters(tree):
    """What stands for a vendor stays at the edge."""
    for path, _, line, included, _ in our_includes(tree, programs_of(tree)):
        for adapter, users in ADAPTERS.items():
            allowed = path.startswith((adapter + "/", *users)) and not path.startswith(
                "producers/append/"
            )
            if included.startswith(adapter + "/") and not allowed:
                yield Breach(path, f"line {line}: {included} is for {', '.join(users)} only")


def vendors(tree):
    """Vendor headers stay in their adapters. Tests may look behind an adapter, but for Catch."""
    for path, text in cpp_files(tree).items():
        for line, mark, included in includes_of(text):
            places = next((p for header, p in VENDORS if re.match(header, included)), None)
            free = path.startswith("tests/") and not included.startswith("catch2/")
            if mark == "<" and places and not free and not re.match(places, path):
                yield Breach(path, f"line {line}: <{included}> belongs in {places}")


def one_command_line(tree):
    """CLI11 takes 9 s to compile: one .cpp of each program."""
    users = collections.defaultdict(list)
    for path, text in sorted(cpp_files(tree).items()):
        if any(included.startswith("CLI/") for _, _, included in includes_of(text)):
            users[posixpath.dirname(path)].append(path)
    programs = programs_of(tree)
    for folder, paths in users.items():
        if folder not in programs:
            yield Breach(paths[0], "CLI11 is for programs, and this folder has no main.cpp")
        for path in paths[1:]:
            yield Breach(path, f"{paths[0]} includes CLI11 already")


def include_style(tree):
    """Ours in quotes from the repository's root, the own header first."""
    roots = {path.split("/")[0] for path in tree if "/" in path}
    for path, text in cpp_files(tree).items():
        found = includes_of(text)
        for line, mark, included in found:
            if mark == "<" and included.split("/")[0] in roots and included in tree:
                yield Breach(path, f"line {line}: <{included}> is ours: use quotes")
            if mark == '"' and included not in tree:
                yield Breach(path, f"line {line}: \"{included}\" is no path from the root")
        own = path.removesuffix(".cpp") + ".h"
        if path.endswith(".cpp") and own in tree and (not found or found[0][2] != own):
            yield Breach(path, f"its own header \"{own}\" comes first")


def tests_stay_outside(tree):
    """Nothing is shipped that needs a test."""
    for path, text in cpp_files(tree).items():
        for line, _, included in includes_of(text):
            if included.startswith("tests/") and not path.startswith("tests/"):
                yield Breach(path, f"line {line}: {included} is a test's")


def headers_once(tree):
    """Every header begins with #pragma once."""
    for path, text in cpp_files(tree).items():
        if path.endswith(".h") and not text.startswith("#pragma once\n"):
            yield Breach(path, "does not begin with #pragma once")


def file_lengths(tree):
    """A file is read in one go."""
    for path, text in cpp_files(tree).items():
        limit = HEADER_LINES_MAX if path.endswith(".h") else SOURCE_LINES_MAX
        lines = text.count("\n")
        if lines > limit:
            yield Breach(path, f"has {lines} lines, at most {limit}: split it by what it does")


def function_lengths(tree):
    """A function fits on a screen."""
    for path, text in cpp_files(tree).items():
        for first, lines in functions_of(text):
            if lines > FUNCTION_LINES_MAX:
                yield Breach(path, f"line {first}: a function of {lines} lines, at most 70")


def folder_depth(tree):
    """Everything is found within three clicks."""
    for folder in sorted({posixpath.dirname(path) for path in cpp_files(tree)}):
        depth = folder.count("/") + 1 - folder.startswith("tests/")
        if depth > FOLDER_DEPTH_MAX:
            yield Breach(folder, f"lies {depth} folders deep, at most {FOLDER_DEPTH_MAX}")


def markers(tree):
    """What is not done is an issue, not a comment."""
    for path, text in tree.items():
        if is_cpp(path):
            text = comments_of(text)
        elif path.endswith((".py", ".toml", ".yaml", ".yml")) or "." not in path:
            text = "\n".join(line.partition("#")[2] for line in text.split("\n"))
        elif not path.endswith((".md", ".txt", ".cmake")):
            continue
        for match in MARKER.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            yield Breach(path, f"line {line}: {match.group()}")


def sleeps(tree):
    """Tests wait for something with a deadline, not for a while."""
    for path, text in tree.items():
        if path.startswith("tests/"):
            for number, line in enumerate(text.split("\n"), 1):
                if SLEEP.search(line):
                    yield Breach(path, f"line {number}: sleeps; use a fake clock or a deadline")


TEMPORARY_DIRECTORY = "tests/support/temporary_directory.h"


def temporary_directories(tree):
    """Cases run side by side: none writes into a directory whose name another one may have."""
    for path, text in cpp_files(tree).items():
        if path.startswith("tests/") and path != TEMPORARY_DIRECTORY:
            for number, line in enumerate(text.split("\n"), 1):
                if "temp_directory_path" in line:
                    yield Breach(path, f"line {number}: use {TEMPORARY_DIRECTORY}")


def machine_paths(tree):
    """The tree works on any machine."""
    for path, text in tree.items():
        for number, line in enumerate(text.split("\n"), 1):
            if MACHINE_PATH.search(line):
                yield Breach(path, f"line {number}: a path of one machine: {line.strip()[:80]}")


ALL = [
    layers, siblings, adapters, vendors, one_command_line, include_style, tests_stay_outside,
    headers_once, file_lengths, function_lengths, folder_depth, markers, sleeps,
    temporary_directories, machine_paths,
]  # fmt: skip
