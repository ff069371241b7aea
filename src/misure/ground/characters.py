# SPDX-License-Identifier: Apache-2.0
r"""Characters that no text of a file may hold, wherever it is read.

>>> bool(REFUSED.search("due righe\n")), bool(REFUSED.search("un suono \x07"))
(False, True)
"""

from __future__ import annotations

import re

__all__ = ["REFUSED"]

REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
"""The control characters; and the line separators, which no editor counts as lines and YAML does, and half characters."""
