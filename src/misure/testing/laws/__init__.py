# SPDX-License-Identifier: Apache-2.0
"""Laws to assert over a measure; each that is broken shows the smallest case as it may be put into `cases.yaml`."""
