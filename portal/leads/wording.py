"""The places of a lead where words reach partners, and other words for them. Plain Python."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from portal.leads.data import Amount, Event, GradedText, Relation, Released, Stop, Subject

WHEN = re.compile(r"\d{4}(-\d{2}-\d{2}|-\d{2}|-Q[1-4])?")
KILOGRAMS = re.compile(r"(\d{1,12}(?:\.\d{1,6})?)(?:\s*[–-]\s*(\d{1,12}(?:\.\d{1,6})?))?(?:\s*kg)?")


class Shape(StrEnum):
    """What may stand at a place."""

    WORDS = "words"
    KILOGRAMS = "kilograms"  # 450 kg or 400–500 kg
    WHEN = "when"  # 2026-11-25, 2026-11, 2026-Q4 or 2026


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the version for partners."""

    key: str  # title, texts.0, subjects.2.name …
    label: str
    text: str
    shape: Shape = Shape.WORDS


@dataclass(frozen=True, slots=True)
class Reworded:
    """Other words for a place, good for the text they were written for and no other."""

    original: str
    text: str


def places_of(lead: Released) -> tuple[Place, ...]:
    """Return every place with words, in the order in which partners read them."""
    return tuple(one for one in every_place(lead) if one.text)


def every_place(lead: Released) -> Iterator[Place]:
    """Yield every place, also those without words."""
    yield Place("title", "Title", lead.title)
    yield Place("asked", "What is asked", lead.asked)
    for at, text in enumerate(lead.texts):
        yield Place(f"texts.{at}", f"Text {at + 1}", text.text)
    for at, subject in enumerate(lead.subjects):
        yield from subject_places(f"subjects.{at}", f"Subject {at + 1}", subject)
    for at, relation in enumerate(lead.relations):
        yield Place(f"relations.{at}.words", f"Relation {at + 1}", relation.words)
    for at, amount in enumerate(lead.amounts):
        yield Place(f"amounts.{at}.name", f"Quantity {at + 1}: substance", amount.name)
        yield Place(f"amounts.{at}.kg", f"Quantity {at + 1}", kilograms(amount), Shape.KILOGRAMS)
    for at, stop in enumerate(lead.stops):
        yield Place(f"stops.{at}.name", f"Place {at + 1}", stop.name)
    for at, event in enumerate(lead.events):
        yield Place(f"events.{at}.when", f"Event {at + 1}: when", event.when, Shape.WHEN)
        yield Place(f"events.{at}.words", f"Event {at + 1}", event.words)
    yield Place("conditions", "Conditions", lead.conditions)
    yield Place("court", "Use in court", lead.court)
    for at, need in enumerate(lead.need_to_know):
        yield Place(f"need_to_know.{at}", f"Who needs to know {at + 1}", need)


def subject_places(key: str, label: str, subject: Subject) -> Iterator[Place]:
    """Yield the places of a subject."""
    yield Place(f"{key}.name", label, subject.name)
    for at, other in enumerate(subject.other_names):
        yield Place(f"{key}.other_names.{at}", f"{label}: other name {at + 1}", other)
    yield Place(f"{key}.part", f"{label}: part it plays", subject.part)
    for at, (sort, value) in enumerate(subject.identifiers):
        yield Place(f"{key}.identifiers.{at}", f"{label}: {sort}", value)
    yield Place(f"{key}.remark", f"{label}: remark", subject.remark)


def kilograms(amount: Amount) -> str:
    """Return an amount as it is written: 450 kg, or 400–500 kg."""
    if amount.least_kg == amount.most_kg:
        return f"{plain(amount.least_kg)} kg"
    return f"{plain(amount.least_kg)}–{plain(amount.most_kg)} kg"


def plain(number: Decimal) -> str:
    """Return a number without an exponent and without zeros that say nothing."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def kilogram_range(text: str) -> tuple[Decimal, Decimal] | None:
    """Read 450 kg or 400–500 kg; none when it is neither."""
    found = KILOGRAMS.fullmatch(text.strip())
    if found is None:
        return None
    try:
        least = Decimal(found[1])
        most = Decimal(found[2] or found[1])
    except InvalidOperation:
        return None
    return (least, most) if least <= most else None


def fits(shape: Shape, text: str) -> bool:
    """Tell whether a text may stand at a place of this shape."""
    if shape is Shape.KILOGRAMS:
        return kilogram_range(text) is not None
    return shape is Shape.WORDS or bool(WHEN.fullmatch(text))


def reworded(lead: Released, wordings: Mapping[str, Reworded]) -> Released:
    """Return the lead with other words where there are some for what stands there now."""
    asked = {
        place.key: wordings[place.key].text
        for place in places_of(lead)
        if place.key in wordings and wordings[place.key].original == place.text
    }
    if not asked:
        return lead
    return replace(
        lead,
        title=asked.get("title", lead.title),
        asked=asked.get("asked", lead.asked),
        conditions=asked.get("conditions", lead.conditions),
        court=asked.get("court", lead.court),
        need_to_know=several(asked, "need_to_know", lead.need_to_know),
        texts=tuple(
            GradedText(asked.get(f"texts.{at}", one.text), one.grading)
            for at, one in enumerate(lead.texts)
        ),
        subjects=tuple(subject(asked, at, one) for at, one in enumerate(lead.subjects)),
        relations=tuple(
            Relation(one.left, one.right, asked.get(f"relations.{at}.words", one.words))
            for at, one in enumerate(lead.relations)
        ),
        amounts=tuple(amount(asked, at, one) for at, one in enumerate(lead.amounts)),
        stops=tuple(stop(asked, at, one) for at, one in enumerate(lead.stops)),
        events=tuple(
            Event(
                asked.get(f"events.{at}.when", one.when), asked.get(f"events.{at}.words", one.words)
            )
            for at, one in enumerate(lead.events)
        ),
    )


def several(asked: Mapping[str, str], key: str, texts: tuple[str, ...]) -> tuple[str, ...]:
    """Return some texts with other words for those that have some."""
    return tuple(asked.get(f"{key}.{at}", text) for at, text in enumerate(texts))


def subject(asked: Mapping[str, str], at: int, one: Subject) -> Subject:
    """Return a subject in other words."""
    key = f"subjects.{at}"
    return replace(
        one,
        name=asked.get(f"{key}.name", one.name),
        other_names=several(asked, f"{key}.other_names", one.other_names),
        part=asked.get(f"{key}.part", one.part),
        remark=asked.get(f"{key}.remark", one.remark),
        identifiers=tuple(
            (sort, asked.get(f"{key}.identifiers.{number}", value))
            for number, (sort, value) in enumerate(one.identifiers)
        ),
    )


def amount(asked: Mapping[str, str], at: int, one: Amount) -> Amount:
    """Return an amount in other words; the drug it could give is widened alike.

    Else the yield, divided by its factor, would tell the quantity that was hidden.
    """
    named = replace(one, name=asked.get(f"amounts.{at}.name", one.name))
    wanted = kilogram_range(asked.get(f"amounts.{at}.kg", ""))
    if wanted is None:
        return named
    least, most = wanted
    return replace(
        named,
        least_kg=least,
        most_kg=most,
        drug_least_kg=scaled(one.drug_least_kg, one.least_kg, least),
        drug_most_kg=scaled(one.drug_most_kg, one.most_kg, most),
    )


def scaled(number: Decimal | None, old: Decimal, new: Decimal) -> Decimal | None:
    """Return a number that follows another one's change, rounded to grams."""
    if number is None or not old:
        return None
    return (number * new / old).quantize(Decimal("0.001"))


def stop(asked: Mapping[str, str], at: int, one: Stop) -> Stop:
    """Return a place in other words: without its code and its point on the map."""
    key = f"stops.{at}.name"
    if key not in asked:
        return one
    return replace(one, name=asked[key], locode="", latitude=None, longitude=None)
