# SPDX-License-Identifier: Apache-2.0
"""De minimis aid: the ledger of what was granted, the headroom on a day, what occupies it and until when."""
