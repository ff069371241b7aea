# SPDX-License-Identifier: Apache-2.0
"""The catalogue: a mapping that never changes, of bundled measures, of given folders and of installed rule packages."""

from __future__ import annotations

import copy
import pickle
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import misure
from misure._catalogue import Catalogue, _distinct
from misure.ground.errors import BadRules, NoSuchMeasure
from misure.ground.rules_folder import bundled_rules
from tests.cli.commands import Command

FILIERE = "lombardia/filiere"
PACKAGE = Path(__file__).parents[1] / "packages" / "misure-prova" / "src" / "misure_prova" / "rules"
STANDARD = sys.stdlib_module_names | {"importlib.metadata", "importlib.util", "importlib.machinery"}
PROVA, OTHER = "prova/filiere-2022", "prova/servizi"


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is installed beside the library stays out."""
    monkeypatch.setenv("MISURE_NO_PLUGINS", "1")


def test_it_is_a_mapping_in_alphabetical_order() -> None:
    found = Catalogue({"b/x": "/one", "a/y": "/two", "a/x": "/one"})
    assert list(found) == ["a/x", "a/y", "b/x"]
    assert len(found) == 3
    assert dict(found.roots) == {"a/x": "/one", "a/y": "/two", "b/x": "/one"}
    assert ("a/x" in found, "x" in found, None in found) == (True, False, False)
    assert repr(found) == "Catalogue(a/x, a/y, b/x)"
    assert len(Catalogue({})) == 0


def test_it_is_a_value_that_never_changes() -> None:
    given = {"a/x": "/one"}
    found = Catalogue(given)
    given["b/x"] = "/two"
    assert copy.copy(found) is copy.deepcopy(found) is found
    assert list(found) == ["a/x"]
    with pytest.raises(TypeError, match="does not support item assignment"):
        found.roots["b/x"] = "/two"  # type: ignore[index]
    assert found == Catalogue({"a/x": "/one"}) == Catalogue({"a/x": Path("/one")})  # type: ignore[dict-item]
    assert hash(found) == hash(Catalogue({"a/x": "/one"}))
    packaged = misure.catalogue([PACKAGE])
    again = pickle.loads(pickle.dumps(packaged))  # noqa: S301 - our own bytes
    assert again == packaged
    assert hash(again) == hash(packaged)
    assert found != Catalogue({"a/x": "/two"})
    assert found != Catalogue({})
    assert found != {"a/x": "/one"}
    assert hash(found) != hash(Catalogue({"a/x": "/two"}))


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Catalogue(["a"]), "roots is a mapping from the ids of measures to the folders of their packages; got a list"),  # type: ignore[arg-type]
        (lambda: Catalogue({"a": None}), "the folder of 'a' is a path; got nothing"),  # type: ignore[dict-item]
        (lambda: Catalogue({3: "a"}), "each id in roots is a text; got a whole number"),  # type: ignore[dict-item]
        (lambda: misure.Measure("x"), "rulebook is a Rulebook; measures are given by catalogue()[...] and open_linked(...); got a text"),  # type: ignore[arg-type]
    ],
    ids=["list", "folder", "id", "measure"],
)  # fmt: skip
def test_what_is_handed_over_wrongly_is_told(make: Callable[[], object], said: str) -> None:
    with pytest.raises(TypeError) as caught:
        make()
    assert str(caught.value) == said


def test_a_measure_is_read_when_it_is_asked_for_and_once() -> None:
    known = misure.catalogue()
    assert known[FILIERE] == known[FILIERE]
    assert known[FILIERE].id == FILIERE
    assert known is misure.catalogue()


@pytest.mark.parametrize(("name", "hint"), [("lombardia/filere", "lombardia/filiere"), ("filiere", None), ("", None)])
def test_a_measure_that_there_is_not(name: str, hint: str | None) -> None:
    with pytest.raises(NoSuchMeasure) as caught:
        misure.catalogue()[name]
    assert caught.value.name == name
    assert (f"did you mean {hint!r}?" in str(caught.value)) is (hint is not None)


def test_given_folders_stand_beside_the_bundled_measures() -> None:
    bundled = set(misure.catalogue())
    for packages in ([PACKAGE], [str(PACKAGE)], (PACKAGE,)):
        assert set(misure.catalogue(packages)) == bundled | {PROVA, OTHER}
    assert misure.catalogue([PACKAGE]).roots[PROVA] == str(PACKAGE.resolve())
    assert misure.catalogue([PACKAGE]).roots[FILIERE] == str(bundled_rules())
    assert misure.catalogue([]) == misure.catalogue()


@pytest.mark.parametrize("packages", ["rules", b"rules", PACKAGE])
def test_one_folder_alone_is_no_list_of_folders(packages: object) -> None:
    with pytest.raises(TypeError, match="packages is a list of folders, even when there is one"):
        misure.catalogue(packages)  # type: ignore[arg-type]


def test_a_folder_without_a_measure_is_told(tmp_path: Path) -> None:
    (tmp_path / "file.txt").write_text("x", "utf-8")
    for package, shown in (
        (tmp_path, str(tmp_path)),
        (tmp_path / "nowhere", f"{tmp_path}/nowhere"),
        (tmp_path / "file.txt", f"{tmp_path}/file.txt"),
        ("", "''"),
    ):
        with pytest.raises(BadRules) as caught:
            misure.catalogue([package])
        (fault,) = caught.value.faults
        assert str(fault) == f"{shown}: this is no folder with a measure.yaml in it or below it"


def test_a_measure_belongs_to_one_package_and_all_that_do_not_are_told(tmp_path: Path) -> None:
    for root in ("one", "two"):
        for measure in ("a", "b"):
            (tmp_path / root / "prova" / measure).mkdir(parents=True)
            (tmp_path / root / "prova" / measure / "measure.yaml").write_text("format: 1", "utf-8")
    one, two = tmp_path / "one", tmp_path / "two"
    assert {"prova/a", "prova/b"} <= set(misure.catalogue([one]))
    with pytest.raises(BadRules) as caught:
        misure.catalogue([one, two])
    message = f"a measure of this id is already in {one}: an id belongs to one rule package"
    assert [str(fault) for fault in caught.value.faults] == [
        f"{two}/prova/a/measure.yaml: prova/a: {message}", f"{two}/prova/b/measure.yaml: prova/b: {message}",
    ]  # fmt: skip


@pytest.fixture
def link(tmp_path: Path) -> Path:
    """The bundled rules under another name."""
    (tmp_path / "link").symlink_to(bundled_rules(), target_is_directory=True)
    return tmp_path / "link"


def test_a_folder_that_is_reached_in_two_ways_is_one(link: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(bundled_rules().parent)
    relative = bundled_rules().name
    for packages in ([bundled_rules()], [relative], [f"./{relative}/../{relative}"], [link], [relative, link]):
        assert misure.catalogue(packages) == misure.catalogue([])
    assert set(misure.catalogue([PACKAGE, f"{PACKAGE}/.", str(PACKAGE)])) == set(misure.catalogue([PACKAGE]))


def test_a_folder_that_the_disk_knows_under_two_names_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a disk that takes capitals for small letters: there no path resolves to the other."""
    shutil.copytree(PACKAGE, tmp_path / "rules")
    stat = Path.stat
    monkeypatch.setattr(
        Path, "stat", lambda self, **how: stat(tmp_path / "rules" if self == tmp_path / "RULES" else self, **how)
    )
    assert _distinct([str(tmp_path / "rules"), str(tmp_path / "RULES")]) == [str(tmp_path / "rules")]


def test_another_copy_of_the_bundled_rules_takes_their_place(tmp_path: Path) -> None:
    """A checkout, where the library is installed from a wheel: its rules are read, with what was added to them."""
    copy, second = tmp_path / "rules", tmp_path / "second"
    shutil.copytree(bundled_rules(), copy)
    shutil.copytree(bundled_rules(), second)
    known = misure.catalogue([copy, PACKAGE])
    assert set(known) == {*misure.catalogue([]), PROVA, OTHER}
    assert known.roots[FILIERE] == str(copy)
    assert known[FILIERE].rulebook.rules_hash == misure.catalogue([])[FILIERE].rulebook.rules_hash
    with pytest.raises(BadRules, match=f"{FILIERE}: a measure of this id is already in {copy}"):
        misure.catalogue([copy, second])


class Site:
    """A folder of installed distributions, each with an entry point to a package."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def install(self, name: str, value: str, *, group: str = "misure.rules", rules: Path | None = None) -> None:
        info = self.folder / f"{name}-1.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n", "utf-8")
        (info / "entry_points.txt").write_text(f"[{group}]\n{name} = {value}\n", "utf-8")
        if rules is not None:
            package = self.folder / value
            package.mkdir()
            (package / "__init__.py").write_text("raise RuntimeError('data is not code')\n", "utf-8")
            shutil.copytree(rules, package / "rules")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.delenv("MISURE_NO_PLUGINS")
    monkeypatch.syspath_prepend(str(tmp_path))
    return Site(tmp_path)


def test_an_installed_package_is_found_and_its_code_is_not_run(site: Site) -> None:
    site.install("prova-uno", "prova_uno", rules=PACKAGE)
    known = misure.catalogue()
    assert known.roots[PROVA] == str((site.folder / "prova_uno" / "rules").resolve())
    assert known[PROVA].id == PROVA
    assert FILIERE in known


@pytest.mark.parametrize("value", ["1", "yes"])
def test_installed_packages_are_left_out_when_asked(site: Site, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    site.install("prova-uno", "prova_uno", rules=PACKAGE)
    assert PROVA in misure.catalogue()
    monkeypatch.setenv("MISURE_NO_PLUGINS", value)
    assert PROVA not in misure.catalogue()
    for no in ("", "0", "no", "False", " off "):
        monkeypatch.setenv("MISURE_NO_PLUGINS", no)
        assert PROVA in misure.catalogue()


def test_given_folders_take_the_place_of_what_is_installed(site: Site) -> None:
    site.install("prova-uno", "prova_uno", rules=PACKAGE)
    assert PROVA not in misure.catalogue([])
    assert misure.catalogue([PACKAGE]).roots[PROVA] == str(PACKAGE.resolve())


def test_two_installed_packages_with_one_measure_are_told_by_name(site: Site) -> None:
    site.install("uno", "prova_uno", rules=PACKAGE)
    site.install("due", "prova_due", rules=PACKAGE)
    known = misure.catalogue()
    first, second = (str((site.folder / name / "rules").resolve()) for name in ("prova_due", "prova_uno"))
    told = [(fault.place.path, fault.subject) for fault in known.left_out]
    assert told == [(f"{second}/{name}/measure.yaml", name) for name in (PROVA, OTHER)]
    assert all(first in fault.message for fault in known.left_out)
    assert known.roots[PROVA] == first
    assert FILIERE in known


def test_rules_may_lie_in_a_package_inside_another_whose_code_is_not_run_either(site: Site) -> None:
    site.install("prova-uno", "prova_uno.dentro")
    inner = site.folder / "prova_uno" / "dentro"
    inner.mkdir(parents=True)
    for package in (inner.parent, inner):
        (package / "__init__.py").write_text("raise RuntimeError('data is not code')\n", "utf-8")
    shutil.copytree(PACKAGE, inner / "rules")
    assert misure.catalogue().roots[PROVA] == str((inner / "rules").resolve())


@pytest.mark.parametrize(
    "value", ["nessun_pacchetto", "json", "sys", "nessuno.dentro", "json.nessuno", "json.decoder.x", ".rel", "__main__"]
)
def test_an_entry_point_that_leads_to_no_rules_is_told(site: Site, value: str) -> None:
    site.install("prova-uno", value)
    site.install("due", "prova_due", rules=PACKAGE)
    before = set(sys.modules)
    known = misure.catalogue()
    assert {name for name in set(sys.modules) - before if not name.startswith("misure.")} <= STANDARD
    assert {FILIERE, PROVA} <= set(known)
    (fault,) = known.left_out
    assert known.faults == (fault,)
    message = f"the entry point of misure.rules names {value!r}, which is no package with a folder rules/"
    assert str(fault) == f"<entry point prova-uno>: prova-uno: {message}"


def test_entry_points_of_other_groups_do_not_matter(site: Site) -> None:
    site.install("prova-uno", "nessun_pacchetto", group="misure.other")
    assert FILIERE in misure.catalogue()


def test_an_entry_point_that_is_badly_written_hides_no_other(site: Site) -> None:
    site.install("prova-uno", "prova_uno", rules=PACKAGE)
    site.install("due", "x")
    (site.folder / "due-1.dist-info" / "entry_points.txt").write_text("[misure.rules]\nno value here\n", "utf-8")
    assert {FILIERE, PROVA} <= set(misure.catalogue())


def test_a_broken_measure_leaves_the_others_alone(site: Site) -> None:
    site.install("prova-uno", "prova_uno", rules=PACKAGE)
    path = site.folder / "prova_uno" / "rules" / PROVA / "measure.yaml"
    path.write_text(path.read_text("utf-8").replace("law_of: filing", "law_of: nothing"), "utf-8")
    known = misure.catalogue()
    assert known.left_out == ()
    (fault,) = known.faults
    assert fault.place.path == str(path.resolve())
    assert known[OTHER].id == OTHER
    assert known[FILIERE].id == FILIERE
    with pytest.raises(BadRules):
        known[PROVA]


def test_a_broken_vocabulary_of_one_package_leaves_the_other_packages_alone(site: Site) -> None:
    site.install("prova-uno", "prova_uno", rules=PACKAGE)
    (site.folder / "prova_uno" / "rules" / "vocabulary").mkdir(exist_ok=True)
    (site.folder / "prova_uno" / "rules" / "vocabulary" / "zz.yaml").write_text("format: 2", "utf-8")
    known = misure.catalogue()
    assert {Path(fault.place.path).name for fault in known.faults} == {"zz.yaml"}
    assert known[FILIERE].id == FILIERE


def test_what_was_left_out_crosses_a_process(site: Site) -> None:
    site.install("prova-uno", "nessun_pacchetto")
    known = misure.catalogue()
    again = pickle.loads(pickle.dumps(known))  # noqa: S301 - our own bytes
    assert (again, again.left_out) == (known, known.left_out)


def test_a_broken_package_is_told_beside_the_answer(command: Command, site: Site) -> None:
    site.install("prova-uno", "nessun_pacchetto")
    listed = command("list")
    assert listed.code == 0
    assert FILIERE in listed.out
    assert listed.err.startswith("<entry point prova-uno>: prova-uno: the entry point")
    assert command("check", FILIERE).code == 0
    assert command("show", FILIERE).code == 0


@pytest.mark.wide
def test_a_broken_package_is_told_before_all_that_is_checked(command: Command, site: Site) -> None:
    site.install("prova-uno", "nessun_pacchetto")
    listed, checked, ran = command("list"), command("check"), command("cases")
    assert (checked.code, ran.code) == (1, 1)
    assert checked.out == listed.err
    assert ran.out.startswith(listed.err)


@pytest.mark.parametrize("verb", ["check", "cases", "show", "decide", "schema"])
def test_every_command_takes_the_same_kinds_of_path(command: Command, verb: str) -> None:
    rest = ("-", "--on", "2026-03-01") if verb == "decide" else ()
    outputs = {}
    for what in (PACKAGE / OTHER, PACKAGE / OTHER / "measure.yaml"):
        ran = command(verb, what, *rest, told=b"{}")
        assert (ran.code, ran.err) == (0, "")
        outputs[what] = ran.out
    assert len(set(outputs.values())) == 1
    nowhere = command(verb, PACKAGE / "nowhere", *rest, told=b"{}")
    assert nowhere.code == 2
    assert "no measure is called" in nowhere.err
    several = command(verb, PACKAGE, *rest, told=b"{}")
    assert several.code == (0 if verb in ("check", "cases") else 2)
    if several.code:
        assert several.err == f"{PACKAGE}: there are 2 measures here: name one of {PROVA}, {OTHER}\n"


def test_a_folder_without_rules_is_told_by_every_command(command: Command, tmp_path: Path) -> None:
    for verb in ("check", "cases", "show"):
        ran = command(verb, tmp_path)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err == f"{tmp_path}: there is no measure.yaml here, or in a folder below\n"


def test_rules_that_are_set_aside_are_told_with_what_hides_them(command: Command, tmp_path: Path) -> None:
    # As deep as a measure in its package: else the folders of the other tests would be taken for this one's.
    tmp_path = tmp_path / "rules" / "prova" / "uno"
    for folder in ("tests/one", "tests/deep/two", ".venv/three"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "measure.yaml").touch()
    marker = tmp_path / "tests" / ".no-rules"
    marker.touch()
    (tmp_path / "tests" / "one" / ".no-rules").touch()  # the outermost hides
    for verb in ("check", "cases", "show"):
        ran = command(verb, tmp_path)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.splitlines() == [
            f"{tmp_path}: there is no measure.yaml here, or in a folder below, that is to be checked",
            f"{tmp_path}/.venv: it is a hidden folder with rules, for its name begins with a dot: name it to check them",
            f"{marker}: this file sets aside the rules below {marker.parent}: name that folder to check them, or delete the file",
        ]
    (tmp_path / "measure.yaml").touch()
    assert "sets aside" not in command("check", tmp_path).err
