"""Mail: a row in the transaction of its cause, sent after it, at least once.

A mail says in plain words that there is something to see and where; what it is about stays in the
portal. A repetition carries the same Message-ID, so that the reader's mail program knows it.
"""

import smtplib
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime
from pathlib import Path
from ssl import create_default_context
from urllib.parse import SplitResult, unquote, urlsplit
from uuid import UUID

from flask import current_app
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core import languages
from portal.core.crypto import EncryptedText, write_private
from portal.core.db import Base
from portal.core.jobs import Payload, enqueue, job
from portal.core.text import storable

TIMEOUT_SECONDS = 15
MAX_SUBJECT = 150  # characters
SEND = "send-mail"
NEWS = "Something new in the portal"  # the subject of most mails: it tells nothing
PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


class UnsafeMailError(ValueError):
    """An address or subject that could not be, or that smuggles in a header."""


class OutgoingMail(Base):
    """A mail. Its body may hold a link that works once: sealed at rest, gone when it is sent."""

    __tablename__ = "outgoing_mail"

    recipient: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str | None] = mapped_column(EncryptedText)
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]


def post(
    session: Session,
    to: str,
    subject: str,
    words: str,
    now: datetime,
    language: str = "",
    **values: object,
) -> OutgoingMail:
    """Write a mail down in the caller's transaction; it leaves once that is committed.

    Args:
        session: the open transaction.
        to: one address.
        subject: one line that tells nothing of a case, in English.
        words: the body in English, with names of values in braces; links come from `link_to`.
        now: when.
        language: of the reader; English if not known.
        values: what stands in the body; `authority` is known.

    Raises:
        UnsafeMailError: the address or the subject cannot stand in a header.
    """
    address = read_address(to)
    if len(subject) > MAX_SUBJECT or not one_line(subject):
        raise UnsafeMailError("the subject must be one short line")
    with languages.in_language(language):
        values = {"authority": current_app.config["AUTHORITY_NAME"], **values}
        body = languages.translated(words).format(**values)
        subject = languages.translated(subject)
    mail = OutgoingMail(recipient=str(address), subject=subject, body=body, created_at=now)
    session.add(mail)
    session.flush()
    enqueue(session, SEND, {"mail_id": str(mail.id)}, now)
    return mail


def read_address(text: str) -> Address:
    """Return one plain address.

    Raises:
        UnsafeMailError: it is none, or more than one.
    """
    if not one_line(text):
        raise UnsafeMailError("not an address")
    try:
        address = Address(addr_spec=text)
    except (MessageError, ValueError, IndexError) as error:
        raise UnsafeMailError("not an address") from error
    if not address.username or not address.domain:
        raise UnsafeMailError("not an address")
    return address


def one_line(text: str) -> bool:
    """Tell whether the text can stand in a header."""
    return bool(text.strip()) and len(text.splitlines()) == 1 and all(map(storable, text))


def link_to(path: str) -> str:
    """Return the address of a page, from the settings and never from a request's Host."""
    base: str = current_app.config["BASE_URL"]
    return f"{base}{path}"


def deliver(session: Session, payload: Payload, _job_id: UUID) -> None:
    """Hand the mail to the mail server, or put it into a file where there is none."""
    mail = session.get_one(OutgoingMail, UUID(payload["mail_id"]))
    if mail.sent_at is not None:
        return
    message = compose(mail)
    if url := current_app.config["SMTP_URL"]:
        send(urlsplit(url), message)
    else:
        keep(message, f"{mail.created_at:%Y%m%dT%H%M%SZ}-{mail.id}.eml")


@job(SEND, outside=deliver)
def mark_sent(session: Session, payload: Payload, now: datetime) -> None:
    """Write down that the mail left, and forget what it said."""
    mail = session.get_one(OutgoingMail, UUID(payload["mail_id"]))
    mail.sent_at, mail.body = now, None


def compose(mail: OutgoingMail) -> EmailMessage:
    """Return the mail as it travels; the same every time."""
    message = EmailMessage(policy=SMTP if mail.recipient.isascii() else SMTPUTF8)
    message["From"] = current_app.config["MAIL_FROM"]
    message["To"] = mail.recipient
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = f"<{mail.id}@{own_host()}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.body or "", cte="quoted-printable")
    return message


def own_host() -> str:
    """Return the portal's host name."""
    return urlsplit(current_app.config["BASE_URL"]).hostname or "localhost"


def send(server: SplitResult, message: EmailMessage) -> None:
    """Hand a mail to the server named by smtp://, smtp+starttls:// or smtps://."""
    where = (server.hostname or "localhost", server.port or PORTS[server.scheme])
    with connection(server.scheme, where) as smtp:
        if server.scheme == "smtp+starttls":
            smtp.starttls(context=create_default_context())
        if server.username:
            smtp.login(unquote(server.username), unquote(server.password or ""))
        smtp.send_message(message)


def connection(scheme: str, where: tuple[str, int]) -> smtplib.SMTP:
    """Open a connection to a mail server."""
    if scheme == "smtps":
        return smtplib.SMTP_SSL(
            *where, own_host(), timeout=TIMEOUT_SECONDS, context=create_default_context()
        )
    return smtplib.SMTP(*where, own_host(), timeout=TIMEOUT_SECONDS)


def keep(message: EmailMessage, name: str) -> None:
    """Put a mail into the data folder, for a portal without a mail server."""
    folder: Path = current_app.config["DATA_DIR"] / "mail"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_private(folder / name, message.as_bytes())
