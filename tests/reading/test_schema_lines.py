# SPDX-License-Identifier: Apache-2.0
"""The first line of a rule file leads an editor to a schema that is there, also in a package of one's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from misure.ground.rules_folder import bundled_rules
from misure.reading import check_package
from misure.reading.forms.json_schema import write_schemas
from misure.reading.packages.checking import schemas_out_of_reach

MEASURE = "rules/prova/misura/measure.yaml"


@pytest.fixture
def named(package):
    """The package, each file of which names its schema in one of the two ways, beside the rules."""

    def rename(way):
        for path in sorted(package.rglob("*.yaml")):
            first, rest = path.read_text("utf-8").split("\n", 1)
            above = "../" * (len(path.parts) - 2)
            path.write_text(way.format(f"{above}schema/{first.rsplit('/', 1)[1]}") + "\n" + rest, "utf-8")
        return package

    return rename


@pytest.mark.parametrize("way", ["# $schema: {}", "# yaml-language-server: $schema={}"])
def test_a_schema_that_is_written_beside_the_rules_is_reached(named, way):
    root = named(way)
    told = [str(fault) for fault in schemas_out_of_reach(root)]
    assert {line.split(":")[0] for line in told} == {str(path) for path in root.rglob("*.yaml")}
    assert all("'misure schema --write rules' writes rules/schema" in line for line in told)
    write_schemas(root)
    assert schemas_out_of_reach(root) == []
    assert [fault for fault in check_package(root) if "schema" in fault.message] == []


@pytest.mark.parametrize("first", ["# yaml-language-server: schema=../x/measure.json", "#$schema: ../x/measure.json"])
def test_other_first_lines_name_no_schema(named, first):
    root = named("# $schema: {}")
    path = Path(MEASURE)
    path.write_text(first + "\n" + path.read_text("utf-8").split("\n", 1)[1], "utf-8")
    (fault,) = [fault for fault in check_package(root) if fault.place.path == MEASURE]
    assert fault.message.startswith("the first line names the schema")


def test_an_address_is_not_looked_for(named):
    root = named("# yaml-language-server: $schema=https://example.org/{}")
    assert schemas_out_of_reach(root) == []


def test_the_bundled_rules_reach_their_schemas():
    assert schemas_out_of_reach(bundled_rules()) == []
