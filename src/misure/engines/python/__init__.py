# SPDX-License-Identifier: Apache-2.0
"""Programs as Python source: one applicant at a time."""
