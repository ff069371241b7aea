# SPDX-License-Identifier: Apache-2.0
"""What must hold before aid is granted or paid, and what is taken back: DURC, anti-mafia, claw-back."""
