# SPDX-License-Identifier: Apache-2.0
"""Time limits: counting regimes, deadlines with the reason why they move, clock times in Europe/Rome."""
