"""The languages of the portal: which one a page speaks, and how it writes days and numbers.

Texts are plain English where they are declared and are translated where they are shown: by `_()`
in templates for what stands there, by the filter `translated` for what comes from Python. Digits
are Latin everywhere, so that a quantity or a reference is read alike by everybody.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, tzinfo
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations
from flask import Flask, current_app, has_request_context, request
from flask_babel import Babel, force_locale, get_domain, get_locale
from flask_babel import gettext as look_up
from flask_babel import ngettext as look_up_several
from flask_login import current_user
from werkzeug.wrappers import Response

LANGUAGES: Mapping[str, str] = {
    "en": "English",
    "fr": "Français",
    "es": "Español",
    "ru": "Русский",
    "zh": "中文",
    "ar": "العربية",
    "th": "ไทย",
}
DEFAULT = "en"
COOKIE = "language"
COOKIE_LASTS = 365 * 24 * 3600  # seconds
TRANSLATIONS = Path(__file__).parent.parent / "translations"
NO_COUNTRY = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "CP", "DG", "EA", "IC", "TA", "CQ"}
COUNTRY_CODE = 2  # letters
WITHOUT_TEXTS = (NullTranslations, Translations)  # if no file of texts was read into them


def init_app(app: Flask) -> None:
    """Let pages speak the language of who reads them."""
    Babel(
        app,
        default_locale=DEFAULT,
        default_translation_directories=str(TRANSLATIONS),
        locale_selector=selected,
    )
    env = app.jinja_env
    env.policies["ext.i18n.trimmed"] = True
    env.filters["translated"] = translated
    env.globals |= {
        "languages": LANGUAGES,
        "language": current,
        "direction": direction,
        "here": here,
    }


def selected() -> str:
    """Return the language asked for: by the account, the cookie, or the browser."""
    if not has_request_context():
        return DEFAULT
    own = getattr(current_user, "language", "") if current_user else ""
    for wanted in (own, request.cookies.get(COOKIE, "")):
        if wanted in LANGUAGES:
            return wanted
    return request.accept_languages.best_match(LANGUAGES) or DEFAULT


def current() -> str:
    """Return the language that is spoken now."""
    locale = get_locale()
    return str(locale.language) if locale else DEFAULT


def direction() -> str:
    """Return whether the language is written from left or from right."""
    return str(Locale(current()).text_direction)


@contextmanager
def in_language(code: str) -> Iterator[None]:
    """Speak a language for a while: for a mail or a paper to somebody who is not the reader."""
    with force_locale(code if code in LANGUAGES else DEFAULT):
        yield


def remember(response: Response, code: str) -> None:
    """Let the browser keep the language."""
    response.set_cookie(
        COOKIE,
        code,
        max_age=COOKIE_LASTS,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )


def here() -> str:
    """Return the address of this page, if it can be opened again; else that of the first one."""
    rule = request.url_rule if has_request_context() else None
    if rule is None or "GET" not in (rule.methods or ()):
        return "/"
    return request.full_path.removesuffix("?")


def gettext(text: str, **values: Any) -> str:
    """Return a text in the language spoken now, with values for its %(names)s."""
    return str(look_up(text, **values))


def ngettext(one: str, several: str, num: int, **values: Any) -> str:
    """Return a text that counts something; %(num)s is the count."""
    return str(look_up_several(one, several, num, **values))


def translator() -> Callable[[object], str]:
    """Return what says texts in the language spoken now; for many texts it is asked for once.

    Texts are declared in English, so one that has no catalogue is shown as it is.
    """
    catalogue = get_domain().get_translations()
    if type(catalogue) in WITHOUT_TEXTS and not catalogue.files:
        return lambda text: str(text or "")
    return lambda text: said_by(catalogue, str(text or ""))


def translated(text: object) -> str:
    """Return a text declared in Python, as it is shown; one that nobody declared stays as it is."""
    return translator()(text)


def said_by(catalogue: NullTranslations, plain: str) -> str:
    """Return a text as a catalogue has it.

    A word that is declared with a small letter is found under a capital too: a label is the word
    of an enumeration at the front of a line.
    """
    if not plain:
        return plain
    found = str(catalogue.ugettext(plain))
    small = plain[:1].lower() + plain[1:]
    if found != plain or small == plain:
        return found
    other = str(catalogue.ugettext(small))
    return plain if other == small else other[:1].upper() + other[1:]


def locale() -> Locale:
    """Return whose days and numbers are written: English ones are those of Britain."""
    return locale_of(current())


@lru_cache(maxsize=len(LANGUAGES))
def locale_of(code: str) -> Locale:
    """Return whose days and numbers a language writes."""
    return Locale("en", "GB") if code == DEFAULT else Locale(code)


def day(value: date | None) -> str:
    """Write a day as `31 March 2026` is written in the language."""
    return day_in(value, locale()) if value else ""


@lru_cache(maxsize=4096)
def day_in(value: date, whose: Locale) -> str:
    """Write a day as it is written somewhere; a list names the same days in many rows."""
    return str(format_date(value, "long", whose))


def month(value: date) -> str:
    """Write a month as `March 2026` is written in the language."""
    return str(format_skeleton("yMMMM", value, locale=locale()))


def moment(value: datetime, zone: tzinfo | None = None, *, seconds: bool = False) -> str:
    """Write a time as `31 March 2026, 14:05 CEST`; in its own zone, or in the one given."""
    local = value.astimezone(zone) if zone else value
    clock = f"{local:%H:%M:%S %Z}" if seconds else f"{local:%H:%M %Z}"
    whose = locale()
    pattern = str(whose.datetime_formats["medium"])
    return pattern.replace("{1}", day_in(local.date(), whose)).replace("{0}", clock)


def decimal(value: Decimal) -> str:
    """Write a number in full, without needless zeros and never with an exponent."""
    return str(
        format_decimal(
            value,
            locale=locale(),
            decimal_quantization=False,
            group_separator=False,
            numbering_system="latn",
        )
    )


def count(value: int) -> str:
    """Write a whole number with its thousands apart."""
    return str(format_decimal(value, locale=locale(), numbering_system="latn"))


def country_name(code: str | None) -> str:
    """Return the name of a country, or the code when it has none."""
    return str(locale().territories.get(code or "", code or ""))


def countries() -> Mapping[str, str]:
    """Return ISO 3166-1 alpha-2 codes with the names of countries, by name."""
    return countries_in(current())


@lru_cache(maxsize=len(LANGUAGES))
def countries_in(code: str) -> Mapping[str, str]:
    """Return the countries as a language names and orders them."""
    known = {
        country: name
        for country, name in Locale(code).territories.items()
        if len(country) == COUNTRY_CODE and country.isalpha() and country not in NO_COUNTRY
    }
    return dict(sorted(known.items(), key=lambda item: item[1]))
