# SPDX-License-Identifier: Apache-2.0
"""Many applicants: applications to a ranking, a counter or a list, with places, awards and reasons."""
