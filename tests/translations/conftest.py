"""A company in which something of everything happened, in the language of marks."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import date, timedelta
from io import BytesIO
from zoneinfo import available_timezones

import pytest
from babel import Locale
from sqlalchemy import inspect, select
from werkzeug.datastructures import FileStorage

from portal.api.data import Scope
from portal.api.models import Webhook
from portal.api.services import create_key
from portal.bulletins import keeping, queries
from portal.bulletins.data import Aim, Said, Signs, Sort, Told
from portal.core import jobs
from portal.core.access import Role
from portal.core.clock import utc_now
from portal.core.languages import LANGUAGES
from portal.organisations.models import Deputy, Licence, Site
from portal.reference import models as reference
from portal.submissions import services
from portal.submissions.rules import Outer
from tests.browser import Browser
from tests.factories import make_account, make_organisation, make_submission, notice
from tests.kinds.answers import BY_KIND
from tests.kinds.test_kinds import draft_of, sent_of
from tests.kinds.test_papers import declaration, named
from tests.translations.pseudo import Data, MarkingDomain, known_texts
from tests.uploads.test_uploads import BAD, GOOD, sheet

NOTED = {  # what the records of this test say beside answers.py
    *("Importer Ltd", "Exporter B.V.", "Example Customer", "A. Declarant", "Coatings", "Paints"),
    *("EUD-2026/7", "The customer", "Dock Lane 4", "S. Chai", "Category 1", "{count}", "{time}"),
    *("toluene", "acetic anhydride", "test", "acetic", "rott", "XX", "unobtainium"),
    *("EU category 1", "EU category 2A"),
}
TYPED = "Zylo Quux"  # stands for whatever a company writes of itself
SAME_EVERYWHERE = (  # names that no language translates, and what machines read
    *("SHA-256", "CSV", "Excel", "XLSX", "EORI", "LEI", "IMO", "UN/LOCODE", "LOCODE", "JSON"),
    *(
        "EU",
        "US",
        "UN",
        "CN",
        "HS",
        "CAS",
        "INN",
        "PDF",
        "UTC",
        "CET",
        "CEST",
        "GMT",
        "INCB",
        "DEA",
    ),
)


@pytest.fixture(scope="session")
def known() -> frozenset[str]:
    """Return every text that the catalogue takes from the code."""
    return known_texts()


@pytest.fixture
def marks(app, known) -> Iterator[None]:
    """Let every page, mail and paper speak the language of marks."""
    babel = app.extensions["babel"].instance
    before, babel.domain_instance = babel.domain_instance, MarkingDomain(known)
    yield
    babel.domain_instance = before


def typed_words(value) -> Iterator[str]:
    """Yield what somebody typed, however deep it lies."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from typed_words(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from typed_words(one)


def told_by_sources(session) -> Iterator[str]:
    """Yield the words of the reference data: laws, names, notes as their sources write them."""
    for mapper in reference.Versioned.registry.mappers:
        if mapper.class_.__module__ != reference.__name__ or not hasattr(mapper.class_, "key"):
            continue
        for row in session.scalars(select(mapper.class_)):
            for column in inspect(mapper.class_).columns:
                yield from typed_words(getattr(row, column.key))


@pytest.fixture
def data(app, session, known) -> Data:
    """Return what may stand outside of marks: names, numbers, days, countries, codes, sources."""
    locale = Locale("en", "GB")
    words = {
        *Locale("en").territories.values(),
        *SAME_EVERYWHERE,
        *LANGUAGES.values(),
        *locale.territories.values(),
    }
    words |= {*locale.months["format"]["wide"].values(), app.config["AUTHORITY_NAME"]}
    words |= set(typed_words(BY_KIND)) | set(told_by_sources(session))
    named = {one for one in words - known if len(one) > 1 and not one.islower()}
    named |= NOTED | {one.key for one in session.scalars(select(reference.Substance))}
    named |= {one for one in available_timezones() if one not in known}
    named |= {form for (form,) in session.execute(select(reference.ConversionFactor.form))}
    kept = sorted(named, key=len, reverse=True)
    forms = [
        r"https?://\S+",
        r"\S+@\S+",
        r"\b[0-9a-f]{32,}\b",  # hashes
        rf"\b{TYPED}[\w .-]*",
        r"\b[\d.]+ (kg|g|mg|t|l|ml|tablets|ampoules|packages)\b",
        r"\b(kg|mg|ml|kg/l|g/l|g/mol|/mol|mg/ml|g/kg|w/w|w/v)\b",
        r"\bppk_[\w-]+",  # the beginning of a key
        r"\b([0-9A-Z]{4}-){3}[0-9A-Z]{4}\b",  # the code of a paper
        r"\b[A-Z2-7]{32}\b",  # the secret of a second factor
        r"\b(\w+\.)+(\d+\.)?\w+\b",  # columns of a sheet, names of files
        r"\b(Firm|Person) [0-9a-f]{6}\b",
    ]
    before = (
        r"\b[A-Z]{2}-[0-9A-Z-]{6,}\b",
        r"\b([0-9A-F]{2}:){31}[0-9A-F]{2}\b",  # of a certificate; it may begin like a country
    )
    return Data(tuple(kept), before, tuple(forms))


@pytest.fixture
def admin(session):
    firm = make_organisation(
        session,
        name=TYPED,
        legal_form="B.V.",
        activities=["manufacture"],
        officer_name=TYPED,
    )
    return make_account(session, Role.COMPANY_ADMIN, organisation=firm, name=TYPED)


@pytest.fixture
def company(app, session, admin):
    """Return the administrator of a company in which something of everything happened."""
    now, today, firm = utc_now(), utc_now().date(), admin.organisation_id
    session.add_all(
        [
            Licence(organisation_id=firm, covers="Category 1", number="7", issuer=TYPED,
                    valid_until=today + timedelta(days=days))
            for days in (-1, 0, 1, 30)
        ]
    )  # fmt: skip
    session.add(Site(organisation_id=firm, name=TYPED, address=TYPED, country="NL"))
    session.add(Deputy(organisation_id=firm, name=TYPED, phone="+31104381200"))
    session.commit()
    published(session, now)
    for slug in BY_KIND:
        draft_of(session, admin, slug)
        wrong = draft_of(session, admin, slug)
        wrong.answers = {step: broken(typed) for step, typed in deepcopy(BY_KIND[slug]).items()}
        session.commit()
        sent_of(session, admin, slug)
    for state in (Outer.MAY_LEAVE, Outer.MAY_NOT_LEAVE, Outer.REPORT_SHIPMENT, Outer.COMPLETE):
        filed = make_submission(session, notice(), author=admin)
        filed.state = state
    near = notice(dispatch_on=today + timedelta(days=2))
    asked = make_submission(session, near, author=admin, now=now - timedelta(days=20))
    make_submission(session, declaration(valid_until=today), author=admin, now=now)
    make_submission(session, named(), author=admin, now=now)
    services.ask(session, asked, TYPED, now)
    create_key(session, TYPED, list(Scope), date(2099, 1, 1), admin, now)
    session.add(
        Webhook(organisation_id=firm, account_id=admin.id, url="https://firm.example/hook",
                secret="x", events=[], created_at=now)
    )  # fmt: skip
    session.commit()
    browser = Browser(app, session, admin)
    for rows in ((GOOD.format("A"),), (GOOD.format("B"), BAD.format("C"))):
        upload = FileStorage(BytesIO(sheet(*rows)), "orders.csv")
        said = {"kind": "suspicious-order", "file": upload, "declared_by": TYPED, "true": "y"}
        browser.get("/uploads/").submit("Check the sheet", **said)
    jobs.run_due(app, utc_now())
    return admin


def published(session, now):
    """Let companies read three bulletins: one on what drafts say, one ended, one withdrawn."""
    analyst, supervisor = (make_account(session, one) for one in (Role.ANALYST, Role.SUPERVISOR))
    signs = Signs(countries=("TH",), routes=(("NL", "TH"),), substances=("acetic-anhydride",))
    yesterday = queries.today(now) - timedelta(days=1)
    for sort, until in zip(Sort, (None, yesterday, None, None, None), strict=True):
        told = Told(sort=sort, aim=Aim(), signs=signs, valid_until=until)
        row = keeping.begin(session, told, Said("en", f"{TYPED} 1", TYPED), analyst, now)
        edition = keeping.write(session, row, Said("th", f"{TYPED} 2", TYPED), analyst, now)
        keeping.submit(session, edition, {"zylo quux": "Its own"}, analyst, now)
        keeping.approve(session, row, edition, supervisor, now)
    keeping.withdraw(session, row, TYPED, supervisor, now)
    session.commit()


def broken(typed):
    """Return answers that are wrong: too short, no number, no day."""
    if isinstance(typed, list):
        return [{"id": one["id"], "typed": broken(one["typed"])} for one in typed]
    return {name: ["x"] for name in typed}
