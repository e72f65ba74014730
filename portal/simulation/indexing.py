"""Copies of the texts by which submissions are found, beside the copies of the submissions.

Tokens are renamed letter by letter like the names they come from. What a name sounds like is not
worked out anew: a copy is found by its words and numbers, and for measuring no more is needed.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from portal.simulation.renaming import Round
from portal.simulation.rows import Pieces, Row, Rows, Table, Turn, cut, loaded
from portal.texts.data import Part, What
from portal.texts.present import extras_of, tokens_of
from portal.texts.queries import bucket
from portal.texts.rules.words import facet, number_token, reference_token

NAMES = {"name", "address"}
OWN, FIRM, REFERENCE, SHELF = "own", "firm", "reference", "shelf"
IN_SPACES = re.compile(r"([a-z0-9_]+)")
IN_QUOTES = re.compile(r"(?<=')([a-z0-9_]+)(?=')")  # beside their places
COLUMNS = ("id", "what", "thing_id", "owner_id", "received_at", "parts", "facets")
QUERY = (
    "SELECT t.id, t.what, t.thing_id, t.owner_id, t.received_at, t.parts, t.facets, {words}"
    " FROM search_text t JOIN search_index i ON i.{place} = t.id WHERE t.what = '{what}'"
)


@dataclass(slots=True)
class Indexed:
    """A text of an original, cut at what a copy has otherwise."""

    row: Row
    parts: Pieces
    facets: list[str]
    words: list[tuple[str, str]]  # text, and what it is when it is not the same in copies


class TextCopier:
    """Writes the index of copies as the service would, save for sounds of names."""

    def __init__(self, connection: Connection, traces: Mapping[Any, dict[str, str]]) -> None:
        self.postgresql = connection.dialect.name == "postgresql"
        words, place = ("i.words::text", "place") if self.postgresql else ("i.words", "rowid")
        self.tokens = IN_QUOTES if self.postgresql else IN_SPACES
        query = QUERY.format(words=words, place=place, what=What.RECORD.value)
        found = connection.exec_driver_sql(query).all()
        owners = "SELECT id, reference, organisation_id FROM submission"
        known = {row[0]: (row[1], plain(row[2])) for row in connection.exec_driver_sql(owners)}
        self.last = connection.exec_driver_sql("SELECT max(id) FROM search_text").scalar() or 0
        self.texts = Table("search_text", COLUMNS, ())
        self.index = Table("search_index", ("place" if self.postgresql else "rowid", "words"), ())
        self.kept = [
            self.planned(list(row), traces.get(row[3], {}), *known[row[3]]) for row in found
        ]

    def planned(self, row: Row, traces: Mapping[str, str], reference: str, firm: str) -> Indexed:
        """Return an original's text in pieces."""
        words, parts, facets = row.pop(), loaded(row[5]), loaded(row[6])
        shown = json.dumps(parts, ensure_ascii=False)
        special = {reference_token(reference): REFERENCE, number_token(reference): REFERENCE}
        special[facet("o", firm)] = FIRM
        special[bucket(row[0])] = SHELF
        for text, sort in traces.items():
            part = Part("", json.loads(f'"{text}"'), name=sort in NAMES)
            for token in (*tokens_of([part]), *extras_of([part])):
                special.setdefault(token, OWN)
        special.pop("_", None)
        special.pop("", None)
        merged: list[tuple[str, str]] = []
        for one in self.tokens.split(words):
            what = special.get(one, "")
            if merged and not what and not merged[-1][1]:
                merged[-1] = (merged[-1][0] + one, "")
            elif one:
                merged.append((one, what))
        return Indexed(row, cut(shown, traces), facets, merged)

    def rows(self, turn: Turn) -> tuple[Rows, Rows]:
        """Return the rows of a round for both tables."""
        texts: Rows = []
        index: Rows = []
        ids = turn.maps["submission"]
        for one in self.kept:
            key = one.row[3]
            if key not in ids:
                continue
            self.last += 1
            firm = facet("o", plain(turn.owners[key].organisation))
            reference = turn.references[key][0]
            parts = "".join(
                turn.names.shown(sort, text) if sort else text for text, sort in one.parts
            )
            facets = json.dumps([firm if told.startswith("o_") else told for told in one.facets])
            row = [self.last, one.row[1], ids[key], ids[key], turn.moments[key], parts, facets]
            texts.append(row)
            told = {
                FIRM: firm,
                REFERENCE: reference_token(reference),
                SHELF: bucket(self.last),
            }
            words = "".join(
                text if not what else told.get(what) or renamed(text, turn.names)
                for text, what in one.words
            )
            index.append([self.last, words])
        return texts, index


def plain(key: Any) -> str:
    """Return an id as 32 hexadecimal digits, however the database gave it."""
    return str(key).replace("-", "")


def renamed(token: str, names: Round) -> str:
    """Return a token as a copy has it; what says its sort stays."""
    head, rest = (token[:2], token[2:]) if token[1:2] == "_" else ("", token)
    if head == "h_":  # characters as numbers: another number is another character
        return token
    return head + names.plain(rest) if head else names.words(rest)
