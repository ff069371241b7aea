# SPDX-License-Identifier: Apache-2.0
"""The worked example of the register's open data, with every part of it open to change. All of it is made up."""

from __future__ import annotations

import io

from misure.register import AidComponent, AidInstrument, read_aids

NAMESPACE = "http://www.rna.it/RNA_aiuto/schema"
GRANT = ("2", "Sovvenzione/Contributo in conto interessi", "12000.00", "12000.00")
LOAN = ("9", "Prestito/Anticipo rimborsabile", "4000.00", "50000.00")


def element(name, content):
    return "" if content is None else f"<{name}>{content}</{name}>"


def instrument(code="2", text="Sovvenzione/Contributo in conto interessi", aid="12000.00", nominal="12000.00"):
    inside = element("COD_STRUMENTO", code) + element("DES_STRUMENTO", text)
    inside += element("ELEMENTO_DI_AIUTO", aid) + element("IMPORTO_NOMINALE", nominal)
    return element("STRUMENTO_AIUTO", inside)


def component(
    *instruments, id_="90000002", procedure="1", code="CE2831/23", objective="842030", sectors="I.56.1",
):  # fmt: skip
    inside = element("ID_COMPONENTE_AIUTO", id_) + element("COD_PROCEDIMENTO", procedure)
    inside += element("DES_PROCEDIMENTO", "De Minimis") + element("COD_REGOLAMENTO", code)
    inside += element("DES_REGOLAMENTO", "Reg. UE 2831/2023  de minimis generale") + element("COD_OBIETTIVO", objective)
    inside += element("DES_OBIETTIVO", "PMI") + element("SETTORE_ATTIVITA", sectors)
    return element("COMPONENTE_AIUTO", inside + element("STRUMENTI_AIUTO", "".join(instruments)))


def aid(*components, cor="90000001", day="2026-03-15", cf="01234560157", cup="n.d.", without=(), extra="", **changes):
    told = {
        "CAR": "99901", "TITOLO_MISURA": "Misura di prova Lombardia", "DES_TIPO_MISURA": "Regime di aiuti",
        "BASE_GIURIDICA_NAZIONALE": "D.G.R. di prova", "LINK_TESTO_INTEGRALE_MISURA": "https://example.org/misura",
        "IDENTIFICATIVO_UFFICIO": "1", "SOGGETTO_CONCEDENTE": "Ente di prova", "COR": cor, "TITOLO_PROGETTO": "Progetto",
        "DESCRIZIONE_PROGETTO": "Descrizione", "DATA_CONCESSIONE": day, "CUP": cup,
        "DENOMINAZIONE_BENEFICIARIO": "ALFA PROVA SRL", "CODICE_FISCALE_BENEFICIARIO": cf,
        "DES_TIPO_BENEFICIARIO": "Microimpresa", "REGIONE_BENEFICIARIO": "Lombardia",
    }  # fmt: skip
    told |= changes
    inside = "".join(element(name, content) for name, content in told.items() if name not in without)
    if components:
        inside += element("COMPONENTI_AIUTO", "".join(components))
    return f"<AIUTO>{inside}{extra}</AIUTO>\n"


def example(**changes):
    """The worked example: one aid of one component, a grant and a loan."""
    return aid(component(instrument(*GRANT), instrument(*LOAN)), **changes)


def plain(cor, amount="1000.00", **changes):
    """An aid of one grant."""
    return aid(component(instrument(aid=amount, nominal=amount), id_=f"{cor}1"), cor=cor, **changes)


def document(*aids, namespace=f' xmlns="{NAMESPACE}"', tail="</LISTA_AIUTI>\n", prolog=""):
    head = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{prolog}<LISTA_AIUTI{namespace}>\n'
    return (head + "".join(aids) + tail).encode()


def reading(content, **settings):
    """A reading of a document that lies in memory."""
    return read_aids(io.BytesIO(content if isinstance(content, bytes) else document(content)), **settings)


def only(content, **settings):
    """The one record of a document."""
    (record,) = reading(content, **settings)
    return record


def made_component(code, *amounts, procedure=1):
    """A component as a value."""
    instruments = tuple(AidInstrument.of(2, "Sovvenzione", amount, amount) for amount in amounts)
    return AidComponent("1", procedure, None, code, None, "842030", None, None, None, ("I.56.1",), instruments)
