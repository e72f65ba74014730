"""Handing a lead over, and what an officer sees and does of a hand-over afterwards."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.core import audit, files
from portal.core.access import Permission, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.leads import queries as leads
from portal.leads.models import Lead
from portal.leads.releasing import released_of
from portal.partners import queries
from portal.partners.handing import services
from portal.partners.handing.forms import (
    ButtonForm,
    ConsentForm,
    ExpiryForm,
    HandOverForm,
    RecallForm,
)
from portal.partners.packing import services as packing
from portal.partners.receipts import services as receipts
from portal.partners.registry import queries as registry
from portal.partners.rules import closed_words, refusals
from portal.partners.sealing.data import ENDINGS, KeySort
from portal.partners.services import newest_version
from portal.partners.views import bp


@bp.route("/leads/<uuid:lead_id>/hand-over", methods=["GET", "POST"])
@requires(Permission.LEAD_HAND_OVER, confirmed=True)
def hand_over(lead_id: UUID) -> ResponseReturnValue:
    """Choose partners for an approved lead: those proposed, the others, and why some may not."""
    with transaction() as session:
        lead = leads.get(session, lead_id)
        audit.record(session, current_actor(), "lead.read", lead_id, utc_now())
    offered = offers(session, lead)
    form = HandOverForm()
    form.partners.choices = {one["id"]: one["name"] for one in offered if not one["refused"]}
    if not form.validate_on_submit():
        context = {"lead": lead, "offered": offered, "form": form}
        context["given"] = queries.of_lead(session, lead_id)
        context["unasked"] = queries.unasked(session, lead)
        page = render_template("handing/hand_over.html", **context, now=utc_now())
        return page, 422 if form.errors else 200
    with transaction() as session:
        lead, until = leads.get(session, lead_id), form.expires_on.data
        wanted, actor = form.wanted(), current_actor()
        results = services.hand_over_to(session, lead, wanted, until, actor, utc_now())
    for one in results:
        flash(f"{one.partner}: {one.words}", "message" if one.given else "error")
    return redirect(url_for(".hand_over", lead_id=lead_id))


def offers(session: Session, lead: Lead) -> list[dict[str, Any]]:
    """Return every partner that has not the lead: why it is proposed, and why it may not."""
    known = {one.partner_id for one in queries.of_lead(session, lead.id)}
    cards = [one for one in registry.cards(session) if one.organisation.id not in known]
    released = released_of(lead)
    reasons = services.proposals(session, cards, released)
    now = utc_now()
    offer = queries.offer_of(session, lead, released, now)
    return [
        {
            "id": str(card.organisation.id),
            "name": card.organisation.name,
            "network": card.profile.network,
            "way": card.profile.way,
            "reasons": reasons.get(card.organisation.id, ()),
            "refused": list(refusals(queries.terms_of(card), offer, now)),
        }
        for card in cards
    ]


@bp.get("/hand-overs/<uuid:hand_over_id>")
@requires(Permission.LEAD_HAND_OVER)
def given(hand_over_id: UUID) -> ResponseReturnValue:
    """Show what was given, who read it, and what can be done; each reading is recorded."""
    now = utc_now()
    with transaction() as session:
        found = queries.given(session, hand_over_id)
        audit.record(session, current_actor(), "hand_over.looked_at", hand_over_id, now)
    card = registry.card(session, found.partner_id)
    return render_template(
        "handing/given.html",
        given=found,
        versions=queries.versions_of(session, hand_over_id),
        steps=queries.receipts_of(session, [hand_over_id]).get(hand_over_id, []),
        packages=queries.packages_of(session, hand_over_id),
        key=card.key,
        closed=closed_words(found, now),
        newer=newest_version(session, found.lead) > found.lead_version,
        form=ButtonForm(),
    )


def ask(form: Any, title: str, button: str, back: str, text: str = "") -> ResponseReturnValue:
    """Draw a page with one form."""
    page = render_template(
        "handing/form.html", form=form, title=title, button=button, back=back, text=text
    )
    return page, 422 if form.errors else 200


def page_of(hand_over_id: UUID) -> str:
    """Return the address of a hand-over's page."""
    return url_for(".given", hand_over_id=hand_over_id)


@bp.post("/hand-overs/<uuid:hand_over_id>/update")
@requires(Permission.LEAD_HAND_OVER, confirmed=True)
def update(hand_over_id: UUID) -> ResponseReturnValue:
    """Give the newest approved version under the same hand-over."""
    with transaction() as session:
        found = queries.given(session, hand_over_id)
        lead = leads.get(session, found.lead_id)
        services.update(session, found, lead, current_actor(), utc_now())
    flash(f"The partner was given number {found.number}.")
    return redirect(page_of(hand_over_id))


@bp.post("/hand-overs/<uuid:hand_over_id>/resend")
@requires(Permission.LEAD_HAND_OVER, confirmed=True)
def resend(hand_over_id: UUID) -> ResponseReturnValue:
    """Notify the partner again."""
    with transaction() as session:
        found = queries.given(session, hand_over_id)
        services.resend(session, found, current_actor(), utc_now())
    flash("The partner was notified again. Nothing new was handed over.")
    return redirect(page_of(hand_over_id))


@bp.route("/hand-overs/<uuid:hand_over_id>/recall", methods=["GET", "POST"])
@requires(Permission.LEAD_HAND_OVER, confirmed=True)
def recall(hand_over_id: UUID) -> ResponseReturnValue:
    """Take a hand-over back, for a reason."""
    found, form = queries.given(get_session(), hand_over_id), RecallForm()
    if not form.validate_on_submit():
        title = f"Recall {found.lead.reference} from {found.partner.name}"
        return ask(form, title, "Recall it", page_of(hand_over_id), RECALL)
    with transaction() as session:
        found = queries.given(session, hand_over_id)
        services.recall(session, found, form.reason.data or "", current_actor(), utc_now())
    flash("It was recalled. What the partner took with it is out of the portal's reach: call them.")
    return redirect(page_of(hand_over_id))


RECALL = (
    "The partner sees at once that there was a lead, its reference and the day, and nothing else."
    " It cannot be handed to this partner again."
)


@bp.route("/hand-overs/<uuid:hand_over_id>/expiry", methods=["GET", "POST"])
@requires(Permission.LEAD_HAND_OVER, confirmed=True)
def expiry(hand_over_id: UUID) -> ResponseReturnValue:
    """Say until when the partner may read."""
    found = queries.given(get_session(), hand_over_id)
    form = ExpiryForm(obj=found)
    if not form.validate_on_submit():
        title = f"Until when {found.partner.name} may read {found.lead.reference}"
        return ask(form, title, "Keep it", page_of(hand_over_id))
    with transaction() as session:
        found = queries.given(session, hand_over_id)
        lead, wanted = leads.get(session, found.lead_id), form.expires_on.data
        services.set_expiry(session, found, lead, wanted, current_actor(), utc_now())
    until = f"until {found.expires_on:%-d %B %Y}" if found.expires_on else "without end"
    flash(f"The partner may read it {until}.")
    return redirect(page_of(hand_over_id))


@bp.route("/leads/<uuid:lead_id>/consent", methods=["GET", "POST"])
@requires(Permission.LEAD_HAND_OVER, confirmed=True)
def consent(lead_id: UUID) -> ResponseReturnValue:
    """Write down that an originator agreed to the lead's being handed on."""
    session, form = get_session(), ConsentForm()
    lead = leads.get(session, lead_id)
    unasked = queries.unasked(session, lead)
    form.originator.choices = {str(key): name for key, name in unasked.items()}
    back = url_for(".hand_over", lead_id=lead_id)
    if not form.validate_on_submit():
        return ask(form, f"Consent to handing on {lead.reference}", "Keep it", back)
    with transaction() as session:
        lead, said = leads.get(session, lead_id), form.to_consent()
        services.record_consent(session, lead, said, current_actor(), utc_now())
    flash("The consent is on record.")
    return redirect(back)


@bp.post("/hand-overs/<uuid:hand_over_id>/receipt")
@requires(Permission.LEAD_HAND_OVER)
def ask_receipt(hand_over_id: UUID) -> ResponseReturnValue:
    """Have the signed receipt made, as it stands now."""
    with transaction() as session:
        found = queries.given(session, hand_over_id)
        receipts.ask(session, found, current_actor(), utc_now())
    return redirect(url_for(".receipt", hand_over_id=hand_over_id))


@bp.get("/hand-overs/<uuid:hand_over_id>/receipt.pdf")
@requires(Permission.LEAD_HAND_OVER)
def receipt(hand_over_id: UUID) -> ResponseReturnValue:
    """Hand out the signed receipt, or say that it is being made."""
    with transaction() as session:
        found = queries.given(session, hand_over_id)
        audit.record(session, current_actor(), "hand_over.receipt_read", hand_over_id, utc_now())
    if found.receipt_stored_as is None:
        back = page_of(hand_over_id)
        return render_template("handing/waiting.html", back=back), {"Refresh": "2"}
    name = f"receipt-{found.lead.reference}.pdf"
    return files.send(found.receipt_stored_as, name, "application/pdf")


@bp.post("/hand-overs/<uuid:hand_over_id>/package")
@requires(Permission.LEAD_HAND_OVER, confirmed=True)
def sealed_package(hand_over_id: UUID) -> ResponseReturnValue:
    """Hand the sealed package to the officer who sends it; made once, recorded each time."""
    with transaction() as session:
        found, actor, now = queries.given(session, hand_over_id), current_actor(), utc_now()
        made = packing.package(session, found, actor, now)
        packing.note_sending(session, found, made, actor, now)
    name = f"{found.lead.reference}-{made.number}.{ENDINGS[KeySort(made.sort)]}"
    return files.send(made.stored_as, name, "application/octet-stream")
