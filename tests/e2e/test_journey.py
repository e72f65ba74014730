"""From a report to a seizure: the journey of intelligence, told once by people at browsers."""

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.e2e.acting import day, fill, tick
from tests.e2e.filing import file
from tests.kinds.answers import (
    ACETIC,
    BY_KIND,
    EXPORTER,
    IMPORTER,
    LEG,
    NOTICE,
    items,
    page,
)

pytestmark = pytest.mark.browser

TITLE = "A private buyer seeks reagents for amphetamines"
CONTAINER = "TGHU4512300"
GROUNDS = "He wanted drums with the labels scraped off, and asked twice whether we keep lists."
BUYER = "Rustam Abdullin"


def file_a_report(reporter) -> str:
    """File a suspicious order; return its reference."""
    drum = ACETIC | {"substance": "phenylacetone", "quantity": "4725"}
    answers = BY_KIND["suspicious-order"] | {
        "event": page(happened="order", happened_on="20|11|2026", done="delayed", can_stop="no"),
        "substances": items(drum),
        "grounds": page(grounds=GROUNDS),
        "parties": items({"role": "customer", "sort": "person", "name": BUYER, "country": "KZ"}),
    }
    return file(reporter, "suspicious-order", answers, Known())


def announce(forwarder) -> str:
    """Announce a container that goes to Karachi; return the reference of the notice."""
    leg = LEG | {"destination": "PKKHI", "destination_country": "PK"}
    answers = NOTICE | {
        "shipment": NOTICE["shipment"] | page(entry_point="PKKHI"),
        "parties": items(EXPORTER, IMPORTER | {"name": "Indus Coatings", "country": "PK"}),
        "legs": items(leg),
        "containers": items({"number": CONTAINER, "seals": "S-1"}),
    }
    return file(forwarder, "export-notice", answers, Known())


class Known(set[str]):
    """Pages that other stories look at."""

    def __contains__(self, _name: object) -> bool:
        return True


def main(someone) -> str:
    """Return what the page says."""
    return str(someone.page.locator("main").inner_text())


def flag(officer, reference: str) -> str:
    """Take a report from the queue and flag it; return the address of its case."""
    officer.page.locator("tr", has_text=reference).get_by_role("link").first.click()
    officer.press("Take it")
    officer.page.get_by_text("Flag it", exact=True).click()
    officer.page.locator("[name='flag-text']").fill("No use for the goods, private buyer.")
    officer.press("Flag")
    officer.look("journey-flagged")
    return str(officer.page.url)


def write_lead(analyst, case: str) -> str:
    """Make a lead of a case whose words betray the company; return its address."""
    analyst.page.goto(case)
    if analyst.page.get_by_label("Why do you need to read it?").count():
        analyst.page.get_by_label("Why do you need to read it?").fill("I write the lead on it.")
        analyst.press("Read the case")
    analyst.page.get_by_role("button", name="Make a lead").click()
    analyst.look("journey-lead-begin")
    fill(analyst, title=TITLE, category="diversion attempt")
    analyst.press("Begin the lead")
    analyst.look("journey-lead-written")
    fill(
        analyst,
        summary="Reported by Noordzee Chemie; see the notes.",
        asked="Watch the buyer, and check what reaches Karachi for him.",
        priority="urgent",
        confidence="moderate",
        proposal="targeting at a port or border post",
        marking="TLP:AMBER",
        **{
            "texts-0-text": f"Noordzee Chemie B.V. was asked for 4725 kg. {GROUNDS}",
            "texts-0-source": "1",
            "texts-0-information": "A",
            "texts-0-handling": "C",
        },
    )
    analyst.page.locator("#texts-0-released").check()
    analyst.press("Save the lead")
    analyst.look("journey-lead")
    return re.sub(r"/edit.*", "", str(analyst.page.url))


def sanitise(analyst, lead: str) -> None:
    """Be refused while marks are open, answer each, and submit."""
    analyst.page.goto(lead)
    assert "marks need an answer" in main(analyst)
    analyst.press("Submit for approval")
    assert "are not answered" in main(analyst)
    analyst.page.goto(lead)
    analyst.press("Words for partners")
    analyst.look("journey-marks")
    marked = main(analyst)
    assert "Noordzee Chemie" in marked
    assert "4725" in marked
    analyst.press("Take every first proposal")
    assert "No mark is open" in main(analyst)
    analyst.look("journey-sanitised")
    words = analyst.page.locator("textarea").all()
    text = " ".join(str(one.input_value()) for one in words)
    for secret in ("Noordzee", "4725", "labels scraped off"):
        assert secret not in text, secret
    analyst.page.goto(lead)
    analyst.press("Submit for approval")
    assert "submitted for approval" in main(analyst)


def approve(supervisor, lead: str) -> None:
    """Approve the words as they will leave."""
    supervisor.page.goto(lead)
    supervisor.press("Read as partners will, and decide")
    supervisor.look("journey-decide")
    supervisor.press("Approve these words")
    assert "approved" in main(supervisor)


def hand_over(supervisor, lead: str) -> None:
    """Give the lead to a port control unit and to CARICC."""
    supervisor.page.goto(lead)
    supervisor.page.get_by_role("button", name="Hand over to a partner").click()
    supervisor.look("journey-hand-over")
    assert "may receive up to" in main(supervisor), "some partners are refused, and it says why"
    for partner in ("Port Control Unit, Karachi", "CARICC, Almaty"):
        supervisor.page.get_by_label(partner, exact=True).check(force=True)
    supervisor.press("Hand over")
    supervisor.look("journey-handed-over")
    assert main(supervisor).count("not read yet") == 2


def acknowledge(partner, portal, email: str, secrets: tuple[str, ...]) -> None:
    """Read the lead and its paper, which betray nobody, and acknowledge it."""
    partner.sign_in(email)
    partner.look(f"journey-inbox-{email.split('@', maxsplit=1)[0]}")
    partner.follow(TITLE)
    partner.look(f"journey-read-{email.split('@', maxsplit=1)[0]}")
    link = partner.page.get_by_role("link", name="Intelligence report").get_attribute("href")
    for _ in range(240):
        answer = partner.context.request.get(portal.url + link)
        if "pdf" in answer.headers["content-type"]:
            break
        partner.page.wait_for_timeout(500)
    paper = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.body())).pages)
    assert "TLP:AMBER" in paper
    for secret in secrets:
        assert secret not in paper, secret
        assert secret not in main(partner), secret
    partner.press("Acknowledge")
    assert "Acknowledged" in main(partner)


def check_container(border) -> None:
    """Check a container at the border page."""
    border.open("/border/")
    border.page.get_by_label("Reference, container number or code").fill(CONTAINER)
    border.press("Check")
    border.page.locator(".border-answer").first.wait_for()
    border.look("journey-border")
    assert "Pakistan" in border.page.locator(".border-answer").first.inner_text()


def report_seizure(partner) -> None:
    """Report what was seized on the lead."""
    partner.open("/inbox/")
    partner.follow(TITLE)
    partner.page.get_by_role("button", name="Report what came of it").click()
    partner.look("journey-outcome")
    yesterday = datetime.now(UTC).date() - timedelta(days=1)  # noqa: TID251  a story has no clock
    tick(partner, "Seizure")
    day(partner, "happened_on", yesterday.year, yesterday.month, yesterday.day)
    fill(
        partner,
        place="PKKHI",
        text="Forty drums behind a false wall.",
        **{
            "seizures-0-substance": "phenylacetone",
            "seizures-0-quantity": "400",
            "seizures-0-unit": "kg",
        },
    )
    partner.press("Send the report")
    partner.look("journey-reported")
    assert "400 kg" in main(partner)


def confirmed(supervisor) -> dict[str, str]:
    """Return by rule how often partners confirmed it."""
    supervisor.open("/rules/")
    found = {}
    for row in supervisor.page.locator("tbody tr").all():
        code = row.locator(".govuk-hint").first.inner_text().split(" · ")[0]
        found[code] = row.locator("[data-label='Confirmed by partners']").inner_text()
    return found


def test_from_a_report_to_a_seizure_that_changes_a_hit_rate(person, portal):
    reporter, forwarder, officer, analyst, supervisor = (person() for _ in range(5))
    reporter.sign_in("j.dekker@noordzee.example")
    reference = file_a_report(reporter)
    forwarder.sign_in("n.bakker@maasmerwede.example")
    announce(forwarder)

    officer.sign_in("triage@authority.example")
    officer.open("/triage/")
    case = flag(officer, reference)
    analyst.sign_in("analyst@authority.example")
    lead = write_lead(analyst, case)
    sanitise(analyst, lead)

    supervisor.sign_in("supervisor@authority.example")
    before = confirmed(supervisor)
    approve(supervisor, lead)
    hand_over(supervisor, lead)

    secrets = (reference, "Noordzee", "Dekker", "4725", "labels scraped off")
    pcu, caricc = person(), person()
    acknowledge(caricc, portal, "caricc@partner.example", secrets)
    acknowledge(pcu, portal, "pcu.karachi@partner.example", secrets)
    supervisor.page.goto(lead)
    supervisor.page.get_by_role("button", name="Hand over to a partner").click()
    assert main(supervisor).count("acknowledged") == 2

    check_container(pcu)
    report_seizure(pcu)
    after = confirmed(supervisor)
    supervisor.look("journey-rules")
    changed = {code for code in after if after[code] != before[code]}
    assert changed, "no rule learned of the seizure"
    assert all(int(after[code]) == int(before[code]) + 1 for code in changed)
    supervisor.page.goto(lead)
    supervisor.look("journey-lead-outcome")
    assert "outcome known" in main(supervisor)
    for one in (reporter, forwarder, officer, analyst, supervisor, pcu, caricc):
        assert [f for f in one.faults if "status of 4" not in f] == []
