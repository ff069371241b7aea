# SPDX-License-Identifier: Apache-2.0
"""Worked cases, of one applicant and of many."""
