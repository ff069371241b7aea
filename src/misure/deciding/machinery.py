# SPDX-License-Identifier: Apache-2.0
"""The one door to what stands behind a public object, for the floors above and for whoever builds tools.

`compiled(measure)` gives what compiles and decides, `compiled(decision)` what explains it, `compiled(selection)` what it was
put together from. None of it is part of the contract: it may change in any release.
"""

from __future__ import annotations

from typing import Protocol, TypeVar

__all__ = ["compiled"]

T_co = TypeVar("T_co", covariant=True)


class _Machine(Protocol[T_co]):
    @property
    def _compiled(self) -> T_co: ...


def compiled(public: _Machine[T_co]) -> T_co:
    """The machinery behind a measure, a decision or a selection; it may change in any release."""
    return public._compiled  # noqa: SLF001 (this is the door)
