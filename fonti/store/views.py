"""The views that an analyst asks: events and statements a row each, with the words that show them."""

from __future__ import annotations

AROUND = 120  # characters on each side of what shows an event: about the sentence

# Every stretch of text, `words`, is cut out of the report when it is asked for. Only newest versions are seen.
TOLD = """
CREATE VIEW told AS
SELECT e.version, e.id AS event, r.address, v.title, v.publisher, v.language, v.published, v.wall, e.type, e.mode,
  e.earliest, e.latest, e.dated_by, e.time_value,
  {sides_event_actors} AS actors,
  {sides_event_recipients} AS recipients,
  (SELECT {objects} FROM event_objects o WHERE o.version = e.version AND o.event = e.id) AS objects,
  p.name AS place, p.country, p.lat, p.lon, p.precision,
  e.certainty, e.polarity, e.tense,
  (SELECT {origin} FROM event_origin o LEFT JOIN actors a ON a.version = o.version AND a.id = o.actor
    WHERE o.version = e.version AND o.event = e.id) AS origin,
  (SELECT {statements} FROM event_said_in s WHERE s.version = e.version AND s.event = e.id) AS said_in,
  e.confidence, e.trigger_start AS "start", e.trigger_end AS "end",
  substr(v.text, e.trigger_start + 1, e.trigger_end - e.trigger_start) AS words,
  substr(v.text, {begin} + 1, e.trigger_end + {around} - {begin}) AS passage
FROM events e
JOIN versions v ON v.id = e.version AND v.newest
JOIN reports r ON r.id = v.report
LEFT JOIN places p ON p.version = e.version AND p.id = e.place
WHERE e.amended IS NULL"""

SIDES = """(SELECT {joined} FROM {table} s LEFT JOIN actors a ON a.version = s.version AND a.id = s.actor
    WHERE s.version = e.version AND s.event = e.id)"""

SAID = """
CREATE VIEW said AS
SELECT s.version, s.id AS statement, r.address, v.title, v.publisher, v.language, v.published, v.wall, s.kind, s.act,
  s.commitment, s.implied, s.inside, a.name AS actor, a.country, a.sector, a.role,
  {words_source} AS source,
  {words_cue} AS cue,
  {words_content} AS content,
  (SELECT min(x."start") FROM statement_content x WHERE x.version = s.version AND x.statement = s.id) AS "start",
  (SELECT max(x."end") FROM statement_content x WHERE x.version = s.version AND x.statement = s.id) AS "end"
FROM statements s
JOIN versions v ON v.id = s.version AND v.newest
JOIN reports r ON r.id = v.report
LEFT JOIN actors a ON a.version = s.version AND a.id = s.actor"""

WORDS = """(SELECT {joined} FROM statement_{part} x WHERE x.version = s.version AND x.statement = s.id)"""

MENTIONS = """
CREATE VIEW mentions AS
SELECT m.version, m.actor, r.address, v.publisher, v.published, a.name, a.kind, a.country, m.how, m."start", m."end",
  substr(v.text, m."start" + 1, m."end" - m."start") AS words
FROM actor_mentions m
JOIN actors a ON a.version = m.version AND a.id = m.actor
JOIN versions v ON v.id = m.version AND v.newest
JOIN reports r ON r.id = v.report"""

LOCATED = """
CREATE VIEW located AS
SELECT p.version, p.id AS place, r.address, v.publisher, v.published, p.name, p.country, p.kind, p.lat, p.lon,
  p.precision, p.geonameid, p.confidence, p."start", p."end",
  substr(v.text, p."start" + 1, p."end" - p."start") AS words
FROM places p
JOIN versions v ON v.id = p.version AND v.newest
JOIN reports r ON r.id = v.report"""

VIEWS = {"told": TOLD, "said": SAID, "mentions": MENTIONS, "located": LOCATED}


def views(*, postgres: bool) -> list[str]:
    """The statements that make them in a database."""

    def joined(words: str, between: str, order: str) -> str:
        if postgres:
            return f"string_agg({words}, '{between}' ORDER BY {order})"
        return f"group_concat({words}, '{between}')"  # in the order of the primary key, as SQLite walks it

    def cut(alias: str) -> str:
        return f'substr(v.text, {alias}."start" + 1, {alias}."end" - {alias}."start")'

    side = joined(f"coalesce(a.name, {cut('s')})", "; ", "s.number")
    parts = {
        f"sides_{table}": SIDES.format(joined=side, table=table) for table in ("event_actors", "event_recipients")
    } | {
        f"words_{part}": WORDS.format(joined=joined(cut("x"), " … ", "x.number"), part=part)
        for part in ("source", "cue", "content")
    }
    told = TOLD.format(
        objects=joined(cut("o"), "; ", "o.number"),
        origin=joined("coalesce(a.name, v.publisher, o.actor)", " > ", "o.number"),
        statements=joined("s.statement", " ", "s.number"),
        begin=f"CASE WHEN e.trigger_start > {AROUND} THEN e.trigger_start - {AROUND} ELSE 0 END",
        around=AROUND,
        **parts,
    )
    return [told, SAID.format(**parts), MENTIONS, LOCATED]
