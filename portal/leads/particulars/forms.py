"""The pages on which is said who, how much, where and when."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

from portal.core.forms import (
    LONG,
    SHORT,
    AtMost,
    CountryField,
    ExactField,
    answered,
    cas_number,
    lines_of,
    locode,
    one_a_line,
    optional,
)
from portal.entities.data import EntitySort
from portal.leads.forms import MOST_ROWS, PageForm, RowForm, id_of
from portal.leads.particulars.rules import PARTS, around, is_when

RELEASED = "Partners may read this"
SORTS = {one.value: one.value.capitalize() for one in EntitySort}
MOST_SUBJECTS = 40


class SubjectForm(RowForm):
    """Somebody or something that a lead is about."""

    number = HiddenField("Number")
    entity = HiddenField("Entity")
    submission = HiddenField("Submission")
    name = StringField("Name", [AtMost(SHORT)])
    sort = SelectField("What it is", choices=SORTS, default=EntitySort.PERSON.value)
    part = StringField("Part it plays", [AtMost(SHORT)])
    country = CountryField("Country")
    other_names = TextAreaField(
        "Other names", [AtMost(LONG), optional(one_a_line())], description="One a line"
    )
    identifiers = TextAreaField(
        "Numbers and addresses",
        [AtMost(LONG), optional(one_a_line())],
        description="One a line, such as phone: +31 20 123 4567",
    )
    remark = TextAreaField("Remark", [AtMost(LONG)])
    released = BooleanField(RELEASED)

    def to_data(self, number: int) -> dict[str, Any]:
        """Return the row as it is stored."""
        pairs = [line.partition(":") for line in lines_of(self.identifiers.data)]
        return {
            "number": number,
            "sort": self.sort.data,
            "name": self.name.data,
            "other_names": list(lines_of(self.other_names.data)),
            "country": self.country.data or "",
            "part": self.part.data or "",
            "identifiers": [
                [sort.strip(), value.strip()] if joint else ["number", sort.strip()]
                for sort, joint, value in pairs
            ],
            "remark": self.remark.data or "",
            "released": bool(self.released.data),
            "entity_id": id_of(self.entity.data),
            "submission_id": id_of(self.submission.data),
        }


class RelationForm(RowForm):
    """How two subjects belong together."""

    left = SelectField("Who", choices={"": "Choose"}, default="")
    words = StringField("Does what, is what", [AtMost(SHORT)])
    right = SelectField("To whom, of whom", choices={"": "Choose"}, default="")
    released = BooleanField(RELEASED)

    def validate(self, **kwargs: Any) -> bool:
        """Ask for both ends and the words, once one of them is there."""
        valid = bool(super().validate(**kwargs))
        said = [field for field in (self.left, self.words, self.right) if field.data]
        if said and len(said) < len(("left", "words", "right")):
            self.words.errors = ["Choose both subjects and say how they belong together"]
            return False
        return valid


class SubjectsForm(PageForm):
    """Whom and what a lead is about, and how they belong together."""

    subjects = FieldList(FormField(SubjectForm), max_entries=MOST_SUBJECTS)
    relations = FieldList(FormField(RelationForm), max_entries=MOST_ROWS)
    ticked = SelectMultipleField("Named in the sources", coerce=str, validate_choice=False)

    def offer(self) -> None:
        """Let relations choose among the subjects of the page."""
        named = {
            str(number): f"{number}. {row.name.data}" for number, row in self.numbered() if row
        }
        for entry in self.relations:
            entry.left.choices = entry.right.choices = {"": "Choose", **named}

    def numbered(self) -> Iterator[tuple[int, Any]]:
        """Yield the subjects that have a name with their numbers; new ones come after the rest."""
        rows = [entry.form for entry in self.subjects if entry.form.name.data]
        taken = [int(row.number.data) for row in rows if str(row.number.data or "").isdigit()]
        after = max(taken, default=0)
        used: set[int] = set()
        for row in rows:
            told = str(row.number.data or "")
            number = int(told) if told.isdigit() else 0
            if number in used or number == 0:
                after += 1
                number = after
            used.add(number)
            yield number, row

    def to_data(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Return subjects and relations as they are stored."""
        subjects = [row.to_data(number) for number, row in self.numbered()]
        relations = [
            {
                "left": int(entry.left.data),
                "right": int(entry.right.data),
                "words": entry.words.data,
                "released": bool(entry.released.data),
            }
            for entry in self.relations
            if entry.words.data
        ]
        return subjects, relations


class AmountForm(RowForm):
    """How much of a substance."""

    substance = HiddenField("Substance key")
    exact_kg = HiddenField("As filed")
    name = StringField("Substance", [AtMost(SHORT)])
    cas = StringField("CAS number", [AtMost(SHORT), optional(cas_number)])
    least_kg = ExactField("At least, kg of anhydrous base")
    most_kg = ExactField("At most, kg of anhydrous base")
    drug = SelectField(
        "Drug for partners", choices={"": "The one that could be the most"}, default=""
    )
    released = BooleanField("Partners may read the range")

    def validate(self, **kwargs: Any) -> bool:
        """Ask for a range: partners never read an exact amount."""
        valid = bool(super().validate(**kwargs))
        least, most = self.least_kg.data, self.most_kg.data
        if not self.name.data or not valid:
            return valid
        if least is None or most is None:
            self.most_kg.errors = ["Enter how much at least and at most"]
        elif least > most:
            self.most_kg.errors = ["Enter a greater number than at least"]
        elif least == most and self.released.data:
            below, above = around(least)
            self.most_kg.errors = [
                f"Partners read a range, never an exact amount: {below:f} to {above:f} would do"
            ]
        return not self.most_kg.errors

    def to_data(self) -> dict[str, Any]:
        """Return the row as it is stored."""
        most = answered(self.most_kg.data)
        return {
            "substance": self.substance.data or "",
            "name": self.name.data,
            "cas": self.cas.data or "",
            "exact_kg": self.exact_kg.data or "",
            "least_kg": f"{answered(self.least_kg.data):f}",
            "most_kg": f"{most:f}",
            "yield_of": most,
            "drug": self.drug.data or "",
            "released": bool(self.released.data),
        }


class StopForm(RowForm):
    """A place on the route."""

    submission = HiddenField("Submission")
    part = SelectField("Part", choices={one: one.capitalize() for one in PARTS}, default="transit")
    name = StringField("Place", [AtMost(SHORT)])
    locode = StringField("UN/LOCODE", [AtMost(SHORT), optional(locode)])
    country = CountryField("Country")
    released = BooleanField(RELEASED)


class EventForm(RowForm):
    """What happened."""

    submission = HiddenField("Submission")
    when = StringField(
        "When",
        [AtMost(SHORT)],
        description="As exactly as its readers may know: 2026-11-25, 2026-11, 2026-Q4 or 2026",
    )
    words = TextAreaField("What happened", [AtMost(LONG)])
    released = BooleanField(RELEASED)

    def validate(self, **kwargs: Any) -> bool:
        """Ask for a time that can be read, once something happened."""
        valid = bool(super().validate(**kwargs))
        if self.words.data and not is_when(self.when.data or ""):
            self.when.errors = ["Enter a day, month, quarter or year, such as 2026-11 or 2026-Q4"]
            return False
        return valid


class FactsForm(PageForm):
    """How much, where and when."""

    amounts = FieldList(FormField(AmountForm), max_entries=MOST_ROWS)
    stops = FieldList(FormField(StopForm), max_entries=MOST_ROWS)
    events = FieldList(FormField(EventForm), max_entries=MOST_ROWS)
    ticked = SelectMultipleField("Taken from the sources", coerce=str, validate_choice=False)

    def offer(self, drugs: Mapping[str, Iterable[str]]) -> None:
        """Let each amount choose among the drugs that its substance could give."""
        for entry in self.amounts:
            known = list(drugs.get(str(entry.substance.data or ""), ()))
            kept = [entry.drug.data] if entry.drug.data else []
            named = {one: one for one in dict.fromkeys([*known, *kept])}
            entry.drug.choices = {"": "The one that could be the most", **named}

    def to_data(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
        """Return amounts, stops and events as they are stored; stops without coordinates yet."""
        amounts = [entry.form.to_data() for entry in self.amounts if entry.form.name.data]
        stops = [
            {
                "part": entry.part.data,
                "name": entry.form.name.data or entry.locode.data,
                "locode": entry.locode.data or "",
                "country": entry.country.data or "",
                "submission": entry.submission.data or "",
                "released": bool(entry.released.data),
            }
            for entry in self.stops
            if entry.form.name.data or entry.locode.data
        ]
        events = [
            {
                "when": entry.when.data,
                "words": entry.words.data,
                "submission": entry.submission.data or "",
                "released": bool(entry.released.data),
            }
            for entry in self.events
            if entry.words.data
        ]
        return amounts, stops, events
