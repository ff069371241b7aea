# SPDX-License-Identifier: Apache-2.0
"""Files of the register, whatever they tell: where they lie, which characters they hold, what was wrong with them."""
