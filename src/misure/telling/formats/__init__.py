# SPDX-License-Identifier: Apache-2.0
"""A page as text, as HTML, as CSV, on a terminal."""
