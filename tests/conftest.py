# SPDX-License-Identifier: Apache-2.0
"""What all tests share: how many examples are drawn, and that they depend on the seed alone; none is ever timed.

`workshop` draws new ones each time, `ci` the same on every machine, `thorough` ten times as many of what is cheap to draw: it
is for the night (`pytest -m hypothesis --hypothesis-profile=thorough`).
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

try:
    from hypothesis.internal.conjecture import providers
except ImportError:  # an early release
    providers = None

LONGEST_BYTES = 40
"""Longer ones are no text that a test is about."""

settings.register_profile("workshop", deadline=None)
settings.register_profile(
    "ci", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("thorough", deadline=None, max_examples=1000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ci" if os.environ.get("CI") else "workshop")

# Hypothesis draws constants of all the modules that happen to be loaded: another worker, or another test before this one,
# and the same seed draws something else. Releases before 6.131 do not.
if hasattr(providers, "_get_local_constants"):
    nothing = providers.Constants()
    providers._get_local_constants = lambda: nothing


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """The name of an argument instead of bytes that are a file's; None leaves it to pytest."""
    return argname if isinstance(val, bytes) and len(val) > LONGEST_BYTES else None
