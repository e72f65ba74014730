"""The certificate of a company: what is on it, who gets it, and whether it still holds."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.core import files, jobs, signing
from portal.core.access import Role
from portal.core.clock import utc_now
from portal.organisations.models import Certificate, Licence
from portal.organisations.rules import Standing
from portal.registration import certificates
from tests.factories import NOON, make_account, make_organisation, make_submission


@pytest.fixture
def firm(session):
    return make_organisation(session, name="Delft Solvents B.V.", registration_number="KVK 1")


@pytest.fixture
def admin(session, firm):
    return make_account(session, Role.COMPANY_ADMIN, organisation=firm)


def make_licence(session, firm, number, *, seen=True, until: date | None = None):
    said = {"covers": "Category 1", "issuer": "The ministry", "valid_until": until}
    confirmed_at = NOON if seen else None
    session.add(Licence(organisation_id=firm.id, number=number, confirmed_at=confirmed_at, **said))
    session.commit()


def certify(session, sign_in, admin):
    sign_in(admin).get("/company").submit("Get a certificate")
    session.expire_all()
    return session.scalars(select(Certificate)).one()


def test_a_certificate_names_the_1_licence_that_was_confirmed_and_holds(session, firm):
    today = NOON.date()
    make_licence(session, firm, "L-seen", until=today)
    make_licence(session, firm, "L-unseen", seen=False)
    make_licence(session, firm, "L-over", until=today - timedelta(days=1))
    said = certificates.facts(session, firm, today)
    lines = [value for label, value in said if label == "Licence"]
    assert lines == ["Category 1; L-seen; The ministry; until 31 March 2026"]


def test_a_certificate_is_signed_and_handed_out_to_1_company_alone(app, session, sign_in, admin):
    made = certify(session, sign_in, admin)
    path = f"/company/certificates/{made.id}.pdf"
    assert "being prepared" in sign_in(admin).get(path).text
    jobs.run_due(app, utc_now())
    session.expire_all()
    paper = files.place(made.stored_as).read_bytes()
    assert signing.verify_pdf(paper).valid
    browser = sign_in(admin)
    answer = browser.ask(browser.client.get, path)
    assert answer.data == paper
    answer.close()
    assert sign_in(Role.COMPANY_ADMIN).get(path).status == 404


def test_asking_twice_on_1_day_makes_1_certificate(session, sign_in, admin):
    certify(session, sign_in, admin)
    assert certify(session, sign_in, admin)


def test_the_public_check_says_what_is_printed_on_1_certificate(session, sign_in, firm, admin):
    make_licence(session, firm, "L-1")
    firm.officer_phone = "+31201234567"
    made = certify(session, sign_in, admin)
    page = sign_in(None).get("/check", {"code": made.check_code})
    assert "Genuine" in page.text
    for part in (made.reference, "Delft Solvents B.V.", "KVK 1", "L-1"):
        assert part in page.text
    assert "+31201234567" not in page.text
    assert admin.name not in page.text


def test_the_code_of_1_acknowledgement_still_shows_the_acknowledgement(session, sign_in):
    submission = make_submission(session)
    session.commit()
    page = sign_in(None).get("/check", {"code": submission.check_code})
    assert "Genuine" in page.text
    assert submission.reference in page.text


@pytest.mark.parametrize("standing", [Standing.SUSPENDED, Standing.CLOSED])
def test_a_certificate_of_a_company_that_is_not_active_is_not_valid_and_shows_0_facts(
    session, sign_in, firm, admin, standing
):
    made = certify(session, sign_in, admin)
    firm.standing = standing
    session.commit()
    page = sign_in(None).get("/check", {"code": made.check_code})
    assert "Not valid any more" in page.text
    for part in ("Delft Solvents", "KVK 1", "suspended", "closed"):
        assert part not in page.text


def test_a_certificate_is_not_valid_once_1_licence_on_it_ended(session, sign_in, firm, admin):
    make_licence(session, firm, "L-1", until=utc_now().date())
    made = certify(session, sign_in, admin)
    today = utc_now().date()
    assert certificates.still_valid(session, made, today)
    assert not certificates.still_valid(session, made, today + timedelta(days=1))


def test_a_suspended_company_gets_0_certificates(session, sign_in, firm, admin):
    browser = sign_in(admin)
    page = browser.get("/company")
    firm.standing = Standing.SUSPENDED
    session.commit()
    refused = page.submit("Get a certificate")
    assert refused.status == 409
    assert "Ask the authority" in refused.text
    assert not browser.get("/company").has_button("Get a certificate")
    assert session.scalars(select(Certificate)).all() == []
