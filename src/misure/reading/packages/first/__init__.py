# SPDX-License-Identifier: Apache-2.0
"""A first folder of a measure, from the few answers that a reader of its call can give at once: `misure new`."""
