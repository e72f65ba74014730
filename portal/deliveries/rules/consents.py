"""What a country may say after what, for when its consent holds, and what opens it again."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from uuid import UUID

from portal.core.errors import DomainError
from portal.deliveries.data import Consent, ConsentState, HaltFacts

S = ConsentState


class Act(StrEnum):
    """What happens with a consent."""

    ASK = "asked"
    RECEIVE = "received"
    REFUSE = "refused"
    WITHDRAW = "withdrawn"
    REOPEN = "opened again"


MOVES: Mapping[tuple[ConsentState, Act], ConsentState] = {
    (S.NOT_ASKED, Act.ASK): S.ASKED,
    (S.ASKED, Act.RECEIVE): S.RECEIVED,
    (S.ASKED, Act.REFUSE): S.REFUSED,
    (S.RECEIVED, Act.RECEIVE): S.RECEIVED,  # prolonged, or on other conditions
    (S.RECEIVED, Act.WITHDRAW): S.WITHDRAWN,
    (S.REFUSED, Act.ASK): S.ASKED,
    (S.WITHDRAWN, Act.ASK): S.ASKED,
    (S.REOPENED, Act.ASK): S.ASKED,
    **{(state, Act.REOPEN): S.REOPENED for state in (S.ASKED, S.RECEIVED, S.REFUSED, S.WITHDRAWN)},
}
BY_HAND = tuple(act for act in Act if act is not Act.REOPEN)
FAULTS: Mapping[ConsentState, str] = {
    S.NOT_ASKED: "its consent was not asked for.",
    S.ASKED: "it has not answered.",
    S.REFUSED: "it refused.",
    S.WITHDRAWN: "it withdrew its consent.",
    S.REOPENED: "the route was changed, and it must be asked again.",
}


class ConsentRefusedError(DomainError):
    """A country cannot have said this after what it said before."""


def after(state: ConsentState, act: Act) -> ConsentState:
    """Return what a country's consent is after an act.

    Raises:
        ConsentRefusedError: this cannot follow.
    """
    try:
        return MOVES[state, act]
    except KeyError:
        raise ConsentRefusedError(
            f"A consent cannot be {act} while it is in this state: {state}."
        ) from None


def possible(state: ConsentState) -> tuple[Act, ...]:
    """Return what people can record next."""
    return tuple(act for act in BY_HAND if (state, act) in MOVES)


def fault(consent: Consent, planned: date, today: date) -> str:
    """Return why a consent does not let the goods through as planned, or nothing.

    What was planned for a day that is past happens today at the earliest.
    """
    if consent.state is not S.RECEIVED:
        return FAULTS[consent.state]
    if consent.valid_until is None:
        return "its consent has no last day."
    when = max(planned, today)
    if consent.valid_until < when:
        return f"its consent is valid until {shown(consent.valid_until)}, not on {shown(when)}."
    if consent.valid_from is not None and when < consent.valid_from:
        return f"its consent is valid from {shown(consent.valid_from)}, not on {shown(when)}."
    return ""


def shown(day: date) -> str:
    """Write a day as officers read it."""
    return f"{day:%-d %B %Y}"


def reopened(before: Sequence[HaltFacts], now: Sequence[HaltFacts]) -> set[UUID]:
    """Return whose consent a change of the route opens again.

    A country agreed to goods that come to a place of its own from one country and leave to
    another: it is concerned when one of the three is another now. Another hour is not another
    route: whether the consent holds then is asked at the start.
    """
    earlier, later = ways(before), ways(now)
    return {one for one, way in later.items() if one in earlier and earlier[one] != way}


def ways(halts: Sequence[HaltFacts]) -> dict[UUID, tuple[str, ...]]:
    """Return for each country its own place, and where the goods come from and go to."""
    found: dict[UUID, tuple[str, ...]] = {}
    for place, halt in enumerate(halts):
        comes = halts[place - 1].country if place else ""
        goes = halts[place + 1].country if place + 1 < len(halts) else ""
        found[halt.id] = (comes, halt.country, halt.place, goes)
    return found
