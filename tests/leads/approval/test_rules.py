"""Who must agree to a lead: by its marking and the handling of its texts."""

from uuid import UUID

import pytest

from portal.core.access import Role
from portal.leads.approval.rules import (
    ANALYST,
    CARE_WORDS,
    STEPS,
    SUPERVISOR,
    Care,
    Step,
    care_of,
    next_need,
    objection,
)
from portal.leads.data import Handling, Marking

P, C = Handling.PERMITTED, Handling.CONDITIONS
ME, OTHER = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize(
    ("marking", "handlings", "care"),
    [
        (Marking.CLEAR, (P,), Care.LIGHT),
        (Marking.GREEN, (P, P), Care.LIGHT),
        (Marking.GREEN, (), Care.LIGHT),
        (Marking.GREEN, (P, C), Care.USUAL),
        (Marking.CLEAR, (C,), Care.USUAL),
        (Marking.AMBER, (P,), Care.USUAL),
        (Marking.AMBER, (C,), Care.USUAL),
        (Marking.AMBER_STRICT, (P,), Care.STRICT),
        (Marking.RED, (P,), Care.STRICT),
        (Marking.RED, (C,), Care.STRICT),
    ],
)
def test_care_follows_marking_and_the_strictest_text(marking, handlings, care):
    assert care_of(marking, handlings) is care


def test_each_care_has_its_steps_and_roles():
    assert (ANALYST, SUPERVISOR) == (Role.ANALYST, Role.SUPERVISOR)
    assert set(STEPS) == set(Care) == set(CARE_WORDS)
    steps = {care: [(need.step, need.roles) for need in needs] for care, needs in STEPS.items()}
    assert steps == {
        Care.LIGHT: [(Step.APPROVE, (ANALYST, SUPERVISOR))],
        Care.USUAL: [(Step.APPROVE, (SUPERVISOR,))],
        Care.STRICT: [(Step.REVIEW, (ANALYST,)), (Step.APPROVE, (SUPERVISOR,))],
    }


def test_the_next_step_is_the_first_not_taken():
    review, approve = STEPS[Care.STRICT]
    assert next_need(Care.STRICT, ()) == review
    assert next_need(Care.STRICT, {Step.REVIEW}) == approve
    assert next_need(Care.STRICT, {Step.REVIEW, Step.APPROVE}) is None
    assert STEPS[Care.LIGHT][0].words == "approval by another analyst or supervisor"


@pytest.mark.parametrize(
    ("care", "taken", "role", "who", "why"),
    [
        (Care.LIGHT, (), Role.ANALYST, OTHER, ""),
        (Care.LIGHT, (), Role.SUPERVISOR, OTHER, ""),
        (Care.LIGHT, (), Role.TRIAGE_OFFICER, OTHER, "What comes next"),
        (Care.USUAL, (), Role.ANALYST, OTHER, "What comes next"),
        (Care.USUAL, (), Role.SUPERVISOR, OTHER, ""),
        (Care.USUAL, (), Role.SUPERVISOR, ME, "You wrote it"),
        (Care.STRICT, (), Role.SUPERVISOR, OTHER, "What comes next is review"),
        (Care.STRICT, (), Role.ANALYST, OTHER, ""),
        (Care.STRICT, (Step.REVIEW,), Role.ANALYST, OTHER, "What comes next is approval"),
        (Care.STRICT, (Step.REVIEW, Step.APPROVE), Role.SUPERVISOR, OTHER, "Nothing is left"),
    ],
)
def test_a_step_is_refused_with_a_reason(care, taken, role, who, why):
    said = objection(next_need(care, taken), role, who, {ME: "wrote it"})
    assert said.startswith(why)
    assert bool(said) == bool(why)
