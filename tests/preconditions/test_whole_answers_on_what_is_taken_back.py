# SPDX-License-Identifier: Apache-2.0
"""What is answered on grants taken back, interest, relocation and stability, whole."""

import pytest

from misure import Range
from misure.preconditions import interest, redetermined, relocation, stable
from tests.preconditions.pages import page

NOW = "2026-11-22"


@pytest.mark.parametrize(("ask", "told", "text", "figures", "citations", "sure", "warned"), [
    (lambda: redetermined("20000", admitted="40000", spent="27999.99", least_share="70%", on=NOW),
     "no revoked", "less was spent than the call's least share: nothing is left", "grant 0.00; taken_back 20000.00; spent_share 2799999/4000000", "dlgs-123-1998 prassi dei bandi", "inferred", ["code_not_read"]),
    (lambda: redetermined("20000", admitted="40000", spent="28000", least_share="70%", on="2025-12-31"),
     "yes reduced", "the grant shrinks with the spending", "grant 14000.00; taken_back 6000.00; spent_share 7/10", "dlgs-123-1998 prassi dei bandi", "inferred", []),
    (lambda: redetermined("20000", admitted="40000", spent=0, least_share=None, on="2025-12-31"),
     "no revoked", "nothing is left", "grant 0.00; taken_back 20000.00; spent_share 0", "dlgs-123-1998 prassi dei bandi", "inferred", []),
    (lambda: redetermined("20000", admitted="40000", spent="50000", least_share="100%", on="2025-12-31"),
     "yes whole", "all that was admitted was spent", "grant 20000.00; taken_back 0.00; spent_share 1", "dlgs-123-1998 prassi dei bandi", "inferred", []),
    (lambda: redetermined("20000", admitted="40000", spent=None, least_share="100%", on="2025-12-31"),
     "unknown spent_unknown", "not told: spent", "grant 0.00 to 20000.00; taken_back 0.00 to 20000.00; spent_share 0 to 1", "dlgs-123-1998 prassi dei bandi", "inferred missing", []),
    (lambda: redetermined("20000", admitted="40000", spent=Range(0, 50000), least_share="70%", on="2025-12-31"),
     "unknown spent_unknown", "what was spent may lie on either side of the least share", "grant 0.00 to 20000.00; taken_back 0.00 to 20000.00; spent_share 0 to 1", "dlgs-123-1998 prassi dei bandi", "inferred missing", []),
    (lambda: redetermined("20000", admitted="40000", spent=Range(30000, 50000), least_share="70%", on="2025-12-31"),
     "yes reduced", "the grant shrinks with the spending", "grant 15000.00 to 20000.00; taken_back 0.00 to 5000.00; spent_share 3/4 to 1", "dlgs-123-1998 prassi dei bandi", "inferred", []),
    (lambda: redetermined("0", admitted="40000", spent=30000, least_share="70%", on="2025-12-31"),
     "no revoked", "nothing is left", "grant 0.00; taken_back 0.00; spent_share 3/4", "dlgs-123-1998 prassi dei bandi", "inferred", []),
])  # fmt: skip
def test_a_grant_redetermined(ask, told, text, figures, citations, sure, warned):
    assert page(ask()) == (told, text, figures, citations, sure, warned)


@pytest.mark.parametrize(("ask", "told", "text", "figures", "citations", "sure", "warned"), [
    (lambda: interest("10000", paid="2024-03-01", returned="2025-03-01", reference_rate="4%", law=None),
     "yes due", "interest runs from the day of payment", "interest 900.00; rate 9/100; points 1/20; days 365", "dlgs-123-1998 art. 9, c. 4", "inferred", []),
    (lambda: interest("10000", paid="2024-03-01", returned="2024-03-02", reference_rate=Range("3%", "4%"), law="dlgs-123-1998"),
     "yes due", "interest runs from the day of payment", "interest 2.19 to 2.47; rate 2/25 to 9/100; points 1/20; days 1", "dlgs-123-1998 art. 9, c. 4", "inferred", []),
    (lambda: interest("10000", paid="2024-03-01", returned="2025-03-01", reference_rate=None, law=None),
     "unknown rate_unknown", "not told: the reference rate of the day of payment", "interest None; rate None; points 1/20; days 365", "dlgs-123-1998 art. 9, c. 4", "inferred missing", []),
    (lambda: interest("10000", paid="2026-01-01", returned="2027-01-01", reference_rate="4%", law=None),
     "unknown points_unknown", "the article was not read; whether the old decree still rules the aid is not known", "interest None; rate None; points None; days 365", "dlgs-184-2025 art. 17 | dlgs-123-1998 art. 9, c. 4", "inferred unpublished", []),
    (lambda: interest("10000", paid="2026-01-01", returned="2027-01-01", reference_rate="4%", law="dlgs-184-2025"),
     "unknown points_unknown", "the article was not read", "interest None; rate None; points None; days 365", "dlgs-184-2025 art. 17 | dlgs-123-1998 art. 9, c. 4", "inferred unpublished", []),
    (lambda: interest("10000", paid="2026-01-01", returned="2027-01-01", reference_rate="4%", law="dlgs-123-1998"),
     "yes due", "interest runs from the day of payment", "interest 900.00; rate 9/100; points 1/20; days 365", "dlgs-123-1998 art. 9, c. 4", "inferred", []),
    (lambda: interest("10000", paid="2025-12-31", returned="2025-12-31", reference_rate=None, law=None),
     "no none_due", "there is nothing to bear interest", "interest 0.00; rate None; points None; days 0", "dlgs-123-1998 art. 9, c. 4", "inferred", []),
    (lambda: interest(0, paid="2025-12-31", returned="2026-12-31", reference_rate="4%", law=None),
     "no none_due", "there is nothing to bear interest", "interest 0.00; rate None; points None; days 365", "dlgs-123-1998 art. 9, c. 4", "inferred", []),
])  # fmt: skip
def test_interest(ask, told, text, figures, citations, sure, warned):
    assert page(ask()) == (told, text, figures, citations, sure, warned)


@pytest.mark.parametrize(("ask", "told", "text", "figures", "citations", "sure", "warned"), [
    (lambda: relocation(completed="2026-05-01", moved="2031-05-01", to="DE", area_bound=True, size="small", grant="90000", moved_share="33.33%"),
     "yes loses_moved_part_plus_interest", "moved within the period, and tied to the area", "last_day 2031-05-01; lost 29997.00", "dlgs-184-2025 art. 16 | accordo-see", "inferred", []),
    (lambda: relocation(completed="2026-05-01", moved="2031-05-01", to="DE", area_bound=True, size="small", moved_share="33.33%"),
     "yes loses_moved_part_plus_interest", "moved within the period, and tied to the area", "last_day 2031-05-01; lost None", "dlgs-184-2025 art. 16 | accordo-see", "inferred", []),
    (lambda: relocation(completed="2026-05-01", moved="2031-05-01", to="DE", area_bound=None, size="small"),
     "unknown area_bound_unknown", "not told: area_bound", "last_day 2031-05-01; lost None", "dlgs-184-2025 art. 16 | accordo-see", "inferred missing", []),
    (lambda: relocation(completed="2026-05-01", moved="2031-05-01", to="DE", area_bound=False, size=None),
     "no not_area_bound", "the incentive was not tied to the area", "last_day 2031-05-01; lost 0.00", "dlgs-184-2025 art. 16 | accordo-see", "inferred", []),
    (lambda: relocation(completed="2026-05-01", moved="2031-05-02", to="DE", area_bound=True, size="large"),
     "no after_the_period", "the period has passed", "last_day 2031-05-01; lost 0.00", "dlgs-184-2025 art. 16 | accordo-see", "inferred", []),
    (lambda: relocation(completed="2026-05-01", moved="2031-05-02", to="CN", area_bound=False, size="large"),
     "unknown longer_period", "a longer period for large firms: its length was not read", "last_day 2031-05-01; lost None", "dlgs-184-2025 art. 16 | dlgs-184-2025 art. 16", "inferred unpublished", []),
    (lambda: relocation(completed="2026-05-01", moved="2031-05-02", to="CN", area_bound=False, size=None),
     "unknown size_unknown", "not told: size", "last_day 2031-05-01; lost None", "dlgs-184-2025 art. 16 | dlgs-184-2025 art. 16", "inferred missing", []),
    (lambda: relocation(completed="2026-05-01", moved="2031-05-02", to="CN", area_bound=False, size="medium"),
     "no after_the_period", "the period has passed", "last_day 2031-05-01; lost 0.00", "dlgs-184-2025 art. 16 | dlgs-184-2025 art. 16", "inferred", []),
    (lambda: relocation(completed="2026-05-01", moved="2031-05-01", to="CN", area_bound=False, size="medium", grant=5),
     "yes loses_all_plus_interest", "moved outside the Economic Area within the period", "last_day 2031-05-01; lost 5.00", "dlgs-184-2025 art. 16 | dlgs-184-2025 art. 16", "inferred", []),
    (lambda: relocation(completed="2026-05-01", moved="2026-04-30", to="CN", area_bound=False, size="medium", grant=5),
     "unknown before_completion", "the rule speaks of the time after completion, and no other was read", "last_day 2031-05-01; lost None", "dlgs-184-2025 art. 16 | dlgs-184-2025 art. 16", "inferred unpublished", []),
    (lambda: relocation(completed="2025-12-31", moved="2026-04-30", to="CN", area_bound=None, size="medium", grant=5),
     "unknown transitional_rule_unknown", "completed before the law of the day of the move, whose transitional provisions were not read", "last_day 2030-12-31; lost None", "dlgs-184-2025 art. 16 | dlgs-184-2025 art. 16", "inferred unpublished", []),
    (lambda: relocation(completed=None, moved="2026-04-30", to="GB", area_bound=None, size="medium", grant=5),
     "unknown completed_unknown", "not told: completed", "last_day None; lost None", "dlgs-184-2025 art. 16 | dlgs-184-2025 art. 16", "inferred missing", []),
    (lambda: relocation(completed=None, moved="2026-04-30", to="IT", area_bound=False, size="medium", grant=5),
     "no not_area_bound", "the incentive was not tied to the area", "last_day None; lost 0.00", "dlgs-184-2025 art. 16 | accordo-see", "inferred", []),
])  # fmt: skip
def test_relocation(ask, told, text, figures, citations, sure, warned):
    assert page(ask()) == (told, text, figures, citations, sure, warned)


@pytest.mark.parametrize(("ask", "told", "text", "figures", "citations", "sure", "warned"), [
    (lambda: stable("2026-05-01", regime="gber", size="small", left=None, on="2029-05-01"),
     "yes still_bound", "so far kept: the years go on", "last_day 2029-05-01", "reg-651-2014 art. 14, par. 5", "inferred", []),
    (lambda: stable("2026-05-01", regime="gber", size="small", left=None, on="2029-05-02"),
     "yes kept", "the operation was kept for the years", "last_day 2029-05-01", "reg-651-2014 art. 14, par. 5", "inferred", []),
    (lambda: stable("2026-05-01", regime="gber", size="small", left="2029-05-01", on="2029-05-02"),
     "no left_too_early", "the operation was left within the years", "last_day 2029-05-01", "reg-651-2014 art. 14, par. 5", "inferred", []),
    (lambda: stable("2026-05-01", regime="gber", size="small", left="2029-05-02", on="2029-05-02"),
     "yes kept", "the operation was kept for the years", "last_day 2029-05-01", "reg-651-2014 art. 14, par. 5", "inferred", []),
    (lambda: stable("2026-05-01", regime="erdf", size=None, left="2031-05-01", on="2032-05-02", reduced=None),
     "unknown length_unknown", "how many years bind depends on what was not told", "last_day 2029-05-01 to 2031-05-01", "reg-2021-1060 art. 65, par. 1", "inferred missing", []),
    (lambda: stable("2026-05-01", regime="erdf", size="large", left="2026-05-01", on="2032-05-02", reduced=True),
     "no left_too_early", "the operation was left within the years", "last_day 2031-05-01", "reg-2021-1060 art. 65, par. 1", "inferred", []),
    (lambda: stable("2026-05-01", regime="erdf", size="medium", left=None, on="2026-05-02", reduced=True),
     "yes still_bound", "so far kept: the years go on", "last_day 2029-05-01", "reg-2021-1060 art. 65, par. 1", "inferred", []),
    (lambda: stable("2027-01-01", regime="gber", size=None, left=None, on="2028-01-01"),
     "unknown years_unknown", "what follows the regulation is not known", "last_day None", "reg-651-2014 art. 14, par. 5", "inferred unpublished", []),
    (lambda: stable(None, regime="erdf", size="small", left=None, on=NOW),
     "unknown start_unknown", "not told: start", "last_day None", "reg-2021-1060 art. 65, par. 1", "inferred missing", []),
])  # fmt: skip
def test_stability(ask, told, text, figures, citations, sure, warned):
    assert page(ask()) == (told, text, figures, citations, sure, warned)
