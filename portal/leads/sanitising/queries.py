"""Reading the sources of a lead and what is known of who shares a value.

Nothing here grows with what is stored: sources are read by their ids, and a value is looked up in
an index that ends at the number asked for.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import Account
from portal.core.languages import country_name, in_language
from portal.leads import queries as leads
from portal.leads.models import Lead
from portal.leads.sanitising.data import Answer, Reporter, Source, fingerprint
from portal.leads.sanitising.models import MarkAnswer, SharedValue
from portal.organisations.models import Deputy, Licence, Organisation, Site
from portal.submissions.models import Question, Submission, SubmissionEvent, SubmissionFile
from portal.submissions.services import record_of

SLICE = 200  # submissions counted in one transaction
MOST_PEOPLE = 500  # accounts of one company
LANGUAGE = "en"  # of countries in proposals: the officers'


def sources_of(session: Session, lead: Lead) -> tuple[tuple[Submission, Source], ...]:
    """Return what the lead was made from."""
    return sources_from(session, leads.sources_of(session, lead))


def sources_from(
    session: Session, found: Sequence[Submission]
) -> tuple[tuple[Submission, Source], ...]:
    """Return submissions, each with what in it can betray."""
    reporters = reporters_of(session, {one.organisation_id: one.organisation for one in found})
    ids = [one.id for one in found]
    files: dict[UUID, list[str]] = defaultdict(list)
    for file in session.scalars(select(SubmissionFile).where(SubmissionFile.owner_id.in_(ids))):
        files[file.owner_id].append(file.name)
    said = said_afterwards(session, ids)
    return tuple((one, source_of(one, reporters[one.organisation_id], files[one.id],
                                 said[one.id])) for one in found)  # fmt: skip


def source_of(
    one: Submission, reporter: Reporter, files: Sequence[str], said: Sequence[tuple[str, str]]
) -> Source:
    """Return a submission as a source."""
    return Source(
        reference=one.reference,
        check_code=one.check_code,
        received_on=one.received_at.date(),
        record=record_of(one),
        reporter=reporter,
        files=tuple(files),
        said=tuple(said),
    )


def said_afterwards(session: Session, ids: Sequence[UUID]) -> dict[UUID, list[tuple[str, str]]]:
    """Return what companies answered and reported after they had filed."""
    found: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    for asked in session.scalars(select(Question).where(Question.submission_id.in_(ids))):
        if asked.answer:
            found[asked.submission_id].append(("Answer", asked.answer))
    events = select(SubmissionEvent).where(SubmissionEvent.submission_id.in_(ids))
    for event in session.scalars(events):
        if event.text:
            found[event.submission_id].append(("Reported afterwards", event.text))
    return found


def reporters_of(session: Session, organisations: dict[UUID, Organisation]) -> dict[UUID, Reporter]:
    """Return the companies behind sources, as far as they can be known by something."""
    ids = list(organisations)
    people: dict[UUID, list[Account]] = defaultdict(list)
    accounts = select(Account).where(Account.organisation_id.in_(ids))
    for account in session.scalars(accounts.limit(MOST_PEOPLE * max(1, len(ids)))):
        people[account.organisation_id].append(account)
    sites: dict[UUID, list[Site]] = defaultdict(list)
    for site in session.scalars(select(Site).where(Site.organisation_id.in_(ids))):
        sites[site.organisation_id].append(site)
    deputies: dict[UUID, list[Deputy]] = defaultdict(list)
    for deputy in session.scalars(select(Deputy).where(Deputy.organisation_id.in_(ids))):
        deputies[deputy.organisation_id].append(deputy)
    licences: dict[UUID, list[str]] = defaultdict(list)
    for licence in session.scalars(select(Licence).where(Licence.organisation_id.in_(ids))):
        licences[licence.organisation_id].append(licence.number)
    return {
        key: reporter_of(one, people[key], sites[key], deputies[key], licences[key])
        for key, one in organisations.items()
    }


def reporter_of(
    company: Organisation,
    people: Sequence[Account],
    sites: Sequence[Site],
    deputies: Sequence[Deputy],
    licences: Sequence[str],
) -> Reporter:
    """Return one company, as far as it can be known by something."""
    with in_language(LANGUAGE):
        country = country_name(company.country)
    return Reporter(
        names=told(company.name, *company.trade_names.splitlines()),
        people=told(company.officer_name, *(d.name for d in deputies), *(p.name for p in people)),
        contacts=told(
            company.officer_email,
            company.officer_phone,
            *(one for deputy in deputies for one in (deputy.email, deputy.phone)),
            *(person.email for person in people),
        ),
        addresses=told(
            company.address,
            *company.other_addresses.splitlines(),
            *(site.address for site in sites),
        ),
        sites=told(*(site.name for site in sites)),
        numbers=told(
            company.reference,
            company.registration_number,
            company.tax_number,
            company.eori,
            company.lei,
            *licences,
        ),
        country=country,
    )


def told(*values: str | None) -> tuple[str, ...]:
    """Return the values that say something, each once."""
    return tuple(dict.fromkeys(one.strip() for one in values if one and one.strip()))


def holders(session: Session, trait: str, most: int) -> int:
    """Return how many companies filed a value, and no more than asked for."""
    query = select(SharedValue.id).where(SharedValue.trait == fingerprint(trait)).limit(most)
    return len(session.scalars(query).all())


def holds(session: Session, trait: str, companies: Iterable[UUID]) -> int:
    """Return how many of some companies filed a value."""
    query = select(SharedValue.id).where(
        SharedValue.trait == fingerprint(trait), SharedValue.organisation_id.in_(list(companies))
    )
    return len(session.scalars(query).all())


def filed_after(session: Session, last: UUID) -> Sequence[Submission]:
    """Return the next submissions by their id."""
    query = select(Submission).where(Submission.id > last).order_by(Submission.id)
    return session.scalars(query.limit(SLICE)).all()


def answers_of(session: Session, lead_id: UUID) -> Sequence[MarkAnswer]:
    """Return every answer to a mark of the lead, newest first."""
    query = select(MarkAnswer).where(MarkAnswer.lead_id == lead_id)
    ordered = query.order_by(MarkAnswer.answered_at.desc(), MarkAnswer.id)
    return session.scalars(ordered.options(joinedload(MarkAnswer.answered_by))).all()


def kept_of(session: Session, lead_id: UUID) -> dict[tuple[str, str, str], MarkAnswer]:
    """Return the marks that somebody kept, by place, mark and the text they were kept in."""
    return {
        (one.place, one.mark, one.text_sha256): one
        for one in reversed(answers_of(session, lead_id))
        if one.answer is Answer.KEPT
    }
