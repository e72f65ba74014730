"""What of a lead's pictures somebody sees, and where the parts of its network stand."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from portal.leads.drawing.data import Pictures
from portal.leads.particulars.data import Place
from portal.pictures.data import Network, Node, Route, RouteLeg, Stop
from portal.pictures.rules.layout import ROW, Layout, is_subject, stacked
from portal.pictures.rules.maps import route_of
from portal.triage.data import PlaceFacts

COLUMNS = (20.0, 470.0)
WIDTH = 900.0


def seen(pictures: Pictures, readable: Collection[str], references: Mapping[str, str]) -> Pictures:
    """Return the pictures without what another officer's submission tells.

    Args:
        pictures: as they are, or as they were kept.
        readable: keys of the submissions, as nodes, that may be read.
        references: the reference of each source, by the same key.
    """
    known = {references[key] for key in readable if key in references}
    links = tuple(link for link in pictures.network.links if link.submission in readable)
    told = {link.subject for link in links}
    nodes = tuple(
        node if is_subject(node) or node.key in readable else hidden(node, references)
        for node in pictures.network.nodes
        if not is_subject(node) or node.key in told
    )
    moments = tuple(one for one in pictures.moments if one.reference in known)
    stops = tuple(
        one
        for one in pictures.stops
        if one.submission_id is None or f"submission-{one.submission_id}" in readable
    )
    network = Network(nodes, links, pictures.network.full)
    return replace(pictures, network=network, moments=moments, stops=stops)


def hidden(node: Node, references: Mapping[str, str]) -> Node:
    """Return a submission that is another officer's: its reference alone."""
    return Node(node.key, references.get(node.key, "Submission"), "hidden")


def layout_of(network: Network) -> Layout:
    """Place submissions on the left and what they name on the right, near to who names it."""
    left = [node for node in network.nodes if not is_subject(node)]
    order = {node.key: place for place, node in enumerate(left)}
    first: dict[str, int] = {}
    for link in network.links:
        place = order.get(link.submission, 0)
        first[link.subject] = min(first.get(link.subject, len(left)), place)
    right = [node for node in network.nodes if is_subject(node)]
    right.sort(key=lambda node: first.get(node.key, len(left)))
    rows = max(len(left), len(right), 1)
    placed = {
        one.node.key: one
        for x, column in zip(COLUMNS, (left, right), strict=True)
        for one in stacked(column, x, rows)
    }
    lines = tuple(
        (placed[a].x + 7, placed[a].y, placed[b].x + 7, placed[b].y)
        for a, b in ((link.submission, link.subject) for link in network.links)
        if a in placed and b in placed
    )
    return Layout(tuple(placed.values()), lines, WIDTH, (rows + 1) * ROW)


def stop_of(number: int, place: Place) -> Stop:
    """Return a place of a lead's route as it is drawn."""
    facts = None
    if place.kinds and place.latitude is not None and place.longitude is not None:
        facts = PlaceFacts(place.name, place.kinds, place.latitude, place.longitude)
    return Stop(number, place.locode or place.name, facts, country=place.country)


def route(places: Sequence[Place]) -> Route:
    """Return the way over some places; one that stands alone makes no leg."""
    stops = [stop_of(number, place) for number, place in enumerate(places, start=1)]
    if len(stops) == 1:
        return Route(tuple(stops))
    legs = [RouteLeg(number, "", *pair) for number, pair in enumerate(pairwise(stops), start=1)]
    return route_of(legs)
