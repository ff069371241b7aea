# SPDX-License-Identifier: Apache-2.0
"""What all tests share: drawn examples are the same on every machine of the continuous integration, and never timed."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

settings.register_profile("workshop", deadline=None)
settings.register_profile(
    "ci", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci" if os.environ.get("CI") else "workshop")
