# SPDX-License-Identifier: Apache-2.0
"""Many applicants at once: a dataframe in, the same kind of dataframe out, by the same rules as one applicant.

The split program of the measure is printed to Narwhals expressions; no rule is written a second time here.
"""

from misure.batch.deciding import condition_names, decide
from misure.batch.selecting import select
from misure.batch.undertakings import single_undertakings

__all__ = ["condition_names", "decide", "select", "single_undertakings"]
