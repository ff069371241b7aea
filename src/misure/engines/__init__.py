# SPDX-License-Identifier: Apache-2.0
"""Engines: what runs a program once `split` has made it total, two-valued and null-free. One folder a host.

Engines do not know one another, and none knows law: an engine prints or walks nodes, and nothing else;
an engine of columns also prints how values enter (`engines.columns.entry`).
"""
