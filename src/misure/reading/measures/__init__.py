# SPDX-License-Identifier: Apache-2.0
"""From forms to linked rules: every name found, every unit checked."""
