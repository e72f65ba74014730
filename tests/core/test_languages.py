"""Texts, options and days are said in the language of who reads, and looked up sparingly."""

from datetime import UTC, date, datetime

import pytest
from flask_babel import Domain
from wtforms import Form, SelectField

from portal.core import languages
from portal.core.ui import options


class Choice(Form):
    """A choice of a country, a number or nothing."""

    one = SelectField(choices={"": "", "3": "<b>Three</b>", '"4"': "Country"}, default="3")


@pytest.fixture
def request_of(app):
    """Return what opens a request that asks for a language."""

    def make(code):
        return app.test_request_context(headers={"Accept-Language": code})

    return make


@pytest.mark.parametrize(("code", "said"), [("en", "Country"), ("fr", "Pays")])
def test_a_choice_is_drawn_translated_and_escaped(request_of, code, said):
    with request_of(code):
        drawn = options(Choice().one)
    assert drawn.splitlines() == [
        '<option value=""></option>',
        '<option value="3" selected>&lt;b&gt;Three&lt;/b&gt;</option>',
        f'<option value="&#34;4&#34;">{said}</option>',
    ]


def test_250_options_ask_for_the_catalogue_once(request_of, monkeypatch):
    asked = []
    before = Domain.get_translations

    def counted(domain):
        asked.append(domain)
        return before(domain)

    monkeypatch.setattr(Domain, "get_translations", counted)
    with request_of("fr"):
        form = Choice()
        form.one.choices = {str(number): "Country" for number in range(250)}
        assert options(form.one).count("Pays") == 250
    assert len(asked) == 1


def test_texts_without_a_catalogue_stay_as_declared(request_of):
    with request_of("en"):
        assert languages.translated("country") == "country"
        assert languages.translated(None) == ""
    with request_of("fr"):
        assert languages.translated("Country") == "Pays"
        assert languages.translated("no such text") == "no such text"


@pytest.mark.parametrize(
    ("code", "said"),
    [("en", "5 March 2026, 14:07 UTC"), ("fr", "5 mars 2026, 14:07 UTC")],
)
def test_a_day_kept_for_one_language_is_not_shown_in_another(request_of, code, said):
    with request_of(code):
        assert languages.moment(datetime(2026, 3, 5, 14, 7, tzinfo=UTC)) == said
        assert languages.day(date(2026, 3, 5)) == said.split(",")[0]
