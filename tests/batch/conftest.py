# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest

from tests.batch.engines import KINDS, Engine
from tests.deciding.written_measures import write

__all__ = ["engine", "write"]


@pytest.fixture(params=KINDS)
def engine(request):
    return Engine(request.param)
