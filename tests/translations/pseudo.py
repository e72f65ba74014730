"""A language in which every text that the catalogue knows stands between marks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.support import NullTranslations
from bs4 import BeautifulSoup, Comment, Doctype
from flask_babel import Domain

BEGIN, END = "⟦", "⟧"
VALUE = re.compile(r"(%\(\w+\)[sd]|\{\w*\}|</?[a-z][^>]*>)")
MARKED = re.compile(f"{BEGIN}[^{BEGIN}{END}]*{END}")
LETTERS = re.compile(r"[^\W\d_]{2,}")
SAID = ("aria-label", "title", "placeholder", "alt", "data-label", "data-saved", "data-not-saved",
        "data-words", "data-suggestions", "data-suggested", "data-no-suggestions")  # fmt: skip
NEVER_SHOWN = ("script", "style", "template")


def marked(text: str) -> str:
    """Put marks around the words of a text, but not around its values and tags."""
    parts = VALUE.split(text)
    return "".join(
        part if index % 2 or not part.strip() else f"{BEGIN}{part}{END}"
        for index, part in enumerate(parts)
    )


def known_texts() -> frozenset[str]:
    """Return every text that the catalogue takes from the code."""
    with Path("babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    texts: set[str] = set()
    for _, _, message, _, _ in extract_from_dir(".", methods, options):
        texts.update((message,) if isinstance(message, str) else message)
    return frozenset(texts)


class Marking(NullTranslations):
    """Marks what it knows and leaves the rest."""

    def __init__(self, known: frozenset[str]) -> None:
        super().__init__()
        self.known = known

    def ugettext(self, message: str) -> str:
        return marked(message) if message in self.known else message

    def ungettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.ugettext(msgid1 if n == 1 else msgid2)

    gettext, ngettext = ugettext, ungettext


class MarkingDomain(Domain):
    """Speaks the language of marks to everybody."""

    def __init__(self, known: frozenset[str]) -> None:
        super().__init__()
        self.translations = Marking(known)

    def get_translations(self) -> NullTranslations:
        return self.translations


def visible(soup: BeautifulSoup) -> Iterator[str]:
    """Yield every text of a page that somebody sees or hears."""
    for node in soup.find_all(string=True):
        if isinstance(node, (Comment, Doctype)) or node.find_parent(NEVER_SHOWN):
            continue
        if node.strip():
            yield " ".join(node.split())
    for tag in soup.find_all(True):
        yield from (str(tag[name]) for name in SAID if tag.get(name))


@dataclass(frozen=True)
class Data:
    """What may stand outside of marks: words as they are, and forms before and after them."""

    words: tuple[str, ...]  # the longest first
    before: tuple[str, ...]
    after: tuple[str, ...]

    def without(self, text: str) -> str:
        """Return what is left of a text; only words that it holds are looked for."""
        held = [rf"(?<!\w){re.escape(one)}(?!\w)" for one in self.words if one in text]
        return re.sub("|".join([*self.before, *held, *self.after]), " ", text)


def forgotten(text: str, data: Data) -> str:
    """Return what stands in a text outside marks and is no data; nothing if all is well."""
    before = None
    while before != text:
        before, text = text, MARKED.sub(" ", text)
    if not LETTERS.search(text):
        return ""
    rest = data.without(text)
    return rest.strip() if LETTERS.search(rest) else ""
