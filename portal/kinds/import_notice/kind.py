"""The declaration of this kind."""

from sqlalchemy.orm import Session

from portal.kinds.import_notice.data import ImportNoticeData
from portal.kinds.import_notice.forms import ArrivalForm
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
from portal.reference.data import Duty as Deadline
from portal.submissions.kind import Answers, Kind, Law, Step

STEPS = (
    Step("shipment", "Shipment", ArrivalForm, GOODS),
    *LISTED[:-2],
    Step("stay", "Where the goods rest", StayForm, WAY),
    *LISTED[-2:],
)


def build(said: Answers) -> ImportNoticeData:
    """Return the record that the answers make."""
    return ImportNoticeData(**answers(said, "stay"))


def completed(session: Session, data: ImportNoticeData, law: Law) -> ImportNoticeData:
    """Add the day before which nothing may come in, where the law sets one."""
    return with_clock(session, data, law, Deadline.IMPORT_LEAD)


IMPORT_NOTICE = Kind(
    slug="import-notice",
    title="Import notice",
    prefix="IN",
    intro="Announce listed substances that come into the country, before they arrive.",
    steps=STEPS,
    data=ImportNoticeData,
    build=build,
    problems=problems,
    doubts=doubts,
    duties=stay_duties,
    completed=completed,
    papers=papers.warnings,
    direction="import",
    trade=True,
)
