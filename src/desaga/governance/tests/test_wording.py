"""Terms as paragraphs, and two versions of them."""

from hypothesis import given
from hypothesis import strategies as st

from desaga.governance.wording import Block, blocks_of, compare

OLD = "# Purpose\nTo review the plan every quarter.\n\n# Seats\n- Chair\n- Two technicians"
NEW = "# Purpose\nTo review the plan every quarter and to report.\n\n# Seats\n- Chair\n- Three technicians\n- A union seat"
LINES = st.lists(
    st.sampled_from(["", "# Seats", "- One seat", "To review the plan.", "To review the whole plan."]), max_size=8
)


def test_headings_lists_and_paragraphs_are_told_apart():
    assert blocks_of("# Purpose\nOne line\nand another\n\nApart\n- a\n\n- b") == [
        Block("heading", ("Purpose",)),
        Block("text", ("One line", "and another")),
        Block("text", ("Apart",)),
        Block("list", ("a", "b")),
    ]


def test_a_changed_paragraph_is_compared_word_by_word():
    changed = [passage for passage in compare(OLD, NEW) if passage.is_changed]
    said = [[(piece.change, piece.words.strip()) for piece in passage.pieces] for passage in changed]
    assert said == [
        [("same", "To review the plan every quarter"), ("added", "and to report"), ("same", ".")],
        [("gone", "Two"), ("added", "Three"), ("same", "technicians")],
        [("added", "A union seat")],
    ]


@given(old=LINES, new=LINES)
def test_nothing_is_lost_or_made_up(old, new):
    def words(text):
        return [word for block in blocks_of(text) for line in block.lines for word in line.split()]

    kept: dict[str, list[str]] = {"gone": [], "added": []}
    for passage in compare("\n".join(old), "\n".join(new)):
        for side, other in (("gone", "added"), ("added", "gone")):
            kept[side] += "".join(piece.words for piece in passage.pieces if piece.change != other).split()
    assert kept == {"gone": words("\n".join(old)), "added": words("\n".join(new))}
