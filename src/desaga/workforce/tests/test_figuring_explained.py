"""The explanation for readers says of every figure what the code does: it is written from the same words."""

from pathlib import Path

from desaga.workforce.figuring import FIGURES, Figure, Stating, cuts_of

PAGE = Path(__file__).resolve().parents[4] / "docs" / "explanation" / "how-workforce-figures-are-counted.md"


def told(figure: Figure) -> str:
    """The passage on a figure, as it must stand in the page."""
    cuts = "; ".join(cut.words.lower() if cut.rows else "whole" for cut in cuts_of(figure, Stating()))
    sources = "".join(f" [Source]({source})." for source in figure.sources)
    return f"**{figure.name}** (`{figure.key}`, {figure.unit}). {figure.definition}{sources} Given as: {cuts}."


def test_explanation_has_every_figure_in_the_words_of_the_code() -> None:
    page = PAGE.read_text(encoding="utf-8")

    assert [figure.key for figure in FIGURES if told(figure) not in page] == []
