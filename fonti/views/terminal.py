"""A record as a page in the terminal: who says what, what happened, who they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from textwrap import shorten

from rich.console import Console
from rich.text import Text

from ..explain import short, words
from ..facts import facts
from ..layers.events import wire
from ..record import Actor, Casualties, Event, Participant, Place, Record, Span, Statement
from ..walls import IN_PART

NARROW = 64  # columns below which what stands beside goes below
LONG_DATE = 20  # columns: `13 Sep 2023, morning`
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
PARTS = {"MO": "morning", "MI": "midday", "AF": "afternoon", "EV": "evening", "NI": "night", "DT": "daytime"}
SEASONS = {"SP": "spring", "SU": "summer", "FA": "autumn", "AU": "autumn", "WI": "winter"}
REFERENCES = {"PRESENT_REF": "now", "PAST_REF": "in the past", "FUTURE_REF": "to come"}


def render(record: Record, console: Console) -> None:
    """Prints the page, as wide as the console."""
    page = _Page(record, console)
    for part in (page.head(), page.statements(), page.events(), page.actors(), page.places()):
        for line in part:
            console.print(line, soft_wrap=True, highlight=False)
    console.print()


class _Page:
    """Lines of styled text for one record and one console."""

    def __init__(self, record: Record, console: Console) -> None:
        self.record, self.console = record, console
        self.text = record.report.text
        self.by_id = {actor.id: actor for actor in record.actors}
        self.agency = wire(record.actors, record.report.sections)  # on whose word all of it is
        self.width = min(max(console.width, 20), 120)  # longer lines read badly
        code = record.report.language or ""
        self.language = words(code, kind="language")

    def head(self) -> Iterator[Text]:
        report = self.record.report
        title = _clean(report.title or self._begins() or report.id)
        yield from self._wrap(Text(title, "bold"))
        told = (report.publisher, report.author, readable(report.published), self.language, report.url or report.path)
        about = [_clean(part) for part in told if part and _clean(part) != title]
        yield from self._wrap(Text(" · ".join(about), "dim"))
        if report.wall:
            yield from self._wrap(Text(IN_PART[report.wall][0], "yellow"))

    def _begins(self) -> str:
        """The headline in the text, or the first words of what it tells."""
        for section in self.record.report.sections:
            words = _clean(self.text[section.start : section.end])
            if section.kind in ("headline", "heading", "body"):
                return words if section.kind == "headline" else shorten(words, 72, placeholder=" …")
        return ""

    # Who says what

    def statements(self) -> Iterator[Text]:
        yield from self._heading("Who says what")
        told = {s.id for s in self.record.statements}
        if not told:
            yield Text("  no statements", "dim")
        outermost = [s for s in self.record.statements if s.inside not in told]
        for i, statement in enumerate(outermost):
            yield from [Text()] if i else []
            yield from self._statement(statement, depth=0)

    def _statement(self, statement: Statement, *, depth: int) -> Iterator[Text]:
        indent = Text("  " * (depth + 1))
        column = min(36, self.width * 3 // 8) + 2 * depth
        mark = Text("↳ " if depth else "", "dim")
        source = mark + self._source(statement)
        cue = Text(self._words(statement.cue), "italic cyan")
        if statement.act != "asserts":
            cue.append((" · " if cue else "") + (short(statement.act) or statement.act), "yellow")
        if statement.commitment != "neutral":
            cue.append((" · " if cue else "") + statement.commitment, "dim")
        content = Text(self._words(statement.content, between=" … "), "" if statement.kind != "direct" else "green")
        if statement.kind == "direct":
            content = Text("“", "green") + content + Text("”", "green")
        yield from self._beside([source, Text("  " * bool(depth)) + cue], content, indent=indent, column=column)
        for other in self.record.statements:
            if other.inside == statement.id:
                yield from self._statement(other, depth=depth + 1)

    def _source(self, statement: Statement) -> Text:
        """The words for who speaks, and the name where these do not tell it."""
        name = self._name(statement.actor)
        source = self._words(statement.source)
        if not source:
            return Text(f"({name})" if name else "(nobody named)", "dim")
        return _named(source, name)

    # What happened

    def events(self) -> Iterator[Text]:
        yield from self._heading("What happened")
        if not self.record.events:
            yield Text("  no events", "dim")
        dates = [Text(readable(event.time_value) or "", "magenta") for event in self.record.events]
        column = min(max((date.cell_len for date in dates), default=0), LONG_DATE) + 4 if any(dates) else 2
        for event, date in zip(self.record.events, dates, strict=True):
            lines = self._event(event, self.width - column)
            yield from self._beside([date], lines, indent=Text("  "), column=column)

    def _event(self, event: Event, width: int) -> Text:
        does = short(event.mode) or short(event.type) or event.type.lower()
        who = self._sides(event.actors) or Text("somebody", "dim")
        line = Text.assemble(who, " ", ("→ " + does, "bold cyan"))
        if event.recipients:
            line += Text(" → ", "bold cyan") + self._sides(event.recipients)
        trigger = _clean(self.text[event.trigger.start : event.trigger.end])
        details = [Text(f"“{trigger}”", "dim")]
        details += [Text(_clean(self.text[o.start : o.end])) for o in event.objects]
        details += [Text(tally(casualties), "red") for casualties in event.casualties]
        place = _clean(next((p.name for p in self.record.places if p.id == event.place), ""))
        details += [Text(f"in {place}")] if place and place not in line.plain else []
        details += [Text(mark, "yellow") for mark in _marks(event)]
        chain = [name for id_ in event.origin if id_ not in ("publisher", self.agency) and (name := self._name(id_))]
        details += [Text(f"according to {' via '.join(reversed(chain))}", "italic")] if chain else []
        told = Text(" · ", "dim").join(details)
        fits = line.cell_len + told.cell_len + 3 <= width
        return line + (Text(" · ", "dim") if fits else Text("\n")) + told

    def _sides(self, sides: Sequence[Participant]) -> Text:
        named = [_named(_clean(self.text[s.start : s.end]), self._name(s.actor)) for s in sides]
        return Text(", ").join(named)

    # Who they are

    def actors(self) -> Iterator[Text]:
        if not self.record.actors:
            return
        yield from self._heading("Actors")
        engaged = {s.actor for s in self.record.statements}
        engaged |= {side.actor for event in self.record.events for side in (*event.actors, *event.recipients)}
        shown = [a for a in self.record.actors if len(a.mentions) > 1 or a.id in engaged]
        for actor in sorted(shown, key=lambda a: -len(a.mentions)):
            name = Text(_clean(actor.name), "bold") + Text(f" ×{len(actor.mentions)}", "dim")
            yield from self._beside([name], self._about(actor), indent=Text("  "), column=min(32, self.width // 3))
        if others := [_clean(a.name) for a in self.record.actors if a not in shown]:
            yield from self._beside([], Text(f"Named once: {', '.join(others)}", "dim"), indent=Text("  "), column=2)

    def _about(self, actor: Actor) -> Text:
        country = facts().common_name(actor.country, "en") if actor.country and actor.kind != "country" else None
        country = f"{country}, presumably" if country and actor.presumed else country
        implied = actor.kind in ("country", "agency")  # a state is of the government, an agency of the press
        sector = words(actor.sector, kind="sector").split(":")[0] if actor.sector and not implied else None
        told = [_clean(part) for part in (actor.role, actor.kind, country, sector) if part]
        about = Text(" · ".join(dict.fromkeys(told)))
        others = _forms(_clean(self.text[m.start : m.end]) for m in actor.mentions if m.how != "pronoun")
        others = [form for form in others if actor.name.casefold() not in form.casefold()]
        return about + Text(f"\nalso {', '.join(others)}" if others else "", "dim")

    def places(self) -> Iterator[Text]:
        if not self.record.places:
            return
        yield from self._heading("Places")
        counts = Counter((_clean(place.name), self._where(place)) for place in self.record.places)
        told = [
            Text(name) + Text((f" ({where})" if where else "") + (f" ×{n}" if n > 1 else ""), "dim")
            for (name, where), n in counts.most_common()
        ]
        yield from self._beside([], Text(", ").join(told), indent=Text("  "), column=2)

    def _where(self, place: Place) -> str:
        """The country of a place, and how well its point is known."""
        country = facts().common_name(place.country, "en") if place.country and place.kind != "country" else None
        point = "near" if place.precision == "near" else "no point" if place.lat is None else None
        return ", ".join(filter(None, (country, point)))

    # Layout

    def _heading(self, words: str) -> Iterator[Text]:
        yield from (Text(), Text(words, "bold blue"))

    def _beside(self, left: Sequence[Text], right: Text, *, indent: Text, column: int) -> Iterator[Text]:
        """Two columns, each wrapped; one below the other where the console is narrow."""
        left = [text for text in left if text.plain.strip()]
        if self.width < NARROW:
            yield from (indent + line for line in self._wrap(Text("  ").join(left), self.width - len(indent)))
            yield from (indent + Text("  ") + line for line in self._wrap(right, self.width - len(indent) - 2))
            return
        column -= len(indent)
        lefts = [line for text in left for line in self._wrap(text, column - 2)]
        rights = self._wrap(right, self.width - len(indent) - column)
        for one, other in zip_longest(lefts, rights, fillvalue=Text()):
            line = indent + one
            if other:
                line.append(" " * (len(indent) + column - line.cell_len))
            yield line + other

    def _wrap(self, text: Text, width: int | None = None) -> list[Text]:
        if not text:
            return []
        lines = text.wrap(self.console, max(width or self.width, 8))
        for line in lines:
            line.rstrip()
        return list(lines)

    def _words(self, spans: Iterable[Span], *, between: str = " ") -> str:
        return between.join(_clean(self.text[s.start : s.end]) for s in spans)

    def _name(self, actor: str | None) -> str | None:
        return _clean(self.by_id[actor].name) if actor in self.by_id else None


def readable(value: str | None) -> str | None:
    """A TIMEX3 or ISO 8601 value as people write it: `13 Sep 2023`, `Sep 2023`, `13 Sep 2023, morning`."""
    if not value or value in REFERENCES:
        return REFERENCES.get(value or "")
    found = re.fullmatch(r"(\d{4})-(\d{2})(?:-(\d{2}))?(?:T(\d{2}:\d{2}|\w{2}).*)?", value)
    if found:
        year, month, day, time = found.groups()
        date = " ".join(part for part in ((day or "").lstrip("0"), MONTHS[(int(month) - 1) % 12], year) if part)
        return f"{date}, {PARTS.get(time, time)}" if time else date
    if found := re.fullmatch(r"(\d{4})-(?:W(\d{2})|Q([1-4])|H([12])|(SP|SU|FA|AU|WI))(?:-WE)?", value):
        year, week, quarter, half, season = found.groups()
        if season:
            return f"{SEASONS[season]} {year}"
        return (
            f"week {int(week)} of {year}"
            if week
            else f"quarter {quarter} of {year}"
            if quarter
            else f"half {half} of {year}"
        )
    if found := re.fullmatch(r"(\d{3})X?", value):
        return f"{found[1]}0s"
    return value


def tally(casualties: Casualties) -> str:
    """ "at least 15 killed", "10 to 15 injured", "nobody missing"."""
    least, most, about = casualties.least, casualties.most, "about " * casualties.about
    if most == 0:
        return f"nobody {casualties.kind}"
    if least is None:
        return f"{about}up to {most:,} {casualties.kind}"
    number = f"{least:,}" if least == most else f"at least {least:,}" if most is None else f"{least:,} to {most:,}"
    return f"{about}{number} {casualties.kind}"


def _marks(event: Event) -> Iterator[str]:
    """What keeps it from being a plain fact of the past."""
    if event.certainty != "certain":
        yield event.certainty
    if event.polarity == "negative":
        yield {"past": "did not happen", "future": "will not happen"}.get(event.tense, "does not happen")
    elif event.tense == "future":
        yield "to come"


def _named(words: str, name: str | None) -> Text:
    """Words for an actor, with its name where nothing in them tells it."""
    text = Text(words, "bold")
    parts = set(re.findall(r"\w{3,}", (name or "").casefold()))
    told = (name or "").casefold() in words.casefold()
    if name and not told and not parts & set(re.findall(r"\w{3,}", words.casefold())):
        text.append(f" ({name})", "not bold dim")
    return text


def _forms(found: Iterable[str]) -> list[str]:
    """Each once, whatever its capitals and its article."""
    forms = list({form.casefold(): form for form in found}.values())
    return [f for f in forms if not any(0 < len(f) - len(g) < 5 and f.casefold().endswith(g.casefold()) for g in forms)]


def _clean(words: str) -> str:
    """On one line, and nothing in it that a terminal would obey."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", " ", words).split())
