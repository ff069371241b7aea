# SPDX-License-Identifier: Apache-2.0
"""`python -m misure`."""

from __future__ import annotations

import sys

from misure.cli import main

if __name__ == "__main__":
    sys.exit(main())
