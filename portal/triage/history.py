"""What the rules of one case need of other submissions: an index look-up a trace, bounded."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.text import search_key
from portal.entities import queries as entities
from portal.entities.data import EntitySort
from portal.organisations.models import Organisation
from portal.submissions.data import Facts, Filed, Mention, PartyRole, SubmissionData
from portal.submissions.kind import registered
from portal.submissions.models import Submission, SubmissionEvent
from portal.submissions.present import mentions
from portal.submissions.queries import events_of
from portal.submissions.rules import Outer, Step
from portal.triage.book import book_of
from portal.triage.data import BY_PARTNERS, LOSS, RETURN, Case, Past
from portal.triage.life import SUSPECTED
from portal.triage.lookups import MOST_EACH, Shared, found_by, names_alike, shared_traces
from portal.triage.models import TriageCase
from portal.triage.names import bare, close
from portal.triage.presented import with_presented

MOST_TRACES = 40  # of one submission that are looked up
MOST_PAST = 60  # other submissions in all, before and after each
MOST_NAMES = 4  # of a submission that are compared with names that begin alike
MOST_OWN = 20  # earlier submissions of the same company and kind
COMMON_ROLES = frozenset(  # named in many, and say little
    {PartyRole.EXPORTER, PartyRole.CARRIER, PartyRole.FORWARDER, PartyRole.WITNESS}
)
COMMON_NAMES = 8  # names behind one trace, from which it is an office's or an agent's
NOT_LOOKED_UP = {"vessel"}  # a ship carries everybody's goods
AGENT, TRADED, CARRIER, COMMON = "agent", "traded", "carrier", "common"  # traces of less weight

KIN = {  # what is compared, not only equal; under which sort of trace rules see it
    EntitySort.PERSON: "entity",
    EntitySort.ORGANISATION: "entity",
    EntitySort.ADDRESS: "address",
}
MUCH_LATER = datetime(9000, 1, 1, tzinfo=UTC)


def case_of(
    session: Session, submission: Submission, data: SubmissionData, *, again: bool = False
) -> Case:
    """Return a submission with its history and the reference data; the cost is bounded.

    Args:
        session: for reading.
        submission: what is judged.
        data: its record.
        again: look at what came later too; nothing did when it has just arrived.
    """
    company = session.get_one(Organisation, submission.organisation_id).name
    exact = traces_of(submission, data, company)
    own = (*exact, *own_entities(session, submission))
    facts = with_events(data.facts(), events_of(session, submission.id))
    facts = with_presented(session, facts, submission.id)
    filed = filed_of(submission, facts, company)
    before = found_by(session, shared_traces(submission, trace_keys(exact)))
    after = (
        found_by(session, shared_traces(submission, trace_keys(exact), later=True)) if again else {}
    )
    kin = same_entities(session, submission, MUCH_LATER if again else submission.received_at)
    names = [one for one in own if one.sort == "name"][:MOST_NAMES]
    alike = close_only(found_by(session, names_alike(submission, names)), names)
    others = others_of(session, {*before, *after, *alike, *kin})
    earlier = tuple(one for one in others if one.filed.received_at <= submission.received_at)
    newer = tuple(one for one in others if one.filed.received_at > submission.received_at)
    older = session.get(Submission, submission.corrects_id) if submission.corrects_id else None
    case = Case(
        filed=filed,
        mentions=own,
        history=pasts(earlier, merged(before, kin))[-MOST_PAST:],
        later=pasts(newer, merged(after, kin))[:MOST_PAST],
        alike=pasts(others, alike),
        own=own_of(session, submission) if submission.kind == LOSS else (),
        older=filed_of(older, facts_of(older)) if older else None,
        released=bool(older) and was_released(session, submission.corrects_id),
    )
    records = [one.filed for one in (*case.history, *case.later)]
    return replace(case, book=book_of(session, submission.jurisdiction, filed, records))


def own_entities(session: Session, submission: Submission) -> Iterator[Mention]:
    """Yield who and which addresses a submission names, as the portal knows them."""
    if submission.kind == RETURN:
        return
    for mention, entity in entities.entities_of(session, submission.id):
        if mention.telling and mention.sort in KIN:
            path = path_of(mention.sort, mention.path)
            yield Mention(KIN[mention.sort], entity.id.hex, mention.shown, path)


def same_entities(session: Session, submission: Submission, before: datetime) -> Shared:
    """Return where others name the same people, companies and addresses; bounded."""
    shared: Shared = {}
    if submission.kind == RETURN:
        return shared
    for row in entities.sharing(session, submission.id, KIN, before, MOST_EACH):
        path = path_of(row.sort, row.path)
        mention = Mention(KIN[row.sort], row.entity_id.hex, row.shown, path)
        shared.setdefault(row.submission_id, []).append(mention)
    return shared


def path_of(sort: EntitySort, path: str) -> str:
    """Return the answer that names an entity: of a party its name."""
    party = sort is not EntitySort.ADDRESS and path.startswith("parties.")
    return f"{path}.name" if party else path


def merged(one: Shared, other: Shared) -> Shared:
    """Return the mentions of two look-ups together."""
    return {key: [*one.get(key, ()), *other.get(key, ())] for key in {**one, **other}}


def filed_of(submission: Submission, facts: Facts, organisation: str = "") -> Filed:
    """Return a submission as rules see it."""
    return Filed(
        id=submission.id,
        reference=submission.reference,
        kind=submission.kind,
        organisation_id=submission.organisation_id,
        received_at=submission.received_at,
        facts=facts,
        organisation=organisation,
    )


def with_events(facts: Facts, events: Sequence[SubmissionEvent]) -> Facts:
    """Add what the company reported after it had filed: dispatch, arrival, what differs."""
    for event in events:
        told = event.details
        facts = replace(facts, differences=(*facts.differences, *told.get("differences", ())))
        if event.step is Step.DISPATCH:
            released = told.get("released_on")
            facts = replace(
                facts,
                dispatched_on=date.fromisoformat(told["left_on"]),
                released_on=date.fromisoformat(released) if released else None,
            )
    return facts


def traces_of(submission: Submission, data: SubmissionData, company: str) -> tuple[Mention, ...]:
    """Return the traces that are looked up: of a return the company, of others who is named."""
    if submission.kind == RETURN:
        return (Mention("name", search_key(company), company, "totals"),)
    found = (one for one in mentions(data) if telling(one, data, submission.kind))
    return tuple(weighted(one, submission.kind, data) for one in found)[:MOST_TRACES]


def telling(mention: Mention, data: SubmissionData | Facts, kind: str) -> bool:
    """Tell whether a trace says something: not those of the exporter or a carrier."""
    head, _, rest = mention.path.partition(".")
    if head != "parties":
        named = head == "driver" or (kind == LOSS and head == CARRIER)
        return (mention.sort != "name" or named) and mention.sort not in NOT_LOOKED_UP
    if kind in BY_PARTNERS:  # whoever a partner names, it names for a reason
        return True
    return data.parties[int(rest.split(".")[0])].role not in COMMON_ROLES


def weighted(mention: Mention, kind: str, data: SubmissionData | Facts) -> Mention:
    """Return a trace under the sort that says how much it tells where it stands."""
    head, _, rest = mention.path.partition(".")
    if kind == RETURN:
        return replace(mention, sort=TRADED)
    if head == "parties" and not telling(mention, data, kind):
        return replace(mention, sort=AGENT)
    if mention.sort == "name" and (head == CARRIER or rest.endswith(CARRIER)):
        return replace(mention, sort=CARRIER)
    return mention


def trace_keys(own: Iterable[Mention]) -> set[tuple[str, str]]:
    """Return under which sorts and values traces are kept."""
    return {("name" if one.sort == CARRIER else one.sort, one.value) for one in own}


def close_only(shared: Shared, names: Sequence[Mention]) -> Shared:
    """Keep the names that are nearly one of the given ones."""
    kept = {
        key: [one for one in found if any(close(one.value, name.value) for name in names)]
        for key, found in shared.items()
    }
    return {key: found for key, found in kept.items() if found}


def others_of(session: Session, ids: set[UUID]) -> tuple[Past, ...]:
    """Return other submissions as they count now, oldest first; corrected ones do not."""
    if not ids:
        return ()
    rows = session.execute(
        select(Submission, TriageCase.status, TriageCase.open, Organisation.name)
        .join(Organisation, Organisation.id == Submission.organisation_id)
        .outerjoin(TriageCase, TriageCase.id == Submission.id)
        .where(Submission.id.in_(ids), Submission.state != Outer.CORRECTED)
        .order_by(Submission.received_at.desc(), Submission.id)
        .limit(2 * MOST_PAST)
    ).all()
    return tuple(
        Past(
            filed=filed_of(other, facts_of(other), name),
            shared=(),
            suspected=status in SUSPECTED,
            open=bool(is_open),
        )
        for other, status, is_open, name in reversed(rows)
    )


def pasts(others: Sequence[Past], shared: Shared) -> tuple[Past, ...]:
    """Return the submissions that hold some of the mentions, with these."""
    found = tuple(
        replace(
            one,
            shared=tuple(
                weighted(mention, one.filed.kind, one.filed.facts)
                for mention in shared[one.filed.id]
            ),
        )
        for one in others
        if one.filed.id in shared
    )
    offices = common(found)
    return tuple(
        replace(
            one,
            shared=tuple(
                replace(m, sort=COMMON) if (m.sort, m.value) in offices else m for m in one.shared
            ),
        )
        for one in found
    )


def common(found: Sequence[Past]) -> set[tuple[str, str]]:
    """Return the traces behind so many names that they are an agent's or an office's."""
    names: dict[tuple[str, str], set[str]] = {}
    for past in found:
        for one in past.shared:
            head, _, rest = one.path.partition(".")
            if head == "parties" and one.sort != "name":
                party = past.filed.facts.parties[int(rest.split(".")[0])]
                names.setdefault((one.sort, one.value), set()).add(bare(search_key(party.name)))
    return {trace for trace, behind in names.items() if len(behind) >= COMMON_NAMES}


def own_of(session: Session, submission: Submission) -> tuple[Filed, ...]:
    """Return the company's earlier submissions of the same kind, newest first."""
    query = (
        select(Submission)
        .where(
            Submission.organisation_id == submission.organisation_id,
            Submission.kind == submission.kind,
            Submission.received_at <= submission.received_at,
            Submission.id != submission.id,
            Submission.state != Outer.CORRECTED,
        )
        .order_by(Submission.received_at.desc())
        .limit(MOST_OWN)
    )
    return tuple(filed_of(one, facts_of(one)) for one in session.scalars(query))


def was_released(session: Session, submission_id: UUID | None) -> bool:
    """Tell whether the authority had let a shipment leave."""
    if submission_id is None:
        return False
    return any(event.step is Step.RELEASE for event in events_of(session, submission_id))


def facts_of(submission: Submission) -> Facts:
    """Return what rules may know of a stored submission."""
    data: SubmissionData = registered()[submission.kind].load(submission.content)
    return data.facts()
