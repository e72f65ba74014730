"""What a partner takes with it: each format as it was handed over, recorded, signed, on paper."""

import hashlib
import io
import json
import subprocess
from pathlib import Path

import jsonschema
import pikepdf
import pypdfium2
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from sqlalchemy import select

from portal.core import jobs, pdf, signing
from portal.core.access import Role
from portal.core.audit import AuditEvent
from portal.core.clock import utc_now
from portal.leads.data import Stop
from portal.partners import services
from portal.partners.formats import FORMATS
from portal.partners.formats.own_json import OWN_JSON, SCHEMA, parse
from portal.partners.formats.terms import hash_of
from portal.partners.models import HandOver
from portal.partners.paper import context_of, map_for
from tests.factories import NOON, make_account, make_partner
from tests.partners.packages import full
from tests.partners.test_every_byte import Case

SIGNED = [one for one in FORMATS if one != OWN_JSON]
PARTS = [*(one.slug for one in FORMATS), "signature", *(f"{one.slug}.sig" for one in SIGNED), "pdf"]


@pytest.fixture
def case(session, app):
    return Case(session)


@pytest.fixture
def partner(session, case, sign_in):
    return sign_in(case.accounts()[0])


def fetch(browser, path):
    response = browser.ask(browser.client.get, path)
    body = response.data
    response.close()
    return response, body


def downloads(session):
    """Return who took which part, as the audit trail says it."""
    found = session.scalars(select(AuditEvent).where(AuditEvent.deed == "hand_over.downloaded"))
    return sorted((one.actor_id, json.loads(one.detail)["part"]) for one in found)


def test_11_downloads_are_recorded_and_another_partner_gets_404(
    app, session, case, partner, sign_in
):
    jobs.run_due(app, utc_now())
    rival = make_account(session, Role.PARTNER_OFFICER, organisation=make_partner(session))
    stranger = sign_in(rival)
    for part in PARTS:
        response, body = fetch(partner, f"/inbox/{case.given.id}/lead.{part}")
        assert (response.status_code, bool(body)) == (200, True)
        response, _ = fetch(stranger, f"/inbox/{case.given.id}/lead.{part}")
        assert response.status_code == 404
    assert downloads(session) == sorted((partner.account.id, part) for part in PARTS)


def test_an_unknown_part_is_404_and_not_recorded(session, case, partner):
    response, _ = fetch(partner, f"/inbox/{case.given.id}/lead.exe")
    assert response.status_code == 404
    assert downloads(session) == []


def test_the_own_json_is_what_was_signed_to_the_byte(session, case, partner):
    _, body = fetch(partner, f"/inbox/{case.given.id}/lead.json")
    _, signature = fetch(partner, f"/inbox/{case.given.id}/lead.signature")
    assert body.decode() == case.given.content
    said = json.loads(signature)
    assert said.pop("content_sha256") == case.given.content_sha256 == hash_of(parse(body.decode()))
    assert signing.verify_bytes(body, signing.Detached(**said))
    assert not signing.verify_bytes(body + b" ", signing.Detached(**said))


@pytest.mark.parametrize("wanted", SIGNED, ids=lambda one: one.slug)
def test_each_other_format_has_a_signature_beside_it(case, partner, wanted):
    base = f"/inbox/{case.given.id}/lead.{wanted.slug}"
    _, body = fetch(partner, base)
    _, beside = fetch(partner, f"{base}.sig")
    said = json.loads(beside)
    assert said.pop("content_sha256") == hashlib.sha256(body).hexdigest()
    assert said["certificate_sha256"] == signing.identity().fingerprint
    assert signing.verify_bytes(body, signing.Detached(**said))
    assert not signing.verify_bytes(body + b" ", signing.Detached(**said))


def told():
    """Return the commands by which the documentation says that a signature is checked."""
    text = Path("docs/partner-formats.md").read_text()
    return text.split("```sh\n")[1].split("```")[0]


@pytest.mark.parametrize("wanted", FORMATS, ids=lambda one: one.slug)
def test_a_signature_is_checked_as_the_documentation_says(case, partner, sign_in, tmp_path, wanted):
    base = f"/inbox/{case.given.id}/lead"
    beside = "signature" if wanted == OWN_JSON else f"{wanted.slug}.sig"
    file, signature = "LD-2345-6789.stix.json", "LD-2345-6789.stix.json.sig"
    (tmp_path / "certificate.pem").write_bytes(fetch(sign_in(None), "/check/certificate.pem")[1])
    (tmp_path / file).write_bytes(fetch(partner, f"{base}.{wanted.slug}")[1])
    (tmp_path / signature).write_bytes(fetch(partner, f"{base}.{beside}")[1])
    done = checked(tmp_path)
    assert done.returncode == 0, done.stderr
    assert signing.fingerprint() in done.stdout
    assert "Verified OK" in done.stdout
    with (tmp_path / file).open("ab") as changed:
        changed.write(b" ")
    assert "Verified OK" not in checked(tmp_path).stdout


def checked(folder):
    """Run the documented commands where the files are."""
    words = ["/bin/sh", "-e", "-c", told()]
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603


def test_formats_say_what_was_handed_over_whatever_the_lead_says_now(session, case, partner):
    base = f"/inbox/{case.given.id}/lead"
    before = {one.slug: fetch(partner, f"{base}.{one.slug}")[1] for one in FORMATS}
    case.lead.title = "Another title"
    case.lead.texts[0].text = "Another text"
    session.commit()
    for one in FORMATS:
        assert fetch(partner, f"{base}.{one.slug}")[1] == before[one.slug]


def test_every_format_is_offered_on_the_page(case, partner):
    page = partner.get(f"/inbox/{case.given.id}")
    links = {str(link["href"]) for link in page.soup.select("main a[href]")}
    assert {f"/inbox/{case.given.id}/lead.{part}" for part in PARTS} <= links


def test_anybody_reads_the_schema_and_what_is_handed_over_holds_to_it(case, partner, sign_in):
    response, body = fetch(sign_in(None), "/schemas/lead-2.json")
    assert response.content_type.startswith("application/schema+json")
    assert json.loads(body) == json.loads(json.dumps(SCHEMA))
    assert json.loads(body)["$id"] == "urn:precursor-portal:lead:2"
    jsonschema.Draft202012Validator.check_schema(json.loads(body))
    _, said = fetch(partner, f"/inbox/{case.given.id}/lead.json")
    jsonschema.validate(json.loads(said), json.loads(body))


# --- the paper ------------------------------------------------------------------------------------


SAID = OWN_JSON.render(full()).decode()


@pytest.fixture(scope="module")
def paper(app):
    """Return the paper of a hand-over that says everything."""
    with app.app_context():
        return services.paper_of(HandOver(content=SAID, handed_over_at=NOON))


def pages_of(body):
    document = pypdfium2.PdfDocument(body)
    texts = [document[n].get_textpage().get_text_range() for n in range(len(document))]
    document.close()
    return texts


def test_the_paper_is_signed_by_the_authority_and_breaks_with_1_byte(app, paper):
    signature = PdfFileReader(io.BytesIO(paper)).embedded_regular_signatures[0]
    trusted = ValidationContext(trust_roots=[signature.signer_cert], allow_fetching=False)
    status = validate_pdf_signature(signature, trusted)
    assert status.intact
    assert status.valid
    assert status.trusted
    with app.app_context():
        assert signing.verify_pdf(paper).valid
        changed = bytearray(paper)
        changed[len(paper) // 3] ^= 1
        assert not signing.verify_pdf(bytes(changed)).valid


def test_each_page_names_marking_recipient_reference_and_number(paper):
    pages = pages_of(paper)
    assert len(pages) >= 3
    for number, text in enumerate(pages, 1):
        assert text.count("TLP:AMBER+STRICT") >= 3, number  # above, below, at the side
        assert "Port Control Unit (CCP)" in text
        assert "LD-2345-6789" in text
        assert f"{number} / {len(pages)}" in text


def test_the_first_page_says_how_it_may_be_handled(paper):
    first = " ".join(pages_of(paper)[0].split())
    for words in (
        "for your organisation alone, on a need-to-know basis",
        "Only for those who deal with the consignment.",
        "May be used in court with our letter.",
        "Profilers; The head of the unit",
        "31 December 2026",
        "Port Control Unit",
    ):
        assert words in first, words


def test_the_paper_says_all_that_the_version_says(paper):
    said = " ".join(" ".join(pages_of(paper)).split())
    lead = full().lead
    words = [text.text.splitlines()[0] for text in lead.texts]
    words += ["TLP:AMBER+STRICT · 1-A-P", "TLP:AMBER+STRICT · 2-D-C", "TLP:AMBER+STRICT · 3-E-C"]
    words += ["100 to 250.5 kg", "40 to 80 kg heroin (low confidence)", "5 kg"]
    words += [stop.name for stop in lead.stops] + [event.words for event in lead.events]
    words += [subject.name for subject in lead.subjects] + ["is the director of", "PASS-77"]
    for word in words:
        assert word in said, word
    assert "left out" not in said


def test_the_paper_holds_the_signed_data_under_its_reference(paper):
    with pikepdf.open(io.BytesIO(paper)) as found:
        assert list(found.attachments) == ["LD-2345-6789.json"]
        inside = found.attachments["LD-2345-6789.json"].get_file().read_bytes()
        assert inside.decode() == SAID
        assert str(found.docinfo["/Title"]).endswith("LD-2345-6789")
        assert "/JavaScript" not in str(found.Root)


def test_a_route_is_drawn_through_the_places_that_are_known():
    known = Stop(part="origin", name="Rotterdam", latitude=51.9, longitude=4.4)
    unknown = Stop(part="transit", name="Somewhere")
    far = Stop(part="destination", name="Bangkok", latitude=13.7, longitude=100.5)
    drawn = map_for(full(stops=(known, unknown, far)).lead)
    assert drawn is not None
    assert [mark.stop.number for mark in drawn.marks] == [1, 3]
    assert len(drawn.legs) == 1
    alone = map_for(full(stops=(unknown, far)).lead)
    assert alone is not None
    assert [mark.stop.number for mark in alone.marks] == [2]
    assert map_for(full(stops=(unknown,)).lead) is None


def test_a_paper_that_says_little_has_no_empty_parts(app):
    said = full(subjects=(), relations=(), amounts=(), stops=(), events=())
    with app.app_context():
        made = pdf.render_pdf(
            "papers/lead.html", title="Little", now=NOON, lang="en", **context_of(said)
        )
    text = " ".join(pages_of(made))
    for heading in ("Who and what", "Quantities", "Route", "Time line"):
        assert heading not in text
