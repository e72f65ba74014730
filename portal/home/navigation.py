"""What stands in the navigation of each role."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Flask, g, request, url_for
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from portal.core.access import (
    COMPANY_ROLES,
    PARTNER_ROLES,
    Actor,
    Permission,
    current_actor,
    may,
    signed_in,
)
from portal.core.clock import utc_now
from portal.core.db import get_session
from portal.leads.tasks import queries as tasks
from portal.learning import queries as learning
from portal.partners.inbox import queries as inbox
from portal.watchlists import queries as watchlists

Item = tuple[str, str, Permission]  # endpoint, words, who may go there
GROUPS: tuple[tuple[str, tuple[Item, ...]], ...] = (
    (
        "",  # of companies and partners: a list short enough without headings
        (
            ("overview.start", "Overview", Permission.COMPANY_WORK),
            ("submissions.index", "What you filed", Permission.SUBMISSION_READ),
            ("intake.start", "Report", Permission.SUBMISSION_CREATE),
            ("uploads.index", "Many at once", Permission.COMPANY_WORK),
            ("addressbook.index", "Address book", Permission.COMPANY_WORK),
            ("bulletins.index", "From the authority", Permission.BULLETIN_READ),
            ("registration.own", "Your application", Permission.APPLICATION_OWN),
            ("registration.company", "Company", Permission.ORGANISATION_MANAGE),
            ("accounts.colleagues", "Colleagues", Permission.ORGANISATION_MANAGE),
            ("machines.index", "Keys and webhooks", Permission.ORGANISATION_MANAGE),
            ("border.page", "Check at the border", Permission.BORDER_CHECK),
            ("shipments.notices", "Notices", Permission.NOTICE_ANSWER),
            ("officers.colleagues", "Colleagues", Permission.PARTNER_PEOPLE),
            ("inbox.index", "Inbox", Permission.INBOX_READ),
        ),
    ),
    (
        "Work",  # what waits for somebody today
        (
            ("triage.queue", "Queue", Permission.CASE_READ),
            ("search.page", "Search", Permission.CASE_READ),
            ("leads.my_tasks", "My tasks", Permission.LEAD_TASK),
            ("triage.hits", "Watch-list hits", Permission.WATCHLIST_USE),
            ("triage.waiting", "Second pair of eyes", Permission.CASE_READ),
            ("approval.waiting", "Leads to decide", Permission.LEAD_REVIEW),
            ("learning.thanks", "Thanks", Permission.LEAD_APPROVE),
            ("triage.shifts", "Shifts", Permission.CASE_READ),
        ),
    ),
    (
        "Intelligence",  # what officers make of it
        (
            ("leads.index", "Leads", Permission.LEAD_READ),
            ("dossiers.pairs", "Same or not", Permission.ENTITY_DECIDE),
            ("watchlists.index", "Watch lists", Permission.WATCHLIST_USE),
            ("deliveries.index", "Controlled deliveries", Permission.DELIVERY_USE),
            ("bulletin_desk.index", "Bulletins", Permission.BULLETIN_DESK),
        ),
    ),
    (
        "Partners",
        (
            ("inbox.waiting", "From partners", Permission.LEAD_READ),
            ("border.desk", "Checks at borders", Permission.CASE_READ),
            ("register.index", "Partners", Permission.PARTNER_READ),
        ),
    ),
    (
        "Administration",
        (
            ("registration.applications", "Applications", Permission.ORGANISATION_VET),
            ("accounts.staff", "People", Permission.STAFF_MANAGE),
            ("weights.index", "Risk rules", Permission.RULES_AGREE),
            ("sharing.index", "Sanitising", Permission.RULES_AGREE),
            ("triage.workload", "Workload", Permission.CASE_READ),
            ("triage.oversight", "Readings", Permission.OVERSIGHT_READ),
            ("pictures.desk", "Desk in pictures", Permission.OVERSIGHT_READ),
            ("statistics.index", "Statistics", Permission.STATISTICS_READ),
            ("oversight.index", "Audit trail", Permission.AUDIT_READ),
            ("oversight.checks", "Checks of the chain", Permission.AUDIT_READ),
            ("operations.failed_jobs", "Jobs", Permission.SYSTEM_OPERATE),
            ("reference.substances", "Substance list", Permission.REFERENCE_READ),
            ("reference.places", "Places", Permission.REFERENCE_READ),
        ),
    ),
)
FEW = 9  # entries that one finds without headings
UNGROUPED = COMPANY_ROLES | PARTNER_ROLES
COUNTED: Mapping[str, Callable[[Session, Actor], int]] = {
    "triage.hits": watchlists.new_hits,
    "leads.my_tasks": tasks.open_number,
    "inbox.index": lambda session, actor: inbox.new_for(session, actor, utc_now()),
    "inbox.waiting": lambda session, _actor: inbox.number_waiting(session),
    "learning.thanks": lambda session, _actor: learning.number_waiting(session),
}


@dataclass(frozen=True, slots=True)
class Link:
    """An entry, and how much waits behind it."""

    href: str
    text: str
    active: bool
    count: int


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under a heading, or all of them under none."""

    heading: str
    links: list[Link]


def init_app(app: Flask) -> None:
    """Give every page its navigation."""
    app.context_processor(navigation)


def navigation() -> dict[str, list[Group]]:
    """Return the pages that the role may see, grouped if they are many; none for visitors."""
    if "trace" not in g or not signed_in():
        return {"navigation": []}
    actor = current_actor()
    groups = [
        Group(heading, [link(item, actor) for item in items if may(actor, item[2])])
        for heading, items in GROUPS
    ]
    links = [one for group in groups for one in group.links]
    if actor.role in UNGROUPED or len(links) <= FEW:
        return {"navigation": [Group("", links)]}
    return {"navigation": [group for group in groups if group.links]}


def link(item: Item, actor: Actor) -> Link:
    """Return an entry as the page shows it."""
    endpoint, text, _permission = item
    return Link(
        url_for(endpoint), text, active=request.endpoint == endpoint, count=counted(endpoint, actor)
    )


def counted(endpoint: str, actor: Actor) -> int:
    """Return how much waits behind a page; pages of errors are drawn without a database too."""
    if endpoint not in COUNTED:
        return 0
    try:
        return COUNTED[endpoint](get_session(), actor)
    except SQLAlchemyError:
        return 0
