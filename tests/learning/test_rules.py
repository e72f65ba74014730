"""What outcomes say of the cases behind a lead, and what thanks may not say."""

import pytest

from portal.learning.rules import specifics, verdict
from portal.partners.inbox.data import Result
from portal.triage.priority import Hits, from_rate

R = Result


@pytest.mark.parametrize(
    ("results", "said"),
    [
        ([], None),
        ([R.SEIZURE], True),
        ([R.ARREST], True),
        ([R.STOPPED], True),
        ([R.LICIT], False),
        ([R.NO_ACTION], None),
        ([R.STILL_OPEN], None),
        ([R.LICIT, R.NO_ACTION], False),
        ([R.LICIT, R.STILL_OPEN], None),
        ([R.LICIT, R.SEIZURE], True),
    ],
)
def test_a_find_confirms_and_licit_clears(results, said):
    assert verdict(results) is said


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Information that companies gave us helped to prevent harm.", []),
        ("Your acetic anhydride was stopped", ["Acetic anhydride"]),
        ("Stopped in BANGKOK", ["Bangkok"]),
        ("On 3 May", ["3"]),
        ("感谢您关于Acetic anhydride的消息", ["Acetic anhydride"]),
        ("Information about Li", []),
    ],
)
def test_thanks_that_name_the_matter_are_marked(text, found):
    assert list(specifics(text, {"Acetic anhydride", "Bangkok", "Li"})) == found


def test_what_a_partner_found_weighs_2_times_what_officers_thought():
    assert Hits(led=4, cleared=2).counted == (4, 2)
    assert Hits(led=4, cleared=2, confirmed=3, refuted=1).counted == (7, 3)
    assert Hits(led=4, cleared=2).known == 6


def test_points_follow_what_partners_found():
    thought, found = Hits(led=6), Hits(led=6, confirmed=6)
    assert from_rate(*thought.counted) < from_rate(*found.counted)
    assert from_rate(*Hits(led=6, cleared=6).counted) > from_rate(
        *Hits(led=6, cleared=6, refuted=6).counted
    )
