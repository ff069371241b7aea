# SPDX-License-Identifier: Apache-2.0
"""The version of the library, said once: the build reads it here, and so does every decision's receipt.

It is a constant because asking the installed metadata would cost more than the rest of `import misure`.
"""

from __future__ import annotations

__all__ = ["__version__"]

__version__ = "0.1.0"
