# SPDX-License-Identifier: Apache-2.0
"""What a measure gives one applicant: the amounts, how each was worked out, and what each record of a table receives of it."""
