"""A company keeps its own vetting file; the registrar sees each change."""

from io import BytesIO

import pytest
from sqlalchemy import select

from portal.core.access import Role
from portal.organisations.models import Deputy, Licence, OrganisationFile
from tests.factories import make_account, make_organisation

LICENCE = {"covers": "Category 1", "number": "L-1", "issuer": "The ministry"}


@pytest.fixture
def admin(session):
    return make_account(session, Role.COMPANY_ADMIN)


@pytest.fixture
def page(sign_in, admin):
    return sign_in(admin).get("/company")


def add(page, **more):
    return page.click("Add a licence").submit("Keep", **LICENCE | more)


def test_a_licence_is_added_with_its_1_document_and_2_substances(page, session):
    scan = (BytesIO(b"a licence"), "licence.txt")
    kept = add(page, substances="acetone\n108-24-7", file=scan)
    assert "L-1" in kept.text
    assert "Acetic anhydride" in kept.text
    file, licence = (
        session.scalars(select(OrganisationFile)).one(),
        session.scalars(select(Licence)).one(),
    )
    assert file.licence_id == licence.id
    assert len(licence.substances) == 2
    answer = page.browser.ask(page.browser.client.get, f"/company/files/{file.id}")
    assert answer.data == b"a licence"
    answer.close()


def test_1_unknown_substance_is_named_by_its_line_and_nothing_is_kept(page, session):
    wrong = add(page, substances="acetone\nno such thing")
    assert wrong.status == 422
    assert wrong.errors[0].startswith("Line 2: no single substance")
    assert "no such thing" in wrong.text
    assert session.scalars(select(Licence)).all() == []


def test_a_document_that_lies_is_refused_beside_the_field_and_0_licences_are_added(page, session):
    wrong = add(page, file=(BytesIO(b"<html>"), "licence.pdf"))
    assert wrong.status == 422
    assert len(wrong.errors) == 1
    assert session.scalars(select(Licence)).all() == []


def test_a_changed_licence_waits_for_1_new_confirmation(page, session, sign_in, admin):
    add(page)
    desk = sign_in(Role.REGISTRAR)
    company = f"/registrar/applications/{admin.organisation_id}"
    assert "Confirmed" in desk.get(company).submit("Confirm").text
    assert session.scalars(select(Licence)).one().confirmed_at is not None
    page.browser.get("/company").click("Change L-1").submit("Keep", number="L-2")
    session.expire_all()
    assert session.scalars(select(Licence)).one().confirmed_at is None
    history = desk.get(company).text
    assert "Licence changed (number), by" in history
    assert admin.name in history


def test_an_unchanged_licence_stays_confirmed_after_1_keep(page, session, sign_in, admin):
    add(page, substances="acetone")
    desk = sign_in(Role.REGISTRAR)
    desk.get(f"/registrar/applications/{admin.organisation_id}").submit("Confirm")
    page.browser.get("/company").click("Change L-1").submit("Keep")
    session.expire_all()
    assert session.scalars(select(Licence)).one().confirmed_at is not None


def test_an_ended_licence_leaves_the_page_and_stays_as_1_row(page, session):
    add(page)
    ended = page.browser.get("/company").click("Change L-1").submit("End this licence")
    assert "L-1" not in ended.text
    assert session.scalars(select(Licence)).one().ended_at is not None


def test_2_deputies_are_kept_and_1_changed(page, session):
    person = {"name": "B. Deputy", "phone": "+31 20 123 4567"}
    page.click("Add a deputy").submit("Keep", **person)
    page.click("Add a deputy").submit("Keep", **person | {"name": "C. Deputy"})
    page.browser.get("/company").click("Change B. Deputy").submit("Keep", position="Chemist")
    found = {one.name: one.position for one in session.scalars(select(Deputy))}
    assert found == {"B. Deputy": "Chemist", "C. Deputy": ""}


def test_a_site_without_3_answers_is_named_and_not_kept(page):
    wrong = page.click("Add a site").submit("Keep")
    assert wrong.errors == [
        "Enter the name of the site",
        "Enter the address of the site",
        "Choose the country",
    ]


def test_other_addresses_are_kept_and_1_change_is_in_the_history(page, sign_in, admin):
    officer = {"officer_name": "A. Officer", "officer_phone": "+31201234567"}
    form = page.click("Change names")
    kept = form.submit("Keep", **officer, other_addresses="Postbus 1, Delft", legal_form="B.V.")
    assert "Postbus 1, Delft" in kept.text
    desk = sign_in(Role.REGISTRAR).get(f"/registrar/applications/{admin.organisation_id}")
    assert "Facts changed" in desk.text
    assert "other addresses" in desk.text


@pytest.mark.parametrize("sort", ["licences", "sites", "deputies"])
def test_the_parts_of_1_company_are_not_found_by_another(page, session, sign_in, sort):
    owner = make_organisation(session)
    row = Licence(organisation_id=owner.id, **LICENCE, valid_from=None, valid_until=None)
    session.add(row)
    session.commit()
    assert page.browser.get(f"/company/{sort}/{row.id}").status == 404
    token = page.browser.get("/account").soup.select_one("[name=csrf_token]")["value"]
    answer = page.browser.post(f"/company/{sort}/{row.id}/end", {"csrf_token": token})
    assert answer.status == 404
    assert row.ended_at is None
