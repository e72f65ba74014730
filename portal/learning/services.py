"""What the portal learns from outcomes, and thanks to the companies behind them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core import audit, jobs
from portal.core.access import Actor
from portal.core.errors import DomainError
from portal.core.languages import LANGUAGES, gettext, in_language
from portal.leads.rules import OwnWorkError
from portal.learning import queries
from portal.learning.data import ThanksState
from portal.learning.models import ThanksDraft
from portal.learning.rules import specifics, verdict
from portal.organisations.data import THANKS
from portal.organisations.models import CompanyThanks
from portal.partners.inbox.reporting import LEARN
from portal.triage import hits


class ThanksRefusedError(DomainError):
    """Thanks cannot be proposed or given like this."""

    status = 422


@jobs.job(LEARN)
def learn(session: Session, payload: Mapping[str, Any], now: datetime) -> None:
    """Take in what partners report of a lead, for each case behind it; twice is as good as once."""
    cases = queries.cases_of(session, UUID(payload["lead"]))
    for case_id, results in queries.results_by_case(session, cases).items():
        hits.learn(session, case_id, now, confirmed=verdict(results))


def usual(session: Session, lead_id: UUID, organisation_id: UUID) -> tuple[str, str]:
    """Return the general words of thanks, in the language of a company, and that language."""
    spoken = queries.language_of(session, lead_id, organisation_id)
    language = spoken if spoken in LANGUAGES else "en"
    with in_language(language):
        return gettext(THANKS), language


def found_specific(session: Session, lead_id: UUID, text: str, language: str) -> list[str]:
    """Return what of a matter stands in a text of thanks."""
    return list(specifics(text, queries.words_of(session, lead_id, language)))


def propose(
    session: Session, lead_id: UUID, organisation_id: UUID, text: str, actor: Actor, now: datetime
) -> ThanksDraft:
    """Propose thanks to a company in general words; nothing is sent.

    Raises:
        ThanksRefusedError: no outcome is known, a draft waits or was given, or it names the matter.
    """
    company = queries.company_of(session, lead_id, organisation_id, actor, now)
    if not queries.has_outcome(session, lead_id):
        raise ThanksRefusedError("No partner has reported an outcome of this lead yet.")
    if standing(session, lead_id, organisation_id):
        raise ThanksRefusedError("Thanks to this company wait already, or were given.")
    _, language = usual(session, lead_id, organisation_id)
    if found := found_specific(session, lead_id, text, language):
        raise ThanksRefusedError(
            f"Thanks are general. Leave out: {', '.join(found)}. Only a supervisor may say more."
        )
    row = ThanksDraft(
        lead_id=lead_id,
        organisation_id=company.id,
        language=language,
        text=text,
        proposed_by_id=actor.id,
        proposed_at=now,
    )
    session.add(row)
    session.flush()
    audit.record(session, actor, "thanks.proposed", row.id, now, lead=str(lead_id))
    return row


def standing(session: Session, lead_id: UUID, organisation_id: UUID) -> bool:
    """Tell whether thanks of a lead to a company wait or were given."""
    query = select(ThanksDraft.id).where(
        ThanksDraft.lead_id == lead_id,
        ThanksDraft.organisation_id == organisation_id,
        ThanksDraft.state != ThanksState.REFUSED,
    )
    return session.scalar(query.limit(1)) is not None


def give(
    session: Session, row: ThanksDraft, text: str, actor: Actor, now: datetime, *, specific: bool
) -> CompanyThanks:
    """Show the company thanks that somebody else proposed, in the supervisor's words.

    What the company reads is a row of its own that names neither lead nor report.

    Raises:
        OwnWorkError: the supervisor proposed it.
        ThanksRefusedError: it was decided, or says more than general words without being meant to.
    """
    hold_open(row)
    if row.proposed_by_id == actor.id:
        raise OwnWorkError("You proposed this. Somebody else must approve it.")
    found = found_specific(session, row.lead_id, text, row.language)
    if found and not specific:
        raise ThanksRefusedError(
            f"This says more than general words: {', '.join(found)}."
            " Leave it out, or tick that the company may know it."
        )
    row.state, row.given, row.specific = ThanksState.GIVEN, text, bool(found)
    row.decided_by_id, row.decided_at = actor.id, now
    given = CompanyThanks(organisation_id=row.organisation_id, given_at=now, text=text)
    session.add(given)
    session.flush()
    audit.record(session, actor, "thanks.given", row.id, now, specific=bool(found))
    return given


def refuse(session: Session, row: ThanksDraft, remark: str, actor: Actor, now: datetime) -> None:
    """Refuse a draft of thanks; the company never knows of it.

    Raises:
        ThanksRefusedError: it was decided.
    """
    hold_open(row)
    row.state, row.remark = ThanksState.REFUSED, remark
    row.decided_by_id, row.decided_at = actor.id, now
    audit.record(session, actor, "thanks.refused", row.id, now)


def hold_open(row: ThanksDraft) -> None:
    """Refuse to decide twice.

    Raises:
        ThanksRefusedError: it was decided.
    """
    if row.state is not ThanksState.PROPOSED:
        raise ThanksRefusedError("This was decided already.")
