"""What is checked."""

from flask_wtf.file import FileField, FileRequired
from wtforms import StringField

from portal.core.forms import AtMost, GetForm, PortalForm


class CodeForm(GetForm):
    """The code on a paper; in the address, because the QR code leads here."""

    code = StringField(
        "Check code",
        [AtMost(60)],
        description="16 letters and digits on the paper, such as 7KQ2-M9XC-22WP-HJ4R",
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )


class PaperForm(PortalForm):
    """The paper itself, as a file."""

    paper = FileField("The paper as PDF", [FileRequired("Choose the PDF")])
