# SPDX-License-Identifier: Apache-2.0
"""Money as funding law counts it: rounding, discounting, gross grant equivalent, withholding, VAT."""
