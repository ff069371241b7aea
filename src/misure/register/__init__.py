# SPDX-License-Identifier: Apache-2.0
"""The State-aid register: its open data read into ledgers, and a measure's header written for it."""
