"""Which events are wanted, and the SQL that says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, or_, select, text, tuple_

from ..dates import days, read_date
from ..errors import FontiError
from ..gazetteer import key
from ..record import Certainty, EventType
from .distance import HAVERSINE, box
from .searching import QuestionError, searched
from .tables import called as names
from .tables import made, reports, versions

SURE: tuple[str, ...] = get_args(Certainty)  # the surest first


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events: each field that is told must fit."""

    types: Sequence[str] = ()
    actor: str | None = None  # a country's ISO code, or words of a name
    recipient: str | None = None
    source: str | None = None  # whose word it is: an actor's name, or the outlet's
    since: str | None = None
    until: str | None = None
    certainty: str | None = None  # at least so sure
    text: str | None = None  # words of the report
    near: str | None = None  # `43.1,131.9,200km`
    language: str | None = None
    report: str | None = None  # an address
    whole: bool = field(default=False, kw_only=True)  # in reports that are there whole


def told(types: Sequence[str] | None, *more: str | None, whole: bool = False) -> Wanted:
    """What a command is asked for, its fields in their order; raises for a type that there is not."""
    return Wanted(tuple(check_type(name) for name in types or ()), *more, whole=whole)


def events(connection: Connection, wanted: Wanted) -> tuple[Select[Any], bool]:
    """The keys of the events that fit, and whether they are few: then all of them are found, and put in order.

    Else the database goes through the events in their order until it has enough.
    """
    few = False
    postgres = connection.dialect.name == "postgresql"
    e, v, p = made.tables["events"], versions, made.tables["places"]
    asked = select(e.c.version, e.c.id).join(v, v.c.id == e.c.version).where(v.c.newest, e.c.amended.is_(None))
    if wanted.types:
        asked = asked.where(or_(*map(_type, wanted.types)))
    for side, who in (("event_actors", wanted.actor), ("event_recipients", wanted.recipient)):
        if who:
            fits, rare = _with(connection, side, called(connection, who))
            asked, few = asked.where(fits), few or rare
    if wanted.source:
        fits, rare = _with(connection, "event_origin", called(connection, wanted.source))
        if outlets := _outlets(connection, wanted.source):
            asked = asked.where(or_(fits, v.c.publisher.in_(outlets)))
        else:
            asked, few = asked.where(fits), few or rare
    if wanted.since:
        asked = asked.where(e.c.latest >= days_of("since", wanted.since)[0])
    if wanted.until:
        asked = asked.where(func.coalesce(e.c.earliest, e.c.latest) <= days_of("until", wanted.until)[1])
    if wanted.certainty:
        asked = asked.where(e.c.certainty.in_(SURE[: SURE.index(_certainty(wanted.certainty)) + 1]))
    if wanted.language:
        asked = asked.where(v.c.language == wanted.language.lower())
    if wanted.whole:
        asked = asked.where(v.c.wall.is_(None))
    if wanted.report:
        asked = asked.join(reports, reports.c.id == v.c.report).where(reports.c.address == wanted.report)
    if wanted.text:
        asked = asked.where(searched(wanted.text, postgres=postgres))
    if wanted.near:
        lat, lon, km = read_near(wanted.near)
        asked = asked.join(p, and_(p.c.version == e.c.version, p.c.id == e.c.place))
        near = _near(lat, lon, km, postgres=postgres)
        asked, few = asked.where(*near), few or _few(connection, select(p.c.id).where(*near))
    return asked, few


FEW = 4000  # rows of actors or places from which their events are found faster than they are met on the way


def _few(connection: Connection, asked: Select[Any]) -> bool:
    some = select(func.count()).select_from(asked.limit(FEW + 1).subquery())
    return connection.execute(some).scalar_one() <= FEW


def _outlets(connection: Connection, name: str) -> list[str]:
    """The publishers with these words in their names."""
    publisher = versions.c.publisher
    fits = publisher.ilike(f"%{_literal(name)}%", escape="\\")
    return [str(found) for found in connection.execute(select(publisher).where(fits).distinct()).scalars()]


def _type(name: str) -> ColumnElement[bool]:
    e = made.tables["events"]
    return or_(e.c.type == name.upper(), e.c.mode == name.lower())


def _with(connection: Connection, side: str, called: ColumnElement[bool]) -> tuple[ColumnElement[bool], bool]:
    """Whether one of the event's actors, recipients or origins is called so, and whether that is rare."""
    e, sides, actors = made.tables["events"], made.tables[side], made.tables["actors"]
    joined = sides.join(actors, and_(actors.c.version == sides.c.version, actors.c.id == sides.c.actor))
    if _few(connection, select(actors.c.id).where(called)):
        keys = select(sides.c.version, sides.c.event).select_from(joined).where(called)
        return tuple_(e.c.version, e.c.id).in_(keys), True
    of = and_(sides.c.version == e.c.version, sides.c.event == e.c.id)
    return exists(select(1).select_from(joined).where(of, called).correlate(e)), False


def called(connection: Connection, who: str) -> ColumnElement[bool]:
    """Of that country, where the words are a code that the store has; else with these words in the name."""
    actors = made.tables["actors"]
    if re.fullmatch("[A-Z]{3}", who):
        of_country = actors.c.country == who
        if connection.execute(select(1).where(exists().where(of_country))).first():
            return of_country
    words = key(who).split()
    if not words:
        raise QuestionError(f"{who!r} is no name", "give a name, or a country's code such as RUS")
    keys = select(names.c.key).where(names.c.word == words[0])
    if len(words) > 1:
        keys = keys.where((" " + names.c.key + " ").like(f"% {_literal(key(who))} %", escape="\\"))
    return actors.c.key.in_(keys)


def _literal(words: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", words)


def days_of(option: str, date: str) -> tuple[str, str]:
    try:
        first, last = days(read_date(date))
    except FontiError as error:
        error.where = f"--{option}"
        raise
    return str(first), str(last)


def _certainty(name: str) -> str:
    if name not in SURE:
        raise QuestionError(f"{name!r} is no certainty", f"it is one of {', '.join(SURE)}", where="--certainty")
    return name


def check_type(name: str) -> str:
    """The event type of that name; a mode passes as it is."""
    if name.upper() not in get_args(EventType) and not re.fullmatch("[a-z][a-z -]*", name):
        kinds = "`fonti explain` knows them: ASSAULT, CONSULT …"
        raise QuestionError(f"{name!r} is no event type", kinds, where="--type")
    return name


def read_near(told: str) -> tuple[float, float, float]:
    """Latitude, longitude and kilometres."""
    number = r"\s*(-?\d+(?:\.\d+)?)\s*"
    found = re.fullmatch(rf"{number},{number},{number}(?:km)?\s*", told)
    lat, lon, km = map(float, found.groups()) if found else (99.0, 0.0, 0.0)
    if not (-90 <= lat <= 90 and -180 <= lon <= 180 and km >= 0):
        raise QuestionError(f"{told!r} is no point and distance", "write it as 43.1,131.9,200km", where="--near")
    return lat, lon, km


def _near(lat: float, lon: float, km: float, *, postgres: bool) -> list[ColumnElement[bool]]:
    """A box that an index finds, and the circle in it."""
    p = made.tables["places"]
    south, north, wide = box(lat, lon, km)
    fits: list[ColumnElement[bool]] = [p.c.lat.between(south, north)]
    if wide is not None:
        # a box over the date line goes on at the other side
        fits.append(or_(*(p.c.lon.between(lon + turn - wide, lon + turn + wide) for turn in (-360, 0, 360))))
    if postgres:
        words = HAVERSINE.format(lat="places.lat", lon="places.lon")
        return [*fits, text(f"{words} <= :km").bindparams(lat=lat, lon=lon, km=km)]  # type: ignore[list-item]
    return [*fits, func.kilometres(p.c.lat, p.c.lon, lat, lon) <= km]
