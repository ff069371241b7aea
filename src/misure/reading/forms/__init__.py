# SPDX-License-Identifier: Apache-2.0
"""The shape of each kind of rule file, and its JSON Schema. The one place where pydantic checks anything."""
