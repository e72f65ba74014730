"""Checking a consignment for a partner's officer, and what the authority learns from it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy.orm import Session

from portal.accounts.models import Account
from portal.border import queries
from portal.border.data import (
    SIGNS,
    WITHOUT_LEAVE,
    Answer,
    Asked,
    Consignment,
    Result,
    Sign,
    Sought,
    Viewer,
)
from portal.border.models import BorderCheck, CheckedCase
from portal.border.queries import Found
from portal.border.rules import decide, needs_to_know, read
from portal.core import audit, jobs
from portal.core.access import Actor
from portal.core.errors import DomainError
from portal.core.languages import country_name, day
from portal.core.references import new_reference
from portal.intake.services import receive
from portal.organisations.models import Organisation
from portal.organisations.rules import Standing
from portal.submissions.kind import Law, registered
from portal.submissions.models import Submission
from portal.submissions.rules import is_notice
from portal.triage import presented
from portal.triage import services as triage
from portal.triage.models import TriageCase

OLDEST = timedelta(days=14)  # that a device may have kept a check for; later, the clock is wrong
SIGHTING = "sighting"  # the kind that an unknown consignment is filed as
WORST = [Sign.GO, Sign.ASK, Sign.STOP]


class InactiveError(DomainError):
    """The partner may not check now."""

    status = 403


def check(
    session: Session,
    typed: str,
    place: str,
    sent: tuple[str, datetime | None],
    actor: Actor,
    now: datetime,
) -> BorderCheck:
    """Answer a check and record it; sent again under its key, it is the same check.

    Args:
        session: inside a transaction.
        typed: what was typed or scanned.
        place: where the officer says to be.
        sent: the key that was made where it was typed, and when that was; none: just now.
        actor: the partner's officer.
        now: the moment, UTC.
    """
    key, made_at = sent
    if earlier := queries.by_key(session, key, actor):
        return earlier
    refuse_inactive(session, actor)
    asked, viewer = read(typed), queries.viewer_of(session, actor, now.date())
    found = [
        (submission, path, queries.consignment_of(session, submission))
        for submission, path in queries.find(session, asked)
    ]
    results = [decide(one, now.date()) for *_, one in found]
    on_route = [needs_to_know(one, viewer) for *_, one in found]
    shown = [known and viewer.agreed for known in on_route]
    sheet = None if found else queries.sheet_of(session, asked)
    if sheet is not None and is_notice(sheet.kind):
        answers = [of_sheet(sheet.filed, viewer)]
    else:
        answers = answers_to(asked, [one for *_, one in found], results, shown)
    kept = BorderCheck(
        key=key,
        reference=new_reference("BC"),
        account_id=actor.id,
        partner_id=actor.organisation_id,
        post=", ".join(viewer.posts),
        place=place,
        typed=typed,
        sought=asked.sought,
        value=asked.value,
        result=worst(answers),
        answers=[asdict(one) for one in answers],
        made_at=moment_of(made_at, now),
        arrived_at=now,
    )
    session.add(kept)
    session.flush()
    met = zip([(one, path) for one, path, _ in found], results, on_route, strict=True)
    for (submission, path), result, known in met:
        note_meeting(session, kept, (submission, path), result, on_route=known)
    if asked.sought is not Sought.NOTHING:
        enqueue(session, kept, asked, now)
    audit.record(session, actor, "border.checked", kept.id, now, result=kept.result.name)
    return kept


def refuse_inactive(session: Session, actor: Actor) -> None:
    """Refuse the officers of a partner with whom the authority does not work now.

    Raises:
        InactiveError: it is suspended or closed.
    """
    if session.get_one(Organisation, actor.organisation_id).standing is not Standing.VETTED:
        raise InactiveError("Your office cannot check here now. Nothing was checked. Call.")


def moment_of(made_at: datetime | None, now: datetime) -> datetime:
    """Return when a check was typed, unless the device's clock cannot be right."""
    return made_at if made_at and now - OLDEST <= made_at <= now else now


def answers_to(
    asked: Asked,
    found: Sequence[Consignment],
    results: Sequence[Result],
    shown: Sequence[bool],
) -> list[Answer]:
    """Return the short answers, one for each consignment that is meant."""
    if asked.sought is Sought.NOTHING:
        return [Answer(result=Result.MISREAD.value, remark=asked.remark)]
    if not found:
        return [Answer(result=Result.NOT_KNOWN.value)]
    return [
        short(one, result) if may else Answer(result=Result.CALL.value)
        for one, result, may in zip(found, results, shown, strict=True)
    ]


def of_sheet(notices: int, viewer: Viewer) -> Answer:
    """Return what may be seen of a paper that acknowledges a sheet: that it is ours, and how many.

    Each notice has a code of its own, which tells more to those who need to know.
    """
    if not viewer.agreed:
        return Answer(result=Result.CALL.value)
    return Answer(result=Result.LIST.value, remark=f"Notices on the paper: {notices}.")


def short(consignment: Consignment, result: Result) -> Answer:
    """Return all that an officer on the route may see of a consignment."""
    dates = []
    if consignment.released and consignment.valid_from:
        dates.append(f"from {day(consignment.valid_from)}")
    if consignment.expires_on:
        dates.append(f"permits until {day(consignment.expires_on)}")
    return Answer(
        result=result.value,
        valid_for=(consignment.title, *dates),
        goods=consignment.goods,
        countries=tuple(country_name(one) for one in consignment.route),
    )


def worst(answers: Sequence[Answer]) -> Result:
    """Return the answer that counts when several consignments are meant."""
    return max((Result(one.result) for one in answers), key=lambda one: WORST.index(SIGNS[one]))


def note_meeting(
    session: Session, kept: BorderCheck, found: Found, result: Result, *, on_route: bool
) -> None:
    """Keep which consignment a check met."""
    submission, path = found
    session.add(
        CheckedCase(
            check_id=kept.id,
            submission_id=submission.id,
            path=path,
            result=result,
            on_route=on_route,
        )
    )
    session.flush()


def enqueue(session: Session, kept: BorderCheck, asked: Asked, now: datetime) -> None:
    """Have the authority learn of what does not fit, after the officer has the answer."""
    met = queries.met_by(session, [kept]).get(kept.id, [])
    strange = any(one.result in WITHOUT_LEAVE or not one.on_route for one in met)
    unknown = not met and not queries.is_other_paper(session, asked)
    if strange or unknown:
        jobs.enqueue(session, "border-findings", {"check": str(kept.id)}, now)


@jobs.job("border-findings")
def raise_findings(session: Session, payload: Mapping[str, Any], now: datetime) -> None:
    """Raise what a check found on the cases that it met; file what nobody knows as a sighting."""
    kept = session.get_one(BorderCheck, UUID(payload["check"]))
    met = queries.met_by(session, [kept]).get(kept.id, [])
    gone = [one for one in met if not raised(session, kept, one, now)]
    if kept.sighting_id is None and (gone or not met):
        kept.sighting_id = queries.sighted_lately(session, kept, now) or file(session, kept, now)


def raised(session: Session, kept: BorderCheck, met: CheckedCase, now: datetime) -> bool:
    """Raise a finding on a case; tell whether the case is open, so that somebody will see it."""
    case = session.get_one(TriageCase, met.submission_id)
    if met.result not in WITHOUT_LEAVE and met.on_route:
        return True
    words = story(session, kept, met)
    if (met.path, words) not in presented.of_case(session, case.id):  # a job may run twice
        presented.note(session, case.id, met.path, words, now)
        triage.screen_again(session, case, now)
    return case.open


def story(session: Session, kept: BorderCheck, met: CheckedCase) -> str:
    """Say in a sentence what happened at the border."""
    partner = session.get_one(Organisation, kept.partner_id).name
    where = kept.place or kept.post or partner
    what = f"{met.result.value}" if met.result in WITHOUT_LEAVE else "not on its route"
    both = " and is not on its route" if met.result in WITHOUT_LEAVE and not met.on_route else ""
    return (
        f"Presented at {where} on {kept.made_at:%-d %B %Y, %H:%M} UTC: {what}{both}"
        f" ({kept.reference}, {partner})."
    )


def file(session: Session, kept: BorderCheck, now: datetime) -> UUID:
    """File a sighting of what was checked, in the officer's name; it goes through the triage."""
    officer = session.get_one(Account, kept.account_id)
    partner = session.get_one(Organisation, kept.partner_id)
    kind = registered()[SIGHTING]
    number = "containers" if kept.sought is Sought.CONTAINER else "papers"
    said = {
        "lines": (),
        "parties": (),
        "declared_by": officer.name or officer.email,
        "seen_on": kept.made_at.date(),
        "seen_time": f"{kept.made_at:%H:%M} UTC",
        "place": kept.place or kept.post or partner.name,
        "place_country": partner.country,
        "how": "check in this portal",
        "what": f"Checked at a border: {kept.result.value}. Typed: {kept.typed[:200]}."
        " Filed by the portal for the officer who checked it.",
        "done": "not decided yet",
        number: (kept.value,),
        "own_reference": kept.reference,
    }
    config = current_app.config
    law = Law(config["JURISDICTION"], config["COUNTRY"], now.date())
    return receive(session, kind, kind.adapter.validate_python(said), officer, law, now).id


def sighting_of(session: Session, kept: BorderCheck) -> Submission | None:
    """Return the sighting that a check led to."""
    return session.get(Submission, kept.sighting_id) if kept.sighting_id else None
