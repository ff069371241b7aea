# SPDX-License-Identifier: Apache-2.0
from tests.deciding.chosen_measure import measure
from tests.deciding.written_measures import write

__all__ = ["measure", "write"]
