# SPDX-License-Identifier: Apache-2.0
"""What tests a rule file: worked cases, applicants drawn from the rules, rule coverage, rule mutants."""
