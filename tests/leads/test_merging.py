"""Two pages that are put together: what one changed is taken, what both changed is chosen."""

import pytest

from portal.leads.writing.merging import merged
from portal.leads.writing.rules import Typed

BASE: Typed = {
    "title": ["Old"],
    "court": [""],
    "texts-0-row": ["a"],
    "texts-0-text": ["First"],
    "texts-0-source": ["1"],
    "texts-1-row": ["b"],
    "texts-1-text": ["Second"],
    "stops-0-name": ["Rotterdam"],
    "stops-1-name": ["Karachi"],
}


def without(name):
    return {key: values for key, values in BASE.items() if not key.startswith(name)}


def put(mine, theirs, base: Typed | None = BASE, **chosen):
    found, clashes = merged(base, mine, theirs, chosen)
    return found, [one.name for one in clashes]


@pytest.mark.parametrize(
    ("mine", "theirs", "found", "clashes"),
    [
        ("Old", "Old", "Old", []),
        ("Mine", "Old", "Mine", []),
        ("Old", "Theirs", "Theirs", []),
        ("Same", "Same", "Same", []),
        ("Mine", "Theirs", "Mine", ["title"]),
        ("", "Old", "", []),
        (" Old ", "Theirs", "Theirs", []),
        ("A\r\nline", "A\nline", "A\r\nline", []),
    ],
)
def test_1_answer_is_of_whoever_changed_it(mine, theirs, found, clashes):
    told, met = put(BASE | {"title": [mine]}, BASE | {"title": [theirs]})
    assert (told["title"][0], met) == (found, clashes)


def test_1_choice_is_taken_as_chosen():
    both = BASE | {"title": ["Mine"]}, BASE | {"title": ["Theirs"]}
    assert put(*both, title="theirs")[0]["title"] == ["Theirs"]
    assert put(*both, title="mine")[0]["title"] == ["Mine"]


def test_2_answers_of_1_row_are_of_2_people():
    mine, theirs = BASE | {"texts-0-text": ["Mine"]}, BASE | {"texts-0-source": ["2"]}
    found, clashes = put(mine, theirs)
    assert (found["texts-0-text"], found["texts-0-source"], clashes) == (["Mine"], ["2"], [])


def test_1_box_that_was_unticked_stays_so():
    base = BASE | {"texts-0-released": ["y"]}
    found, clashes = put(BASE | {"title": ["Mine"]}, base, base)
    assert ("texts-0-released" in found, clashes) == (False, [])


def test_2_new_rows_stand_behind_the_old_ones():
    new = {"texts-2-row": [""], "texts-2-text": ["My new"]}
    theirs = {"texts-2-row": ["c"], "texts-2-text": ["Their new"]}
    found, clashes = put(BASE | new, BASE | theirs)
    assert [found[f"texts-{n}-text"][0] for n in range(4)] == [
        *("First", "Second", "Their new", "My new")
    ]
    assert clashes == []


@pytest.mark.parametrize("mine_drops", [True, False])
def test_1_row_that_one_dropped_and_nobody_changed_is_gone(mine_drops):
    both = (without("texts-0"), BASE) if mine_drops else (BASE, without("texts-0"))
    found, clashes = put(*both)
    assert (found["texts-0-text"], "texts-1-text" in found, clashes) == (["Second"], False, [])


def test_1_row_that_one_dropped_and_the_other_changed_is_chosen():
    theirs = BASE | {"texts-0-text": ["Theirs"]}
    found, clashes = put(without("texts-0"), theirs)
    assert (found["texts-0-text"], clashes) == (["Second"], ["texts:a"])
    found, _ = merged(BASE, without("texts-0"), theirs, {"texts:a": "theirs"})
    assert found["texts-0-text"] == ["Theirs"]


def test_rows_stand_as_the_1_who_moved_them_left_them():
    moved = without("texts") | {
        "texts-0-row": ["b"],
        "texts-0-text": ["Second"],
        "texts-1-row": ["a"],
        "texts-1-text": ["First"],
        "texts-1-source": ["1"],
    }
    changed = BASE | {"texts-1-text": ["Second, changed"]}
    for both in ((moved, changed), (changed, moved)):
        found, clashes = put(*both)
        assert [found["texts-0-text"], found["texts-1-text"]] == [["Second, changed"], ["First"]]
        assert clashes == []


def test_rows_without_a_number_are_told_apart_by_their_place():
    mine, theirs = BASE | {"stops-0-name": ["Antwerp"]}, BASE | {"stops-1-name": ["Mumbai"]}
    found, clashes = put(mine, theirs)
    assert (found["stops-0-name"], found["stops-1-name"]) == (["Antwerp"], ["Mumbai"])
    assert clashes == []


def test_of_a_page_of_which_nothing_is_known_each_difference_is_chosen():
    theirs = BASE | {"title": ["Theirs"], "stops-1-name": ["Mumbai"]}
    _, clashes = put(without("texts-1"), theirs, None)
    assert clashes == ["title", "stops:1:name", "texts:b"]
