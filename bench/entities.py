"""How long it takes to find out whose the mentions of one more submission are.

`python -m bench.entities [SIZES]` fills a database on disk with invented submissions and prints
the median at each size; the names are drawn so that many share words, towns and first names.
"""

import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any
from uuid import uuid4

from flask import current_app
from sqlalchemy import event
from sqlalchemy.orm import Session

from bench.__main__ import build
from portal.accounts.models import Account
from portal.core import db
from portal.core.references import new_code, new_reference
from portal.entities.services import resolve
from portal.submissions.data import Party, PartyRole, PartySort
from portal.submissions.models import Submission
from tests.factories import NOON, make_account, order

SIZES = (1_000, 10_000, 50_000)
MEASURED = 60  # submissions at each size
GIVEN = "Ali Omar Karim Anna Sergei Ivan Wei Li Maria Jan Piet Fatima Leila Arman Dana Olga".split()  # noqa: SIM905
SYLLABLES = "ba dar nov mir kal sam tor vel zan rio fen hul jar pek lum gor".split()  # noqa: SIM905
TRADES = "Trading Chemicals Industrial Coatings Pharma International Supply Textiles".split()  # noqa: SIM905
FORMS = "LLC GmbH B.V. FZE Ltd OOO".split()  # noqa: SIM905
TOWNS = "Dubai Almaty Rotterdam Bangkok Istanbul Karachi Antwerp Hamburg Tashkent Jebel-Ali".split()  # noqa: SIM905
COUNTRIES = "AE KZ NL TH TR PK BE DE UZ AE".split()  # noqa: SIM905


def word(chance: random.Random) -> str:
    """Return an invented word."""
    return "".join(chance.choices(SYLLABLES, k=chance.choice((2, 3)))).capitalize()


def somebody(chance: random.Random) -> Party:
    """Return an invented customer; one in three is a person."""
    number = chance.randrange(len(TOWNS))
    person = chance.random() < 1 / 3
    if person:
        name = f"{chance.choice(GIVEN)} {word(chance)}"
    else:
        name = f"{word(chance)} {chance.choice(TRADES)} {chance.choice(FORMS)}"
    return Party(
        role=PartyRole.CUSTOMER,
        sort=PartySort.PERSON if person else PartySort.ORGANISATION,
        name=name,
        country=COUNTRIES[number],
        city=TOWNS[number],
        street=f"{word(chance)} street {chance.randrange(1, 200)}",
        phones=(f"+{chance.randrange(10**10, 10**11)}",),
        emails=(f"{word(chance).lower()}{chance.randrange(1000)}@gmail.com",),
    )


def customers(chance: random.Random) -> Iterator[Party]:
    """Yield customers for ever: half of them known already."""
    known: list[Party] = []
    while True:
        if known and chance.random() < 1 / 2:
            yield chance.choice(known)
        else:
            known.append(somebody(chance))
            yield known[-1]


def arrive(
    session: Session, author: Account, party: Party, moment: datetime
) -> tuple[float, float]:
    """Store a submission, resolve its mentions, and return the seconds by clock and processor."""
    data = order(parties=(party,))
    submission = Submission(
        id=uuid4(),
        kind="suspicious-order",
        reference=new_reference("SO"),
        check_code=new_code(),
        restricted=True,
        organisation_id=author.organisation_id,
        author_id=author.id,
        jurisdiction="EU",
        language="en",
        drafted_at=moment,
        received_at=moment,
        summary=party.name,
        content="{}",
        content_sha256="0",
    )
    session.add(submission)
    session.flush()
    begin, worked = time.perf_counter(), time.process_time()
    resolve(session, submission, data, moment)
    session.flush()
    return time.perf_counter() - begin, time.process_time() - worked


def fill(author: Account, party: Iterator[Party], start: int, size: int) -> None:
    """Let submissions arrive until so many are stored."""
    for batch in range(start, size, 500):
        with db.transaction() as session:
            for number in range(batch, min(batch + 500, size)):
                arrive(session, author, next(party), NOON + timedelta(minutes=number))
            session.expunge_all()


def measure(sizes: Sequence[int] = SIZES) -> Iterator[dict[str, Any]]:
    """Yield the median milliseconds (of the clock and of the processor) and SELECTs, by size."""
    with tempfile.TemporaryDirectory() as folder:
        app = build(Path(folder))
        with app.app_context():
            with db.transaction() as session:
                author = make_account(session)
            chance = random.Random(7)  # noqa: S311  invented data
            party = customers(chance)
            start = 0
            for size in sizes:
                fill(author, party, start, size)
                start = size
                yield {"stored": size} | now_takes(author, party)


def now_takes(author: Account, party: Iterator[Party]) -> dict[str, Any]:
    """Return what resolving takes now; what was measured with is stored too."""
    sent: list[str] = []
    engine = current_app.extensions["portal.engine"]
    event.listen(engine, "before_cursor_execute", lambda *told: sent.append(told[2]))
    spent = []
    for number in range(MEASURED):
        with db.transaction() as session:
            spent.append(
                arrive(session, author, next(party), NOON + timedelta(days=60, minutes=number))
            )
            session.expunge_all()
    selects = sum(text.startswith("SELECT") and "entity" in text for text in sent)
    clock, processor = (median(one) * 1000 for one in zip(*spent, strict=True))
    return {"clock": clock, "processor": processor, "selects": selects / MEASURED}


def main() -> None:
    """Print what was measured, at the sizes that are given or at the usual ones."""
    sizes = tuple(map(int, sys.argv[1:])) or SIZES
    for row in measure(sizes):
        sys.stdout.write(
            f"{row['stored']:>7} stored: {row['clock']:.1f} ms, of the processor"
            f" {row['processor']:.1f} ms, {row['selects']:.1f} SELECTs\n"
        )
        sys.stdout.flush()


if __name__ == "__main__":
    main()
