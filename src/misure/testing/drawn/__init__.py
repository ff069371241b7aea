# SPDX-License-Identifier: Apache-2.0
"""Applicants of one day, made by moves: the first of two ways of drawing.

`facts`, `partial_facts`, `edge_facts`, `facts_with`, `applications`, `population` and the laws make an applicant from one that is
known to get the best outcome (`repertoire`), by saying one thing after another otherwise (`moving`, `making`), and ask the measure
after each move whether what is wanted still holds: so an example can be asked to be eligible, to fail one condition, or to stand on a
threshold, and none is thrown away. Whoever chooses (`choosing`) is Hypothesis, which shrinks, or a seed, which repeats.

The other way draws facts and the day together, unlikely and contradictory ones among them, which `decide` refuses. It stands beside
this folder, in `strategies` (with `drawing`), behind `questions`, `days` and `completions`. It keeps and drops nobody for what the
measure answers: the tests that two engines, or two readings, answer alike want that, since a mistake that hid an applicant from this
folder would hide him from the tests as well. So one way cannot stand in for the other: asked to look at no answer, moves could promise
nothing; asked to look, questions would be as blind as the measure.

Both stand on `told` (what an applicant tells, taken apart), `edges` (where rules turn), `starts` (worked cases) and `agreeing` (totals and
their parts).
"""
