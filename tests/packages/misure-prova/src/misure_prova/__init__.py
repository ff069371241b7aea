# SPDX-License-Identifier: Apache-2.0
"""A rule package is data: the catalogue reads `rules/` beside this file and must never import it."""

import os

if os.environ.get("MISURE_PROVA_MAY_NOT_RUN"):
    raise RuntimeError("the code of a rule package was run")
