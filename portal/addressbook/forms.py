"""The pages of an entry, and what a page of a draft offers of the book."""

from typing import Any

from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import UUID, Optional

from portal.addressbook.data import EntrySort
from portal.core.forms import SHORT, AtMost, GetForm, PortalForm, one_of, options
from portal.submissions.questions import LineForm, PartyForm


class PersonForm(PartyForm):
    """Somebody in the book; what they do is said in each filing."""

    role: Any = None
    relation: Any = None


class ProductForm(LineForm):
    """A product in the book; quantities are said in each filing."""

    quantity: Any = None
    packages: Any = None
    batch: Any = None
    value: Any = None
    currency: Any = None


class BookSearch(GetForm):
    """Which entries."""

    q = StringField("Search", [AtMost(SHORT)], description="Part of a name or a place")
    sort = SelectField(
        "What", [Optional()], choices=options(EntrySort, blank="All"), coerce=one_of(EntrySort)
    )
    after = StringField("After", [Optional(), UUID()])


class ShelfForm(PortalForm):
    """What a page of a draft offers of the book; the page's own form holds the token."""

    class Meta(PortalForm.Meta):
        """The page's own form holds the token."""

        csrf = False

    book_entry = SelectField("Take from your address book", [Optional()], choices={"": "Choose"})
    book_keep = BooleanField(
        "Keep this in our address book",
        description="Your colleagues see it there. Nothing says from where it came",
    )
