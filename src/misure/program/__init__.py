# SPDX-License-Identifier: Apache-2.0
"""From typed trees to every engine: lowering to integers, the one pass that carries unknowns, and the printers."""
