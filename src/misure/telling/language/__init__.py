# SPDX-License-Identifier: Apache-2.0
"""Italian and English: catalogues of messages, words, figures."""
