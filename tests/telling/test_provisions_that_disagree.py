# SPDX-License-Identifier: Apache-2.0
"""Where provisions do not fit, the answer waits for how they are read: no source is said to keep silent, and no id is told."""

from __future__ import annotations

import pytest

import misure
from misure.deciding.machinery import compiled
from misure.telling.chapters.speaker import Speaker
from misure.telling.formats.csv_ranking import ranking_csv
from tests.selecting.counters import counter_rules
from tests.telling.told_measures import ON, lines, opened

VOCABULARY = """
flags:
  sound: {label: solida, question: "Lo è?"}
  seat: {label: sede, question: "Ha la sede?"}
  odd: {label: dubbio, question: "È il caso dubbio?"}
facts:
  costs: {unit: EUR, least: "0", greatest: "1000000", label: costi, question: "Quanti costi?"}
"""
RULES = counter_rules(
    parameters="""
    floor: {unknown: "nessuna fonte la dice", unit: EUR, provision: P.1, label: "soglia"}
    """,
    rules="""
    provisions:
      - cite: {act: uno, at: art. 9}
        admission:
          is_sound: {provision: P.1, text: "Solida", holds: sound}
          has_seat: {provision: P.1, text: "Sede in Lombardia", holds: seat}
          enough: {provision: P.1, text: "Spesa sufficiente", when: costs > half_way, holds: costs >= floor}
    tensions:
      two_sources:
        provisions: [P.1]
        from: 2023-01-01
        bears_on: [has_seat]
        text: "Due fonti dicono due cose."
        when: odd
        readings: {above: "La sede basta.", below: "La sede non basta."}
    """,
).replace("half_way", "budget")
FACTS = {"filed_on": "2024-05-01", "seat": True, "sound": True, "odd": True, "costs": "100"}
MIXED = FACTS | {"costs": "9000"}
ASKING = MIXED | {"sound": None}
ALONE = {
    "it": "Il resto dipende da come si leggono le norme: «Sede in Lombardia».",
    "en": "The rest depends on how the provisions are read: “Sede in Lombardia”.",
}
BOTH = {
    "it": "Il resto dipende da ciò che le fonti lette non riportano: soglia. "
    "Il resto dipende anche da come si leggono le norme: «Sede in Lombardia».",
    "en": "The rest depends on what the sources read do not give: soglia. "
    "The rest also depends on how the provisions are read: “Sede in Lombardia”.",
}
COUNTED = {
    "it": "Per decidere mancano una risposta, un valore che le fonti lette non riportano e un punto che si legge in più modi.",
    "en": "Still needed for a decision: one answer, one value that the sources read do not give and one point that can be read in more than one way.",
}
READINGS = {
    "it": "Le fonti non si accordano: (a) La sede basta; (b) La sede non basta",
    "en": "The sources do not agree: (a) La sede basta; (b) La sede non basta",
}
TITLES = {"it": "Dipende da come si leggono le norme", "en": "Depends on how the provisions are read"}
UNKNOWN = {"it": "Non trovato nelle fonti lette", "en": "Not found in the sources read"}
NEVER = ("two sources", "two_sources", "above", "below")


@pytest.fixture
def measure(tmp_path):
    return opened(tmp_path, RULES, vocabulary=VOCABULARY)


@pytest.mark.parametrize("language", ["it", "en"])
def test_the_headline_names_the_condition_on_which_provisions_differ(measure, language):
    for facts, told in ((FACTS, ALONE), (MIXED, BOTH), (ASKING, COUNTED)):
        decision = measure.decide({name: value for name, value in facts.items() if value is not None}, on=ON)
        assert decision.outcome == "undecided"
        explained = misure.explain(decision, language)
        assert told[language] in explained.page.summary[0]
        assert not [word for word in NEVER if word in explained.text(width=1000)]


@pytest.mark.parametrize("language", ["it", "en"])
def test_each_reading_has_a_letter_and_a_heading_of_its_own(measure, language):
    decision = measure.decide(MIXED, on=ON)
    assert lines(decision, TITLES[language], language) == [f"open {READINGS[language]}"]
    assert [line.split(" | ")[0] for line in lines(decision, UNKNOWN[language], language)] == ["open soglia"]


def test_what_no_source_gives_is_not_dropped_beside_what_they_give_in_two_ways(tmp_path):
    rules = RULES.replace("holds: seat", "holds: seat and costs >= floor").replace(
        "when: odd", "when: odd\n    otherwise: not_met"
    )
    found = opened(tmp_path, rules, vocabulary=VOCABULARY).decide(MIXED, on=ON)
    page = misure.explain(found).text(width=1000)
    assert "Sede in Lombardia: non è pubblicato «soglia»; le fonti non si accordano: (a) La sede basta" in page


def test_what_nothing_waits_for_is_not_said_to_be_unpublished(tmp_path):
    rules = RULES.replace("holds: seat", "holds: seat, effect: none")
    decision = opened(tmp_path, rules, vocabulary=VOCABULARY).decide(FACTS, on=ON)
    assert lines(decision, "Resta da sapere") == [f"open {READINGS['it']}"]


@pytest.mark.parametrize(
    ("language", "said"),
    [("it", "l'ammissione è da decidere; non si sa: come si leggono le norme su «Sede in Lombardia»"),
     ("en", "admission is to be decided; not known: how the provisions on “Sede in Lombardia” are read")],
)  # fmt: skip
def test_a_ranking_tells_it_so_too(measure, language, said):
    selection = measure.select([misure.Application("A", FACTS, filed_at="2024-05-01T10:00:00")], on=ON)
    assert said in misure.explain(selection, language).text(width=1000)
    assert said in ranking_csv(selection, language)


def test_whatever_may_be_missing_has_words_in_every_measure():
    for measure in misure.catalogue().values():
        machinery = compiled(measure)
        book = measure.rulebook
        speaker = Speaker("it", machinery.period(machinery.periods[-1]), lambda _: None)
        shapes = [*(book.support.lines if book.support else ()), *(book.tranches.lines if book.tranches else ())]
        rules = [
            *book.conditions,
            *book.terms,
            *book.duties,
            *shapes,
            *(one for one in book.tensions if one.when is not None),
        ]
        wanted = [*(rule.id for rule in rules), *book.facts, *book.tables, *book.parameters, *book.definitions]
        assert [name for name in wanted if not speaker.known_as(name)] == []


@pytest.mark.parametrize(
    ("written", "told", "english"),
    [
        ("", "Le fonti non si accordano: (a)", "The sources do not agree: (a)"),
        ('cite: {act: uno, at: "art. 9, p. 3"}', "Lo stesso passo si legge in più modi: (a)", "The same passage can be read in more than one way: (a)"),
        ('cite: {act: uno, at: "A.3, comma 1, pp. 7-8"}', "Lo stesso passo si legge in più modi: (a)", "The same passage can be read in more than one way: (a)"),
        ('cite: {act: uno, at: "A.3, p. 7, e D.11, p. 48"}', "L'atto, in luoghi diversi, non dice lo stesso: (a)", "The act, in different places, does not say the same: (a)"),
        ('cite: {act: uno, at: "artt. 3 e 5"}', "Lo stesso passo si legge in più modi: (a)", "The same passage can be read in more than one way: (a)"),
        ('cite: {act: uno, at: "art. 3 e art. 5"}', "L'atto, in luoghi diversi, non dice lo stesso: (a)", "The act, in different places, does not say the same: (a)"),
        ('cite: {act: uno, at: "artt. 3 e 5"}\n    disagree: act', "L'atto, in luoghi diversi, non dice lo stesso: (a)", "The act, in different places, does not say the same: (a)"),
        ('cite: {act: uno, at: "art. 9"}\n    disagree: acts', "Gli atti non si accordano: (a)", "The acts do not agree: (a)"),
        ('cite: {act: uno, at: "art. 9"}\n    disagree: sources', "Le fonti non si accordano: (a)", "The sources do not agree: (a)"),
    ],
    ids=["nowhere", "one-page", "pages", "two-places", "articles-of-one-citation", "two-articles", "said", "acts", "sources"],
)  # fmt: skip
def test_a_page_says_of_what_the_readings_are(tmp_path, written, told, english):
    rules = RULES.replace("    when: odd\n", f"    when: odd\n    {written}\n")
    found = opened(tmp_path, rules, vocabulary=VOCABULARY).decide(FACTS, on=ON)
    assert any(told in line for line in lines(found, TITLES["it"], "it"))
    assert any(english in line for line in lines(found, TITLES["en"], "en"))


def test_of_what_readings_are_is_said_only_where_there_are_any(tmp_path):
    rules = RULES.replace(
        '    when: odd\n    readings: {above: "La sede basta.", below: "La sede non basta."}\n', "    disagree: act\n"
    )
    assert rules != RULES
    with pytest.raises(misure.BadRules, match="'disagree' says of what the readings are: name them under 'readings'"):
        opened(tmp_path, rules, vocabulary=VOCABULARY)
