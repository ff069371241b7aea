# SPDX-License-Identifier: Apache-2.0
"""Points of the criteria, from what gives them, and what points that are told say of it."""
