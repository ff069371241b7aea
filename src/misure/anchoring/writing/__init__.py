# SPDX-License-Identifier: Apache-2.0
"""How Italian acts write figures: in digits and words, with their units, with what they count, spelled without a number."""
