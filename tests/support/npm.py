"""Node packages for tests: pinned by a package-lock.json, installed into the build directory."""

import hashlib
import os
import pathlib
import shutil
import subprocess
import tempfile

import pytest

FETCH_SECONDS = 300


def modules(project, build):
    """The node_modules of `project`, a folder with package.json and package-lock.json.

    Installed once for each lock file; without node, npm or a way to fetch them the test is skipped.
    """
    for program in ("node", "npm"):
        if not shutil.which(program):
            pytest.skip(f"{program} is missing; deploy/install-dependencies --tests brings it")
    lock = hashlib.sha256((project / "package-lock.json").read_bytes()).hexdigest()[:16]
    place = pathlib.Path(build) / "node" / f"{project.name}-{lock}"
    if not place.is_dir():
        place.parent.mkdir(parents=True, exist_ok=True)
        # Filled aside and renamed: a download that broke off never passes for a whole one.
        with tempfile.TemporaryDirectory(dir=place.parent) as partial:
            for name in ("package.json", "package-lock.json", ".npmrc"):
                shutil.copy(project / name, partial)
            try:
                done = subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
                                      cwd=partial, capture_output=True, encoding="utf-8",
                                      timeout=FETCH_SECONDS)
            except subprocess.TimeoutExpired:
                pytest.skip(f"npm did not fetch {project.name} within {FETCH_SECONDS} s")
            if done.returncode != 0:
                # A lock file that does not fit package.json is ours to mend, and no bad network.
                assert "EUSAGE" not in done.stderr, done.stderr
                pytest.skip(f"npm cannot fetch {project.name}: {done.stderr.strip()[-300:]}")
            aside = pathlib.Path(f"{place}.{os.getpid()}")
            os.rename(partial, aside)
            os.mkdir(partial)  # for the context to remove
        try:
            os.rename(aside, place)
        except OSError:  # another run was faster, and its copy is the same
            shutil.rmtree(aside)
    return place / "node_modules"
