-- The logbook: entries that are only ever added, each household's case as folded from them, and the dated ledger from
-- which every figure of progress is counted.

CREATE TABLE entry (
  province_code smallint NOT NULL,
  id uuid NOT NULL,
  -- The household at which it was recorded; when that household was merged, it is read with the one that stayed.
  household_id uuid NOT NULL,
  -- Follows the household when it moves: the wall and the counts look at it.
  area_code text COLLATE "C" NOT NULL,
  kind text NOT NULL,
  happened_on date NOT NULL,
  recorded_at timestamptz NOT NULL,
  account_id uuid NOT NULL,
  -- For corrections: the entry, or the correction of it, that this one puts right.
  corrects uuid,
  content jsonb NOT NULL,
  -- SHA-256 of kind, day and content, so that the same id with other content is noticed.
  digest bytea NOT NULL,
  PRIMARY KEY (province_code, id),
  FOREIGN KEY (province_code, household_id) REFERENCES household
);
CREATE INDEX entry_household ON entry (province_code, household_id);

-- What the fold of a household's entries gives; always equal to it. Households without entries have no row.
CREATE TABLE household_case (
  province_code smallint NOT NULL,
  household_id uuid NOT NULL,
  area_code text COLLATE "C" NOT NULL,
  -- As on the household.
  list_set text COLLATE "C" NOT NULL,
  -- `target` while the fact of that name holds, `left` after an approved outcome that leaves, `closed` while the
  -- household is merged or withdrawn.
  standing text COLLATE "C" NOT NULL CHECK (standing IN ('target', 'left', 'closed')),
  -- Whether the fact of that name holds.
  recorded boolean NOT NULL,
  entries integer NOT NULL,
  state jsonb NOT NULL,
  last_visit_on date,
  -- The next day on which a visit is due; null when none is.
  due_on date,
  -- What waits for somebody, each with the day since when (domain/logbook/work.ts): 'outcome:2026-01-31,result:2026-02-01'.
  waiting text COLLATE "C" NOT NULL DEFAULT '',
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (province_code, household_id),
  FOREIGN KEY (province_code, household_id) REFERENCES household
);
CREATE INDEX household_case_due ON household_case (area_code, due_on) WHERE standing = 'target' AND due_on IS NOT NULL;
CREATE INDEX household_case_waiting ON household_case (area_code) WHERE standing = 'target' AND waiting <> '';
-- Everything that the counts of the work lists look at, so that they need not read the cases themselves.
CREATE INDEX household_case_work ON household_case (area_code)
  INCLUDE (province_code, household_id, list_set, standing, recorded, last_visit_on, due_on, waiting);

-- The ledger: from when until when a fact held for a household, and where and on which lists it was counted then. A span
-- is +1 at from_at and -1 at to_at. When a household moves or its lists change, its spans end and begin anew.
CREATE TABLE fact_span (
  province_code smallint NOT NULL,
  household_id uuid NOT NULL,
  -- `target`, `recorded`, … or `visited-YYYY-MM` for a visit that happened in that month.
  fact text COLLATE "C" NOT NULL,
  from_at timestamptz NOT NULL,
  to_at timestamptz,
  area_code text COLLATE "C" NOT NULL,
  list_set text COLLATE "C" NOT NULL,
  PRIMARY KEY (province_code, household_id, fact, from_at)
);
CREATE INDEX fact_span_area ON fact_span (area_code, fact);

-- Changes of spans that are not yet in progress_figure. Readers add them, so that a figure is never behind.
CREATE TABLE progress_pending (
  province_code smallint NOT NULL,
  id uuid NOT NULL,
  -- The subdistrict or what lies in it; an import adds one row for many households.
  area_code text COLLATE "C" NOT NULL,
  list_set text COLLATE "C" NOT NULL,
  fact text COLLATE "C" NOT NULL,
  -- The day in Thailand on which it was recorded.
  day date NOT NULL,
  delta integer NOT NULL,
  PRIMARY KEY (province_code, id)
);

-- Households for whom a fact held at the end of a day, per area from the nation ('' of province 0) down to the
-- subdistrict: the counts are {list_set: households}. A day without a row is like the day before it.
CREATE TABLE progress_figure (
  province_code smallint NOT NULL,
  area_code text COLLATE "C" NOT NULL,
  fact text COLLATE "C" NOT NULL,
  day date NOT NULL,
  counts jsonb NOT NULL,
  PRIMARY KEY (province_code, area_code, fact, day)
);

-- What a province decides for itself, in versions that stay readable; province 0 is everybody's default. Without a row
-- the program's own default holds.
CREATE TABLE rule_version (
  province_code smallint NOT NULL,
  kind text NOT NULL,
  version integer NOT NULL,
  content jsonb NOT NULL,
  reason text,
  account_id uuid,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (province_code, kind, version)
);

-- เมนูแก้จน: what help exists, for whom, from whom, from when until when. Items are never removed, only ended.
CREATE TABLE catalogue_item (
  province_code smallint NOT NULL,
  code text COLLATE "C" NOT NULL,
  name_th text NOT NULL,
  name_en text NOT NULL,
  dimension text NOT NULL,
  agency text NOT NULL,
  -- Who may have it, as rules that the program checks, and what is given, in words and baht.
  eligible jsonb NOT NULL,
  amount_th text NOT NULL,
  amount_en text NOT NULL,
  amount_baht integer,
  source text NOT NULL,
  valid_from date NOT NULL,
  valid_to date,
  -- Who wrote it; null for what the program ships, which a newer program may put right.
  account_id uuid,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (province_code, code, valid_from)
);

-- Visits are not due in an area between two days, for a reason such as harvest or flood.
CREATE TABLE duty_hold (
  province_code smallint NOT NULL,
  id uuid NOT NULL,
  area_code text COLLATE "C" NOT NULL,
  from_on date NOT NULL,
  until_on date NOT NULL,
  reason text NOT NULL,
  account_id uuid NOT NULL,
  created_at timestamptz NOT NULL,
  ended_at timestamptz,
  PRIMARY KEY (province_code, id)
);

-- Photographs of visits and evidence; the bytes lie encrypted beside the database.
CREATE TABLE photo (
  province_code smallint NOT NULL,
  id uuid NOT NULL,
  household_id uuid NOT NULL,
  area_code text COLLATE "C" NOT NULL,
  bytes integer NOT NULL,
  sha256 bytea NOT NULL,
  account_id uuid NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (province_code, id),
  FOREIGN KEY (province_code, household_id) REFERENCES household
);
CREATE INDEX photo_household ON photo (province_code, household_id);

ALTER TABLE entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE household_case ENABLE ROW LEVEL SECURITY;
ALTER TABLE fact_span ENABLE ROW LEVEL SECURITY;
ALTER TABLE photo ENABLE ROW LEVEL SECURITY;
CREATE POLICY entry_wall ON entry TO kaejon_person
  USING (area_code >= current_setting('app.area_from') AND area_code < current_setting('app.area_to'));
CREATE POLICY household_case_wall ON household_case TO kaejon_person
  USING (area_code >= current_setting('app.area_from') AND area_code < current_setting('app.area_to'));
CREATE POLICY fact_span_wall ON fact_span TO kaejon_person
  USING (area_code >= current_setting('app.area_from') AND area_code < current_setting('app.area_to'));
CREATE POLICY photo_wall ON photo TO kaejon_person
  USING (area_code >= current_setting('app.area_from') AND area_code < current_setting('app.area_to'));
-- Nobody rewrites the logbook: a move may touch its area, nothing else is ever changed or removed.
REVOKE UPDATE, DELETE ON entry FROM kaejon_person;
GRANT UPDATE (area_code) ON entry TO kaejon_person;
