# SPDX-License-Identifier: Apache-2.0
"""The errors of the library: one root, one small class for each kind, fields before words.

Each has the fitting builtin as its second parent, so that code which knows nothing of `misure` still catches it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from misure._reopen import is_ours, public_name, reopen_error
from misure.ground.place import Fault, nearest, told, visible

__all__ = [
    "BadFacts",
    "BadIdentifier",
    "BadPickle",
    "BadRules",
    "Conflict",
    "MisureError",
    "NoSuchApplication",
    "NoSuchMeasure",
    "NoSuchName",
    "NotEncoded",
]


class MisureError(Exception):
    """The root of every error that the library raises on purpose."""

    def __reduce__(self) -> tuple[object, ...]:
        if not is_ours(type(self).__module__):
            return super().__reduce__()  # type: ignore[return-value]
        return reopen_error, (public_name(type(self)), self.args), self.__dict__


class _Faulty(MisureError, ValueError):
    """Carries all the faults of one input, in the order of the file. As text the first thousand, and how many more there are."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(sorted(faults, key=lambda fault: fault.order))
        super().__init__(self.faults)

    def __str__(self) -> str:
        return "\n".join(told(self.faults))


class BadFacts(_Faulty):
    """What is said of the applicant cannot be: a wrong name, type, unit, bound or date. `faults` lists everything."""


class BadRules(_Faulty):
    """A rule file cannot be used. `faults` lists everything that is wrong in all the files read."""


class BadIdentifier(MisureError, ValueError):
    """A text is no identifier of its kind.

    Args:
        kind: Of which: `codice_fiscale`, `cup`, `urn`.
        given: What was given, shortened.
        problem: `type`, `length`, `character`, `component`, `check`, or `unknown` (well formed, and not in the register).
        message: What is wrong, in words.
        position: The first character at fault, counted from 1 in the compact form; None where it is the whole.
        suggestion: The nearest right form, if there is one. A hint for the eye, never to be taken unasked.
    """

    def __init__(
        self, kind: str, given: str, problem: str, message: str, position: int | None = None,
        suggestion: str | None = None,
    ) -> None:  # fmt: skip
        self.kind, self.given, self.problem, self.message = kind, given, problem, message
        self.position, self.suggestion = position, suggestion
        super().__init__(kind, given, problem, message, position, suggestion)

    def __str__(self) -> str:
        hint = f"; did you mean {self.suggestion!r}?" if self.suggestion else ""
        return f"{self.kind}: {self.given!r} {self.message}{hint}"


class BadPickle(MisureError, ValueError):
    """What a pickle holds is nothing that this version of the library can open: it says what to do.

    The rules of a pickled measure that are not here, or not the same, are `BadRules`.
    """


class NoSuchMeasure(MisureError, KeyError):
    """No rule package has a measure of this id; `nearest` is the id that looks most like it, or None."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name = name
        self.known = tuple(known)
        # Or what looks most like it without its authority: `filiere` for `lombardia/filiere`.
        without = {one.rpartition("/")[2]: one for one in self.known}
        self.nearest = nearest(name, self.known) or without.get(nearest(name, without) or "")
        super().__init__(name, self.known)

    def __str__(self) -> str:
        if self.nearest:
            return f"no measure is called {self.name!r}; did you mean {self.nearest!r}?"
        return f"no measure is called {self.name!r}; the catalogue has: {visible(', '.join(self.known)) or 'none'}"


class NoSuchApplication(MisureError, KeyError):
    """No application of the selection has this id; `nearest` is the id that looks most like it, or None."""

    def __init__(self, names: Iterable[str], known: Iterable[str]) -> None:
        self.names, known = tuple(names), tuple(known)
        self.nearest = nearest(self.names[0], known) if self.names else None
        super().__init__(self.names, self.nearest)

    def __reduce__(self) -> tuple[object, ...]:
        return reopen_error, (public_name(type(self)), (self.names, (self.nearest,) if self.nearest else ()))

    def __str__(self) -> str:
        hint = f"; did you mean {self.nearest!r}?" if self.nearest else ""
        return f"no application is called {', '.join(map(repr, self.names))}{hint}"


class NoSuchName(MisureError, KeyError):
    """What is looked up by its name is not there: a finding, a value, a window. Its sentence names the nearest right one."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)

    @classmethod
    def among(cls, what: str, name: object, known: Iterable[str]) -> NoSuchName:
        """The error of a name among those that are known.

        >>> print(NoSuchName.among("window", "secnda", ["prima", "seconda"]))
        no window is called 'secnda'; did you mean 'seconda'?
        """
        shown = repr(name) if isinstance(name, str) else f"{name!r:.60}"
        hint = nearest(name, list(known)) if isinstance(name, str) else None
        return cls(f"no {what} is called {shown}" + (f"; did you mean {hint!r}?" if hint else ""))

    def __str__(self) -> str:
        return visible(str(self.args[0]))


class NotEncoded(MisureError, LookupError):
    """The question lies outside what the rule files hold: the law of that day was not encoded.

    `asked` is the day on which the law was to be read, `first` the first day encoded, `last` the last one if any.
    """

    def __init__(self, measure: str, asked: dt.date, first: dt.date, last: dt.date | None = None) -> None:
        self.measure, self.asked, self.first, self.last = measure, asked, first, last
        super().__init__(measure, asked, first, last)

    def __str__(self) -> str:
        until = f" until {self.last}" if self.last else ""
        return (
            f"{visible(self.measure)}: the law of {self.asked} is not encoded; the rules hold from {self.first}{until}"
        )


class Conflict(MisureError, ValueError):
    """Two live cases of one definition give different values: the act contradicts itself for this applicant."""

    def __init__(self, measure: str, definition: str, citations: Iterable[str]) -> None:
        self.measure, self.definition, self.citations = measure, definition, tuple(citations)
        super().__init__(measure, definition, self.citations)

    def __str__(self) -> str:
        by = " and by ".join(self.citations)
        return visible(f"{self.measure}: {self.definition} has two values at once, by {by}")
