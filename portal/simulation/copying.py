"""Copying every row that the real path wrote, round after round."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, delete, func, select, text

from portal.entities.data import EntitySort, Profile
from portal.entities.models import ENTITY_KEY
from portal.entities.rules.blocking import SATURATED, keys_of
from portal.simulation.data import chance
from portal.simulation.indexing import TextCopier
from portal.simulation.renaming import Round
from portal.simulation.rows import (
    CHANGES,
    INDEX_TABLES,
    JITTER,
    MOMENTS,
    OWNERS,
    REFERS,
    SHARED,
    TABLES,
    Old,
    Owner,
    Pieces,
    Plan,
    Row,
    Rows,
    Table,
    Turn,
    cut,
    loaded,
)

ROUNDS = 20  # of copies in one transaction


class Copier:
    """Copies rows as they stand in the database, with other ids, names and moments."""

    def __init__(self, connection: Connection, seed: int, owners: list[Owner]) -> None:
        self.seed = seed
        self.owners = owners
        self.postgresql = connection.dialect.name == "postgresql"
        self.prefix = uuid4().hex[:16]
        self.last = 0
        self.tables = {name: self.read(connection, name) for name in TABLES}
        self.received = self.receipts()
        self.shared = self.entities_of_all()
        self.traces = self.traces_of_all()
        self.pieces = self.text_pieces()
        self.texts = TextCopier(connection, self.traces)
        self.profiles = self.known_profiles()
        self.met = self.values_of_originals()
        self.fresh: set[Any] = set()  # of the round in hand: values that nobody had
        self.plans = {
            "submission_mention": Plan(self.tables["submission_mention"], "value"),
            "entity_mention": Plan(self.tables["entity_mention"], "entity_id"),
        }

    def read(self, connection: Connection, name: str) -> Table:
        """Return what a table holds."""
        found = connection.exec_driver_sql(f"SELECT * FROM {name}")  # noqa: S608  a name of ours
        return Table(name, tuple(found.keys()), [tuple(row) for row in found])

    def new_id(self) -> Any:
        """Return an id that follows the one before, so that rows are written one after another."""
        self.last += 1
        made = f"{self.prefix}{self.last:016x}"
        return UUID(made) if self.postgresql else made

    def receipts(self) -> dict[Any, Any]:
        """Return when each original was received."""
        table = self.tables["submission"]
        return {row[table.at["id"]]: row[table.at["received_at"]] for row in table.rows}

    def new_references(self) -> tuple[str, str]:
        """Return a reference and a code that nobody has; they need not be unguessable here."""
        self.last += 1
        return f"CP-{self.last:08}", f"{self.prefix[:8]}-{self.last:012}"

    def entities_of_all(self) -> dict[Any, int]:
        """Return the entities that copies share, with how often the originals name them."""
        table = self.tables["entity_mention"]
        entity, path = table.at["entity_id"], table.at["path"]
        own = {row[entity] for row in table.rows if not SHARED.match(row[path])}
        joined = self.tables["entity"]
        own |= {row[joined.at["id"]] for row in joined.rows if row[joined.at["joined_to_id"]]}
        own |= {row[joined.at["joined_to_id"]] for row in joined.rows}
        found: dict[Any, int] = {}
        for row in table.rows:
            if row[entity] not in own:
                found[row[entity]] = found.get(row[entity], 0) + 1
        return found

    def text_pieces(self) -> dict[Any, tuple[Pieces, Pieces]]:
        """Return record and summary of each submission, cut at what is renamed."""
        table, traces = self.tables["submission"], self.traces
        return {
            row[table.at["id"]]: (
                cut(row[table.at["content"]], traces.get(row[table.at["id"]], {})),
                cut(row[table.at["summary"]], traces.get(row[table.at["id"]], {})),
            )
            for row in table.rows
        }

    def traces_of_all(self) -> dict[Any, dict[str, str]]:
        """Return what is renamed in each submission, as JSON writes it, with its sort."""
        mentions = self.tables["submission_mention"]
        traces: dict[Any, dict[str, str]] = {}
        for row in mentions.rows:
            told = dict(zip(mentions.columns, row, strict=True))
            if not SHARED.match(told["path"]):
                shown = json.dumps(told["shown"], ensure_ascii=False)[1:-1]
                traces.setdefault(told["submission_id"], {})[shown] = told["sort"]
        return traces

    def known_profiles(self) -> dict[Any, tuple[str, dict[str, Any]]]:
        """Return what is known of each entity that is compared."""
        table = self.tables["entity"]
        found = {}
        for row in table.rows:
            found[row[table.at["id"]]] = (row[table.at["sort"]], loaded(row[table.at["known"]]))
        return found

    def copy(self, connection: Connection, number: int) -> None:
        """Write a number of copies, a round of the originals at a time.

        Some rounds are one transaction: the log of a million copies in one would fill the disk.
        """
        originals = sorted(self.received, key=lambda one: str(self.received[one]))
        rounds = -(-number // len(originals))
        for first in range(1, rounds + 1, ROUNDS):
            with connection.begin():
                for one in range(first, min(first + ROUNDS, rounds + 1)):
                    left = number - (one - 1) * len(originals)
                    self.write(connection, self.round(one, originals[:left]))
        with connection.begin():
            saturate(connection)
            self.count(connection, rounds)

    def round(self, number: int, some: Sequence[Any]) -> Iterator[tuple[Table, Rows]]:
        """Yield the rows of one round of copies, table by table."""
        names = Round(self.seed, number)
        self.fresh.clear()
        by = chance(self.seed, "moments", number)
        maps: dict[str, dict[Any, Any]] = {
            "submission": {one: self.new_id() for one in some},
            "entity": {one: one for one in self.shared},
            "pair": {},
        }
        table = self.tables["entity"]
        for row in table.rows:
            key, value = row[table.at["id"]], row[table.at["value"]]
            if value is None:
                maps["entity"].setdefault(key, self.new_id())
            elif key not in self.shared:
                self.meet(maps["entity"], key, (row[table.at["sort"]], names.plain(value)))
        pairs = self.tables["entity_pair"]
        maps["pair"] = {
            row[pairs.at["id"]]: self.new_id()
            for row in pairs.rows
            if not {row[pairs.at["left_id"]], row[pairs.at["right_id"]]} <= set(self.shared)
        }
        shift = {one: timedelta(seconds=by.randint(-JITTER, JITTER)) for one in some}
        turn = Turn(
            names=names,
            maps=maps,
            moments={one: self.moved(self.received[one], by) for one, by in shift.items()},
            owners={one: self.owners[by.randrange(len(self.owners))] for one in some},
            shift=shift,
            references={one: self.new_references() for one in some},
            pieces=self.pieces,
            postgresql=self.postgresql,
        )
        keys = self.keys(turn)
        for name, table in self.tables.items():
            if name == "entity_key":
                yield table, keys
            elif name in self.plans:
                yield table, self.plans[name].rows(turn, self.new_id)
            else:
                yield table, list(self.copies(table, turn))
        texts, index = self.texts.rows(turn)
        yield self.texts.texts, texts
        yield self.texts.index, index

    def values_of_originals(self) -> dict[tuple[str, str], Any]:
        """Return the entities that have a value, by it: a copy's may come out as an original's."""
        table = self.tables["entity"]
        sort, value, key = table.at["sort"], table.at["value"], table.at["id"]
        return {(row[sort], row[value]): row[key] for row in table.rows if row[value]}

    def meet(self, ids: dict[Any, Any], key: Any, value: tuple[str, str]) -> None:
        """Give an entity that has a value a new id, or that of the one which has it already."""
        if value in self.met:
            ids[key] = self.met[value]
        else:
            ids[key] = self.met[value] = self.new_id()
            self.fresh.add(key)

    def keys(self, turn: Turn) -> Rows:
        """Return under which keys the entities of a round are found again."""
        rows: Rows = []
        for key, (sort, known) in self.profiles.items():
            if not known or key in self.shared:
                continue
            told = turn.names.profile(known)
            turn.known[key] = told
            for one in dict.fromkeys(keys_of(Profile.from_json(EntitySort(sort), told))):
                rows.append([one, turn.maps["entity"][key]])
        rows.sort(key=lambda row: row[0])
        return rows

    def copies(self, table: Table, turn: Turn) -> Iterator[Row]:
        """Yield the rows of a table as they stand in this round."""
        refers = {table.at[column]: turn.maps[what] for column, what in REFERS[table.name].items()}
        moments = [table.at[column] for column in table.columns if column in MOMENTS]
        fresh = table.at["id"] not in refers
        whose = next(table.at[one] for one in OWNERS if one in table.at)
        change = CHANGES.get(table.name)
        for old in table.rows:
            if table.name == "entity" and not self.begins(old, table):
                continue
            row = list(old)
            for place, ids in refers.items():
                row[place] = ids.get(old[place])
            if any(row[place] is None and old[place] is not None for place in refers):
                continue  # of a submission that is not in this round
            if fresh:
                row[table.at["id"]] = self.new_id()
            self.shift(row, moments, turn.shift.get(old[whose]))
            if change:
                change(Old(table, old, turn), row)
            yield row

    def begins(self, old: Sequence[Any], table: Table) -> bool:
        """Tell whether an entity is a new one in this round."""
        key = old[table.at["id"]]
        return key in self.fresh or (key not in self.shared and old[table.at["value"]] is None)

    def shift(self, row: Row, moments: Sequence[int], by: timedelta | None) -> None:
        """Make the moments of a row earlier or later."""
        if by is not None:
            for n in moments:
                row[n] = self.moved(row[n], by)

    def moved(self, moment: Any, by: timedelta) -> Any:
        """Return a moment that is earlier or later, as the database writes it."""
        if moment is None:
            return moment
        if isinstance(moment, datetime):
            return moment + by
        return (datetime.fromisoformat(moment) + by).isoformat(" ", "microseconds")

    def write(self, connection: Connection, tables: Iterator[tuple[Table, Rows]]) -> None:
        """Write rows in the quickest way that the database has."""
        cursor = connection.connection.cursor()
        made = {table.name: (table, rows) for table, rows in tables}
        for name in (*TABLES, *INDEX_TABLES):
            table, rows = made[name]
            if self.postgresql:
                copy_in(cursor, table, rows)
            else:
                columns, marks = ", ".join(table.columns), ", ".join("?" * len(table.columns))
                cursor.executemany(f"INSERT INTO {name} ({columns}) VALUES ({marks})", rows)  # noqa: S608
        cursor.close()

    def count(self, connection: Connection, rounds: int) -> None:
        """Bring the counts to what is stored now."""
        if self.postgresql:
            connection.exec_driver_sql(
                "SELECT setval(pg_get_serial_sequence('search_text', 'id'), max(id))"
                " FROM search_text"
            )
        connection.execute(
            text(
                "UPDATE triage_count SET cases = (SELECT count(*) FROM triage_case"
                " WHERE triage_case.status = triage_count.status)"
            )
        )
        connection.exec_driver_sql(f"UPDATE substance_route SET times = times * {rounds + 1}")  # noqa: S608
        for key, times in self.shared.items():
            connection.exec_driver_sql(
                f"UPDATE entity SET mentions = {times * (rounds + 1)} WHERE id = '{key}'"  # noqa: S608
            )


def saturate(connection: Connection) -> None:
    """Leave each key of entities to as many as the service lets have it."""
    table = ENTITY_KEY.c
    many = select(table.key).group_by(table.key).having(func.count() > SATURATED)
    for key in connection.scalars(many).all():
        mine = select(table.entity_id).where(table.key == key).order_by(table.entity_id)
        last = mine.offset(SATURATED - 1).limit(1).scalar_subquery()
        connection.execute(delete(ENTITY_KEY).where(table.key == key, table.entity_id > last))


def copy_in(cursor: Any, table: Table, rows: Rows) -> None:
    """Write rows with COPY, as PostgreSQL takes them fastest."""
    columns = ", ".join(table.columns)
    with cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(
                [json.dumps(one) if isinstance(one, dict | list) else one for one in row]
            )
