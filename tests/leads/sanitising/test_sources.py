"""What of a source is secret: by kind of answer, and by who else filed the same."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import delete, func, select

from portal.kinds.notices.data import Authorisation, AuthorisationSort, Container
from portal.leads import services as leads
from portal.leads.models import LeadSource
from portal.leads.sanitising import services
from portal.leads.sanitising.data import Reporter, Sort, Source
from portal.leads.sanitising.models import SharedValue
from portal.leads.sanitising.present import of_reporter, secrets_of, traits_of
from portal.leads.sanitising.rules.marking import book_of, hits_in, pieces
from portal.organisations.models import Deputy, Licence, Site
from portal.submissions.data import Party, PartyRole, PartySort
from portal.submissions.models import Question, SubmissionEvent, SubmissionFile
from portal.submissions.rules import Step
from tests.factories import NOON, line, make_submission, notice, order
from tests.leads.conftest import QUIET

PAPERS = {
    "MSKU1234565": "container",
    "SEAL-88123": "seal",
    "BL-7716-X": "waybill",
    "INV-2026-991": "invoice",
    "EXA/2026/5512": "authorisation",
}
SHIPMENT = notice(
    containers=(Container(number="MSKU1234565", seals=("SEAL-88123",)),),
    bills=("BL-7716-X",),
    invoices=("INV-2026-991",),
    authorisations=(
        Authorisation(
            sort=next(iter(AuthorisationSort)),
            number="EXA/2026/5512",
            issuer="Customs",
            issued_on=date(2026, 1, 7),
        ),
    ),
)


def source(record, **reporter):
    return Source(
        reference="SO-1111-2222",
        check_code="AAAA-BBBB-CCCC",
        received_on=date(2026, 3, 31),
        record=record,
        reporter=Reporter(**{"names": ("Noordzee Chemie B.V.",)} | reporter),
    )


def sorts(text, record, **reporter):
    book = book_of(secrets_of(source(record, **reporter)))
    return {hit.secret.sort for hit in hits_in(text, book)}


@pytest.mark.parametrize("number", PAPERS)
def test_a_paper_that_only_the_source_has_is_a_secret(number):
    assert sorts(f"Look for {number.lower()}", SHIPMENT) == {Sort.PAPER}


def write_from(session, lead, record):
    """Add what another company filed to the sources of a lead."""
    lead.sources.append(LeadSource(submission_id=make_submission(session, record).id))
    session.flush()
    return lead


@pytest.mark.parametrize("number", PAPERS)
def test_a_paper_betrays_until_1_other_company_filed_it(session, write, number):
    lead = write_from(session, write(f"Look for {number}."), SHIPMENT)
    assert [m.secret.sort for m in services.open_marks(session, lead)] == [Sort.PAPER]
    make_submission(session, SHIPMENT)
    assert services.open_marks(session, lead) == []


def test_each_date_of_the_record_and_of_its_papers_is_counted():
    assert {"day:2026-06-01", "day:2026-01-07", "day:2026-03-31"} <= traits_of(
        SHIPMENT, date(2026, 3, 31)
    )


def test_a_party_that_is_the_reporter_gives_away_its_contacts():
    party = Party(
        role=PartyRole.EXPORTER,
        name="NOORDZEE CHEMIE",
        emails=("export@noordzee.example",),
        phones=("+31107654321",),
        street="Kade 77",
        city="Vlaardingen",
        registration_number="24331122",
    )
    other = Party(role=PartyRole.CUSTOMER, name="Lakeside", phones=("+4912345678",), city="Bonn")
    record = order(parties=(other, party))
    text = "export@noordzee.example, 0107654321, Kade 77, Vlaardingen, 24331122"
    assert sorts(text, record) == {Sort.CONTACT, Sort.SITE, Sort.TOWN, Sort.NUMBER}
    assert sorts("Lakeside, +4912345678, Bonn", record) == set()


def test_a_person_with_an_address_of_the_reporter_is_its_person():
    clerk = Party(
        role=PartyRole.CONTACT,
        sort=PartySort.PERSON,
        name="Greta Clerk",
        emails=("greta@noordzee.example",),
    )
    own = {"contacts": ("info@noordzee.example",)}
    assert Sort.PERSON in sorts("Greta Clerk", order(parties=(clerk,)), **own)
    assert sorts("Greta Clerk", order(parties=(clerk,))) == set()


def test_a_witness_is_never_named():
    witness = Party(role=PartyRole.WITNESS, sort=PartySort.PERSON, name="Willem Getuige")
    assert Sort.PERSON in sorts("Willem Getuige saw it", order(parties=(witness,)))


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("mail sales at gmail dot com", True),
        ("gmail.com", False),
        ("write to j dot jansen at firma dot nl", True),
        ("their site is firma.nl", True),
        ("0612345678", True),
        ("BP told us", True),
        ("we bp it", False),
        ("Jansen told us", True),
        ("P. Jansen", True),
        ("IBM", False),
    ],
)
def test_short_names_mails_and_numbers(text, marked):
    reporter = Reporter(
        names=("BP",),
        people=("Peter Jansen", "Cher"),
        contacts=("sales@gmail.com", "j.jansen@firma.nl", "+31612345678", "112"),
    )
    assert bool(list(hits_in(text, book_of(of_reporter(reporter))))) is marked


def test_a_record_keeps_sentences_of_the_company_about_a_party():
    party = Party(
        role=PartyRole.CUSTOMER,
        name="Lakeside",
        known_since="Since the fair in Utrecht last year",
    )
    assert sorts("since the fair in utrecht", order(parties=(party,))) == set()
    text = "Known since the fair in Utrecht last year"
    assert sorts(text, order(parties=(party,))) == {Sort.PHRASE}


def test_a_sentence_that_5_companies_wrote_is_nobodys(session, write):
    words = "The buyer asked twice whether the drums could go without any label"
    lead = write(f"He says: {words}.")
    assert [m.secret.sort for m in services.open_marks(session, lead)] == [Sort.PHRASE]
    for _ in range(4):
        make_submission(session, order(grounds=f"{words}."))
    assert services.open_marks(session, lead) == []


def test_what_officers_may_say_though_the_report_says_it_too(session, write):
    lead = write("Lakeside Paints Ltd asked again for acetone.")
    assert services.open_marks(session, lead) == []


def test_values_of_what_was_filed_before_are_counted_later(app, session):
    make_submission(session, order())
    rows = select(func.count()).select_from(SharedValue)
    before = session.scalar(rows)
    assert before
    session.execute(delete(SharedValue))
    session.commit()
    session.info["writing"] = False
    try:
        result = app.test_cli_runner().invoke(args=["count-values"])
    finally:
        session.info["writing"] = True
    assert "Counted the values of 1 submissions" in result.output
    session.expire_all()
    assert session.scalar(rows) == before


def test_a_fingerprint_of_a_value_is_kept_and_not_the_value(session):
    make_submission(session, order(own_reference="PO-1"))
    found = session.scalars(select(SharedValue.trait)).all()
    assert all(len(one) == 32 and int(one, 16) >= 0 for one in found)


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ((), (("abcdef", False),)),
        (((0, 2),), (("ab", True), ("cdef", False))),
        (((4, 6), (1, 3), (2, 5)), (("a", False), ("bc", True), ("de", True), ("f", True))),
        (((1, 4), (2, 3)), (("a", False), ("bcd", True), ("ef", False))),
    ],
)
def test_a_text_is_shown_in_pieces(spans, expected):
    assert pieces("abcdef", spans) == expected


def test_the_words_of_a_submitted_lead_are_shown_and_not_asked(session, write, analyst, sign_in):
    lead = write(QUIET)
    leads.submit(session, lead, analyst, NOON)
    page = sign_in(analyst).get(f"/leads/{lead.id}/for-partners")
    assert QUIET in page.text
    assert not page.has_button("Save the words")


def test_everything_on_file_of_the_company_is_a_secret(session, write, report, company):
    session.add_all(
        [
            Site(organisation_id=company.id, name="Tankpark Zuid", address="Kade 9", country="NL"),
            Deputy(organisation_id=company.id, name="Dora Deputy", email="dora@acme.example"),
            Licence(organisation_id=company.id, covers="1", number="LIC-55-X", issuer="NVWA"),
            SubmissionFile(
                owner_id=report.id,
                organisation_id=company.id,
                name="offer_7781.pdf",
                media_type="application/pdf",
                size=1,
                sha256="0" * 64,
                stored_as="x",
                scan="clean",
                uploaded_at=NOON,
            ),
            Question(
                submission_id=report.id,
                text="Since when do you know him?",
                asked_at=NOON,
                answer="He came to our stand at the fair with two other men.",
                answered_at=NOON,
            ),
            SubmissionEvent(
                submission_id=report.id,
                step=Step.CORRECT,
                at=NOON,
                text="He called again and spoke with the driver of our lorry.",
            ),
        ]
    )
    session.flush()
    secrets = {
        "Tankpark Zuid": Sort.NAME_PART,
        "Kade 9": Sort.SITE,
        "Dora Deputy": Sort.PERSON,
        "dora@acme.example": Sort.CONTACT,
        "LIC-55-X": Sort.NUMBER,
        "offer_7781.pdf": Sort.FILE,
        "our stand at the fair with two other men": Sort.PHRASE,
        "spoke with the driver of our lorry": Sort.PHRASE,
    }
    lead = write(*secrets)
    found = {mark.surface: mark.secret.sort for mark in services.open_marks(session, lead)}
    assert found == secrets


def test_a_line_tells_its_product_batch_value_and_packages():
    whole = line(
        "acetone", "5", trade_name="Solvanol", batch="B-7781", value=Decimal(1250),
        currency="EUR", packages=17, base_kg=Decimal("4.75"),
    )  # fmt: skip
    text = "Solvanol, B-7781, 1250 EUR, 17 drums, 4.75 kg"
    found = sorts(text, order(lines=(whole,), site="Tankpark Zuid"))
    assert found == {Sort.PRODUCT, Sort.THEIRS, Sort.QUANTITY}
