"""Which two versions are compared."""

from collections.abc import Sequence

from wtforms import SelectField

from portal.core.forms import GetForm


class CompareForm(GetForm):
    """An older version and a newer one."""

    older = SelectField("From version", choices={})
    newer = SelectField("To version", choices={})

    def chosen(self, numbers: Sequence[int]) -> tuple[int, int]:
        """Offer the versions there are; return the two that are asked for, or the last two."""
        choices = {str(one): str(one) for one in numbers}
        self.older.choices = self.newer.choices = choices
        newest = numbers[0]
        before = numbers[1] if len(numbers) > 1 else newest
        found = []
        for field, usual in ((self.older, before), (self.newer, newest)):
            if field.data not in choices:
                field.data = str(usual)
            found.append(int(field.data))
        return min(found), max(found)
