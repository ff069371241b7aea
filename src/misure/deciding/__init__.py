# SPDX-License-Identifier: Apache-2.0
"""A compiled measure, facts and a day become a decision."""
