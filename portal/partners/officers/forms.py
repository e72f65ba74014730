"""Pages on which people of a partner are admitted and withdrawn."""

from dataclasses import replace

from wtforms import SelectField, StringField, TextAreaField

from portal.core.access import Role
from portal.core.forms import (
    LONG,
    SHORT,
    AtMost,
    PortalForm,
    Required,
    email,
    label_of,
    one_of,
    optional,
)
from portal.partners.officers.data import Person

ROLES = (Role.PARTNER_OFFICER, Role.PARTNER_ADMIN)


class ColleagueForm(PortalForm):
    """Somebody of one's own partner."""

    name = StringField("Name", [Required("Enter the name"), AtMost(SHORT)])
    email = StringField(
        "E-mail address",
        [Required("Enter the address"), AtMost(SHORT), optional(email)],
        description="Of the service, never a private one",
    )
    position = StringField(
        "Rank or position", [Required("Enter the rank or position"), AtMost(SHORT)]
    )
    grounds = TextAreaField(
        "How was this person vetted?",
        [Required("Say who vetted the person, when, and on which paper"), AtMost(LONG)],
        description="Who vetted the person, when, and on which paper. It is kept as the decision",
    )

    def to_person(self) -> Person:
        """Return who shall be admitted; call only once valid."""
        return Person(
            name=self.name.data or "",
            email=self.email.data or "",
            position=self.position.data or "",
            grounds=self.grounds.data or "",
        )


class OfficerForm(ColleagueForm):
    """Somebody of a partner, admitted by the registrar, who may appoint an administrator."""

    role = SelectField(
        "Role",
        [Required("Choose the role")],
        choices={"": "Choose", **{role.value: label_of(role) for role in ROLES}},
        coerce=one_of(Role),
        description="An administrator reads what an officer reads, and invites colleagues",
    )

    def to_person(self) -> Person:
        """Return who shall be admitted; call only once valid."""
        return replace(super().to_person(), administers=self.role.data is Role.PARTNER_ADMIN)


class WithdrawForm(PortalForm):
    """Why somebody is withdrawn."""

    reason = TextAreaField("Why?", [Required("Say why"), AtMost(LONG)])


class AgainForm(PortalForm):
    """On what grounds somebody is admitted again."""

    grounds = TextAreaField(
        "How was this person vetted again?",
        [Required("Say who vetted the person, when, and on which paper"), AtMost(LONG)],
    )
