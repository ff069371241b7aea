# SPDX-License-Identifier: Apache-2.0
"""Applicants of a measure made from its rules: found by trying it, moved a little, and never one that it cannot decide."""
