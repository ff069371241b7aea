# SPDX-License-Identifier: Apache-2.0
"""What is said of an applicant: the vocabulary, how a value is read, and the dossier that results."""
