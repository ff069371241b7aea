# SPDX-License-Identifier: Apache-2.0
"""Many answers at once: every undertaking of a ledger on one day, and one undertaking over time."""
