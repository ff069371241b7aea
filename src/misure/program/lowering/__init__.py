# SPDX-License-Identifier: Apache-2.0
"""From rules to the integer program: parameters, units, fractions and divisions end here."""
