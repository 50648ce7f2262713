"""schemathesis, which asks a running server at random by schemas/openapi.yaml."""

import hashlib
import os
import pathlib
import shutil
import subprocess
import sys

import pytest

from house import BUILD, ROOT

DESCRIPTION = ROOT / "schemas" / "openapi.yaml"
TOOLS = pathlib.Path(__file__).parent / "openapi"
FETCH_SECONDS = 300


def python_tools():
    """A virtual environment beside the build with the pinned tools, made aside once for that file."""
    pinned = TOOLS / "requirements.txt"
    mark = hashlib.sha256(pinned.read_bytes()).hexdigest()[:16]
    place = BUILD / "openapi-tools" / f"schemathesis-{mark}"
    if place.is_dir():
        return place / "venv" / "bin" / "python"
    partial = place.with_name(f"{place.name}.{os.getpid()}")
    partial.mkdir(parents=True)
    for command in [[sys.executable, "-m", "venv", "venv"],
                    ["venv/bin/python", "-m", "pip", "install", "-q",
                     "--disable-pip-version-check", "-r", pinned]]:
        try:
            done = subprocess.run(command, cwd=partial, capture_output=True, text=True,
                                  timeout=FETCH_SECONDS)
        except (OSError, subprocess.TimeoutExpired) as error:
            shutil.rmtree(partial)
            pytest.skip(f"schemathesis cannot be fetched: {error}")
        if done.returncode != 0:
            shutil.rmtree(partial)
            pytest.skip(f"schemathesis cannot be fetched: {done.stderr.strip()[-300:]}")
    try:
        partial.rename(place)
    except OSError:  # another run was faster, and its copy is the same
        shutil.rmtree(partial)
    return place / "venv" / "bin" / "python"


def asked_at_random(ledger, config, *options, hooks=None):
    """What it finds fails the test, in its own words: with the request to send again."""
    more = {"SCHEMATHESIS_HOOKS": hooks, "PYTHONPATH": str(TOOLS)} if hooks else {}
    done = subprocess.run(
        [python_tools(), "-m", "schemathesis.cli", "--no-color", "--config-file", TOOLS / config,
         "run", DESCRIPTION, "--url", ledger.url, "--phases", "examples,coverage,fuzzing",
         "--seed", "1", "--warnings", "off", *options],
        capture_output=True, text=True, timeout=3600, cwd=ledger.data, env={**os.environ, **more})
    assert done.returncode == 0, done.stdout[-20000:] + done.stderr[-2000:]
    return done.stdout
