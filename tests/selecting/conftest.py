# SPDX-License-Identifier: Apache-2.0
from tests.deciding.written_measures import write
from tests.selecting.chosen_measure import measure

__all__ = ["measure", "write"]
