"""What an officer types at a border, and what is written about a request."""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from wtforms import FieldList, FormField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import UUID, Optional, Regexp, ValidationError

from portal.core.forms import LONG, SHORT, AtMost, GetForm, PortalForm, Required
from portal.leads.sanitising.data import Mark, Reply
from portal.leads.sanitising.forms import KEEP, MarkForm
from portal.leads.sanitising.holding import Held

MOST_TYPED = 300  # characters; an address in a QR code fits
KEY = r"[A-Za-z0-9-]{8,64}"


class CheckForm(PortalForm):
    """One thing to look for. It is posted: addresses stay in histories and logs."""

    typed = StringField(
        "Reference, container number or code",
        [Required("Type or scan something"), AtMost(MOST_TYPED)],
        description="Such as EN-7KQ2-M9XC, CSQU 305438 3, or the code under the square on a paper",
        render_kw={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"},
    )
    place = StringField(
        "Where you are",
        [AtMost(SHORT)],
        description="Post, gate or lane",
        render_kw={"autocomplete": "off"},
    )
    key = HiddenField(validators=[Optional(), Regexp(KEY)])
    made_at = HiddenField()

    def sent(self) -> tuple[str, datetime | None]:
        """Return under which key it was typed, and when; a new key if the page made none."""
        return self.key.data or uuid.uuid4().hex, moment_of(self.made_at.data or "")


def moment_of(text: str) -> datetime | None:
    """Return the moment that a device wrote down, if it can be read."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else None


class PageForm(GetForm):
    """Where a list goes on."""

    before = StringField("Before", [Optional(), UUID()])


class MessageForm(PortalForm):
    """A partner's word about its own request."""

    text = TextAreaField("Your message", [Required("Write something"), AtMost(LONG)])


class AnswerForm(PortalForm):
    """What the authority would answer."""

    text = TextAreaField(
        "What the partner is told",
        [AtMost(LONG)],
        description="What in it points to who reported is marked, and answered before it is sent."
        " A second officer must agree before it is sent",
    )
    hand_over = SelectField(
        "Or a lead that was handed to this partner", [Optional()], default="", choices={"": "None"}
    )

    marks = FieldList(FormField(MarkForm))

    @property
    def lead(self) -> uuid.UUID | None:
        """Return which lead was chosen."""
        try:
            return uuid.UUID(self.hand_over.data or "")
        except ValueError:
            return None

    def rows(self, marks: Sequence[Mark]) -> list[tuple[Any, Mark]]:
        """Return each mark of the text with its form, which offers the answers."""
        known = {mark.key: mark for mark in marks}
        asked = [one.form for one in self.marks if one.form.mark.data in known]
        pairs = [(form, known[form.mark.data]) for form in asked]
        for form, mark in pairs:
            form.offer(mark)
        return pairs

    def missing(self, marks: Sequence[Mark]) -> bool:
        """Ask for what the answers to marks need; tell whether something is missing."""
        lacking = [form for form, _ in self.rows(marks) if form.missing()]
        self.marks.errors = ["Answer the marks"] if lacking else []
        return bool(lacking)

    def replies(self, marks: Sequence[Mark]) -> list[Reply]:
        """Return how marks are answered, those that are."""
        return [reply for form, mark in self.rows(marks) if (reply := form.reply(mark))]

    def show(self, held: Held) -> None:
        """Show the text with its open and its kept marks."""
        self.text.data = held.text
        while self.marks.entries:
            self.marks.pop_entry()
        for mark in held.marks:
            reason = held.kept.get(mark.key, "")
            chosen = KEEP if reason else None
            self.marks.append_entry({"mark": mark.key, "answer": chosen, "text": reason})

    def validate_text(self, field: Any) -> None:
        """Ask for words, or a lead."""
        if not field.data and not self.hand_over.data:
            raise ValidationError("Write an answer, or choose a lead")


class DecideForm(PortalForm):
    """Why an answer is not agreed to."""

    remark = TextAreaField("Why not", [AtMost(LONG)])
