"""The form of weights and switches: two answers for each rule that there is."""

from collections.abc import Mapping
from typing import Any

from wtforms import BooleanField, Field, IntegerField, TextAreaField
from wtforms.validators import InputRequired, NumberRange

from portal.core.forms import LONG, AtMost, PortalForm, Required
from portal.triage.data import Setting
from portal.triage.rules import RULES
from portal.triage.weights import Weights

MOST = 80  # points of one rule: it alone may make a case of high priority


class WeightsForm(PortalForm):
    """What the rules count, and why it is to change."""

    reason = TextAreaField(
        "Why do you change it?", [Required("Enter the reason"), AtMost(LONG)], description="Kept"
    )

    def weight(self, code: str) -> Field:
        """Return the input of a rule's weight."""
        return self[f"weight-{code}"]

    def switch(self, code: str) -> Field:
        """Return the input of a rule's switch."""
        return self[f"on-{code}"]

    def settings(self) -> Mapping[str, Setting]:
        """Return what was set; call only once valid."""
        return {
            rule.code: Setting(self.weight(rule.code).data, self.switch(rule.code).data)
            for rule in RULES
        }


def weights_form(weights: Weights) -> WeightsForm:
    """Return the form, filled with the weights in force."""
    inputs: dict[str, Any] = {}
    for rule in RULES:
        known = weights.of(rule)
        inputs[f"weight-{rule.code}"] = IntegerField(
            rule.title,
            [
                InputRequired(f"Enter the points of: {rule.title}"),
                NumberRange(0, MOST, f"Enter 0 to {MOST}"),
            ],
            default=known.weight,
        )
        inputs[f"on-{rule.code}"] = BooleanField(f"On: {rule.title}", default=known.on)
    made: WeightsForm = type("FilledWeightsForm", (WeightsForm,), inputs)()
    return made
