# SPDX-License-Identifier: Apache-2.0
"""The ground floor: errors, places, truths, exact numbers, the civil calendar, holidays and terms."""
