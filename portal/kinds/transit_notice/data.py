"""The answers of a transit notice."""

from dataclasses import dataclass

from portal.kinds.notices.data import StayData
from portal.submissions.data import told


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitNoticeData(StayData):
    """What the carrier or forwarder says of goods that only pass through."""

    entry_point: str = told("Enter this country at", shown="place")
    exit_point: str = told("Leave this country at", shown="place")
