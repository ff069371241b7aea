# SPDX-License-Identifier: Apache-2.0
"""The register's open data of aids (`LISTA_AIUTI/AIUTO`): one aid, read from files and written to them."""
