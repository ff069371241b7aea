# SPDX-License-Identifier: Apache-2.0
"""The ledger: the aid of each beneficiary, what it is known to lack, and the files and frames that hold it."""
