"""Nobody sees more than their version: every byte a partner can get is searched for every secret.

A record full of secrets becomes a lead; its version for partners is handed over. Then each page and
file that an account of the partner reaches is fetched, unpacked to the last wrapping and searched.
What may be read holds such words too, and must be found in each of them: the search proves itself.
"""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.exceptions import HTTPException

from portal.accounts.models import Account
from portal.core import jobs
from portal.core.access import GRANTS, Permission, Role
from portal.core.clock import utc_now
from portal.core.outbox import OutgoingMail
from portal.leads.data import (
    Category,
    Confidence,
    Grading,
    Handling,
    Marking,
    Priority,
    Proposal,
)
from portal.leads.models import Lead, LeadSource, LeadText
from portal.leads.rules import Status
from portal.partners import downloads, services
from portal.partners.formats import FORMATS
from portal.submissions import services as submissions
from portal.submissions.data import Leg, Party, PartyRole, StoredFile
from portal.submissions.models import SubmissionFile
from portal.triage import deeds
from portal.triage.models import TriageCase
from portal.watchlists.data import Information, Source
from tests.architecture.test_routes import path_of, routes
from tests.browser import Browser
from tests.factories import (
    NOON,
    line,
    make_account,
    make_organisation,
    make_partner,
    make_submission,
    notice,
    order,
)
from tests.partners.searching import Seen, filled, found, secret, tokens_in
from tests.partners.sowing import SAID, sow_beside, sow_row

GRADING = Grading(Source.RELIABLE, Information.KNOWN_DIRECTLY, Handling.PERMITTED)
PARTNERS = [role for role in Role if Permission.INBOX_READ in GRANTS[role]]
ALLOWED = {"title": secret("a title"), "asked": secret("what is asked"), "text": secret("a text")}
QUANTITY = "4711.377"
MOST_PAGES = 300


@pytest.fixture
def case(session, app):
    return Case(session)


class Case:
    """A company's report, a lead made of it, and the same handed to two partners."""

    def __init__(self, session, *, beside=True):
        """Begin; `beside`: with rows of secrets in every table that hangs on a lead or a report.

        Such rows are no JSON where officers' pages expect it; a partner's pages never read them.
        """
        self.session = session
        self.beside = beside
        self.sown: set[str] = set()  # tables of which each row of ours is full of secrets
        self.firm = make_organisation(session)
        sow_row(self.firm)
        self.author = make_account(
            session,
            organisation=self.firm,
            name=secret("the author"),
            email=f"{secret('mail')}@example.org",
        )
        self.officers = [
            make_account(
                session,
                role,
                name=secret(f"name of {role}"),
                email=f"{secret(f'mail of {role}')}@example.org",
            )
            for role in (Role.ANALYST, Role.SUPERVISOR)
        ]
        self.submission = self.report(order())
        self.lead = self.lead_of(self.submission, ALLOWED)
        self.partner = self.partner_named("Port Control Unit")
        self.given = self.hand_over(self.lead, self.partner)
        other = self.report(notice())
        said = {name: secret(f"of another lead {name}") for name in ALLOWED}
        self.other_lead = self.lead_of(other, said)
        self.other_partner = self.partner_named(secret("another partner"))
        self.other_given = self.hand_over(self.other_lead, self.other_partner)
        self.others = other
        session.commit()

    def report(self, record):
        """Receive a record of which each answer is a secret, and let officers write of it."""
        goods = line("acetone", QUANTITY, batch="x")
        attached = StoredFile(name="x", media_type="text/plain", size=1, sha256="0" * 64)
        party = Party(role=PartyRole.CONSIGNEE, name="x", country="TH")
        more = {"lines": (goods,), "files": (attached,), "parties": (*record.parties, party)}
        if any(isinstance(one, Leg) for one in getattr(record, "legs", ())):
            more["legs"] = record.legs
        path = f"record {type(record).__name__}"
        full_of_secrets = filled(replace(record, **more), path)
        made = make_submission(self.session, full_of_secrets, author=self.author)
        case = self.session.get_one(TriageCase, made.id)
        officer = self.officers[0]
        deeds.take(self.session, case, officer, NOON)
        deeds.write_note(self.session, case, secret(f"{path} note"), officer, NOON)
        deeds.flag(self.session, case, secret(f"{path} flag"), officer, NOON)
        asked = submissions.ask(self.session, made, secret(f"{path} question"), NOON)
        answer = secret(f"{path} answer")
        submissions.answer(self.session, made, asked, answer, self.author, NOON)
        file = SubmissionFile(
            owner_id=made.id,
            organisation_id=self.firm.id,
            size=1,
            scan="clean",
            uploaded_at=NOON,
            name="",
            media_type="",
            sha256="",
            stored_as="",
        )
        sow_row(file, {"scan"})
        self.session.add(file)
        return made

    def lead_of(self, submission, said):
        """Make an approved lead with one text for partners and one that is not for them."""
        analyst, supervisor = self.officers
        lead = Lead(
            reference=f"LD-{submission.reference[3:]}",
            status=Status.APPROVED,
            title=said["title"],
            summary="",
            asked=said["asked"],
            category=Category.DIVERSION,
            priority=Priority.URGENT,
            confidence=Confidence.HIGH,
            proposal=Proposal.WATCH,
            marking=Marking.AMBER,
            conditions="",
            expires_on=None,
            author_id=analyst.id,
            created_at=NOON,
            approver_id=supervisor.id,
            approved_at=NOON,
        )
        sow_row(lead, SAID)
        lead.texts = [
            LeadText(
                position=position,
                text=text,
                source=Source.RELIABLE,
                information=Information.KNOWN_DIRECTLY,
                handling=Handling.PERMITTED,
                released=released,
            )
            for position, (text, released) in enumerate(
                ((said["text"], True), (secret(f"{submission.reference} kept back"), False))
            )
        ]
        lead.sources = [LeadSource(submission_id=submission.id)]
        self.session.add(lead)
        self.session.flush()
        known = {
            "lead": lead.id,
            "submission": submission.id,
            "triage_case": submission.id,
            "account": analyst.id,
            "organisation": self.firm.id,
        }
        if self.beside:
            self.sown |= sow_beside(self.session, known)
        self.session.refresh(lead)
        return lead

    def partner_named(self, name):
        organisation = make_partner(self.session, network="CCP", name=name)
        for role in PARTNERS:
            make_account(self.session, role, organisation=organisation)
        return organisation

    def hand_over(self, lead, partner):
        return services.hand_over(self.session, lead, partner.id, self.officers[1], NOON)

    @property
    def words(self):
        """Return what no partner may see and what looks like anything else."""
        rows = [self.submission, self.others, self.lead, self.other_lead, self.firm, self.author]
        rows += [*self.officers, self.other_given, self.other_partner]
        ids = [form for row in rows for form in (str(row.id), row.id.hex)]
        references = [self.submission.reference, self.others.reference, self.firm.reference]
        codes = [self.submission.check_code, self.others.check_code, self.other_lead.reference]
        return [*ids, *references, *codes, QUANTITY]

    @property
    def secrets(self):
        """Return every secret that stands in the two records."""
        return tokens_in(self.submission.content) | tokens_in(self.others.content)

    def accounts(self):
        return self.session.scalars(
            select(Account).where(Account.organisation_id == self.partner.id)
        ).all()


# --- what a partner can get -----------------------------------------------------------------------


def everything(app: Flask, case: Case) -> Iterator[Seen]:
    """Yield every answer that the partner's accounts get, and every mail to them."""
    people = list(case.accounts())
    assert {one.role for one in people} == set(PARTNERS)
    for account in people:
        yield from reached(app, Browser(app, case.session, account), account.role, case.given.id)
    mails = case.session.scalars(select(OutgoingMail))
    addresses = {one.email for one in people}
    sent = [one for one in mails if one.recipient in addresses]
    assert sent
    for one in sent:
        yield Seen("mail", f"{one.subject}\n{one.body}".encode())


def reached(app: Flask, browser: Browser, role: Role, hand_over_id: UUID) -> Iterator[Seen]:
    """Yield what an account reaches: each route that it may use, then every link from there."""
    waiting = list(addresses(app, role, hand_over_id))
    done: set[str] = set()
    while waiting:
        path = waiting.pop(0)
        if path in done:
            continue
        done.add(path)
        assert len(done) < MOST_PAGES
        response = browser.ask(browser.client.get, path, follow_redirects=False)
        yield Seen(f"{path} headers", str(response.headers).encode())
        body = response.data
        response.close()
        yield Seen(path, body)
        if response.mimetype != "text/html":
            continue
        page = browser.page(response)
        links = [str(one["href"]) for one in page.soup.select("a[href], link[href]")]
        links += [str(one["src"]) for one in page.soup.select("[src]")]
        waiting += [link for link in [*links, response.location or ""] if own(app, link)]


def addresses(app: Flask, role: Role, hand_over_id: UUID) -> Iterator[str]:
    """Yield an address of each route that a role may use, in each of its parts."""
    for rule in routes(app):
        needs = access_of(app, rule.endpoint)
        if "GET" not in rule.methods or (needs != "public" and needs not in GRANTS[role]):
            continue
        parts = [*downloads.PARTS, "pdf"]
        for part in parts if "part" in rule.arguments else [""]:
            known = {"hand_over_id": hand_over_id} | ({"part": part} if part else {})
            yield path_of(rule, **{k: v for k, v in known.items() if k in rule.arguments})


def access_of(app: Flask, endpoint: str) -> str:
    """Return what a view asks for; files that never change ask for nothing."""
    return str(getattr(app.view_functions[endpoint], "access", "public"))


def own(app: Flask, link: str) -> bool:
    """Tell whether a link leads to a page for partners, so that it is followed."""
    path = urlsplit(link)
    if path.netloc or not path.path.startswith("/"):
        return False
    try:
        endpoint, _ = app.url_map.bind("localhost").match(path.path)
    except HTTPException:
        return False
    needs = access_of(app, endpoint)
    return needs not in {"public", Permission.REFERENCE_READ, Permission.ACCOUNT_OWN}


# --- the search -----------------------------------------------------------------------------------


def test_0_of_all_secrets_reach_a_partner_by_any_page_file_name_or_mail(app, session, case):
    jobs.run_due(app, utc_now())
    session.refresh(case.given)
    assert case.given.pdf_stored_as
    assert len(case.secrets) > 90
    seen = list(everything(app, case))
    allowed = {one.casefold() for one in ALLOWED.values()}
    hits = found(seen, case.words)
    assert sorted((word, where) for word, where in hits if word not in allowed) == []
    # and the search sees: what may be read is found on each page and in each file that holds it
    places = {where for word, where in hits if word == ALLOWED["text"].casefold()}
    base = f"/inbox/{case.given.id}"
    for part in (*(one.slug for one in FORMATS), "pdf"):
        assert [one for one in places if one.startswith(f"{base}/lead.{part}")], part
    assert base in places
    assert [one for one in places if f"{base}/lead.pdf page" in one]
    assert [one for one in places if f"{base}/lead.pdf file" in one]
    sent = {one.where for one in seen}
    assert {f"{base}/lead.{one.slug}.sig" for one in FORMATS[1:]} <= sent
    titles = {where for word, where in hits if word == ALLOWED["title"].casefold()}
    assert "/inbox/" in titles


def test_officers_tables_that_hang_on_a_lead_hold_secrets_too(app, case):
    """A table that is made later is sown by itself; these are some of those of today."""
    assert case.sown >= {
        "lead_text",
        "lead_version",
        "triage_note",
        "submission_mention",
        "finding",
    }


def test_file_names_say_the_reference_and_what_the_file_is(app, session, case):
    jobs.run_due(app, utc_now())
    account = case.accounts()[0]
    browser = Browser(app, session, account)
    names = {}
    for part in (*downloads.PARTS, "pdf"):
        path = f"/inbox/{case.given.id}/lead.{part}"
        response = browser.ask(browser.client.get, path)
        response.close()
        assert response.status_code == 200
        names[part] = response.headers["Content-Disposition"]
        assert response.headers["Cache-Control"] == "no-store"
    extensions = {one.slug: one.extension for one in FORMATS}
    extensions |= {f"{one.slug}.sig": f"{one.extension}.sig" for one in FORMATS[1:]}
    extensions |= {"signature": "signature", "pdf": "pdf"}
    assert names == {
        part: f"attachment; filename={case.lead.reference}.{extension}"
        for part, extension in extensions.items()
    }


# --- the search proves itself ---------------------------------------------------------------------
