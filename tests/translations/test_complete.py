"""Every text of the reporting side stands in every language, whole."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from portal.core.languages import DEFAULT, LANGUAGES, TRANSLATIONS, in_language, translated

OTHERS = [code for code in LANGUAGES if code != DEFAULT]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
TAG = re.compile(r"</?[a-z][^>]*>")


def texts_of(message) -> tuple[str, ...]:
    """Return the one text of a message, or its forms."""
    return (message,) if isinstance(message, str) else tuple(message)


@pytest.fixture(scope="module")
def wanted() -> set[str]:
    """Return every text that people on the reporting side read, in English."""
    with Path("babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(".", methods, options)
    return {texts_of(message)[0] for _, _, message, _, _ in found}


def catalogue(code: str) -> Catalog:
    """Return the translations into a language, as they are kept."""
    with (TRANSLATIONS / code / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=code)


def test_more_than_1500_texts_are_found(wanted):
    assert len(wanted) > 1500


@pytest.mark.parametrize("code", OTHERS)
def test_0_texts_are_missing(code, wanted):
    known = catalogue(code)
    missing = {
        text
        for text in wanted
        if (found := known.get(text)) is None or found.fuzzy or not all(texts_of(found.string))
    }
    assert missing == set()


@pytest.mark.parametrize("code", OTHERS)
def test_0_texts_lose_a_value_or_a_tag(code):
    known = catalogue(code)
    for message in known:
        if not message.id:
            continue
        allowed = {part for text in texts_of(message.id) for part in PLACEHOLDER.findall(text)}
        for text in texts_of(message.string):
            assert set(PLACEHOLDER.findall(text)) <= allowed, text
            assert sorted(TAG.findall(text)) == sorted(TAG.findall(texts_of(message.id)[-1])), text
        if isinstance(message.id, str):
            assert sorted(PLACEHOLDER.findall(message.id)) == sorted(
                PLACEHOLDER.findall(str(message.string))
            ), message.id


@pytest.mark.parametrize("code", OTHERS)
def test_plural_forms_are_as_many_as_the_language_has(code):
    known = catalogue(code)
    several = [one for one in known if one.id and not isinstance(one.id, str)]
    assert several
    for one in several:
        assert len(texts_of(one.string)) == known.num_plurals, one.id


def said_in(known: Catalog) -> dict[str, tuple[str, ...]]:
    """Return every text of a catalogue by its English."""
    return {texts_of(one.id)[0]: texts_of(one.string) for one in known if one.id and one.string}


@pytest.mark.parametrize("code", OTHERS)
def test_what_is_compiled_is_what_is_kept(code):
    compiled = (TRANSLATIONS / code / "LC_MESSAGES" / "messages.mo").read_bytes()
    assert said_in(read_mo(BytesIO(compiled))) == said_in(catalogue(code))


@pytest.mark.parametrize("code", LANGUAGES)
def test_0_words_are_0_words_in_every_language(app, code):
    with app.test_request_context(), in_language(code):
        assert (translated(""), translated(None)) == ("", "")
