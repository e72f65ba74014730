"""A sheet of 100,000 rows: checked and stored beside a bare executemany of the same rows."""

import csv
import io
import random
import time
from uuid import UUID

from flask import Flask

from portal.core import db, files, jobs
from portal.core.access import Role
from portal.core.clock import utc_now
from portal.core.files import Incoming, Scan
from portal.submissions.kind import registered
from portal.uploads import services
from portal.uploads.data import State
from portal.uploads.models import Upload
from tests.factories import make_account

ROWS = 100_000
RETURNS = 20  # submissions that the rows make
PARTNERS = 3_000
HEADER = (
    *("period.period", "period.begins_on", "declaration.own_reference", "entries.substance"),
    *("entries.movement", "entries.quantity", "entries.unit", "entries.counterparty"),
    *("entries.country", "entries.happened_on", "entries.document"),
)
SUBSTANCES = ("acetone", "toluene", "acetic anhydride", "sulphuric acid", "ethyl ether")
COUNTRIES = ("NL", "DE", "TH", "FR", "IN", "KZ", "US")


def sheet(rows: int = ROWS) -> bytes:
    """Return a CSV of the movements of many works in a month: each balances."""
    chance = random.Random(7)  # noqa: S311
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(HEADER)
    each = rows // RETURNS
    for work in range(RETURNS):
        own = ("month", "2026-01-01", f"Works {work}")
        stock = dict.fromkeys(SUBSTANCES, 0)  # hundredths of a kilogram
        for number in range(each - len(SUBSTANCES)):
            name = SUBSTANCES[number % len(SUBSTANCES)]
            amount = chance.randint(1, 5_000_000)
            movement = "bought" if stock[name] < amount or number % 2 else "sold"
            stock[name] += amount if movement == "bought" else -amount
            partner = chance.randint(1, PARTNERS)
            goods = (name, movement, f"{amount / 100:.2f}", "kg")
            trade = (f"Trading partner {partner} Ltd", COUNTRIES[partner % len(COUNTRIES)])
            paper = (f"2026-01-{number % 31 + 1:02}", f"INV-{work}-{number}")
            table.writerow((*own, *goods, *trade, *paper))
        for name, left in stock.items():
            table.writerow((*own, name, "closing stock", f"{left / 100:.2f}", "kg", "", "", "", ""))
    return out.getvalue().encode()


def taken(app: Flask, content: bytes) -> UUID:
    """Take a sheet as the page does; return the id of the upload."""
    with app.app_context(), db.transaction() as session:
        author = make_account(session, Role.REPORTER, name="A. Reporter")
        stored = files.keep_bytes(content)
        sheet_ = Incoming("returns.csv", "text/csv", len(content), stored, stored, Scan.CLEAN)
        kind = registered()["return"]
        upload, _ = services.take(session, kind, sheet_, "A. Reporter", author, utc_now())
        return upload.id


def run(app: Flask, upload_id: UUID, until: State) -> float:
    """Work as the worker does until the upload has a state; return the seconds."""
    begin = time.perf_counter()
    while True:
        with app.app_context():
            jobs.run_due(app, utc_now())
            with app.extensions["portal.sessions"]() as session:
                state = session.get_one(Upload, upload_id).state
        if state is until:
            return time.perf_counter() - begin
        if state not in {State.CHECKING, State.FILING}:
            raise RuntimeError(f"the upload is {state}")
