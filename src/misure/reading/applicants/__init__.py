# SPDX-License-Identifier: Apache-2.0
"""Files of facts and of applications."""
