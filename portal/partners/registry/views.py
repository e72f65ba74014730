"""The register of partners: the map, each partner's page, and what is kept and decided there."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from portal.core import audit, files
from portal.core.access import Permission, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.core.errors import NotFoundError
from portal.core.files import RefusedFileError, Scan
from portal.partners.registry import queries, services
from portal.partners.registry.data import NETWORK_WORDS, ChangeSort, Network
from portal.partners.registry.forms import (
    AgreementForm,
    ButtonForm,
    ContactForm,
    FactsForm,
    FilterForm,
    KeyForm,
    PartnerForm,
    PostForm,
    ReasonForm,
)
from portal.partners.registry.models import (
    PartnerAgreement,
    PartnerContact,
    PartnerKey,
    PartnerPost,
)
from portal.partners.registry.rules import bond_words
from portal.reference.queries import partner_bodies

bp = Blueprint("register", __name__, url_prefix="/partners")
PARTS: dict[str, tuple[Any, Any, str]] = {  # in addresses: table, form, word
    "posts": (PartnerPost, PostForm, "post"),
    "agreements": (PartnerAgreement, AgreementForm, "agreement"),
    "contacts": (PartnerContact, ContactForm, "contact"),
    "keys": (PartnerKey, KeyForm, "key"),
}
DECISIONS = {
    "suspend": (ChangeSort.SUSPEND, "Suspend", "Its officers see nothing until it is lifted."),
    "lift": (ChangeSort.LIFT, "Lift the suspension of", "Somebody else must agree."),
    "close": (ChangeSort.CLOSE, "Close", "Its officers see nothing more. It cannot be undone."),
}
SECOND = "Somebody else must agree before it counts."


@bp.get("/")
@requires(Permission.PARTNER_READ)
def index() -> ResponseReturnValue:
    """Show partners on the map and in a table, with what waits for a second person."""
    form, session = FilterForm(), get_session()
    network = form.network.data if form.validate() else None
    found = queries.cards(session, network=network)
    points = queries.standpoints(session, found)
    context = {
        "waiting": queries.waiting(session),
        "picture": queries.map_of_posts(found, points),
        "today": utc_now().date(),
        "words": bond_words,
    }
    return render_template("register/index.html", found=found, form=form, **context)


@bp.get("/<uuid:partner_id>")
@requires(Permission.PARTNER_READ)
def show(partner_id: UUID) -> ResponseReturnValue:
    """Show all that the register holds of a partner; contacts are personal data: it is recorded."""
    with transaction() as session:
        card = queries.card(session, partner_id)
        audit.record(session, current_actor(), "partner.read", partner_id, utc_now())
    context = {
        "points": queries.standpoints(session, [card])[partner_id],
        "changes": queries.changes_of(session, partner_id),
        "officers": queries.officers_of(session, partner_id),
        "network": NETWORK_WORDS[Network(card.profile.network)],
        "today": utc_now().date(),
        "words": bond_words,
    }
    return render_template("register/show.html", card=card, button=ButtonForm(), **context)


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.PARTNER_KEEP, confirmed=True)
def new() -> ResponseReturnValue:
    """Propose a partner."""
    form, session = PartnerForm(), get_session()
    bodies = {one.key: f"{one.acronym or ''} {one.name}" for one in partner_bodies(session)}
    form.body.choices = {"": "None", **bodies}
    if not form.validate_on_submit():
        return ask(form, "Register a partner", "Propose the partner", url_for(".index"), SECOND)
    with transaction() as session:
        said, profile = form.organisation(), form.profile()
        made = services.register(session, said, profile, current_actor(), utc_now())
    flash(f"The partner is proposed. {SECOND}")
    return redirect(url_for(".show", partner_id=made.id))


def ask(form: Any, title: str, button: str, back: str, text: str = "") -> ResponseReturnValue:
    """Draw a page with one form."""
    page = render_template(
        "register/form.html", form=form, title=title, button=button, back=back, text=text
    )
    return page, 422 if form.errors else 200


@bp.route("/<uuid:partner_id>/facts", methods=["GET", "POST"])
@requires(Permission.PARTNER_KEEP, confirmed=True)
def change_facts(partner_id: UUID) -> ResponseReturnValue:
    """Propose another name, network, countries or way of receiving."""
    card, back = queries.card(get_session(), partner_id), url_for(".show", partner_id=partner_id)
    form = FactsForm(data=beginning(card))
    if not form.validate_on_submit():
        return ask(form, f"Facts of {card.organisation.name}", "Propose it", back, SECOND)
    with transaction() as session:
        card = queries.card(session, partner_id)
        partner, profile, said = card.organisation, card.profile, form.said()
        entry = services.propose_facts(session, partner, profile, said, current_actor(), utc_now())
    flash(f"The change is proposed. {SECOND}" if entry else "Nothing differs.")
    return redirect(back)


def beginning(card: queries.Card) -> dict[str, Any]:
    """Return what the form of facts begins with."""
    return {
        "name": card.organisation.name,
        "country": card.organisation.country,
        "network": card.profile.network,
        "countries": " ".join(card.profile.countries),
        "way": card.profile.way,
    }


@bp.route("/<uuid:partner_id>/<string:sort>/new", methods=["GET", "POST"])
@requires(Permission.PARTNER_KEEP, confirmed=True)
def add(partner_id: UUID, sort: str) -> ResponseReturnValue:
    """Add a post, an agreement, a contact or a key."""
    table, form_type, word = sort_or_404(sort)
    card, form = queries.card(get_session(), partner_id), form_type()
    back, title = url_for(".show", partner_id=partner_id), f"Add {article(word)} {word}"
    waits = table in {PartnerAgreement, PartnerKey}
    if not form.validate_on_submit():
        text = f"{card.organisation.name}. {SECOND if waits else ''}"
        return ask(form, title, title, back, text)
    part, words = form.to_part()
    if not keep_paper(form, part):
        return ask(form, title, title, back)
    with transaction() as session:
        partner = queries.card(session, partner_id).organisation
        services.add(session, partner, part, words, current_actor(), utc_now())
    flash(f"It is proposed. {SECOND}" if waits else "Added.")
    return redirect(back)


def article(word: str) -> str:
    """Return the article before a word."""
    return "an" if word.startswith("a") else "a"


def sort_or_404(sort: str) -> tuple[Any, Any, str]:
    """Return table, form and word for a part of an address.

    Raises:
        NotFoundError: there is no such sort of part.
    """
    if sort not in PARTS:
        raise NotFoundError
    return PARTS[sort]


def keep_paper(form: Any, part: Any) -> bool:
    """Store the paper of an agreement; why not stands beside the field."""
    if not isinstance(part, PartnerAgreement) or not form.file.data:
        return True
    try:
        incoming = files.accept(form.file.data)
    except RefusedFileError as refusal:
        form.file.errors = [str(refusal)]
        return False
    if incoming.scan is Scan.INFECTED:
        files.remove(incoming.stored_as)
        form.file.errors = ["The virus scanner found something in this file. It was not kept"]
        return False
    part.file_name, part.media_type = incoming.name, incoming.media_type
    part.stored_as, part.sha256, part.scan = incoming.stored_as, incoming.sha256, incoming.scan
    return True


@bp.route("/<uuid:partner_id>/<string:sort>/<uuid:part_id>/end", methods=["GET", "POST"])
@requires(Permission.PARTNER_KEEP, confirmed=True)
def end(partner_id: UUID, sort: str, part_id: UUID) -> ResponseReturnValue:
    """End a post, an agreement, a contact or a key, at once."""
    table, _, word = sort_or_404(sort)
    part = queries.part(get_session(), partner_id, table, part_id)
    form, back = ReasonForm(), url_for(".show", partner_id=partner_id)
    if not form.validate_on_submit():
        return ask(form, f"End the {word}", "End it now", back, services.title_of(part))
    with transaction() as session:
        part = queries.part(session, partner_id, table, part_id)
        partner = queries.card(session, partner_id).organisation
        reason = form.reason.data or ""
        services.end(session, partner, part, reason, current_actor(), utc_now())
    flash("It is ended, and stays on record.")
    return redirect(back)


@bp.get("/<uuid:partner_id>/agreements/<uuid:agreement_id>/paper")
@requires(Permission.PARTNER_READ)
def paper(partner_id: UUID, agreement_id: UUID) -> ResponseReturnValue:
    """Hand out the paper of an agreement."""
    with transaction() as session:
        found = queries.part(session, partner_id, PartnerAgreement, agreement_id)
        audit.record(session, current_actor(), "file.read", agreement_id, utc_now())
    if found.stored_as is None or found.file_name is None:
        raise NotFoundError
    if not files.may_open(found.scan or ""):
        return render_template("submissions/held.html", file=found), 409
    return files.send(found.stored_as, found.file_name, found.media_type or "")


@bp.route("/<uuid:partner_id>/decisions/<string:decision>", methods=["GET", "POST"])
@requires(Permission.PARTNER_KEEP, confirmed=True)
def decide(partner_id: UUID, decision: str) -> ResponseReturnValue:
    """Suspend or close a partner at once; propose to lift a suspension."""
    if decision not in DECISIONS:
        raise BadRequest
    sort, verb, text = DECISIONS[decision]
    card, form = queries.card(get_session(), partner_id), ReasonForm()
    back = url_for(".show", partner_id=partner_id)
    if not form.validate_on_submit():
        return ask(form, f"{verb} {card.organisation.name}", verb.split()[0], back, text)
    with transaction() as session:
        partner = queries.card(session, partner_id).organisation
        reason = form.reason.data or ""
        services.stop(session, partner, sort, reason, current_actor(), utc_now())
    flash("It is on record." if decision != "lift" else f"It is proposed. {SECOND}")
    return redirect(back)


@bp.post("/changes/<uuid:change_id>/<string:answer>")
@requires(Permission.PARTNER_AGREE, confirmed=True)
def answer(change_id: UUID, answer: str) -> ResponseReturnValue:
    """Agree to what somebody else proposed, or turn it down."""
    if answer not in {"agree", "refuse"}:
        raise BadRequest
    deed = services.agree if answer == "agree" else services.refuse
    with transaction() as session:
        entry = queries.change(session, change_id)
        deed(session, entry, current_actor(), utc_now())
    flash("It counts from now on." if answer == "agree" else "It was turned down.")
    return redirect(url_for(".show", partner_id=entry.partner_id))
