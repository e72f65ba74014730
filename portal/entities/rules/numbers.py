"""Numbers and days: equal, mistyped, or others."""

from datetime import date

from rapidfuzz.distance import OSA

LEAST_NUMBER = 6  # characters, from which one may be wrong


def slip(left: str, right: str, allowed: int = 1) -> bool:
    """Tell whether a slip of the keys makes one number the other; those in a row are others."""
    if min(len(left), len(right)) < LEAST_NUMBER or in_a_row(left, right):
        return False
    return OSA.distance(left, right, score_cutoff=allowed) <= allowed


def in_a_row(left: str, right: str) -> bool:
    """Tell whether two numbers were given one after the other, as to brothers or sister firms."""
    return left.isdigit() and right.isdigit() and abs(int(left) - int(right)) == 1


def days_alike(left: date, right: date) -> str:
    """Return how two days compare: same, near (a slip, or day and month changed), or other."""
    if left == right:
        return "same"
    swapped = (left.year, left.month, left.day) == (right.year, right.day, right.month)
    if swapped or OSA.distance(f"{left:%Y%m%d}", f"{right:%Y%m%d}") == 1:
        return "near"
    return "other"
