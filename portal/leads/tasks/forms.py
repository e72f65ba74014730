"""Giving a task, and saying that it was done."""

from wtforms import BooleanField, SelectField, TextAreaField

from portal.core.forms import LONG, AtMost, DatePartsField, GetForm, PortalForm, Required
from portal.triage.desk.forms import one_id


class TaskForm(PortalForm):
    """What a colleague is to do, until when."""

    assignee = SelectField(
        "Who is to do it?", [Required("Choose a colleague")], choices={"": "Choose"}, coerce=one_id
    )
    due_on = DatePartsField(
        "Until when?", [Required("Enter the day")], description="For example, 27 3 2027"
    )
    text = TextAreaField("What is to be done?", [Required("Say what is to be done"), AtMost(LONG)])


class DoneForm(PortalForm):
    """How a task was done."""

    note = TextAreaField("How was it done?", [Required("Say how it was done"), AtMost(LONG)])


class TasksForm(GetForm):
    """Which tasks are listed."""

    done = BooleanField("Show those that are done")
