# SPDX-License-Identifier: Apache-2.0
"""Rule packages: which measures there are, what several share, whether all of it holds."""
