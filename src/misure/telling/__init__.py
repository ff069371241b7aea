# SPDX-License-Identifier: Apache-2.0
"""Decisions and rules in words. The only floor that knows Italian from English.

What is told is gathered first as a `Page` of plain data, then printed: as text, as HTML. Messages of the code are
written in Italian and translated by gettext catalogues; sentences of rule files by catalogues beside the rules.
"""
