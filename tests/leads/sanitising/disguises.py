"""A source with many secrets, and the disguises in which one could be slipped past a reader."""
# ruff: noqa: RUF001  letters that look like others are the point

from datetime import date
from decimal import Decimal

from portal.leads.data import (
    Amount,
    Category,
    Event,
    GradedText,
    Grading,
    Handling,
    Marking,
    Relation,
    Released,
    Stop,
    Subject,
)
from portal.leads.sanitising.data import Reporter, Source
from portal.leads.sanitising.present import secrets_of, speakable
from portal.leads.sanitising.rules.marking import book_of
from portal.watchlists.data import Information
from portal.watchlists.data import Source as Reliability
from tests.factories import customer, line, order

GROUNDS = (
    "The buyer asked twice whether the drums could go without any label."
    " He came in a white van and would not leave a telephone number."
)
REPORTER = Reporter(
    names=("Noordzee Chemie B.V.", "Acme"),
    people=("Johanna Vermeulen", "Piet de Groot"),
    contacts=("j.vermeulen@noordzeechemie.example", "+31201234567"),
    addresses=("Havenweg 12, 3011 AB Rotterdam, Netherlands",),
    sites=("Tankpark Zuid",),
    numbers=("NL812345678B01", "KVK 24331122"),
    country="Netherlands",
)
RECORD = order(
    lines=(line("acetone", "4725", quantity_kg=Decimal(4725), trade_name="Solvanol Extra"),),
    parties=(customer("Lakeside Paints Ltd"),),
    declared_by="Johanna Vermeulen",
    own_reference="PO-2026-7781",
    grounds=GROUNDS,
    happened_on=date(2026, 3, 12),
)
SOURCE = Source(
    reference="SO-7KQ2-M9XC",
    check_code="HJ4K-99TR-2M1P",
    received_on=date(2026, 3, 14),
    record=RECORD,
    reporter=REPORTER,
    files=("scan order 7781.pdf",),
    said=(("Answer", "We sold him two smaller drums in the autumn of last year."),),
)
BOOK = book_of(secrets_of(SOURCE), speakable([RECORD]))
GRADING = Grading(Reliability.UNTESTED, Information.KNOWN_DIRECTLY, Handling.CONDITIONS)

NAMES = (
    "Noordzee Chemie B.V.", "Noordzee Chemie", "Acme", "Johanna Vermeulen",
    "Vermeulen Johanna", "Piet de Groot", "j.vermeulen@noordzeechemie.example", "Havenweg 12",
    "SO-7KQ2-M9XC", "HJ4K-99TR-2M1P", "PO-2026-7781", "scan order 7781.pdf", "NL812345678B01",
    "Tankpark Zuid", "Solvanol Extra", "Rotterdam", "+31201234567", "020 123 45 67",
    "the drums could go without any label", "two smaller drums in the autumn",
)  # fmt: skip
QUANTITIES = (
    "4725 kg", "4,725 kg", "4.725 kg", "4 725 kg", "4725000 g", "4.725 t", "4.725 tonnes",
    "4725 kilograms", "4725kg", "４７２５ kg", "٤٧٢٥ kg", "4-7-2-5 kg", "4 7 2 5 k g",
    "four thousand seven hundred and twenty-five kilograms", "4725",
)  # fmt: skip
DAYS = (
    "12 March 2026", "12th of March 2026", "March 12, 2026", "2026-03-12", "12.03.2026",
    "12/3/26", "03/12/2026", "12 mars 2026", "12 марта 2026", "20260312", "on 12 March",
    "１２ March 2026", "1.2.M.a.r.c.h.2.0.2.6", "2026年3月12日", "12-14 March 2026",
)  # fmt: skip
ALIKE = str.maketrans("aceopxyijsABCEHKMOPTX", "асеорхуіјѕАВСЕНКМОРТХ")
GREEK = str.maketrans("ovABEHIKMNOPTXYZ", "ονΑΒΕΗΙΚΜΝΟΡΤΧΥΖ")
BOLD = {ord("a") + n: 0x1D41A + n for n in range(26)} | {
    ord("A") + n: 0x1D400 + n for n in range(26)
}
WIDE = {n: n + 0xFEE0 for n in range(0x21, 0x7F)}


def apart(sign):
    return sign.join


DISGUISES = {
    "as it is": str,
    "upper": str.upper,
    "lower": str.lower,
    "swapped": str.swapcase,
    "dots": apart("."),
    "spaces": apart(" "),
    "hyphens": apart("-"),
    "underscores": apart("_"),
    "stars": apart("*"),
    "zero width": apart("\u200b"),
    "joiner": apart("\u2060"),
    "soft hyphen": apart("\u00ad"),
    "marks": apart("\u0301"),
    "other spaces": lambda text: text.replace(" ", "\u00a0\u2009"),
    "no spaces": lambda text: text.replace(" ", ""),
    "more signs": lambda text: text.replace(" ", " / ").replace("-", "–"),
    "cyrillic": lambda text: text.translate(ALIKE),
    "greek": lambda text: text.translate(GREEK),
    "bold": lambda text: text.translate(BOLD),
    "full width": lambda text: text.translate(WIDE),
    "nought and one": lambda text: text.replace("o", "0").replace("l", "1"),
    "rn for m": lambda text: text.replace("m", "rn"),
    "cyrillic and dots": lambda text: ".".join(text.translate(ALIKE)),
}

PLAIN = Released(
    reference="LD-AAAA-BBBB",
    title="Diversion of a solvent towards the north",
    asked="Watch the subject and tell us of any delivery",
    proposal="watch",
    category=Category.DIVERSION,
    priority="urgent",
    confidence="moderate",
    texts=(
        GradedText("A firm seeks a solvent through several suppliers", GRADING),
        GradedText("It has no trade that would need it", GRADING),
    ),
    subjects=(
        Subject(
            number=1,
            sort="organisation",
            name="Lakeside Paints Ltd",
            other_names=("Lakeside",),
            part="buyer",
            identifiers=(("website", "lakeside.example"),),
            remark="new to the trade",
        ),
        Subject(number=2, sort="person", name="A. Driver", part="drives"),
    ),
    relations=(Relation(1, 2, "employs"),),
    amounts=(
        Amount(substance="acetone", name="Acetone", least_kg=Decimal(4000), most_kg=Decimal(6000)),
    ),
    stops=(Stop(part="origin", name="Hamburg", country="DE", locode="DEHAM"),),
    events=(Event("2026-Q1", "an order was placed"),),
    marking=Marking.AMBER,
    conditions="Ask us before you act",
    court="not without our word",
    need_to_know=("the desk for precursors",),
    expires_on=None,
)
