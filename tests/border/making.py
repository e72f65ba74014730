"""Partners, notices in every state, and checks, for the tests of this feature."""

from datetime import date, timedelta
from typing import Any

from portal.core.access import Role
from portal.core.clock import utc_now
from portal.kinds.information_request.data import (
    Circle,
    InformationRequestData,
    Marking,
    Urgency,
)
from portal.kinds.notices.data import Container
from portal.kinds.sighting.data import Done, How, SightingData
from portal.shipments import services as shipments
from portal.submissions.rules import Step
from portal.submissions.services import advance
from portal.triage import deeds
from portal.triage.life import Action
from portal.triage.models import TriageCase
from tests.factories import make_account, make_partner, make_submission, notice

BOX = "CSQU3054383"


def officer(session, *, country="TH", post=None, countries=(), **more: Any):
    """Return a partner's officer."""
    posts = ((post, "seaport", ""),) if post else ()
    owner = make_partner(
        session,
        network="PCU of CCP",
        country=country,
        countries=tuple(countries),
        posts=posts,
        **more,
    )
    return make_account(session, Role.PARTNER_OFFICER, organisation=owner)


def announced(session, *, days_ago: int = 60, **more: Any):
    """Return a notice over a container, as received."""
    data = notice(**{"containers": (Container(number=BOX),)} | more)
    return make_submission(session, data, now=utc_now() - timedelta(days=days_ago))


def released(session, submission=None):
    """Return a notice that may leave."""
    found = submission or announced(session)
    someone = make_account(session, Role.SUPERVISOR)
    case = session.get_one(TriageCase, found.id)
    deeds.take(session, case, someone, utc_now())
    deeds.act(session, case, Action.CHECK, someone, utc_now())
    shipments.release(session, case, someone, utc_now())
    return found


def stopped(session, submission=None):
    """Return a notice that may not leave."""
    found = released(session, submission)
    case = session.get_one(TriageCase, found.id)
    shipments.stop(session, case, "The permit is forged.", officer_of(session), utc_now())
    return found


def cancelled(session):
    """Return a notice that its company took back."""
    found = announced(session)
    advance(session, found, Step.CANCEL, make_account(session), utc_now())
    return found


def officer_of(session):
    return make_account(session, Role.SUPERVISOR)


def sighting(**more: Any) -> SightingData:
    said: dict[str, Any] = {
        "lines": (),
        "parties": (),
        "declared_by": "Duty officer",
        "seen_on": date(2026, 3, 30),
        "place": "THBKK",
        "place_country": "TH",
        "how": How.ROUTINE,
        "what": "Forty blue drums behind furniture.",
        "done": Done.HELD,
        "containers": (BOX,),
    }
    return SightingData(**said | more)


def request(**more: Any) -> InformationRequestData:
    said: dict[str, Any] = {
        "lines": (),
        "parties": (),
        "declared_by": "Analyst",
        "question": "Was this container announced, and by whom?",
        "why": "It was opened on the way.",
        "legal_basis": "Article 17 of the Convention of 1988",
        "urgency": Urgency.URGENT,
        "answer_by": date(2026, 4, 3),
        "marking": Marking.AMBER,
        "shown_to": Circle.AUTHORITY,
        "containers": (BOX,),
    }
    return InformationRequestData(**said | more)
