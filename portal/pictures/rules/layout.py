"""Where the nodes of a network stand when the picture is drawn without script: in columns.

What the picture is about stands on the left, what it names in the middle, who else names that on
the right. Nothing overlaps, and it prints.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.pictures.data import Network, Node

ROW = 26.0
WIDTH = 900.0
COLUMNS = (20.0, 330.0, 640.0)
MARK_LONG = 36  # letters of a label; the table has it in full


@dataclass(frozen=True, slots=True)
class Placed:
    """A node with its place."""

    node: Node
    x: float
    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Layout:
    """The picture."""

    nodes: tuple[Placed, ...]
    lines: tuple[tuple[float, float, float, float], ...]
    width: float
    height: float


def layout_of(network: Network, centre: str) -> Layout:
    """Place the nodes of a network around its centre."""
    middle = [node for node in network.nodes if is_subject(node) and node.key != centre]
    right = [node for node in network.nodes if not is_subject(node) and node.key != centre]
    left = [node for node in network.nodes if node.key == centre]
    rows = max(len(left), len(middle), len(right), 1)
    order = {node.key: place for place, node in enumerate(middle)}
    first: dict[str, int] = {}
    for link in network.links:
        place = order.get(link.subject, 0)
        first[link.submission] = min(first.get(link.submission, rows), place)
    right.sort(key=lambda node: first.get(node.key, rows))
    placed = {
        one.node.key: one
        for x, column in zip(COLUMNS, (left, middle, right), strict=True)
        for one in stacked(column, x, rows)
    }
    lines = tuple(
        (placed[a].x + 7, placed[a].y, placed[b].x + 7, placed[b].y)
        for a, b in ((link.submission, link.subject) for link in network.links)
        if a in placed and b in placed
    )
    return Layout(tuple(placed.values()), lines, WIDTH, (rows + 1) * ROW)


def is_subject(node: Node) -> bool:
    """Tell whether a node is something that submissions name."""
    return node.sort not in {"submission", "hidden"}


def stacked(nodes: Sequence[Node], x: float, rows: int) -> list[Placed]:
    """Place a column, spread over the height of the tallest."""
    step = rows * ROW / max(len(nodes), 1)
    return [
        Placed(node, x, round(ROW / 2 + step * (place + 0.5), 1), shortened(node))
        for place, node in enumerate(nodes)
    ]


def shortened(node: Node) -> str:
    """Return a label that fits its column."""
    text = node.short or node.label
    return text if len(text) <= MARK_LONG else f"{text[: MARK_LONG - 1]}…"
