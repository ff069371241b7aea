# SPDX-License-Identifier: Apache-2.0
"""Titles, facts, sections, provisions, labels of acts, schemas and folders: what each reads, and what it refuses."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

import misure.reading
from misure.ground.errors import BadFacts, BadRules
from misure.reading import check_package, check_schemas, measures_of, place_of, read_text, write_schemas
from misure.reading.applicants.facts import read_facts, read_facts_text
from misure.reading.measures.citations import label_of_act
from misure.reading.packages.laws import laws_of
from misure.reading.packages.provisions import check_provisions, provisions_in
from misure.reading.packages.shelf import Folder
from misure.reading.text.files import Files
from misure.reading.text.titles import titles_in, titles_of_file
from misure.reading.text.tree import key_of


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("format: 1\ntitle: Una misura\n", "Una misura"),
        ("title: 'Una: misura'\n", "Una: misura"),
        ("uses: [title, x]\ntitle: Vera\n", "Vera"),
        ("acts: {title: Falsa}\ntitle: Vera\n", "Vera"),
        ("note: title\nother: Falsa\ntitle: Vera\n", "Vera"),
        ("a:\n  - {title: Falsa}\n  - title\n  - x\ntitle: Vera\n", "Vera"),
        ("{title: Vera, b: c}", "Vera"),
        ("title: {a: b}\nc: d\n", ""),
        ("format: 1\n", ""),
        ("", ""),
        ("a: {b\ntitle: x", ""),
    ],
)
def test_a_title_is_the_one_of_the_outermost_mapping(text, title):
    assert titles_in(text) == (title, "")


def test_a_title_is_looked_for_among_the_first_lines_of_a_file(tmp_path):
    path = tmp_path / "measure.yaml"
    path.write_bytes("\ufeff# è\ntitle: Perché\n".encode())
    assert titles_of_file(path) == ("Perché", "")
    fill = "# " + "x" * 97 + "\n"
    path.write_text(fill * 198 + "short_title: Qui\ntitle: Vicina\n", "utf-8")
    assert titles_of_file(path) == ("Vicina", "Qui")
    path.write_text(fill * 200 + "title: Lontana\n", "utf-8")
    assert titles_of_file(path) == ("", "")
    assert titles_of_file(tmp_path / "no.yaml") == ("", "")
    assert titles_of_file(tmp_path) == ("", "")


@pytest.mark.parametrize(
    ("name", "text", "facts", "plain"),
    [
        ("a.json", '{"cost": "1", "n": 2}', {"cost": "1", "n": 2}, False),
        ("a.JSON", '{"cost": "1"}', {"cost": "1"}, False),
        ("a.yaml", "cost: 1\nn: NO\n", {"cost": "1", "n": "NO"}, True),
        ("a.yml", '{"cost": 1}', {"cost": "1"}, True),
        ("a.txt", ' \n{"cost": 1}', {"cost": 1}, False),
        ("a.txt", "\ufeffcost: 1", {"cost": "1"}, True),
        ("a", "cost: [1, 2]", {"cost": ["1", "2"]}, True),
    ],
)
def test_facts_are_json_or_yaml_as_their_file_is_called_or_begins(tmp_path, name, text, facts, plain):
    path = tmp_path / name
    path.write_text(text, "utf-8")
    told = read_facts(path)
    assert (told.facts, told.text_source) == (facts, plain)
    assert str(told.places(("cost",))).startswith(f"{path}:")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "x:1:1: the file is empty"),
        ("  \n", "x:1:1: the file is empty"),
        ("- a", "x:1:1: expected facts, each with its name"),
        ("testo", "x:1:1: expected facts, each with its name"),
        ("a: b\na: c", "x:2:1: the key 'a' is given twice; first at line 1"),
    ],
)
def test_what_is_no_facts(text, told):
    with pytest.raises(BadFacts) as caught:
        read_facts_text(text, "x")
    assert str(caught.value) == told


def test_an_empty_json_file_is_told_so(tmp_path):
    path = tmp_path / "a.json"
    path.write_text(" \n", "utf-8")
    with pytest.raises(BadFacts) as caught:
        read_facts(path)
    assert str(caught.value) == f"{path}:1:1: the file is empty"


def test_a_place_is_that_of_the_nearest_thing_around():
    tree = read_text("a:\n  - b: 1\n    c: [x, y]\nd: z\n", "x")
    found = {
        (): "x:1:1", ("a",): "x:2:3", ("a", 0): "x:2:5", ("a", 0, "c"): "x:3:8", ("a", 0, "c", 1): "x:3:12",
        ("a", 0, "c", 2): "x:3:8", ("a", 1): "x:2:3", ("e",): "x:1:1", ("d", "f"): "x:4:4", ("a", 0, "c", "q"): "x:3:8",
    }  # fmt: skip
    assert {path: str(place_of(tree, path)) for path in found} == found
    assert str(key_of(tree, "d").place) == "x:4:1"


@pytest.mark.parametrize(
    ("rows", "sections", "faults"),
    [
        ("section,division\nA,01\nA,02\nB,05\n", {"A": ("01", "02"), "B": ("05",)}, []),
        ("# note\nsection,division\n\nA,01\n", {"A": ("01",)}, []),
        (
            "section,division\nA,01,x\nB\nC,05\n",
            {"C": ("05",)},
            ["row 1 has not two columns", "row 2 has not two columns"],
        ),
        ("section\nA,01\n", {"A": ("01",)}, ["row 0 has not two columns"]),
    ],
)
def test_the_sections_of_a_classification(tmp_path, rows, sections, faults):
    (tmp_path / "tables").mkdir()
    path = tmp_path / "tables" / "prova-sections.csv"
    path.write_text(rows, "utf-8")
    (tmp_path / "tables" / "altro.csv").write_text("x", "utf-8")
    told = []
    found = Files(told).again(Folder(tmp_path).sections)
    assert {scheme: dict(one) for scheme, one in found.items()} == {"prova": sections}
    assert [str(fault) for fault in told] == [f"{path}: prova-sections: {fault}" for fault in faults]


def test_the_ids_of_provisions_are_the_first_column_of_tables():
    rows = (
        "# Fonti", "| id | che cosa |", "|---|---|", "| P1.01 | uno |", "| `P1.02` | due |", "|X.9| tre |",
        "P1.03 | no |", "| p1.04 | no |", "| P1 | no |", "| P1.05x | no |", "  | P1.06 | no |", "| P1.01 | ancora |",
        "| AB12.345 | sì |",
    )  # fmt: skip
    text = "\n".join(rows)
    found, faults = provisions_in(text, "S.md")
    assert {name: (place.line, place.column) for name, place in found.items()} == {
        "P1.01": (4, 3), "P1.02": (5, 4), "X.9": (6, 2), "AB12.345": (13, 3),
    }  # fmt: skip
    assert [str(fault) for fault in faults] == ["S.md:12:3: P1.01: the provision stands in two rows; first at line 4"]


def test_provisions_are_named_modelled_or_left_out_and_once():
    sources, _ = provisions_in("| P.1 | a |\n| P.2 | a |\n| P.3 | a |\n| L.1 | a |\n", "S.md")
    lent, _ = provisions_in("| L.1 | a |\n| L.2 | a |\n", "L.md")
    tree = read_text(
        "a: {provision: P.1}\nb: [{provision: [P.9, L.2]}, {provisions: [P.4, {provision: P.5}]}]\n"
        "not_modelled: {P.1: x, P.8: y}\n",
        "m",
    )
    assert sorted(str(fault).split("; did")[0] for fault in check_provisions(tree, sources, lent)) == [
        "S.md:2:3: P.2: no rule names this provision, and it is not listed under 'not_modelled'",
        "S.md:3:3: P.3: no rule names this provision, and it is not listed under 'not_modelled'",
        "S.md:4:3: L.1: the id is already that of a law that is used: L.md:1:3",
        "m:2:18: P.9: SOURCES.md has no row for this provision",
        "m:2:44: P.4: SOURCES.md has no row for this provision",
        "m:2:61: P.5: SOURCES.md has no row for this provision",
        "m:3:16: P.1: the provision is not modelled, and yet a rule names it at m:1:16",
        "m:3:24: P.8: SOURCES.md has no row for this provision",
    ]
    assert check_provisions(read_text("a: {provision: P.1}\nnot_modelled: x", "m"), {"P.1": sources["P.1"]}, {}) == []


MONTHS = (
    "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre",
    "novembre", "dicembre",
)  # fmt: skip


@pytest.mark.parametrize("month", range(1, 13))
def test_an_act_without_a_number_is_cited_by_its_day(month):
    assert label_of_act("DGR", None, dt.date(2022, month, 2)) == f"DGR del 2 {MONTHS[month - 1]} 2022"
    assert label_of_act("DGR", None, dt.date(2022, month, 1)) == f"DGR del 1° {MONTHS[month - 1]} 2022"
    assert label_of_act("L.", "241", dt.date(1990, month, 7)) == "L. 241"


def test_schemas_that_are_missing_or_old_are_told_each_with_its_file(tmp_path):
    folder = tmp_path / "schema"
    missing = "the schema is missing; write it with 'misure schema'"
    assert [str(fault) for fault in check_schemas(tmp_path)] == [
        f"{folder / kind}.json: {kind}: {missing}" for kind in ("measure", "law", "vocabulary", "cases", "anchors")
    ]
    assert [path.name for path in write_schemas(tmp_path)] == [
        "measure.json",
        "law.json",
        "vocabulary.json",
        "cases.json",
        "anchors.json",
    ]
    assert check_schemas(tmp_path) == []
    told = json.loads((folder / "law.json").read_text("utf-8"))
    (folder / "law.json").write_text(json.dumps(told), "utf-8")
    assert check_schemas(tmp_path) == []
    (folder / "law.json").write_text("{", "utf-8")
    (folder / "cases.json").write_text(json.dumps(told), "utf-8")
    old = "the schema is out of date; write it with 'misure schema'"
    assert [str(fault) for fault in check_schemas(tmp_path)] == [
        f"{folder / kind}.json: {kind}: {old}" for kind in ("law", "cases")
    ]


MEASURE = "rules/prova/misura/measure.yaml"
FIRST = "# $schema: ../../../schema/measure.json"


@pytest.mark.parametrize(
    ("first", "told"),
    [
        (FIRST, None),
        (FIRST + "  ", None),
        (
            "# $schema: ../../../../elsewhere/measure.json",
            "the first line names {}, which is not rules/schema/measure.json",
        ),
        (
            "# $schema: ../../../schema/cases.json",
            "the first line names the schema: '# $schema: .../schema/measure.json'",
        ),
        (
            "# schema: ../../schema/measure.json",
            "the first line names the schema: '# $schema: .../schema/measure.json'",
        ),
    ],
)
def test_a_schema_that_stands_in_the_package_is_the_one_that_is_named(package, change, first, told):
    write_schemas(Path("rules"))
    change(MEASURE, FIRST, first.replace("../../../schema/m", "../../schema/m"))
    for name in ("rules/prova/misura/cases.yaml", "rules/vocabulary/prova.yaml"):
        assert Path(name).read_text("utf-8").startswith("# $schema: ")
    found = [str(fault) for fault in check_package(package) if fault.place.path == MEASURE]
    assert found == ([] if told is None else [f"{MEASURE}:1:1: {told.format(first.split(': ')[1])}"])


def test_measures_and_laws_are_found_wherever_they_stand_in_order(tmp_path):
    for name in ("b/due", "a/uno", "a/b/tre", "zero"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "measure.yaml").touch()
    (tmp_path / "c" / "legge").mkdir(parents=True)
    (tmp_path / "c" / "legge" / "law.yaml").touch()
    assert measures_of(tmp_path) == ["a/b/tre", "a/uno", "b/due", "zero"]
    assert laws_of(tmp_path) == ["c/legge"]


def test_a_hash_is_over_the_names_and_the_contents_of_the_files(tmp_path):
    for name, text in (("a", "x"), ("b", "x"), ("c", "y"), ("d", "")):
        (tmp_path / name).write_text(text, "utf-8")

    def over(*names, root=tmp_path):
        files = Files([])
        for name in names:
            files.text(tmp_path / name, root)
        return files.hash

    hashes = [over(), over("a"), over("b"), over("c"), over("a", "b"), over("b", "a"), over("a", "d"), over("a", "a")]
    assert len(set(hashes)) == len(hashes)
    assert all(len(one) == 16 for one in hashes)
    assert over("a") == over("a") == over("a", root=tmp_path / "elsewhere")


def test_a_file_that_is_not_there_is_one_fault(tmp_path):
    faults = []
    assert Files(faults).tree(tmp_path / "no.yaml", tmp_path) is None
    assert [fault.message for fault in faults] == ["there is no such file"]
    with pytest.raises(BadRules, match="there is no such file"):
        Files(faults).text(tmp_path / "no.yaml", tmp_path)


def test_the_floor_offers_what_it_lists_and_nothing_else():
    for name in misure.reading.__all__:
        assert getattr(misure.reading, name).__name__ == name
        assert name in dir(misure.reading)
    with pytest.raises(AttributeError, match=r"module 'misure\.reading' has no attribute 'read_everything'"):
        misure.reading.read_everything  # noqa: B018
