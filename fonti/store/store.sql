-- The tables of a store as SQLite has them; PostgreSQL's differ in the names of types and in `search`.
-- Ask the views first: told (events), said (statements), mentions (actors), located (places); they know the newest
-- versions only, and every row of theirs has its words.
-- A span is `start` and `end`, in code points of versions.text, the end not included: in SQL,
-- substr(text, "start" + 1, "end" - "start"). `end` is a word of SQL's own and wants its quotation marks.

-- What is kept ---------------------------------------------------------------------------------------

CREATE TABLE amendments (
  id INTEGER NOT NULL,
  kind TEXT NOT NULL,  -- merge, place or reject
  target TEXT NOT NULL,  -- what is amended, as JSON
  value TEXT NOT NULL,  -- what it becomes, as JSON
  reason TEXT NOT NULL,
  "by" TEXT NOT NULL,
  at TEXT NOT NULL,
  undone_by TEXT,
  undone_at TEXT,
  PRIMARY KEY (id)
);

CREATE TABLE failures (
  place TEXT NOT NULL,
  source TEXT NOT NULL,  -- as it was named to `fonti add`
  met TEXT NOT NULL,
  "then" TEXT,  -- what to do next
  options TEXT NOT NULL,  -- of `fonti add`, as JSON
  tries INTEGER NOT NULL,
  last TEXT NOT NULL,  -- when, in UTC
  PRIMARY KEY (place)
);

CREATE TABLE reports (
  id INTEGER NOT NULL,
  address TEXT NOT NULL,  -- where its versions were met: url, file, or its text
  PRIMARY KEY (id),
  UNIQUE (address)
);

CREATE TABLE store (
  version INTEGER NOT NULL,  -- of what is kept: one more with each migration
  shape TEXT NOT NULL,  -- of the rows that are made from records
  made TEXT NOT NULL  -- the tables and views of these rows
);

CREATE TABLE versions (
  id INTEGER NOT NULL,
  report INTEGER NOT NULL,
  number INTEGER NOT NULL,  -- 1, 2 … of the report
  newest BOOLEAN NOT NULL,  -- the one of its report that is asked for
  digest TEXT NOT NULL,  -- of what the source gave
  place TEXT NOT NULL,  -- where it was met: file, archive!member, line
  added TEXT NOT NULL,  -- when, in UTC
  language TEXT,
  title TEXT,
  author TEXT,
  publisher TEXT,
  published TEXT,  -- as precise as it is known
  dated_by TEXT,  -- who tells `published`
  earliest TEXT,  -- first day of `published`
  latest TEXT,  -- last day of `published`
  url TEXT,
  wall TEXT,  -- what hides the rest, or all, of it: subscription, cookies, robots, feed
  given TEXT,  -- what its source told of language, date, sections and wall, as JSON
  read_by TEXT NOT NULL,  -- versions of Fonti and its nets, digests of own facts and lexicon, as JSON
  text TEXT NOT NULL,  -- exactly as read: spans are offsets into it
  PRIMARY KEY (id),
  FOREIGN KEY(report) REFERENCES reports (id),
  UNIQUE (digest)
);
CREATE INDEX versions_latest ON versions (latest);
CREATE INDEX versions_publisher ON versions (publisher);
CREATE UNIQUE INDEX versions_report ON versions (report, number);

CREATE TABLE records (
  version INTEGER NOT NULL,
  record BLOB NOT NULL,  -- its JSON, whole, deflated
  PRIMARY KEY (version),
  FOREIGN KEY(version) REFERENCES versions (id)
);

CREATE VIRTUAL TABLE search USING fts5(title, text, content='versions', content_rowid='id', tokenize='unicode61 remove_diacritics 2');

-- What is made from the records, and can be made again -------------------------------------------------

CREATE TABLE actors (
  version INTEGER NOT NULL,
  id TEXT NOT NULL,
  name TEXT,
  kind TEXT,
  country TEXT,
  sector TEXT,
  role TEXT,
  presumed BOOLEAN,
  "key" TEXT,
  amended INTEGER,
  PRIMARY KEY (version, id),
  FOREIGN KEY(version) REFERENCES versions (id)
);
CREATE INDEX actors_country ON actors (country);
CREATE INDEX actors_key ON actors ("key");

CREATE TABLE called (
  word TEXT NOT NULL,  -- of the name of an actor
  "key" TEXT NOT NULL,  -- as in `actors`
  PRIMARY KEY (word, "key")
);

CREATE TABLE events (
  version INTEGER NOT NULL,
  id TEXT NOT NULL,
  type TEXT,
  trigger_start INTEGER,
  trigger_end INTEGER,
  mode TEXT,
  time TEXT,
  time_value TEXT,
  place TEXT,
  certainty TEXT,
  polarity TEXT,
  tense TEXT,
  confidence DOUBLE,
  earliest TEXT,
  latest TEXT,
  dated_by TEXT,
  amended INTEGER,
  PRIMARY KEY (version, id),
  FOREIGN KEY(version) REFERENCES versions (id)
);
CREATE INDEX events_latest ON events (latest, earliest, type, certainty, amended);

CREATE TABLE names (
  version INTEGER NOT NULL,
  number INTEGER NOT NULL,
  start INTEGER,
  "end" INTEGER,
  label TEXT,
  actor TEXT,
  place TEXT,
  PRIMARY KEY (version, number),
  FOREIGN KEY(version) REFERENCES versions (id)
);

CREATE TABLE places (
  version INTEGER NOT NULL,
  id TEXT NOT NULL,
  start INTEGER,
  "end" INTEGER,
  name TEXT,
  lat DOUBLE,
  lon DOUBLE,
  geonameid INTEGER,
  country TEXT,
  kind TEXT,
  confidence DOUBLE,
  precision TEXT,
  "key" TEXT,
  amended INTEGER,
  PRIMARY KEY (version, id),
  FOREIGN KEY(version) REFERENCES versions (id)
);
CREATE INDEX places_key ON places ("key");
CREATE INDEX places_lat ON places (lat, lon);

CREATE TABLE sections (
  version INTEGER NOT NULL,
  number INTEGER NOT NULL,
  start INTEGER,
  "end" INTEGER,
  kind TEXT,
  PRIMARY KEY (version, number),
  FOREIGN KEY(version) REFERENCES versions (id)
);

CREATE TABLE statements (
  version INTEGER NOT NULL,
  id TEXT NOT NULL,
  kind TEXT,
  act TEXT,
  actor TEXT,
  inside TEXT,
  implied BOOLEAN,
  commitment TEXT,
  PRIMARY KEY (version, id),
  FOREIGN KEY(version) REFERENCES versions (id)
);
CREATE INDEX statements_actor ON statements (version, actor);

CREATE TABLE times (
  version INTEGER NOT NULL,
  id TEXT NOT NULL,
  start INTEGER,
  "end" INTEGER,
  type TEXT,
  value TEXT,
  earliest TEXT,
  latest TEXT,
  PRIMARY KEY (version, id),
  FOREIGN KEY(version) REFERENCES versions (id)
);

CREATE TABLE actor_mentions (
  version INTEGER NOT NULL,
  actor TEXT NOT NULL,
  number INTEGER NOT NULL,
  start INTEGER,
  "end" INTEGER,
  how TEXT,
  PRIMARY KEY (version, actor, number),
  FOREIGN KEY(version, actor) REFERENCES actors (version, id),
  FOREIGN KEY(version) REFERENCES versions (id)
);

CREATE TABLE event_actors (
  version INTEGER NOT NULL,
  event TEXT NOT NULL,
  number INTEGER NOT NULL,
  start INTEGER,
  "end" INTEGER,
  actor TEXT,
  PRIMARY KEY (version, event, number),
  FOREIGN KEY(version, event) REFERENCES events (version, id),
  FOREIGN KEY(version) REFERENCES versions (id)
);
CREATE INDEX event_actors_actor ON event_actors (version, actor);

CREATE TABLE event_casualties (
  version INTEGER NOT NULL,
  event TEXT NOT NULL,
  number INTEGER NOT NULL,
  kind TEXT,
  start INTEGER,
  "end" INTEGER,
  least INTEGER,
  most INTEGER,
  about BOOLEAN,
  PRIMARY KEY (version, event, number),
  FOREIGN KEY(version, event) REFERENCES events (version, id),
  FOREIGN KEY(version) REFERENCES versions (id)
);

CREATE TABLE event_contexts (
  version INTEGER NOT NULL,
  event TEXT NOT NULL,
  number INTEGER NOT NULL,
  value TEXT,
  PRIMARY KEY (version, event, number),
  FOREIGN KEY(version, event) REFERENCES events (version, id),
  FOREIGN KEY(version) REFERENCES versions (id)
);

CREATE TABLE event_objects (
  version INTEGER NOT NULL,
  event TEXT NOT NULL,
  number INTEGER NOT NULL,
  start INTEGER,
  "end" INTEGER,
  what TEXT,
  quantity DOUBLE,
  unit TEXT,
  PRIMARY KEY (version, event, number),
  FOREIGN KEY(version, event) REFERENCES events (version, id),
  FOREIGN KEY(version) REFERENCES versions (id)
);

CREATE TABLE event_origin (
  version INTEGER NOT NULL,
  event TEXT NOT NULL,
  number INTEGER NOT NULL,
  actor TEXT,
  PRIMARY KEY (version, event, number),
  FOREIGN KEY(version, event) REFERENCES events (version, id),
  FOREIGN KEY(version) REFERENCES versions (id)
);
CREATE INDEX event_origin_actor ON event_origin (version, actor);

CREATE TABLE event_recipients (
  version INTEGER NOT NULL,
  event TEXT NOT NULL,
  number INTEGER NOT NULL,
  start INTEGER,
  "end" INTEGER,
  actor TEXT,
  PRIMARY KEY (version, event, number),
  FOREIGN KEY(version, event) REFERENCES events (version, id),
  FOREIGN KEY(version) REFERENCES versions (id)
);
CREATE INDEX event_recipients_actor ON event_recipients (version, actor);

CREATE TABLE event_said_in (
  version INTEGER NOT NULL,
  event TEXT NOT NULL,
  number INTEGER NOT NULL,
  statement TEXT,
  PRIMARY KEY (version, event, number),
  FOREIGN KEY(version, event) REFERENCES events (version, id),
  FOREIGN KEY(version) REFERENCES versions (id)
);

CREATE TABLE statement_content (
  version INTEGER NOT NULL,
  statement TEXT NOT NULL,
  number INTEGER NOT NULL,
  start INTEGER,
  "end" INTEGER,
  PRIMARY KEY (version, statement, number),
  FOREIGN KEY(version, statement) REFERENCES statements (version, id),
  FOREIGN KEY(version) REFERENCES versions (id)
);

CREATE TABLE statement_cue (
  version INTEGER NOT NULL,
  statement TEXT NOT NULL,
  number INTEGER NOT NULL,
  start INTEGER,
  "end" INTEGER,
  PRIMARY KEY (version, statement, number),
  FOREIGN KEY(version, statement) REFERENCES statements (version, id),
  FOREIGN KEY(version) REFERENCES versions (id)
);

CREATE TABLE statement_source (
  version INTEGER NOT NULL,
  statement TEXT NOT NULL,
  number INTEGER NOT NULL,
  start INTEGER,
  "end" INTEGER,
  PRIMARY KEY (version, statement, number),
  FOREIGN KEY(version, statement) REFERENCES statements (version, id),
  FOREIGN KEY(version) REFERENCES versions (id)
);

-- What to ask ------------------------------------------------------------------------------------------

CREATE VIEW told AS
SELECT e.version, e.id AS event, r.address, v.title, v.publisher, v.language, v.published, v.wall, e.type, e.mode,
  e.earliest, e.latest, e.dated_by, e.time_value,
  (SELECT group_concat(coalesce(a.name, substr(v.text, s."start" + 1, s."end" - s."start")), '; ') FROM event_actors s LEFT JOIN actors a ON a.version = s.version AND a.id = s.actor
    WHERE s.version = e.version AND s.event = e.id) AS actors,
  (SELECT group_concat(coalesce(a.name, substr(v.text, s."start" + 1, s."end" - s."start")), '; ') FROM event_recipients s LEFT JOIN actors a ON a.version = s.version AND a.id = s.actor
    WHERE s.version = e.version AND s.event = e.id) AS recipients,
  (SELECT group_concat(substr(v.text, o."start" + 1, o."end" - o."start"), '; ') FROM event_objects o WHERE o.version = e.version AND o.event = e.id) AS objects,
  p.name AS place, p.country, p.lat, p.lon, p.precision,
  e.certainty, e.polarity, e.tense,
  (SELECT group_concat(coalesce(a.name, v.publisher, o.actor), ' > ') FROM event_origin o LEFT JOIN actors a ON a.version = o.version AND a.id = o.actor
    WHERE o.version = e.version AND o.event = e.id) AS origin,
  (SELECT group_concat(s.statement, ' ') FROM event_said_in s WHERE s.version = e.version AND s.event = e.id) AS said_in,
  e.confidence, e.trigger_start AS "start", e.trigger_end AS "end",
  substr(v.text, e.trigger_start + 1, e.trigger_end - e.trigger_start) AS words,
  substr(v.text, CASE WHEN e.trigger_start > 120 THEN e.trigger_start - 120 ELSE 0 END + 1, e.trigger_end + 120 - CASE WHEN e.trigger_start > 120 THEN e.trigger_start - 120 ELSE 0 END) AS passage
FROM events e
JOIN versions v ON v.id = e.version AND v.newest
JOIN reports r ON r.id = v.report
LEFT JOIN places p ON p.version = e.version AND p.id = e.place
WHERE e.amended IS NULL;

CREATE VIEW said AS
SELECT s.version, s.id AS statement, r.address, v.title, v.publisher, v.language, v.published, v.wall, s.kind, s.act,
  s.commitment, s.implied, s.inside, a.name AS actor, a.country, a.sector, a.role,
  (SELECT group_concat(substr(v.text, x."start" + 1, x."end" - x."start"), ' … ') FROM statement_source x WHERE x.version = s.version AND x.statement = s.id) AS source,
  (SELECT group_concat(substr(v.text, x."start" + 1, x."end" - x."start"), ' … ') FROM statement_cue x WHERE x.version = s.version AND x.statement = s.id) AS cue,
  (SELECT group_concat(substr(v.text, x."start" + 1, x."end" - x."start"), ' … ') FROM statement_content x WHERE x.version = s.version AND x.statement = s.id) AS content,
  (SELECT min(x."start") FROM statement_content x WHERE x.version = s.version AND x.statement = s.id) AS "start",
  (SELECT max(x."end") FROM statement_content x WHERE x.version = s.version AND x.statement = s.id) AS "end"
FROM statements s
JOIN versions v ON v.id = s.version AND v.newest
JOIN reports r ON r.id = v.report
LEFT JOIN actors a ON a.version = s.version AND a.id = s.actor;

CREATE VIEW mentions AS
SELECT m.version, m.actor, r.address, v.publisher, v.published, a.name, a.kind, a.country, m.how, m."start", m."end",
  substr(v.text, m."start" + 1, m."end" - m."start") AS words
FROM actor_mentions m
JOIN actors a ON a.version = m.version AND a.id = m.actor
JOIN versions v ON v.id = m.version AND v.newest
JOIN reports r ON r.id = v.report;

CREATE VIEW located AS
SELECT p.version, p.id AS place, r.address, v.publisher, v.published, p.name, p.country, p.kind, p.lat, p.lon,
  p.precision, p.geonameid, p.confidence, p."start", p."end",
  substr(v.text, p."start" + 1, p."end" - p."start") AS words
FROM places p
JOIN versions v ON v.id = p.version AND v.newest
JOIN reports r ON r.id = v.report;
