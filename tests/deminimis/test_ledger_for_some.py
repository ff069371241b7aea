# SPDX-License-Identifier: Apache-2.0
"""A ledger that was read for some beneficiaries says nothing of anybody else, at every door."""

import io
import pickle
from decimal import Decimal as D  # noqa: N817

import pytest

from misure.deminimis import Aid, Gap, Ledger, course, facts, headroom, open_ledger, save_ledger, survey
from misure.ground.errors import BadFacts
from misure.ground.ranges import Range
from misure.register import read_ledger

ALFA, BETA, ON = "01234560157", "02345670158", "2026-06-30"
_AID = (
    "<AIUTO><COR>{cor}</COR><DATA_CONCESSIONE>2026-03-15</DATA_CONCESSIONE>"
    "<CODICE_FISCALE_BENEFICIARIO>{who}</CODICE_FISCALE_BENEFICIARIO><COMPONENTI_AIUTO><COMPONENTE_AIUTO>"
    "<ID_COMPONENTE_AIUTO>1</ID_COMPONENTE_AIUTO><COD_PROCEDIMENTO>1</COD_PROCEDIMENTO><COD_REGOLAMENTO>CE2831/23</COD_REGOLAMENTO>"
    "<STRUMENTI_AIUTO><STRUMENTO_AIUTO><COD_STRUMENTO>9</COD_STRUMENTO><ELEMENTO_DI_AIUTO>{amount}</ELEMENTO_DI_AIUTO>"
    "<IMPORTO_NOMINALE>{amount}</IMPORTO_NOMINALE></STRUMENTO_AIUTO></STRUMENTI_AIUTO></COMPONENTE_AIUTO></COMPONENTI_AIUTO></AIUTO>"
)


def read(*beneficiaries, complete_by="t"):
    aids = _AID.format(cor=1, who=ALFA, amount="4000.00") + _AID.format(cor=2, who=BETA, amount="250000.00")
    file = f'<LISTA_AIUTI xmlns="http://www.rna.it/RNA_aiuto/schema">{aids}</LISTA_AIUTI>'
    return read_ledger(io.BytesIO(file.encode()), beneficiaries or None, complete_by=complete_by)[0]


def left(ledger, who):
    found = headroom(ledger, who, on=ON)
    return found.amount, [(doubt.kind, doubt.subject) for doubt in found.doubts]


@pytest.mark.parametrize("who", [BETA, "alfa srl", "IT02345670158"])
def test_of_whoever_was_not_read_nothing_is_sure(who):
    ledger = read(ALFA)
    subject = BETA if BETA in who else who
    assert left(ledger, ALFA) == (D("296000.00"), [])
    assert left(ledger, who) == (Range(D(0), D("300000.00")), [("complete_for", subject)])
    assert left(read(), BETA) == (D("50000.00"), [])
    assert left(read(ALFA, BETA), BETA) == (D("50000.00"), [])


def test_a_member_who_was_not_read_makes_the_group_uncertain():
    assert left(read(ALFA), (ALFA, BETA)) == (Range(D(0), D("296000.00")), [("complete_for", BETA)])


def test_it_calls_itself_complete_for_those_alone():
    ledger = read(ALFA)
    assert (ledger.complete, ledger.complete_for) == (False, frozenset({ALFA}))
    assert repr(ledger) == "<Ledger of 1 aids, complete by 't' for 1 beneficiaries alone>"
    assert read(ALFA, complete_by=None).complete_for is None
    assert ledger != Ledger(ledger, complete_by="t")
    assert ledger == Ledger(ledger, complete_by="t", complete_for=[ALFA])


def test_it_is_kept_so():
    ledger, file = read(ALFA), io.StringIO()
    save_ledger(ledger, file)
    file.seek(0)
    kept = open_ledger(file)
    assert kept == ledger == pickle.loads(pickle.dumps(ledger))  # noqa: S301 (our own)
    assert hash(kept) == hash(ledger)
    assert left(kept, BETA)[0] == Range(D(0), D("300000.00"))


def test_another_ledger_made_of_it_knows_it_too():
    more = Aid("3", BETA, "gen", "2026-04-01", "1000.00")
    for ledger in (read(ALFA).with_aid(more), read(ALFA).with_aid(more).without_end(), read(ALFA).without("1")):
        assert left(ledger, BETA)[1] == [("complete_for", BETA)]
    merged = read(ALFA).merged(ALFA, BETA)
    assert merged.gaps == (Gap(f"{BETA}, taken over: the ledger is said to be complete for others alone", ALFA),)
    assert left(merged, ALFA) == (Range(D(0), D("296000.00")), [("gap", ALFA)])
    halves = read(ALFA).with_aid(more).split(BETA, on="2026-05-01", equity={ALFA: 1, BETA: 1})
    assert left(halves, ALFA)[1] == [("gap", ALFA)]
    assert read(ALFA, BETA).merged(ALFA, BETA).gaps == ()


def test_survey_course_and_facts_know_it():
    ledger = read(ALFA).with_aid(Aid("3", BETA, "gen", "2026-04-01", "1000.00"))
    found = survey(ledger, on=ON)
    assert [doubt.kind for doubt in found.doubts] == ["complete_for"]
    assert {each.members: each.left for each in found} == {
        (ALFA,): D("296000.00"), (BETA,): Range(D(0), D("299000.00")),
    }  # fmt: skip
    together = survey(ledger, on=ON, groups=[(ALFA, BETA)])
    assert [each.left for each in together] == [Range(D(0), D("295000.00"))]
    assert [doubt.kind for doubt in course(ledger, BETA, ON, "2027-01-01").doubts] == ["complete_for"]
    assert course(ledger, ALFA, ON, "2027-01-01").doubts == ()
    assert isinstance(facts(ledger, ALFA, applicant=ALFA, on=ON)["deminimis_aids"], list)
    assert facts(ledger, BETA, applicant=BETA, on=ON)["deminimis_aids"]["complete"] is False


def test_for_whom_is_read_like_any_beneficiary():
    with pytest.raises(BadFacts) as caught:
        Ledger(complete_for=["1234560157", 7])
    assert [fault.subject for fault in caught.value.faults] == ["complete_for"] * 3
