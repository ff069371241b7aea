# SPDX-License-Identifier: Apache-2.0
"""Programs walked node by node: what each node is worth, between which bounds, and which facts left it open."""
