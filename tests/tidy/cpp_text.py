"""Just enough of C++ for the rules: text without comments and literals, includes, functions."""

import re

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)
LITERAL = re.compile(
    r"""//[^\n]*"""
    r"""|/\*.*?\*/"""
    r"""|R"(?P<tag>[^()\s\\]{0,16})\(.*?\)(?P=tag)\""""
    r'''|"(?:\\.|[^"\\\n])*"'''
    r"""|(?<![0-9a-zA-Z_])'(?:\\.|[^'\\\n])+'""",
    re.DOTALL,
)
# What is neither a statement nor part of one: preprocessor lines and access labels.
BETWEEN = re.compile(r"^[ \t]*(#(?:.*\\\n)*.*|(public|private|protected):[ \t]*)$", re.MULTILINE)


def blank(text):
    """Spaces of the same length and number of lines."""
    return re.sub(r"[^\n]", " ", text)


def without_literals(text):
    """Comments, strings and characters become spaces, so that braces and words in them are not
    taken for code. A digit separator (1'000) is no character literal."""
    return LITERAL.sub(lambda match: blank(match.group()), text)


def comments_of(text):
    """The other way round: only what stands in comments."""
    kept = []
    last = 0
    for match in LITERAL.finditer(text):
        kept.append(blank(text[last : match.start()]))
        is_comment = match.group().startswith(("//", "/*"))
        kept.append(match.group() if is_comment else blank(match.group()))
        last = match.end()
    return "".join(kept)


def includes_of(text):
    """[(line number, '"' or '<', path)]"""
    return [
        (text.count("\n", 0, match.start()) + 1, match.group(1), match.group(2))
        for match in INCLUDE.finditer(text)
    ]


def functions_of(text):
    """[(first line, number of lines)] of functions outside of other functions.

    By counting braces, on text that clang-format has laid out: a block has a space before its
    brace, an initialiser has none or follows '=', ',', '(' or return. What stands between the last
    statement and the brace tells a function from a namespace or a type."""
    code = BETWEEN.sub(lambda match: blank(match.group()), without_literals(text))
    found = []
    open_blocks = []  # (kind, start of its head)
    head_start = 0
    for at, char in enumerate(code):
        if char == "{":
            head = code[head_start:at]
            open_blocks.append((kind_of_block(head, open_blocks), head_start))
            if open_blocks[-1][0] != "initialiser":
                head_start = at + 1
        elif char == "}" and open_blocks:
            kind, start = open_blocks.pop()
            if kind == "function":
                found.append(lines_between(code, start, at))
            if kind != "initialiser":
                head_start = at + 1
        elif char == ";" and not any(kind == "initialiser" for kind, _ in open_blocks):
            head_start = at + 1
    return found


def kind_of_block(head, open_blocks):
    if any(kind in ("function", "inner") for kind, _ in open_blocks):
        return "inner"
    if not head.endswith((" ", "\n")) or re.search(r"([=,(]|\breturn)\s*$", head):
        return "initialiser"
    if re.search(r"\b(namespace|extern)\b", head):
        return "namespace"
    if re.search(r"\b(class|struct|union|enum)\b[^()]*$", head) and ")" not in head:
        return "type"
    return "function" if ")" in head else "type"


def lines_between(code, start, end):
    skipped = len(code[start:end]) - len(code[start:end].lstrip())
    first = code.count("\n", 0, start + skipped) + 1
    return first, code.count("\n", 0, end) + 1 - first + 1
