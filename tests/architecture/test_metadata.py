# SPDX-License-Identifier: Apache-2.0
"""The files that catalogues and citation managers read say what the build says."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
VERSION = runpy.run_path(str(ROOT / "src/misure/_version.py"))["__version__"]
PUBLICCODE = yaml.safe_load((ROOT / "publiccode.yml").read_text("utf-8"))
CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

MANDATORY = [
    "publiccodeYmlVersion",
    "name",
    "url",
    "platforms",
    "developmentStatus",
    "softwareType",
    "description/en/shortDescription",
    "description/en/longDescription",
    "description/en/features",
    "description/it/shortDescription",
    "description/it/longDescription",
    "description/it/features",
    "legal/license",
    "maintenance/type",
    "maintenance/contacts",
    "localisation/localisationReady",
    "localisation/availableLanguages",
]


@pytest.mark.parametrize("key", MANDATORY)
def test_publiccode_has_every_mandatory_key(key: str) -> None:
    value = PUBLICCODE
    for part in key.split("/"):
        assert part in value, f"publiccode.yml lacks {key}"
        value = value[part]
    assert value not in ("", [], {}, None)


def test_publiccode_is_of_version_0_7_without_what_it_deprecates() -> None:
    assert PUBLICCODE["publiccodeYmlVersion"] == "0.7"
    assert PUBLICCODE["softwareType"] == "library"
    assert not {"it", "IT", "roadmap", "landingURL", "monochromeLogo"} & PUBLICCODE.keys()
    assert not {"repoOwner", "authorsFile"} & PUBLICCODE["legal"].keys()
    for words in PUBLICCODE["description"].values():
        assert len(words["shortDescription"]) <= 150
        assert 150 <= len(words["longDescription"]) <= 10_000


def test_one_name_one_version_one_licence() -> None:
    assert {PUBLICCODE["softwareVersion"], CITATION["version"]} == {VERSION}
    assert {PUBLICCODE["legal"]["license"], CITATION["license"], PROJECT["license"]} == {"Apache-2.0"}
    # No public home yet: the one address that the standard asks for is reserved, and nobody else names another.
    assert PUBLICCODE["url"] == "https://misure.example.org/misure.git"
    assert "repository-code" not in CITATION
    assert "urls" not in PROJECT
    assert PUBLICCODE["name"] == PROJECT["name"] == "misure"
    assert "Apache License" in (ROOT / "LICENSE").read_text("utf-8")


def test_the_changelog_tells_of_this_version() -> None:
    assert re.search(rf"^## {re.escape(VERSION)}\b", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)


def test_the_citation_file_fits_its_schema() -> None:
    command = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        "vendor.citation-file-format",
        "CITATION.cff",
    ]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


# What is pinned

PINS = {
    kind: dict(
        line.partition(" ")[0].split("==")
        for line in (ROOT / "constraints" / f"{kind}.txt").read_text("utf-8").splitlines()
        if "==" in line
    )
    for kind in ("tested", "lowest")
}
DECLARED = re.compile(r"^([A-Za-z0-9-]+)(?:\[[\w,]+\])?(?:(>=|~=)([\w.]+))?(?:,<\d+)?(?:; (.*))?$")
REQUIRED = [*PROJECT["dependencies"], *(line for extra in PROJECT["optional-dependencies"].values() for line in extra)]


@pytest.mark.parametrize("kind", PINS)
def test_the_first_line_of_the_pins_names_the_command_that_makes_them(kind: str) -> None:
    first, *rest = (ROOT / "constraints" / f"{kind}.txt").read_text("utf-8").splitlines()
    assert first == f"# python tools/pin.py {kind}"
    assert all(re.match(r"[a-z0-9-]+==[\w.]+( ; .*)?$", line) for line in rest)


@pytest.mark.parametrize("required", REQUIRED)
def test_the_least_that_is_declared_is_what_is_tried(required: str) -> None:
    found = DECLARED.match(required)
    assert found, f"{required}: give it a lower bound"
    name, sign, least, marker = found.groups()
    if name == "misure":
        return
    assert sign, f"{required}: give it a lower bound"
    assert name.lower() in PINS["tested"]
    if not marker:
        tried = PINS["lowest"][name.lower()].split(".")
        assert tried[: len(least.split("."))] == least.split(".")


def test_a_machine_without_a_zone_database_gets_one() -> None:
    (line,) = [line for line in PROJECT["dependencies"] if line.startswith("tzdata")]
    for platform in ("win32", "emscripten", "wasi", "android", "ios"):
        assert f"sys_platform == '{platform}'" in line
