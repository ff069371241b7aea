# SPDX-License-Identifier: Apache-2.0
"""An option of one value that is given twice is a fault: the last would silently take the place of the first."""

import argparse

import pytest

from misure.cli import _parser, main

MEASURE = "lombardia/verso-nuovi-mercati"


def commands(parser, above=()):
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                yield (*above, name), below
                yield from commands(below, (*above, name))


OF_ONE_VALUE = [
    (path, action.option_strings[-1]) for path, parser in commands(_parser()) for action in parser._actions
    if action.option_strings and action.nargs is None and isinstance(action, argparse._StoreAction)
]  # fmt: skip


def test_there_are_such_options_in_most_commands():
    assert {"--on", "--lang", "--csv", "--into"} <= {option for _, option in OF_ONE_VALUE}


@pytest.mark.parametrize(
    ("path", "option"), OF_ONE_VALUE, ids=[" ".join((*path, option)) for path, option in OF_ONE_VALUE]
)
def test_an_option_of_one_value_is_told_once(path, option, capsys):
    with pytest.raises(SystemExit) as ended:
        main([*path, option, "2025-01-01", option, "2025-01-02"])
    assert ended.value.code == 2
    told = [line for line in capsys.readouterr().err.splitlines() if "it is told twice" in line]
    assert len(told) == 1
    assert f"argument {option}" in told[0]


@pytest.mark.parametrize("command", ["decide", "select"])
def test_a_parameter_is_varied_once(command, tmp_path, capsys):
    file = tmp_path / "facts.json"
    file.write_text("{}", encoding="utf-8")
    asked = [
        command,
        MEASURE,
        str(file),
        "--on",
        "2025-11-03",
        "--vary",
        "threshold=65 points",
        "--vary",
        "threshold=66 points",
    ]
    assert main(asked) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "<command line>: vary.threshold: it is told twice" in told.err.splitlines()


def test_what_may_be_told_several_times_still_may():
    found = _parser().parse_args(["vocabulary", "--package", "a", "--package", "a", "--json", "--json"])
    assert found.package == ["a", "a"]
