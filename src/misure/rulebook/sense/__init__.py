# SPDX-License-Identifier: Apache-2.0
"""Whether the values of a measure make sense together: what is asked of a rule file when it is read, and of every what-if.

A value may be well written and still be nonsense beside the others: a threshold above its scale, a window that closes before
it opens. Only what is certain is told: a value that no source gives lies somewhere between its bounds.
"""
