"""Goal: a wrong command line is answered by what is wrong with it. Method: every program, a mistyped
option where a needed one is missing too."""

import subprocess

import pytest

from house import BUILD

PROGRAMS = ["ledgerd", "ledger-telephony", "ledger-mail", "ledger-bank", "ledgerctl"]


def run(name, *words):
    program = BUILD / "consumers" / name / name
    return subprocess.run([program, *words], capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_mistyped_option_is_named_before_one_that_is_missing(name):
    said = run(name, "--listn", "127.0.0.1:0")
    assert said.returncode == 2, said
    assert "--listn" in said.stderr, said.stderr
    assert "--help" in said.stderr, said.stderr
    assert "required" not in said.stderr, said.stderr


@pytest.mark.parametrize("name", PROGRAMS)
def test_help_is_an_answer_and_no_mistake(name):
    said = run(name, "--help")
    assert said.returncode == 0, said
    assert len(said.stdout.splitlines()) > 10, said.stdout
    assert not said.stderr
