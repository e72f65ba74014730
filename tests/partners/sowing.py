"""Fills what officers and companies write with secrets: the tables of today, and of tomorrow."""

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, Column, LargeBinary, Table, TypeDecorator
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from portal.core.db import Base
from tests.factories import NOON
from tests.partners.searching import secret

OF_PARTNERS = {"hand_over_id", "partner_id", "consultation_id"}  # columns of rows they may see
BEGUN = {"lead", "submission", "triage_case"}  # tables on which others hang
SAID = {"reference", "title", "asked", "conditions", "court"}  # what a lead says to partners
CODES = {"language", "country", "partner_key", "reference", "check_code", "kind", "jurisdiction"}


def sow_row(row: Any, keep: Collection[str] = ()) -> None:
    """Put a secret into each free text of a row; what is named in `keep` stays."""
    table: Table = row.__table__
    for column in table.columns:
        free = sort_of(column) is str and not column.foreign_keys
        if free and column.name not in {*keep, *CODES}:
            setattr(row, column.name, secret(f"{table.name}.{column.name}"))


def sort_of(column: Column[Any]) -> type | None:
    """Return what Python holds of a column."""
    held = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    try:
        return held.python_type
    except NotImplementedError:
        return None


def sow_beside(session: Session, known: dict[str, UUID]) -> set[str]:
    """Add a row of secrets to each table that hangs on what is known, by its table's name.

    Returns:
        The names of the tables that now hold one.
    """
    sown = set()
    for mapper in Base.registry.mappers:
        table = mapper.local_table
        assert isinstance(table, Table)
        targets = {key.column.table.name for column in table.columns for key in column.foreign_keys}
        if not targets & {"lead", "submission", "triage_case"} or OF_PARTNERS & {
            c.name for c in table.columns
        }:
            continue
        row = made(table, known)
        if row is None:
            continue
        try:
            with session.begin_nested():
                session.execute(table.insert().values(**row))
        except SQLAlchemyError:  # the row would be a second one of its sort
            continue
        sown.add(table.name)
    return sown


def made(table: Table, known: dict[str, UUID]) -> dict[str, Any] | None:
    """Return the values of a row; none when it hangs on what is not known."""
    row: dict[str, Any] = {}
    for column in table.columns:
        if column.foreign_keys:
            target = next(iter(column.foreign_keys)).column.table.name
            if target in known:
                row[column.name] = known[target]
            elif not column.nullable:
                return None
        elif not column.primary_key:
            row[column.name] = value_of(table, column)
        elif column.name == "id":
            row["id"] = uuid4()
    return row


def value_of(table: Table, column: Column[Any]) -> Any:
    """Return a value for a column: a secret where it takes words."""
    word = secret(f"sown {table.name}.{column.name}")
    if isinstance(column.type, JSON):
        return [word]
    if isinstance(column.type, LargeBinary):
        return word.encode()
    sort = sort_of(column)
    if sort is not None and issubclass(sort, Enum):
        return next(iter(sort))
    plain: dict[type | None, Any] = {
        str: word,
        datetime: NOON,
        date: NOON.date(),
        int: 1,
        bool: False,
        Decimal: Decimal(1),
        float: 1.0,
        UUID: UUID(int=1),
    }
    return plain.get(sort)
