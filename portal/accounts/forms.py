"""The pages of signing in and of one's own account."""

from zoneinfo import available_timezones

from wtforms import BooleanField, PasswordField, SelectField, StringField

from portal.core.access import Role
from portal.core.forms import (
    SHORT,
    AtMost,
    GetForm,
    PortalForm,
    Required,
    email,
    label_of,
    one_of,
    optional,
)
from portal.core.languages import LANGUAGES

STAFF_ROLES = (
    Role.TRIAGE_OFFICER,
    Role.ANALYST,
    Role.SUPERVISOR,
    Role.REGISTRAR,
    Role.AUDITOR,
    Role.SYSTEM_ADMIN,
)
COMPANY = (Role.REPORTER, Role.COMPANY_ADMIN)
PASSWORD_MOST = 1024  # characters read; what may be kept is less


class ButtonForm(PortalForm):
    """A form that is only a button."""


class NextForm(GetForm):
    """Where somebody was going."""

    next = StringField("Next")

    def local(self) -> str | None:
        """Return the address if it is one of this portal."""
        return local(self.next.data or "")


def local(wanted: str) -> str | None:
    """Return an address if it is one of this portal."""
    if not wanted.startswith("/") or wanted.startswith(("//", "/\\")) or "\\" in wanted:
        return None
    return wanted if wanted.isprintable() else None


class LanguageForm(PortalForm):
    """Which language the pages shall speak, and which page to show again."""

    language = SelectField("Language", choices=LANGUAGES)
    next = StringField("Next")


class SignInForm(PortalForm):
    """Address and password."""

    email = StringField(
        "E-mail address",
        [Required("Enter your e-mail address"), AtMost(SHORT)],
        render_kw={"autocomplete": "username", "spellcheck": "false"},
    )
    password = PasswordField(
        "Password",
        [Required("Enter your password"), AtMost(PASSWORD_MOST)],
        render_kw={"autocomplete": "current-password"},
    )


class CodeForm(PortalForm):
    """The second factor."""

    code = StringField(
        "Code",
        [Required("Enter the code"), AtMost(40)],
        description="Six digits from your authenticator app, or one of your recovery codes",
        render_kw={"autocomplete": "one-time-code", "inputmode": "text"},
    )


class FactorForm(PortalForm):
    """The first code of a new second factor."""

    code = StringField(
        "Code that the app shows now",
        [Required("Enter the code"), AtMost(40)],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )


class AddressForm(PortalForm):
    """Whose password is forgotten."""

    email = StringField(
        "E-mail address",
        [Required("Enter your e-mail address"), AtMost(SHORT), email],
        render_kw={"autocomplete": "username"},
    )


class NewPasswordForm(PortalForm):
    """A new password, typed once: one may look at it."""

    password = PasswordField(
        "New password",
        [Required("Enter a password"), AtMost(PASSWORD_MOST)],
        description="At least 12 characters with a second factor, 15 without. Several words are"
        " good; a password manager is better.",
        render_kw={"autocomplete": "new-password"},
    )


class ConfirmForm(PortalForm):
    """The password once more, before a dangerous deed."""

    password = PasswordField(
        "Password",
        [Required("Enter your password"), AtMost(PASSWORD_MOST)],
        render_kw={"autocomplete": "current-password"},
    )


class ChangePasswordForm(NewPasswordForm):
    """A new password, allowed by the present one."""

    current = PasswordField(
        "Present password",
        [Required("Enter your present password"), AtMost(PASSWORD_MOST)],
        render_kw={"autocomplete": "current-password"},
    )


class ChangeEmailForm(PortalForm):
    """Another address, allowed by the password."""

    email = StringField(
        "New e-mail address",
        [Required("Enter the new address"), AtMost(SHORT), email],
        render_kw={"autocomplete": "email"},
    )
    current = PasswordField(
        "Present password",
        [Required("Enter your present password"), AtMost(PASSWORD_MOST)],
        render_kw={"autocomplete": "current-password"},
    )


class SettingsForm(PortalForm):
    """How times are shown."""

    name = StringField("Your name", [Required("Enter your name"), AtMost(SHORT)])
    time_zone = SelectField(
        "Time zone", choices={"": "The authority's"} | {z: z for z in sorted(available_timezones())}
    )


class InviteColleagueForm(PortalForm):
    """Somebody of one's own organisation."""

    name = StringField("Name", [Required("Enter the name"), AtMost(SHORT)])
    email = StringField(
        "E-mail address", [Required("Enter the address"), AtMost(SHORT), optional(email)]
    )
    role = SelectField(
        "Role",
        [Required("Choose the role")],
        choices={role.value: label_of(role) for role in COMPANY},
        coerce=one_of(Role),
    )
    reads_colleagues = BooleanField("May read suspicious orders that colleagues reported")


class InviteStaffForm(PortalForm):
    """Somebody of the authority or of a partner."""

    name = StringField("Name", [Required("Enter the name"), AtMost(SHORT)])
    email = StringField(
        "E-mail address", [Required("Enter the address"), AtMost(SHORT), optional(email)]
    )
    organisation = SelectField("Organisation", [Required("Choose the organisation")], choices={})
    role = SelectField(
        "Role",
        [Required("Choose the role")],
        choices={"": "Choose", **{role.value: label_of(role) for role in STAFF_ROLES}},
        coerce=one_of(Role),
    )


class RoleForm(PortalForm):
    """Another role for somebody."""

    role = SelectField(
        "New role",
        [Required("Choose the role")],
        choices={"": "Choose", **{role.value: label_of(role) for role in STAFF_ROLES}},
        coerce=one_of(Role),
    )
