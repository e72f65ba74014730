"""Pictures in a real browser: walked by mouse and by keyboard, at both widths, without a fault."""

import json
import re

import pytest

pytestmark = pytest.mark.browser


def open_picture(officer, summary, picture, kind=""):
    """Open a picture of the first case in the queue whose line begins with a text."""
    officer.open(f"/triage/?kind={kind}")
    link = officer.page.get_by_role("link", name=re.compile(summary)).first
    officer.open(f"/pictures/{link.get_attribute('href').split('/')[-1]}/{picture}")


def open_network_with(officer, summary, name):
    """Open the network of the first case whose line begins with a text and that names this."""
    officer.open("/triage/")
    links = officer.page.get_by_role("link", name=re.compile(summary)).all()
    for address in [link.get_attribute("href") for link in links]:
        officer.open(f"/pictures/{address.split('/')[-1]}/network")
        if officer.page.locator("#nodes").get_by_text(name, exact=True).count():
            return
    raise AssertionError(f"no network of {summary} names {name}")


def shown(page):
    """Return how many parts are listed, and how many of them are shown in the picture."""
    listed = page.locator("#nodes tbody tr").count()
    return listed, listed - page.locator("#nodes tbody tr.network-gone").count()


def test_a_network_is_walked_by_mouse_and_keyboard(person):
    officer = person()
    officer.sign_in("supervisor@authority.example")  # other stories take the worst case
    open_network_with(officer, "Nova Trade", "VK-902-B")
    page = officer.page
    page.locator("#network[data-ready=yes]").wait_for()
    officer.look("network")
    said = page.locator("[data-said]")
    listed, visible = shown(page)
    assert listed == visible > 5

    page.get_by_label(re.compile("^Expand: .*971504417720")).click()
    said.get_by_text("added around").wait_for()
    assert shown(page)[0] > listed
    listed = shown(page)[0]

    phone = page.get_by_label(re.compile("^Hide: .*971504417720"))
    phone.click()
    assert shown(page) == (listed, listed - 1)
    assert page.locator("#links tbody tr:visible").count() > 0
    page.get_by_role("button", name="Show all again").click()
    assert shown(page) == (listed, listed)

    canvas = page.locator("[data-canvas]")
    canvas.focus()
    page.keyboard.press("ArrowRight")
    first = said.inner_text()
    page.keyboard.press("ArrowRight")
    assert said.inner_text() not in {"", first}
    page.keyboard.press("p")
    assert "pinned" in said.inner_text()
    assert page.get_by_role("button", name=re.compile("^Unpin")).count() == 1
    page.keyboard.press("h")
    assert shown(page) == (listed, listed - 1)
    page.keyboard.press("h")
    page.keyboard.press("e")
    said.get_by_text("added around").wait_for()

    page.locator("#begin").select_option(index=0)
    page.locator("#end").select_option(label="VK-902-B")
    page.get_by_role("button", name="Find the path").click()
    assert re.match(r"Path in 1 steps: Nova Trade Solutions .* – VK-902-B", said.inner_text())

    slider = page.locator("#until")
    everything = shown(page)[1]
    slider.focus()
    page.keyboard.press("Home")
    assert shown(page)[1] < everything
    page.keyboard.press("End")
    assert shown(page)[1] == everything
    officer.look("network-walked")
    assert officer.faults == []


def test_a_network_is_kept_as_picture_data_and_table(person):
    officer = person(accept_downloads=True)
    officer.sign_in("triage@authority.example")
    open_picture(officer, "Nova Trade", "network")
    page = officer.page
    page.locator("#network[data-ready=yes]").wait_for()
    kept = {}
    for ending, name in (("png", "Picture (PNG)"), ("json", "Data (JSON)"), ("csv", "Table (CSV)")):
        with page.expect_download() as download:
            page.get_by_role("button", name=name).click()
        assert download.value.suggested_filename == f"network.{ending}"
        kept[ending] = download.value.path().read_bytes()
    assert kept["png"].startswith(b"\x89PNG")
    told = json.loads(kept["json"])
    links = page.locator("#links tbody tr").count()
    assert len(told["nodes"]) == shown(page)[0]
    assert len(told["links"]) == links
    lines = kept["csv"].decode("utf-8-sig").strip().split("\r\n")
    assert len(lines) == links + 1
    assert '"\'+971504417720"' in kept["csv"].decode("utf-8-sig")
    assert officer.faults == []


def test_without_script_the_network_stands_in_columns_beside_its_tables(person):
    officer = person(java_script_enabled=False)
    officer.sign_in("triage2@authority.example")
    open_picture(officer, "Nova Trade", "network")
    page = officer.page
    assert page.locator("[data-still] svg").is_visible()
    assert not page.locator("[data-canvas]").is_visible()
    assert not page.locator("[data-tools]").first.is_visible()
    assert "stands still" in page.locator("noscript").inner_text()
    page.locator("#nodes").get_by_role("link", name=re.compile("971504417720")).click()
    assert page.locator("h1").inner_text() == "Network: +971504417720"


def test_route_timeline_quantities_and_the_desk_fit_both_widths_and_print(person):
    officer = person()
    officer.sign_in("supervisor@authority.example")
    for picture in ("route", "timeline", "quantities"):
        open_picture(officer, "Siam Flavour Supply – Methyl", picture, "export-notice")
        officer.look(f"picture-{picture}")
        assert officer.page.locator("svg.picture").is_visible()
        assert officer.page.locator("tbody tr").count() > 0
    officer.open("/pictures/desk")
    officer.look("picture-desk")
    assert officer.page.locator("svg.picture").count() == 4
    open_picture(officer, "Siam Flavour Supply – Methyl", "route", "export-notice")
    officer.page.locator("main nav, nav").get_by_role("link", name="Submission").click()
    image = officer.page.locator("figure img")
    image.scroll_into_view_if_needed()
    officer.page.wait_for_function("document.querySelector('figure img').naturalWidth > 0")
    officer.look("review-with-route")
    open_picture(officer, "Siam Flavour Supply – Methyl", "route", "export-notice")
    officer.page.emulate_media(media="print")
    assert officer.page.locator("svg.picture").is_visible()
    assert officer.page.locator("#legs").is_visible()
    assert not officer.page.locator(".main-nav").is_visible()
    open_picture(officer, "Nova Trade", "network")
    officer.page.locator("#network[data-ready=yes]").wait_for()
    assert not officer.page.locator("[data-deed=expand]").is_visible()
    assert officer.page.locator("[data-canvas]").is_visible()
    assert officer.faults == []
