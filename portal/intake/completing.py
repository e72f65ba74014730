"""Working out what follows from a record: masses, thresholds and what the kind adds."""

from dataclasses import replace
from typing import TypeVar

from sqlalchemy.orm import Session

from portal.reference import queries as reference
from portal.reference.data import Direction, Goods, Mass, ThresholdAnswer
from portal.submissions.data import Line, SubmissionData
from portal.submissions.kind import Kind, Law

D = TypeVar("D", bound=SubmissionData)
NOT_LISTED = ("It is not on the list, so nothing is worked out.",)
SHOWN = 3  # answers of one line; the first are those that are passed


def completed(session: Session, kind: Kind[D], data: D, law: Law) -> D:
    """Return the record with masses and thresholds of each line, and what its kind adds."""
    way = Direction(kind.direction)
    lines = tuple(completed_line(session, line, law, way) for line in data.lines)
    return kind.completed(session, replace(data, lines=lines), law)


def completed_line(session: Session, line: Line, law: Law, direction: Direction) -> Line:
    """Return a line with what follows from its quantity and form."""
    if line.substance is None:
        return replace(line, working=NOT_LISTED)
    mass = reference.mass_of(session, line.substance, goods_of(line))
    answers = reference.threshold_answers(
        session, line.substance, law.jurisdiction, direction, mass, law.received_on
    )
    return replace(
        line,
        quantity_kg=mass.quantity_kg,
        base_kg=mass.base_kg,
        working=(*mass.working, *mass.missing, *caveat(mass)),
        threshold=tuple(threshold_words(answer) for answer in answers[:SHOWN]),
    )


def goods_of(line: Line) -> Goods:
    """Return the goods that a line describes."""
    return Goods(
        quantity=line.quantity,
        unit=line.unit,
        form=line.form,
        strength=line.strength,
        strength_unit=line.strength_unit,
        salt=line.salt,
        density_kg_per_l=line.density_kg_per_l,
    )


def caveat(mass: Mass) -> tuple[str, ...]:
    """Say when a figure rests on general knowledge."""
    if mass.confidence == "confirmed":
        return ()
    return ("One of these factors is general knowledge and was not confirmed.",)


def threshold_words(answer: ThresholdAnswer) -> str:
    """Return one threshold and whether it is passed, in words."""
    limit = answer.limit
    passed = {True: "passed", False: "not passed", None: "cannot be told"}[answer.exceeded]
    sure = "" if answer.decides else f" – to be checked by a person: {answer.why}"
    return f"{limit.jurisdiction}, {limit.words}: {passed}. {limit.legal_basis}{sure}"
