# SPDX-License-Identifier: Apache-2.0
"""What all engines of columns share: calendars, steps and tables as look-ups."""
