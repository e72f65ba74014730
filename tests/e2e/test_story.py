"""The story of the portal, told once from end to end by people at browsers."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.e2e.acting import (
    add_line,
    announce_an_export,
    day,
    fill,
    first_sign_in,
    open_account,
    paper,
    pdf_bytes,
    tick,
)

pytestmark = pytest.mark.browser


def test_a_company_applies_and_is_vetted(person, portal):
    """Story 1: apply, one document more, vetted, second factor, a reporter invited."""
    applicant, email = person(), "c.bruin@chemtrade.example"
    applicant.open("/")
    applicant.look("home")
    applicant.follow("Apply for your company")
    applicant.look("apply")
    applicant.press("Send the application")
    assert "Enter the legal name" in applicant.page.locator(".govuk-error-summary").inner_text()
    applicant.look("apply-refused")
    fill(
        applicant,
        name="ChemTrade Europoort B.V.",
        country="NL",
        address="Moezelweg 75, 3198 LS Rotterdam",
        registration_number="24499120",
        officer_name="Carla Bruin",
        officer_phone="+31 10 438 1234",
        applicant_name="Carla Bruin",
        applicant_email=email,
    )
    fill(applicant, **{"licences-0-covers": "Category 1", "licences-0-number": "NL-VERG-77"})
    tick(applicant, "Trade")
    tick(applicant, "I declare that this is true, and that I may speak for this organisation")
    applicant.press("Send the application")
    applicant.look("applied")
    open_account(applicant, portal.link_in_mail(email))
    first_sign_in(applicant, email)
    applicant.look("application-own")
    assert "received" in applicant.page.locator("main").inner_text()

    registrar = person()
    registrar.sign_in("registrar@authority.example")
    registrar.look("applications")
    registrar.follow("ChemTrade Europoort")
    registrar.look("application")
    registrar.page.get_by_text("Ask for a document", exact=True).click()
    registrar.page.locator("[name='ask-text']").fill("Please send the extract of the register.")
    registrar.press("Ask the applicant")

    applicant.open("/application")
    assert "extract of the register" in applicant.page.locator("main").inner_text()
    applicant.page.get_by_label("Your answer").fill("Here it is.")
    file = {"name": "extract.pdf", "mimeType": "application/pdf", "buffer": pdf_bytes("Extract")}
    applicant.page.locator("input[type=file]").set_input_files(file)
    applicant.press("Send the answer")

    registrar.page.reload()
    assert "extract.pdf" in registrar.page.locator("main").inner_text()
    registrar.page.locator("[name='decide-text']").fill("Register and licence seen.")
    registrar.press("Vet")
    assert "vetted" in registrar.page.locator("main").inner_text()

    applicant.open("/company/people")
    applicant.look("colleagues")
    fill(applicant, name="Jan Reporter", email="j.reporter@chemtrade.example")
    applicant.press("Send the invitation")
    reporter = person()
    open_account(reporter, portal.link_in_mail("j.reporter@chemtrade.example"))
    first_sign_in(reporter, "j.reporter@chemtrade.example")
    assert "Overview" in reporter.page.locator("h1").inner_text()
    reporter.look("overview-empty")
    reporter.open("/submissions/")
    reporter.look("submissions-empty")
    for one in (applicant, registrar, reporter):
        assert [f for f in one.faults if "status of 422" not in f] == []


def report_an_order(reporter) -> str:
    """Story 2: file a suspicious order with a break in the middle; return its reference."""
    reporter.open("/report")
    reporter.look("report")
    reporter.page.get_by_role("button", name="Start suspicious order").click()
    reporter.look("draft")
    reporter.follow("What happened")
    reporter.press("Save and continue")
    assert "Choose what happened" in reporter.page.locator(".govuk-error-summary").inner_text()
    reporter.look("event-refused")
    tick(reporter, "Order")
    day(reporter, "happened_on", 2026, 11, 20)
    tick(reporter, "Delayed")
    tick(reporter, "Telephone")
    reporter.page.locator("#can_stop-0").check()
    reporter.press("Save and come back later")
    assert "In progress" not in reporter.page.get_by_role("listitem").first.inner_text()

    reporter.follow("Substances")
    add_line(reporter, "ethanoic anhydride", "60", "l", form="pure")
    add_line(reporter, "P-2-P", "2", "kg", form="pure")
    add_line(
        reporter,
        "7647-01-0",
        "30",
        "l",
        form="solution (weight in weight)",
        strength="70",
        strength_unit="% w/w",
    )
    assert reporter.page.locator(".items__item").count() == 3
    reporter.look("items")
    reporter.page.get_by_role("link", name=re.compile("^Change")).first.click()
    reporter.look("substance")
    reporter.press("Save and continue")

    reporter.open("/submissions/")
    reporter.page.get_by_role("button", name="Report something").click()
    reporter.page.locator(".drafts a").first.click()
    reporter.follow("What is suspicious")
    fill(
        reporter, grounds="He asked for three drums without labels, and paid for none of it before."
    )
    tick(reporter, "Is unclear about what the goods are for")
    tick(reporter, "Asks for neutral packing, other labels, or labels taken off")
    reporter.look("grounds")
    reporter.press("Save and continue")

    reporter.page.get_by_role("button", name=re.compile("Add a")).click()
    fill(
        reporter,
        role="customer",
        name="Arman Bekov",
        original_script="Арман Беков",
        country="KZ",
        street="Abay Avenue 51",
        city="Almaty",
        phones="+7 701 722 4519",
        identity_number="N08812457",
        identity_country="KZ",
    )
    tick(reporter, "Person")
    reporter.look("party")
    reporter.press("Save and continue")
    reporter.page.get_by_role("link", name="Suspicious order").first.click()
    reporter.follow("Payment")
    tick(reporter, "Cash")
    reporter.press("Save and continue")
    tick(reporter, "Yes")
    fill(reporter, plates="VK-902-B")
    reporter.press("Save and continue")
    reporter.press("Save and continue")
    fill(reporter, declared_by="Jan Dekker")
    tick(reporter, "I declare that this is true and complete as far as I know")
    reporter.press("Save and continue")
    reporter.follow("Papers and pictures")
    for name in ("order.pdf", "van.pdf"):
        file = {"name": name, "mimeType": "application/pdf", "buffer": pdf_bytes(name)}
        reporter.page.locator("input[type=file]").set_input_files(file)
        reporter.press("Attach")
    assert reporter.page.locator(".items__item").count() == 2
    reporter.look("attachments")
    reporter.page.get_by_role("button", name="Done").click()
    reporter.page.get_by_role("button", name="Check and send").click()
    reporter.look("check")
    assert "64.92 kg" in reporter.page.locator("main").inner_text()
    reporter.press("Send to the authority")
    reporter.look("filed")
    return str(reporter.page.locator(".reference").first.inner_text())


def test_from_a_suspicion_to_a_lead_that_a_partner_acknowledges(person, portal):
    """Stories 2 to 7, in one go."""
    reporter = person()
    reporter.sign_in("j.dekker@noordzee.example")
    reporter.look("submissions")
    reference = report_an_order(reporter)
    acknowledgement = paper(reporter)
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(acknowledgement)).pages)
    assert reference in text
    assert "Арман Беков" in text
    code = re.search(r"(?:[2-9CFGHJKMPQRVWX]{4}-){3}[2-9CFGHJKMPQRVWX]{4}", text)
    assert code is not None

    forwarder = person()
    forwarder.sign_in("n.bakker@maasmerwede.example")
    notice = announce_an_export(forwarder)
    assert notice in "".join(p.extract_text() for p in PdfReader(BytesIO(paper(forwarder))).pages)

    officer = person()
    officer.sign_in("triage@authority.example")
    officer.look("queue")
    listed = officer.page.locator("tbody").inner_text()
    assert listed.index(reference) < listed.index(notice), "the worst first"
    officer.page.locator("tr", has_text=reference).get_by_role("link").first.click()
    officer.look("review")
    shown = officer.page.locator("main").inner_text()
    for said in ("64.92", "Vehicle seen elsewhere", "Арман Беков", "Substances"):
        assert said in shown
    officer.press("Take it")
    officer.page.get_by_text("Write a note", exact=True).click()
    officer.page.locator("[name='note-text']").fill("The same plate as in May.")
    officer.press("Keep the note")
    officer.page.get_by_text("Ask the company", exact=True).click()
    officer.page.locator("[name='question-text']").fill("On which day did he call?")
    officer.press("Propose the question")
    case = officer.page.url

    supervisor = person()
    supervisor.sign_in("supervisor@authority.example")
    supervisor.open("/triage/waiting")
    supervisor.look("waiting")
    supervisor.page.goto(case)
    supervisor.press("Agree and send")

    assert "/triage/" in case
    reporter.open("/submissions/")
    reporter.page.locator("tr", has_text=reference).get_by_role("link").first.click()
    reporter.page.get_by_label("Your answer").fill("On Monday, at nine.")
    reporter.look("question")
    reporter.press("Send the answer")
    seen = reporter.page.locator("main").inner_text()
    for inner in ("Tom Visser", "triage", "flag", "Priority", "finding"):
        assert inner not in seen

    officer.page.goto(case)
    assert "On Monday, at nine." in officer.page.locator("main").inner_text()
    officer.page.get_by_text("Flag it", exact=True).click()
    officer.page.locator("[name='flag-text']").fill("Known vehicle, no use for the goods.")
    officer.press("Flag")
    officer.look("review-flagged")

    analyst = person()
    analyst.sign_in("analyst@authority.example")
    analyst.page.goto(case)
    analyst.look("glass")
    analyst.page.get_by_label("Why do you need to read it?").fill("I write the lead on it.")
    analyst.press("Read the case")
    analyst.page.get_by_role("button", name="Make a lead").click()
    analyst.look("lead-new")
    fill(analyst, title="Buyer of precursors in Almaty", category="diversion attempt")
    analyst.press("Begin the lead")
    analyst.look("lead-begun")
    fill(
        analyst,
        summary="Reported by Noordzee; see the notes.",
        asked="Verify the buyer and watch his vehicle.",
        priority="urgent",
        confidence="moderate",
        proposal="watch",
        marking="TLP:AMBER",
        **{
            "texts-0-text": "A private buyer in Almaty asked several suppliers for precursors.",
            "texts-0-source": "1",
            "texts-0-information": "A",
            "texts-0-handling": "C",
        },
    )
    analyst.page.locator("#texts-0-released").check()
    analyst.press("Save the lead")
    analyst.look("lead")
    analyst.press("Submit for approval")
    lead = analyst.page.url
    analyst.page.get_by_role("button", name="Read as partners will").click()
    assert analyst.page.get_by_role("button", name="Approve").count() == 0

    supervisor.open("/triage/waiting")
    supervisor.look("lead-waiting")
    supervisor.follow("Buyer of precursors in Almaty")
    supervisor.look("lead-to-approve")
    supervisor.press("Approve these words")
    supervisor.page.get_by_role("button", name="Hand over to a partner").click()
    supervisor.look("hand-over")
    assert "may receive up to TLP:GREEN" in supervisor.page.locator("main").inner_text()
    tick(supervisor, "CARICC, Almaty")
    supervisor.press("Hand over")

    partner = person()
    partner.sign_in("caricc@partner.example")
    partner.look("inbox")
    partner.follow("Buyer of precursors in Almaty")
    partner.look("inbox-lead")
    link = partner.page.get_by_role("link", name="Intelligence report").get_attribute("href")
    for _ in range(40):
        answer = partner.context.request.get(portal.url + link)
        if "pdf" in answer.headers["content-type"]:
            break
        partner.page.wait_for_timeout(500)
    report = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.body())).pages)
    assert "TLP:AMBER" in report
    assert "Noordzee" not in report
    assert reference not in report
    partner.page.get_by_text("Add a message").click()
    partner.page.get_by_label("Message to the authority").fill("Almaty city police deals with it.")
    partner.press("Acknowledge")
    assert "Acknowledged" in partner.page.locator("main").inner_text()

    auditor = person()
    auditor.sign_in("auditor@authority.example")
    auditor.look("audit")
    case_id = case.rsplit("/", 1)[1].split("?")[0]
    auditor.open(f"/audit/?about={case_id}")
    trail = auditor.page.locator("main").inner_text()
    for deed in (
        *("submission.received", "case.read", "case.take", "case.noted", "question.proposed"),
        *("question.agreed", "question.answered", "case.flag", "case.glass_broken", "case.convert"),
    ):
        assert deed in trail, deed
    auditor.open(f"/audit/?about={lead.rsplit('/', 1)[1]}")
    trail = auditor.page.locator("main").inner_text()
    for deed in ("lead.created", "lead.submitted", "lead.read", "lead.approved", "lead.given"):
        assert deed in trail, deed
    auditor.open("/audit/checks")
    auditor.press("Verify now")
    for _ in range(40):
        if "Whole" in auditor.page.locator("main").inner_text():
            break
        auditor.page.wait_for_timeout(500)
        auditor.page.reload()
    auditor.look("audit-checks")
    assert "Whole" in auditor.page.locator("main").inner_text()
    assert "the chain is whole" in portal.flask("audit", "verify")

    anybody = person()
    anybody.open(f"/check?code={code[0]}")
    anybody.look("check-genuine")
    shown = anybody.page.locator("main").inner_text()
    assert "Genuine" in shown
    assert reference in shown
    assert "Bekov" not in shown
    forged = code[0][:-1] + ("2" if code[0][-1] != "2" else "3")
    anybody.open(f"/check?code={forged}")
    anybody.look("check-forged")
    assert "Not valid" in anybody.page.locator("main").inner_text()
    for one in (reporter, forwarder, officer, supervisor, analyst, partner, auditor, anybody):
        assert [fault for fault in one.faults if "status of 422" not in fault] == []
