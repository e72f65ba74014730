"""What people write in their own words."""

from random import Random

from portal.simulation.data import Real, chance
from portal.simulation.goods import use_of
from portal.simulation.words.goods import KINDS
from portal.simulation.words.phrases import (
    CLOSINGS,
    DETAILS,
    LOSSES,
    OPENINGS,
    REASONS,
    TEMPLATES,
)

COPIED = 0.04  # of declarations use the words of their trade association


def grounds(codes: tuple[str, ...], by: Random) -> str:
    """Return what a reporter writes: something of how it came, what was ticked, how it ends."""
    parts = [by.choice(OPENINGS), *(REASONS[code] for code in codes if code in REASONS)]
    return " ".join([*parts, by.choice(CLOSINGS)])


def circumstances(by: Random) -> str:
    """Return how a loss came to light."""
    return f"{by.choice(LOSSES)} {by.choice(CLOSINGS)}"


def declared_use(who: Real, by: Random) -> str:
    """Return a customer's use in words; many keep a text of their own and send it to everybody."""
    if by.random() < COPIED:
        return f"{TEMPLATES[len(who.trade) % len(TEMPLATES)]}"
    own = chance("text", who.id) if by.random() < 0.5 else by
    return passage(who.trade or "resale", own)


def passage(trade: str, by: Random) -> str:
    """Return a passage on a use with its circumstances."""
    details = [
        text.format(n=by.randint(2, 90), k=by.choice(KINDS), y=by.randint(2004, 2025))
        for text in by.sample(DETAILS, 2)
    ]
    return f"{use_of(trade, by).capitalize()}, {', '.join(details)}."
