"""Officers see what a partner would receive, in each format, before anything leaves."""

import io

import pypdfium2

from portal.core import signing
from portal.core.access import Role
from portal.partners.formats import FORMATS
from portal.partners.previews.services import NOBODY
from tests.partners.searching import Seen, found, secret
from tests.partners.test_downloads import fetch
from tests.partners.test_every_byte import ALLOWED, Case
from tests.partners.test_formats import CHECKED


def test_6_previews_hold_the_version_for_partners_and_nothing_else(app, session, sign_in):
    case = Case(session, beside=False)
    officer = sign_in(case.officers[0])
    page = officer.get(f"/leads/{case.lead.id}").click("See what partners would receive")
    assert page.title == "What partners would receive"
    assert ALLOWED["text"] in page.text
    kept_back = secret(f"{case.submission.reference} kept back")
    assert kept_back not in page.text
    for part in ("pdf", *(one.slug for one in FORMATS)):
        response, body = fetch(officer, f"/leads/{case.lead.id}/formats/{part}")
        assert response.status_code == 200
        assert f"{case.lead.reference}-preview." in response.headers["Content-Disposition"]
        words = {word for word, _ in found([Seen(part, body)])}
        assert words == {one.casefold() for one in ALLOWED.values()}, part
        if part != "pdf":
            assert CHECKED[part](body)
            continue
        assert not signing.verify_pdf(body).intact
        document = pypdfium2.PdfDocument(io.BytesIO(body))
        assert NOBODY in document[0].get_textpage().get_text_range()
        document.close()
    response, _ = fetch(officer, f"/leads/{case.lead.id}/formats/exe")
    assert response.status_code == 404


def test_a_partner_sees_0_previews(session, sign_in):
    case = Case(session)
    partner = sign_in(case.accounts()[0])
    assert partner.account is not None
    assert partner.account.role is Role.PARTNER_OFFICER
    for path in ("formats", "formats/json"):
        assert fetch(partner, f"/leads/{case.lead.id}/{path}")[0].status_code == 403
