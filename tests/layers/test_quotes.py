"""Quotations: [ ] marks each inner span in the line, ! before it one that is a sentence of its own."""

from __future__ import annotations

import re

import pytest

from fonti.layers.quotes import find_quotes
from fonti.record import Section


def marked(text: str) -> str:
    """The text with brackets put around what was found, innermost last."""
    inserts: list[tuple[int, int, str]] = []
    for quote in find_quotes(text):
        inserts.append((quote.inner.start, 1, ("!" if quote.independent else "") + "["))
        inserts.append((quote.inner.end, 0, "]"))
    for at, _, sign in sorted(inserts, key=lambda item: (-item[0], -item[1])):
        text = text[:at] + sign + text[at:]
    return text


@pytest.mark.parametrize(
    "line",
    [
        # plain pairs
        "“![Il ponte è chiuso]”, ha detto il sindaco.",
        "Il sindaco ha detto: «![Il ponte è chiuso]».",
        'The mayor said, "![The bridge is closed.]"',
        "“![We will rebuild,]” the mayor said, “![and soon.]”",
        "‘![We will rebuild,]’ the mayor said.",
        # words inside a clause: a fragment, a title, a scare quote
        "Il ministro parla di una «[scelta dolorosa]» per tutti.",
        "Il cosiddetto “[decreto ponti]” passa alla Camera.",
        'The film "[The Long Bridge]" opens on Friday.',
        "“[Lupo solitario]” è il soprannome che gli danno.",
        # guillemets set with blanks, and the other way round
        "« ![Le pont est fermé] », a dit le maire. « ![Il rouvrira en mai] », a-t-il ajouté.",
        "Il parle d'un « [choix difficile] » pour tous.",
        "»![Die Brücke ist gesperrt]«, sagte der Bürgermeister.",
        # nested
        "«![Mi ha detto “[vattene]” e se n’è andato]», racconta la donna.",
        "“![He told me ‘[go away]’ and left,]” she said.",
        # wrong marks
        "Resterà “[sempre accanto agli alleati]“.",
        "Er nannte es „[eine harte Wahl]“ und ging.",
        "![Il treno è partito all’alba]”, fa sapere l’agenzia.",
        "“![Il treno è partito all’alba, fa sapere l’agenzia]",
        "Parla di “[scelta dolorosa]. Poi se ne va.",
        "““![Partiamo domani]”, ha detto.",
        # no quotations
        "L’Italia, un po’ come negli anni '90, non c’è.",
        "The workers' demands and the boss's reply in '98.",
        'The door is 6" wide.',
        # an apostrophe inside single marks
        "He called it 'the workers' day' again.".replace("'the workers' day'", "'[the workers' day]'"),
    ],
)
def test_quotes(line: str) -> None:
    assert marked(re.sub(r"!?\[|\]", "", line)) == line


def test_a_quotation_carried_over_paragraphs() -> None:
    text = "“Il ponte è chiuso.\n\n“Riaprirà in estate”, ha detto il sindaco."
    first, second = find_quotes(text)
    assert text[first.inner.start : first.inner.end] == "Il ponte è chiuso."
    assert first.continues and not second.continues


def test_a_quotation_stays_in_its_section() -> None:
    text = "Foto: “Ansa Il ponte è chiuso”, ha detto il sindaco."
    sections = [Section(0, 11, "credit"), Section(12, len(text), "body")]
    assert [text[q.inner.start : q.inner.end] for q in find_quotes(text, sections)] == ["Ansa", "Il ponte è chiuso"]
