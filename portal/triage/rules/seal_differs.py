"""The container was opened on the way: its seal differs between two notices of one journey.

Source: practice of the trade.
"""

from datetime import timedelta

from portal.core.text import compact_key
from portal.submissions.data import Filed
from portal.triage.data import OWN_RECORDS, About, Case, Finding, Rule, here, there

JOURNEY = timedelta(days=90)  # between the notices of one journey


def check(case: Case) -> Finding | None:
    """Raise a container with other seals in a notice of another kind within JOURNEY."""
    mine = seals_of(case.filed)
    for past in case.around:
        near = abs(case.filed.received_at - past.filed.received_at) <= JOURNEY
        back = case.filed.facts.origin_country != past.filed.facts.origin_country
        if past.filed.kind == case.filed.kind or back or not near:
            continue
        for box, (path, seals) in seals_of(past.filed).items():
            if box in mine and seals and mine[box][1] and not seals & mine[box][1]:
                own_path, own = mine[box]
                return Finding(
                    f"The container has the seals {', '.join(sorted(own))} here and"
                    f" {', '.join(sorted(seals))} in {past.filed.reference}.",
                    (
                        here(case, f"{own_path}.seals", ", ".join(sorted(own))),
                        there(past, f"{path}.seals", ", ".join(sorted(seals))),
                    ),
                )
    return None


def seals_of(filed: Filed) -> dict[str, tuple[str, set[str]]]:
    """Return the path and seals of each container."""
    return {
        compact_key(number): (f"containers.{place}", {compact_key(seal) for seal in seals})
        for place, (number, seals) in enumerate(filed.facts.boxes)
    }


SEAL_DIFFERS = Rule(
    code="seal-differs-1",
    title="Seal differs",
    weight=25,
    check=check,
    about=About.ROUTE,
    source=OWN_RECORDS,
)
