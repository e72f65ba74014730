"""The declaration of this kind."""

from sqlalchemy.orm import Session

from portal.kinds.notices import papers
from portal.kinds.notices.forms import StayForm
from portal.kinds.notices.kind import (
    GOODS,
    LISTED,
    WAY,
    answers,
    doubts,
    problems,
    stay_duties,
    with_clock,
)
from portal.kinds.transit_notice.data import TransitNoticeData
from portal.kinds.transit_notice.forms import PassageForm
from portal.reference.data import Duty as Deadline
from portal.submissions.kind import Answers, Kind, Law, Step

STEPS = (
    Step("shipment", "Shipment", PassageForm, GOODS),
    *LISTED[:-2],
    Step("stay", "Where the goods rest", StayForm, WAY),
    *LISTED[-2:],
)


def build(said: Answers) -> TransitNoticeData:
    """Return the record that the answers make."""
    return TransitNoticeData(**answers(said, "stay"))


def completed(session: Session, data: TransitNoticeData, law: Law) -> TransitNoticeData:
    """Add the day before which nothing may pass, where the law sets one."""
    return with_clock(session, data, law, Deadline.IMPORT_LEAD)


TRANSIT_NOTICE = Kind(
    slug="transit-notice",
    title="Transit notice",
    prefix="TN",
    intro="Announce listed substances that only pass through the country.",
    steps=STEPS,
    data=TransitNoticeData,
    build=build,
    problems=problems,
    doubts=doubts,
    duties=stay_duties,
    completed=completed,
    papers=papers.warnings,
    direction="transit",
    trade=True,
)
