-- Schema 2. Text ids outside, integer keys inside; one record row cites for every fact of a source row.
CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE run (
  id INTEGER PRIMARY KEY, started TEXT NOT NULL, finished TEXT, status TEXT NOT NULL,
  what TEXT NOT NULL, summary TEXT NOT NULL
);
CREATE TABLE type (key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE delivery (
  key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, source TEXT NOT NULL, unit TEXT, period TEXT,
  said_on TEXT NOT NULL
);
CREATE TABLE origin (
  key INTEGER PRIMARY KEY, source TEXT NOT NULL, document TEXT NOT NULL, sha256 TEXT NOT NULL,
  UNIQUE (source, document, sha256)
);
-- A source row: who says it, where, and from which run to which it holds. `ended` is the date of the closing document.
CREATE TABLE record (
  key INTEGER PRIMARY KEY, delivery INTEGER NOT NULL, digest TEXT NOT NULL, subject TEXT NOT NULL,
  origin INTEGER NOT NULL, said_on TEXT NOT NULL, place TEXT, rule TEXT NOT NULL, confidence REAL NOT NULL,
  quote TEXT, judge TEXT, because TEXT, opened INTEGER NOT NULL, closed INTEGER, ended TEXT
);
CREATE INDEX record_open ON record (delivery, digest) WHERE closed IS NULL;
CREATE INDEX record_closed ON record (delivery, digest) WHERE closed IS NOT NULL;
-- `open`: some open claim says it. `folded` is the name as compared.
CREATE TABLE entity (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, type INTEGER NOT NULL, name TEXT NOT NULL,
  folded TEXT NOT NULL, properties TEXT, open INTEGER NOT NULL
);
CREATE INDEX entity_type ON entity (type, open);
CREATE INDEX entity_folded ON entity (folded);
CREATE TABLE alias (
  folded TEXT NOT NULL, entity INTEGER NOT NULL, PRIMARY KEY (folded, entity)
) WITHOUT ROWID;
-- `own` is the citation of a claim that does not share the one of its record.
CREATE TABLE entity_claim (
  entity INTEGER NOT NULL, record INTEGER NOT NULL, number INTEGER NOT NULL, type INTEGER NOT NULL,
  name TEXT, properties TEXT, own TEXT, PRIMARY KEY (entity, record, number)
) WITHOUT ROWID;
CREATE INDEX entity_claim_record ON entity_claim (record);
-- `open`: some open claim says it and both ends are open.
CREATE TABLE relation (
  key INTEGER PRIMARY KEY, source INTEGER NOT NULL, type INTEGER NOT NULL, target INTEGER NOT NULL,
  properties TEXT, open INTEGER NOT NULL
);
CREATE UNIQUE INDEX relation_out ON relation (source, type, target);
CREATE INDEX relation_in ON relation (target, type);
CREATE TABLE relation_claim (
  relation INTEGER NOT NULL, record INTEGER NOT NULL, number INTEGER NOT NULL, properties TEXT, own TEXT,
  PRIMARY KEY (relation, record, number)
) WITHOUT ROWID;
CREATE INDEX relation_claim_record ON relation_claim (record);
-- Grams of name and aliases; what they find is compared with the text itself. Functions stand apart.
CREATE VIRTUAL TABLE grams USING fts5 (
  text, content = '', detail = none, columnsize = 0, tokenize = "unicode61 categories 'L* M* N* S* Co Cn'"
);
CREATE VIRTUAL TABLE crowd_grams USING fts5 (
  text, content = '', detail = none, columnsize = 0, tokenize = "unicode61 categories 'L* M* N* S* Co Cn'"
);
