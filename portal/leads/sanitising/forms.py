"""The side-by-side editor: words for partners, and an answer to each mark."""

from collections.abc import Iterator, Sequence
from typing import Any

from wtforms import (
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, NumberRange, Optional

from portal.config import FEWEST_SHARED
from portal.core.forms import LONG, AtMost, PortalForm, Required
from portal.leads.sanitising.data import Answer, Mark, Reply
from portal.leads.sanitising.rules.beside import Beside
from portal.leads.sanitising.sharing import MOST_SHARED

OWN, KEEP = "own", "keep"
EMPTY = "Say something, or take the whole part out of what partners read"
MISSING = {OWN: "Enter your own words", KEEP: "Say why it may stay"}


class MarkForm(PortalForm):
    """How one mark is answered."""

    class Meta(PortalForm.Meta):
        """The page's own form holds the token."""

        csrf = False
        search = True  # a mark may stay open: nothing is said of it

    mark = HiddenField("Mark")
    answer = RadioField("Say instead", [Optional()], choices={}, validate_choice=False)
    text = StringField("Your own words", [AtMost(LONG)])  # or why it may stay

    def offer(self, mark: Mark) -> None:
        """Offer the answers to a mark."""
        chosen = {f"say {at}": f"“{words}”" for at, words in enumerate(mark.proposals)}
        chosen[OWN] = "Your own words, below"
        if mark.keepable:
            chosen[KEEP] = "Keep it, for the reason below"
            self.text.label.text = "Your own words, or why it may stay"
        self.answer.choices = chosen

    def reply(self, mark: Mark) -> Reply | None:
        """Return the answer, or nothing when none was given."""
        chosen = self.answer.data or ""
        if chosen == OWN:
            return Reply(mark.key, Answer.OWN, self.text.data or "")
        if chosen == KEEP:
            return Reply(mark.key, Answer.KEPT, self.text.data or "")
        _, _, number = chosen.partition("say ")
        if number.isdigit() and int(number) < len(mark.proposals):
            return Reply(mark.key, Answer.PROPOSAL, mark.proposals[int(number)])
        return None

    def missing(self) -> bool:
        """Ask for what an answer needs; tell whether something is missing."""
        if self.answer.data in MISSING and not self.text.data:
            self.text.errors = [MISSING[self.answer.data]]
        return bool(self.text.errors)


class PlaceForm(PortalForm):
    """One place of the version for partners."""

    class Meta(PortalForm.Meta):
        """The page's own form holds the token."""

        csrf = False

    place = HiddenField("Place")
    words = TextAreaField("What partners read", [Required(EMPTY), AtMost(LONG)])
    marks = FieldList(FormField(MarkForm))


class SanitiseForm(PortalForm):
    """The whole version for partners."""

    wrong = False  # something must be mended before it is saved
    changed = False  # somebody else changed the lead since the page was drawn
    seen = HiddenField("Seen")  # what the words were when the page was drawn
    places = FieldList(FormField(PlaceForm))

    def fill(self, found: Sequence[Beside], seen: str) -> None:
        """Show the present words and every open mark."""
        self.seen.data = seen
        for beside in found:
            marks = [{"mark": mark.key} for mark in beside.marks]
            words = {"place": beside.place.key, "words": beside.place.text, "marks": marks}
            self.places.append_entry(words)

    def beside(
        self, found: Sequence[Beside]
    ) -> Iterator[tuple[Beside, Any, list[tuple[Any, Mark]]]]:
        """Yield each place with its form, and its marks with theirs; offers the answers."""
        known = {one.place.key: one for one in found}
        for entry in self.places:
            one = known.get(entry.form.place.data)
            if one is None:
                continue
            marks = {mark.key: mark for mark in one.marks}
            pairs = [
                (part.form, marks[part.form.mark.data])
                for part in entry.form.marks
                if part.form.mark.data in marks
            ]
            for part, mark in pairs:
                part.offer(mark)
            yield one, entry.form, pairs

    def complete(self, found: Sequence[Beside], seen: str) -> bool:
        """Tell whether the form was sent and is right; says what is not."""
        valid = self.validate_on_submit()
        parts = [part for _, _, pairs in self.beside(found) for part, _ in pairs]
        missing = [part for part in parts if part.missing()]
        if self.seen.data != seen:
            self.changed = True
            self.seen.data = seen
        self.wrong = not valid or bool(missing) or self.changed
        return not self.wrong


class AllForm(PortalForm):
    """The button that takes every first proposal."""


class SharingForm(PortalForm):
    """From how many companies a value must have come, and why that is to change."""

    least = IntegerField(
        "From how many companies must a value have come?",
        [
            InputRequired("Enter how many companies"),
            NumberRange(FEWEST_SHARED, MOST_SHARED, f"Enter {FEWEST_SHARED} to {MOST_SHARED}"),
        ],
        description="Fewer companies: more may be repeated, and less is safe",
    )
    reason = TextAreaField(
        "Why do you change it?", [Required("Enter the reason"), AtMost(LONG)], description="Kept"
    )

    def answers(self) -> tuple[int, str]:
        """Return the number and the reason; call only once valid."""
        return self.least.data or 0, self.reason.data or ""
