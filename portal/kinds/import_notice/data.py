"""The answers of an import notice."""

from dataclasses import dataclass

from portal.kinds.notices.data import StayData
from portal.submissions.data import told


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportNoticeData(StayData):
    """What the importer or its agent says before the goods arrive."""

    exit_point: str = told("Leave the other country at", shown="place")
    entry_point: str = told("Enter this country at", shown="place")
