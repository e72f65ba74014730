"""People of partners: admitted on a decision, delegated to an administrator, never further."""

import pytest
from sqlalchemy import select

from portal.accounts import people
from portal.accounts.models import Account
from portal.core.access import COMPANY_ROLES, GRANTS, Permission, Role
from portal.core.errors import DomainError
from portal.organisations.rules import Standing
from portal.partners.officers import services
from portal.partners.officers.data import Person
from portal.partners.registry.models import PartnerOfficer
from tests.factories import NOON, make_account, make_partner


def person(**more):
    said = {
        "name": "Duty officer",
        "email": "duty@partner.example",
        "position": "Inspector",
        "grounds": "Vetted by the service on 3 March 2026, letter 17.",
    }
    return Person(**said | more)


@pytest.fixture
def partner(session):
    return make_partner(session)


@pytest.fixture
def registrar(session):
    return make_account(session, Role.REGISTRAR)


@pytest.fixture
def head(session, partner):
    return make_account(session, Role.PARTNER_ADMIN, organisation=partner)


def test_an_administrator_reads_no_more_than_an_officer():
    more = GRANTS[Role.PARTNER_ADMIN] - GRANTS[Role.PARTNER_OFFICER]
    assert more == {Permission.PARTNER_PEOPLE}


def test_partners_need_a_second_factor():
    assert not {Role.PARTNER_ADMIN, Role.PARTNER_OFFICER} & COMPANY_ROLES


def test_the_registrar_admits_the_first_on_a_decision(session, sign_in, registrar, partner):
    page = (
        sign_in(registrar)
        .get(f"/partners/{partner.id}/people/new")
        .submit(
            "Admit",
            name="Head of desk",
            email="head@partner.example",
            role="partner administrator",
            position="Colonel",
            grounds="Letter of the minister.",
        )
    )
    assert "Head of desk, Colonel" in page.text
    account = session.scalars(select(Account).where(Account.name == "Head of desk")).one()
    assert (account.role, account.organisation_id) == (Role.PARTNER_ADMIN, partner.id)
    decided = session.scalars(select(PartnerOfficer)).one()
    assert decided.grounds == "Letter of the minister."
    assert decided.decided_by_id == registrar.id


def test_an_administrator_invites_and_closes_colleagues(session, sign_in, head, partner):
    browser = sign_in(head)
    page = (
        browser.get("/partner/people")
        .click("Invite a colleague")
        .submit(
            "Send",
            name="New officer",
            email="new@partner.example",
            position="Sergeant",
            grounds="Vetted in May, letter 4.",
        )
    )
    assert "Vetted in May, letter 4." in page.text
    account = session.scalars(select(Account).where(Account.name == "New officer")).one()
    assert (account.role, account.organisation_id) == (Role.PARTNER_OFFICER, partner.id)
    page = page.click("Close the account").submit("Close it", reason="Moved on")
    assert "Moved on" in page.text
    session.refresh(account)
    assert not account.active
    page = page.click("Invite again").submit("Send", grounds="Came back, vetted anew.")
    assert "Came back, vetted anew." in page.text
    session.refresh(account)
    assert account.active
    assert len(session.scalars(select(PartnerOfficer)).all()) == 2


def test_an_administrator_appoints_no_administrator(session, head, partner):
    with pytest.raises(services.NotDelegatedError):
        services.admit(session, partner, person(administers=True), head, NOON)


def test_an_administrator_withdraws_no_administrator_and_not_oneself(
    session, registrar, head, partner
):
    other = services.admit(session, partner, person(administers=True), registrar, NOON)
    with pytest.raises(services.NotDelegatedError):
        services.withdraw(session, partner, other, "Why not", head, NOON)
    own = PartnerOfficer(
        account_id=head.id, partner_id=partner.id, position="Head", grounds="x", decided_at=NOON
    )
    session.add(own)
    session.flush()
    with pytest.raises(DomainError, match="own account"):
        services.withdraw(session, partner, own, "Leaving", head, NOON)


def test_people_of_another_partner_are_not_there(session, sign_in, registrar, head):
    stranger = make_partner(session)
    admitted = services.admit(session, stranger, person(), registrar, NOON)
    session.commit()
    browser = sign_in(head)
    assert "Duty officer" not in browser.get("/partner/people").text
    for path in ("withdraw", "again"):
        assert browser.get(f"/partner/people/{admitted.id}/{path}").status == 404


def test_an_officer_manages_nobody(session, sign_in, partner):
    officer = make_account(session, Role.PARTNER_OFFICER, organisation=partner)
    assert sign_in(officer).get("/partner/people").status == 403


def test_nobody_is_admitted_to_a_partner_that_is_not_active(session, registrar):
    partner = make_partner(session, standing=Standing.SUSPENDED)
    with pytest.raises(DomainError, match="not active"):
        services.admit(session, partner, person(), registrar, NOON)


def test_0_accounts_of_partners_are_made_on_the_page_of_the_authority(session, sign_in, partner):
    page = sign_in(Role.REGISTRAR).get("/people")
    choices = {str(one["value"]) for one in page.soup.select("select[name=organisation] option")}
    assert str(partner.id) not in choices
    roles = {str(one["value"]) for one in page.soup.select("select[name=role] option")}
    assert not roles & {"partner officer", "partner administrator"}


@pytest.mark.parametrize(
    ("now", "wanted"),
    [
        (Role.PARTNER_OFFICER, Role.ANALYST),
        (Role.ANALYST, Role.PARTNER_OFFICER),
        (Role.PARTNER_ADMIN, Role.REGISTRAR),
    ],
)
def test_no_role_crosses_between_partner_and_authority(session, registrar, now, wanted):
    with pytest.raises(DomainError, match="not for this person"):
        people.propose_role(session, make_account(session, now), wanted, registrar, NOON)


def test_the_registrar_withdraws_and_the_session_ends(session, sign_in, registrar, partner):
    admitted = services.admit(session, partner, person(), registrar, NOON)
    officer = session.get_one(Account, admitted.account_id)
    inside = sign_in(officer)
    assert inside.get("/inbox/").status == 200
    page = sign_in(registrar).get(f"/partners/{partner.id}").click("Withdraw")
    assert "withdrawn" in page.submit("Withdraw", reason="Left the service").text
    assert "Sign in" in inside.get("/inbox/").title
