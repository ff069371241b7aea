# SPDX-License-Identifier: Apache-2.0
"""What every engine is asked: each operator, the calendar, look-ups, wide products and random programs.

Expected values come from plain Python on what an operator means, and from counting out every completion of what is not
told; never from another engine, so that a mistake which engines share is seen.
"""
