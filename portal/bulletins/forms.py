"""The forms of those who write and approve bulletins."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import BooleanField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import UUID as ID
from wtforms.validators import Optional, ValidationError

from portal.bulletins.data import Aim, NamePattern, Said, Signs, Sort, Told
from portal.bulletins.life import PatternSort
from portal.bulletins.models import BulletinEdition
from portal.bulletins.naming import Clash
from portal.bulletins.rules import LEAST_NAME, MOST_NAMES, MOST_TOKENS, tokens_of
from portal.core.db import get_session
from portal.core.forms import (
    LONG,
    SHORT,
    AtMost,
    DatePartsField,
    GetForm,
    PortalForm,
    Required,
    answered,
    lines_of,
    one_of,
    options,
)
from portal.core.languages import LANGUAGES, countries_in
from portal.core.text import search_key
from portal.reference import queries as reference
from portal.registration.forms import Activity

FORM_HELP = "A a word, 9 a number, A9 letters and digits mixed, * anything; other words as they are"
EXACT = 100  # score of a name or number typed in full
MOST_LINES = 30
LICENSED = {"": "Either", "yes": "With one", "no": "Without one"}
PATTERNS: Mapping[str, PatternSort] = {
    "words": PatternSort.WORDS,
    "look_alikes": PatternSort.LOOK_ALIKE,
    "shapes": PatternSort.FORM,
}


def each_line(read: Any) -> Any:
    """Return a check that reads each line of a field, and says which cannot be read."""

    def check(_form: Any, field: Any) -> None:
        lines = lines_of(field.data)
        if len(lines) > MOST_LINES:
            raise ValidationError(f"Use at most {MOST_LINES} lines; there are {len(lines)}")
        found = []
        for number, line in enumerate(lines, start=1):
            try:
                found.append(read(line))
            except ValueError as error:
                raise ValidationError(f"Line {number}: {error}") from None
        field.read = tuple(dict.fromkeys(found))

    return check


def a_substance(line: str) -> str:
    """Return the key of a substance by its name or number.

    Raises:
        ValueError: none, or more than one, is called so.
    """
    hits = reference.find_substances(get_session(), line)
    exact = {hit.substance.key for hit in hits if hit.score >= EXACT}
    if len(exact) != 1:
        raise ValueError(f"“{line}” is not the name or number of one substance on the list")
    return exact.pop()


def a_country(line: str) -> str:
    """Return the code of a country by its code or English name.

    Raises:
        ValueError: there is none.
    """
    known = countries_in("en")
    if line.upper() in known:
        return line.upper()
    names = {name.casefold(): code for code, name in known.items()}
    if line.casefold() not in names:
        raise ValueError(f"“{line}” is no country; use its English name or its code")
    return names[line.casefold()]


def a_route(line: str) -> tuple[str, str]:
    """Return the ends of a route.

    Raises:
        ValueError: it has not two.
    """
    start, sign, end = line.partition(">")
    if not sign:
        raise ValueError("write the two countries with > between them, such as NL > TH")
    return a_country(start.strip()), a_country(end.strip())


def some_words(line: str) -> str:
    """Return words that can be looked for.

    Raises:
        ValueError: they would be in every other name.
    """
    if len(search_key(line).replace(" ", "")) < LEAST_NAME:
        raise ValueError(f"“{line}” is too short: it would be found everywhere")
    if len(line) > SHORT:
        raise ValueError(f"use at most {SHORT} characters")
    return line


def a_form(line: str) -> str:
    """Return a form that does not fit everything.

    Raises:
        ValueError: it does.
    """
    tokens = tokens_of(line)
    if len(tokens) > MOST_TOKENS:
        raise ValueError(f"use at most {MOST_TOKENS} words")
    if set(tokens) <= {"*", "A"}:
        raise ValueError(f"“{line}” fits nearly every name")
    return line


class TextForm(PortalForm):
    """A bulletin in one language."""

    language = SelectField(
        "Language", [Required("Choose the language")], choices=dict(LANGUAGES), default="en"
    )
    title = StringField("Title", [Required("Enter a title"), AtMost(SHORT)])
    body = TextAreaField(
        "Text",
        [Required("Enter the text"), AtMost(LONG)],
        description="Companies read it word for word. Name no customer, no company and no case",
    )

    def said(self) -> Said:
        """Return the text; call only once valid."""
        return Said(self.language.data, answered(self.title.data), answered(self.body.data))


class BulletinForm(TextForm):
    """A whole bulletin: text, whom it addresses, when it is shown."""

    groups = (
        ("What companies read", "", ("sort", "language", "title", "body")),
        (
            "Whom it addresses, and when",
            "",
            ("activities", "licensed", "substances", "valid_from", "valid_until"),
        ),
        (
            "Shown beside a draft when it has",
            "Only to companies that it addresses, and by what their reporter typed alone."
            " Companies never see these signs. Write one on each line.",
            (
                *("sign_substances", "goods", "countries", "routes"),
                *("words", "look_alikes", "shapes", "together"),
            ),
        ),
    )
    sort = SelectField(
        "What is it about?",
        [Required("Choose what it is about")],
        choices=options(Sort, blank="Choose"),
        coerce=one_of(Sort),
    )
    valid_from = DatePartsField(
        "First day", [Optional()], description="If left empty, from its approval"
    )
    valid_until = DatePartsField(
        "Last day", [Optional()], description="If left empty, until it is withdrawn"
    )
    activities = SelectMultipleField(
        "Companies of which activity?", choices=options(Activity), description="None: all of them"
    )
    licensed = SelectField("With a licence or registration on file?", choices=LICENSED)
    substances = TextAreaField(
        "Companies that handle which substances?",
        [each_line(a_substance)],
        description="One a line, by name or CAS number; none: all companies. One whose file names"
        " no substance is addressed too",
    )
    sign_substances = TextAreaField(
        "A line of these substances",
        [each_line(a_substance)],
        description="By name or CAS number",
    )
    goods = TextAreaField(
        "Goods not on the list whose name has these words",
        [each_line(some_words)],
        description="Every word of a line must be there, in any order",
    )
    countries = TextAreaField(
        "A country that is named", [each_line(a_country)], description="Such as TH or Thailand"
    )
    routes = TextAreaField("A route", [each_line(a_route)], description="Such as NL > TH")
    words = TextAreaField(
        "A name with these words",
        [each_line(some_words)],
        description="Every word of a line must be there, in any order and script",
    )
    look_alikes = TextAreaField(
        "A name that looks like this one and is another",
        [each_line(some_words)],
        description="Such as the name of a firm that others pretend to be",
    )
    shapes = TextAreaField("A name of this form", [each_line(a_form)], description=FORM_HELP)
    together = BooleanField("Show it only when a sign of each sort that you gave is there")

    def validate_valid_until(self, field: Any) -> None:
        """Refuse an end before the beginning."""
        if field.data and self.valid_from.data and field.data < self.valid_from.data:
            raise ValidationError("The last day is before the first")

    def validate_shapes(self, _field: Any) -> None:
        """Hold the patterns of names to what is compared with every name."""
        if sum(len(lines_of(self[name].data)) for name in PATTERNS) > MOST_NAMES:
            raise ValidationError(f"Use at most {MOST_NAMES} patterns of names in all")

    def told(self) -> Told:
        """Return what is said beside the text; call only once valid."""
        return Told(
            sort=answered(self.sort.data),
            aim=Aim(
                activities=tuple(self.activities.data or ()),
                substances=self.substances.read,
                licensed={"yes": True, "no": False}.get(self.licensed.data),
            ),
            signs=self.signs(),
            valid_from=self.valid_from.data,
            valid_until=self.valid_until.data,
        )

    def signs(self) -> Signs:
        """Return when it is shown beside a draft."""
        return Signs(
            substances=self.sign_substances.read,
            goods=self.goods.read,
            countries=self.countries.read,
            routes=self.routes.read,
            names=tuple(
                NamePattern(sort.value, value)
                for name, sort in PATTERNS.items()
                for value in self[name].read
            ),
            together=bool(self.together.data),
        )


def filled(edition: BulletinEdition, names: Mapping[str, str]) -> dict[str, Any]:
    """Return what stands in the form of an edition; names of substances by their keys."""
    signs, aim = edition.shown_when, edition.aim
    text = next((one for one in edition.said if one.language == "en"), edition.said[0])
    patterns = {
        field: "\n".join(one.value for one in signs.names if one.sort == sort)
        for field, sort in PATTERNS.items()
    }
    return {
        "language": text.language,
        "title": text.title,
        "body": text.body,
        "sort": edition.sort,
        "valid_from": edition.valid_from,
        "valid_until": edition.valid_until,
        "activities": list(aim.activities),
        "licensed": {True: "yes", False: "no"}.get(aim.licensed, "")
        if aim.licensed is not None
        else "",
        "substances": "\n".join(names.get(key, key) for key in aim.substances),
        "sign_substances": "\n".join(names.get(key, key) for key in signs.substances),
        "goods": "\n".join(signs.goods),
        "countries": "\n".join(signs.countries),
        "routes": "\n".join(f"{start} > {end}" for start, end in signs.routes),
        "together": signs.together,
        **patterns,
    }


class ButtonForm(PortalForm):
    """A form that is only a button."""


class ReasonForm(PortalForm):
    """Why something is done; for officers alone."""

    reason = TextAreaField(
        "Why?",
        [Required("Enter the reason"), AtMost(LONG)],
        description="Companies never see this",
    )


class PageForm(GetForm):
    """Which page of the list is wanted."""

    after = StringField("After", [Optional(), ID()])


class AnswersForm(PortalForm):
    """Why each name may stand in a bulletin."""

    def reasons(self, found: Sequence[Clash]) -> dict[str, str]:
        """Return the reasons that were given, each under what it is kept by."""
        return {one.key: self[f"name_{place}"].data or "" for place, one in enumerate(found)}


def answers_for(found: Sequence[Clash], known: Mapping[str, str]) -> AnswersForm:
    """Return a form that asks of each name why it may stand."""
    fields = {
        f"name_{place}": StringField(
            f"“{one.words}” – why may it stand?",
            [Required(f"Say why “{one.words}” may stand, or write the text without it")],
            description=one.why,
            default=known.get(one.key, ""),
        )
        for place, one in enumerate(found)
    }
    form: AnswersForm = type("AnswersFormOf", (AnswersForm,), fields)()
    return form
