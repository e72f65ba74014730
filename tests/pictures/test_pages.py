"""What officers see drawn: equal to its table, bounded, and nothing of what is not for them."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from portal.core.access import Role
from portal.core.audit import AuditEvent
from portal.core.clock import utc_now
from portal.pictures.queries import desk, network, subjects, timeline
from portal.submissions.data import Leg
from portal.triage import deeds, knowing, queries
from portal.triage.models import ReadCount
from tests.factories import (
    customer,
    line,
    make_account,
    make_organisation,
    make_submission,
    notice,
    order,
)

PHONE = "+31201234567"
NOW = utc_now()


def ask_for(session, name="Example Customer", kilograms="5", days=1, supplier="", **more):
    """File an order of a customer with the one telephone."""
    firm = make_organisation(session, **({"name": supplier} if supplier else {}))
    data = order(
        parties=(customer(name, phones=(PHONE,), **more),),
        lines=(line("acetic-anhydride", kilograms, base_kg=Decimal(kilograms)),),
    )
    author = make_account(session, organisation=firm)
    return make_submission(session, data, author=author, now=NOW - timedelta(days=days))


def hide(session, submission):
    """Give a case to an officer of its own."""
    other = make_account(session, Role.TRIAGE_OFFICER)
    deeds.take(session, queries.get(session, submission.id), other, NOW)
    session.flush()
    return other


def rows(page, table):
    return [
        [cell.get_text(" ", strip=True) for cell in row.select("td")]
        for row in page.soup.select(f"#{table} tbody tr")
    ]


def test_two_firms_that_name_one_telephone_are_joined_in_the_network(session, sign_in):
    first, second = ask_for(session), ask_for(session, "Another Name")
    page = sign_in(Role.TRIAGE_OFFICER).get(f"/pictures/{first.id}/network")
    assert page.status == 200
    parts = [row.get("data-node") for row in page.soup.select("#nodes [data-node]")]
    assert f"submission-{first.id}" in parts
    assert f"submission-{second.id}" in parts
    named = [one["data-submission"] for one in page.soup.select("#links [data-submission]")]
    assert named.count(f"submission-{second.id}") == 1
    drawn = page.soup.select("svg.picture text")
    assert len(drawn) == len(parts)
    assert len(page.soup.select("svg.picture line")) == len(named)


def test_of_a_hidden_case_the_network_shows_the_reference_alone(session, sign_in):
    first = ask_for(session)
    hidden = ask_for(session, "Very Secret Name", supplier="Hidden Supplier", city="Leerdam")
    hide(session, hidden)
    browser = sign_in(Role.TRIAGE_OFFICER)
    page = browser.get(f"/pictures/{first.id}/network")
    assert hidden.reference in page.text
    for secret in ("Secret", "Hidden Supplier", "Leerdam", "in triage"):
        assert secret not in page.response.text
    part = page.soup.select_one(f'[data-node="submission-{hidden.id}"]')
    assert (part["data-received"], part["data-expand"]) == ("", "")
    link = page.soup.select_one(f'#links [data-submission="submission-{hidden.id}"]')
    assert link.select("td")[2].get_text(strip=True) == "–"
    assert browser.get(f"/pictures/{hidden.id}/named.json").status == 404


@pytest.mark.parametrize("picture", ["timeline", "quantities"])
def test_a_hidden_case_is_in_no_moment_and_no_sum(session, sign_in, picture):
    first = ask_for(session, kilograms="5")
    hidden = ask_for(session, "Very Secret Name", kilograms="1234", supplier="Hidden Supplier")
    hide(session, hidden)
    page = sign_in(Role.TRIAGE_OFFICER).get(f"/pictures/{first.id}/{picture}")
    assert page.status == 200
    for secret in ("Secret", "Hidden Supplier", "1234", "1,234", "1239", hidden.reference):
        assert secret not in page.response.text
    boss = sign_in(Role.SUPERVISOR).get(f"/pictures/{first.id}/{picture}")
    assert hidden.reference in boss.text


@pytest.mark.parametrize("picture", ["network", "timeline", "quantities", "route"])
def test_a_case_of_another_is_drawn_for_a_reason_only(session, sign_in, picture):
    hidden = ask_for(session, "Very Secret Name")
    hide(session, hidden)
    page = sign_in(Role.ANALYST).get(f"/pictures/{hidden.id}/{picture}")
    assert page.path == f"/triage/{hidden.id}/glass"
    assert sign_in(Role.ANALYST).get(f"/pictures/{hidden.id}/route.svg").status == 404


@pytest.mark.parametrize("picture", ["network", "timeline", "quantities", "naming.json"])
def test_a_subject_that_only_hidden_cases_name_does_not_exist(session, sign_in, picture):
    hidden = ask_for(session, "Very Secret Name")
    subject = subjects.named_in(session, hidden.id)[0].subject
    officer = sign_in(Role.TRIAGE_OFFICER)
    assert officer.get(f"/pictures/subjects/{subject.id}/{picture}").status == 200
    hide(session, hidden)
    session.commit()
    assert officer.get(f"/pictures/subjects/{subject.id}/{picture}").status == 404


def test_a_subject_is_called_as_a_case_calls_it_that_the_officer_may_read(session, sign_in):
    number = "24310755"
    hidden = ask_for(session, "ALFA CHEMIE BV", days=3, registration_number=number)
    known = ask_for(session, "Alfa Chemie B.V.", days=2, registration_number=number)
    newest = ask_for(session, "alfa chemie b.v.", days=1, registration_number=number)
    hide(session, hidden)
    hide(session, newest)
    subject = subjects.named_in(session, known.id)[0].subject
    assert subject.id == subjects.named_in(session, hidden.id)[0].subject.id
    officer = sign_in(Role.TRIAGE_OFFICER)
    for address in (f"/pictures/{known.id}", f"/pictures/subjects/{subject.id}"):
        for picture in ("network", "timeline", "quantities"):
            page = officer.get(f"{address}/{picture}")
            assert page.status == 200
            assert "Alfa Chemie B.V." in page.response.text
            assert "ALFA CHEMIE" not in page.response.text
            assert "alfa chemie" not in page.response.text


def test_each_picture_of_a_case_is_a_reading_and_tells_the_trail_which_cases_it_showed(
    session, sign_in
):
    first, second = ask_for(session), ask_for(session, "Another Name")
    officer = make_account(session, Role.TRIAGE_OFFICER)
    browser = sign_in(officer)
    for picture in ("network", "timeline", "quantities", "route"):
        browser.get(f"/pictures/{first.id}/{picture}")
    count = session.scalar(select(ReadCount.records).where(ReadCount.account_id == officer.id))
    assert count == 4
    shown = session.scalars(select(AuditEvent).where(AuditEvent.deed == "picture.shown")).all()
    assert len(shown) == 3
    assert all(str(second.id) in event.detail for event in shown)


def test_many_cases_are_judged_as_may_read_judges_each(session):
    officer = make_account(session, Role.TRIAGE_OFFICER)
    cases = [queries.get(session, ask_for(session).id) for _ in range(5)]
    deeds.take(session, cases[1], officer, NOW)
    for place in (2, 3, 4):
        hide(session, cases[place])
    deeds.break_glass(session, cases[3], "I write the lead.", officer, NOW)
    deeds.write_note(session, cases[4], "Seen before.", officer, NOW)
    session.flush()
    people = [officer, make_account(session, Role.ANALYST), make_account(session, Role.SUPERVISOR)]
    for person in people:
        for now in (NOW, NOW + timedelta(days=2)):
            one_by_one = {c.id for c in cases if knowing.may_read(session, c, person, now)}
            assert knowing.readable_among(session, cases, person, now) == one_by_one


def test_expanding_a_case_gives_what_it_names_and_counts_as_a_reading(session, sign_in):
    submission = ask_for(session, emails=("buyer@example.org",))
    officer = make_account(session, Role.TRIAGE_OFFICER)
    told = sign_in(officer).get(f"/pictures/{submission.id}/named.json").response.json
    assert {node["sort"] for node in told["nodes"]} == {"organisation", "phone", "email"}
    assert {link["submission"] for link in told["links"]} == {f"submission-{submission.id}"}
    assert {link["words"] for link in told["links"]} >= {"parties 1 phones 1"}
    count = session.scalar(select(ReadCount.records).where(ReadCount.account_id == officer.id))
    assert count == 1


def test_9_who_share_a_telephone_are_8_at_first_and_marked_as_more(session, sign_in):
    first = ask_for(session)
    for place in range(9):
        ask_for(session, f"Name {place}", days=place + 2)
    page = sign_in(Role.TRIAGE_OFFICER).get(f"/pictures/{first.id}/network")
    assert len(page.soup.select('#nodes [data-sort="submission"]')) == 8
    phone = page.soup.select_one('#nodes [data-sort="phone"]')
    assert phone["data-more"] == "yes"
    told = sign_in(Role.TRIAGE_OFFICER).get(str(phone["data-expand"])).response.json
    assert len([node for node in told["nodes"] if node["sort"] == "submission"]) == 10


def test_a_network_takes_as_many_selects_for_20_neighbours_as_for_2(app, session, statements):
    first = ask_for(session)
    ask_for(session, "Name")
    officer = make_account(session, Role.TRIAGE_OFFICER)
    case = queries.get(session, first.id)

    def selects():
        session.flush()
        session.expire_all()
        del statements[:]
        with app.test_request_context():
            network.around_submission(session, case, officer, NOW)
            subject = subjects.named_in(session, first.id)[-1].subject
            told = network.around_subject(session, subject.id, officer, NOW)[2]
            timeline.moments(session, told)
        return len(statements)

    few = selects()
    for place in range(20):
        ask_for(session, f"Name {place}")
    assert selects() == few


def test_a_picture_is_cut_at_its_limit_and_says_so(session, monkeypatch, sign_in):
    monkeypatch.setattr(network, "MOST", 5)
    first = ask_for(session)
    for place in range(5):
        ask_for(session, f"Name {place}")
    page = sign_in(Role.TRIAGE_OFFICER).get(f"/pictures/{first.id}/network")
    assert len(page.soup.select("#nodes tbody tr")) == 5
    assert "cut at 200 parts" in page.text


def test_the_map_has_a_mark_a_place_a_line_a_leg_and_the_tables_the_same(session, sign_in):
    legs = (
        Leg(mode="sea", origin="NLRTM", origin_country="NL", destination="AEJEA",
            destination_country="AE", free_zone="AEJEA"),
        Leg(mode="air", origin="AEJEA", origin_country="AE", destination="PKKHI",
            destination_country="PK"),
    )  # fmt: skip
    submission = make_submission(session, notice(legs=legs, entry_point="PKKHI"))
    page = sign_in(Role.TRIAGE_OFFICER).get(f"/pictures/{submission.id}/route")
    assert [row[2] for row in rows(page, "places")] == ["NLRTM", "AEJEA", "PKKHI"]
    assert "filed as a free zone" in rows(page, "places")[1][3]
    assert [row[3] for row in rows(page, "legs")] == ["sea", "air"]
    lengths = [int(row[6].replace(",", "")) for row in rows(page, "legs")]
    told = page.soup.select_one("#detour").get_text(" ", strip=True)
    way = int(told.split("The way is ")[1].split(" km")[0].replace(",", ""))
    assert abs(way - sum(lengths)) <= 1  # each is rounded on its own
    assert "times the direct way" in told
    svg = page.soup.select_one("svg.picture")
    assert svg.title.get_text() == "Map of the route"
    assert [text.get_text() for text in svg.select("g text")] == ["1", "2", "3"]
    assert len(svg.select('path[stroke-width="2.4"]')) == 2
    assert "Natural Earth" in page.text
    assert "held in fact" in page.text


def test_a_map_alone_is_an_svg_without_style_or_script(session, sign_in):
    submission = make_submission(session, notice())
    officer = sign_in(Role.TRIAGE_OFFICER)
    answer = officer.get(f"/pictures/{submission.id}/route.svg").response
    assert answer.mimetype == "image/svg+xml"
    assert "style=" not in answer.text
    assert "<script" not in answer.text
    assert "Rotterdam" in answer.text
    review = officer.get(f"/triage/{submission.id}")
    assert review.soup.select_one("figure img")["src"].endswith("/route.svg")


def test_a_report_without_a_route_says_so_and_shows_no_map_on_its_page(session, sign_in):
    submission = ask_for(session)
    officer = sign_in(Role.TRIAGE_OFFICER)
    assert "told of no route" in officer.get(f"/pictures/{submission.id}/route").text
    assert officer.get(f"/triage/{submission.id}").soup.select("figure img") == []


def test_a_timeline_has_a_mark_for_each_row_of_its_table(session, sign_in):
    submission = make_submission(session, notice(), now=NOW)
    page = sign_in(Role.TRIAGE_OFFICER).get(f"/pictures/{submission.id}/timeline")
    numbers = [row[0] for row in rows(page, "moments")]
    assert numbers == [text.get_text() for text in page.soup.select("svg.picture g text")]
    told = " ".join(row[2] for row in rows(page, "moments"))
    for words in ("Pre-export notification", "Expected to leave"):
        assert words in told


def test_3_suppliers_are_added_up_and_the_table_is_what_the_bars_show(session, sign_in):
    first = ask_for(session, kilograms="40", days=20, supplier="First B.V.")
    ask_for(session, kilograms="40", days=10, supplier="Second B.V.")
    ask_for(session, kilograms="40", days=5, supplier="Third B.V.")
    ask_for(session, kilograms="40", days=40, supplier="Earlier B.V.")
    officer = sign_in(Role.TRIAGE_OFFICER)
    page = officer.get(f"/pictures/{first.id}/quantities")
    assert [row[4] for row in rows(page, "steps")] == ["40", "80", "120", "160"]
    assert "108.2 kg" in rows(page, "steps")[2][5]
    assert page.soup.select_one("#sum").get_text().strip().startswith("160 kg")
    assert len(page.soup.select("svg.picture rect")) == 1 + 4
    assert "confirmed" in page.soup.select_one("#thresholds").get_text()
    month = officer.get(f"/pictures/{first.id}/quantities", {"days": "30"})
    names = [row[1] for row in rows(month, "steps")]
    assert names == ["A First B.V.", "B Second B.V.", "C Third B.V."]


def test_the_substance_of_the_submission_is_shown_before_others_of_the_same_people(
    session, sign_in
):
    data = order(parties=(customer(phones=(PHONE,)),), lines=(line("acetone", "5"),))
    other = make_submission(session, data, now=NOW - timedelta(days=2))
    officer, own = sign_in(Role.TRIAGE_OFFICER), ask_for(session)
    page = officer.get(f"/pictures/{own.id}/quantities")
    offered = [option["value"] for option in page.soup.select("#substance option")]
    assert sorted(offered) == ["acetic-anhydride", "acetone"]
    assert page.soup.select_one("#substance option[selected]")["value"] == "acetic-anhydride"
    second = officer.get(f"/pictures/{other.id}/quantities")
    assert second.soup.select_one("#substance option[selected]")["value"] == "acetone"


def test_what_was_asked_for_in_a_strange_way_counts_as_the_first_choice(session, sign_in):
    submission = ask_for(session)
    strange = {"days": "-1 or 1=1", "substance": "no such"}
    page = sign_in(Role.TRIAGE_OFFICER).get(f"/pictures/{submission.id}/quantities", strange)
    assert page.status == 200
    assert page.soup.select_one("#days option[selected]")["value"] == "365"


def test_the_desk_counts_ages_at_both_borders_and_findings_by_where_they_come_from(
    session, sign_in
):
    now = utc_now()
    for days in (0.9, 1.1, 2.9, 3.1, 200):
        ask_for(session, days=days, emails=("someone@gmail.com",))
    ages = {one.label: one.number for one in desk.ages(session, now)}
    assert [*ages.values()] == [1, 2, 1, 0, 0, 0, 1]
    page = sign_in(Role.SUPERVISOR).get("/pictures/desk")
    table = rows(page, "picture-1")
    assert [row[1] for row in table] == ["1", "2", "1", "0", "0", "0", "1"]
    bars = page.soup.select("svg.picture")[0].select("rect")
    assert len(bars) == 1 + len(table)
    by_rule, by_kind = desk.findings_by_rule(session), desk.findings_by_kind(session)
    assert sum(one.number for one in by_rule) == sum(one.number for one in by_kind) > 0


def test_an_age_that_is_counted_to_its_limit_says_or_more(session, monkeypatch):
    monkeypatch.setattr(desk, "NEWEST", 2)
    for _ in range(3):
        ask_for(session, days=0.5)
    first = desk.ages(session, utc_now())[0]
    assert (first.number, first.more) == (2, True)
