-- A list's way in: the upload, the batch, its rows as they were read, and the verdict on each.

CREATE TABLE upload (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES account,
  file_name text NOT NULL,
  size bigint NOT NULL,
  received bigint NOT NULL DEFAULT 0,
  -- SHA-256 of the whole file, hex; known when it is complete.
  digest text,
  created_at timestamptz NOT NULL,
  completed_at timestamptz
);

CREATE TABLE import_batch (
  id uuid PRIMARY KEY,
  upload_id uuid NOT NULL REFERENCES upload,
  list_code text NOT NULL REFERENCES target_list,
  list_date date NOT NULL,
  -- The area that the file speaks of, within the reach of the person who brought it.
  area_code text COLLATE "C" NOT NULL,
  file_name text NOT NULL,
  file_digest text NOT NULL,
  format text,
  mapping jsonb,
  -- What was found in the file and its first rows, encrypted like the file itself; gone when the dry run begins.
  sample bytea,
  -- The areas whose households its dry run may name as candidates: the reach of the person who started it.
  reach jsonb NOT NULL DEFAULT '[]',
  -- Names of the villages that its rows speak of: [{code, name, key}].
  villages jsonb NOT NULL DEFAULT '[]',
  state text NOT NULL DEFAULT 'uploaded' CHECK (state IN ('uploaded', 'detected', 'mapped', 'reading', 'matching', 'reviewing',
    'committing', 'committed', 'cancelled', 'failed', 'undoing', 'undone')),
  -- Rows read, of how many; rows committed, of how many; when the phase began.
  progress jsonb NOT NULL DEFAULT '{}',
  -- Rows per verdict, made by the dry run and kept up to date by decisions.
  counts jsonb NOT NULL DEFAULT '{}',
  -- What commits made of it: households, members, listings, facts.
  result jsonb,
  problem jsonb,
  -- A person said that the file may go on although most rows are invalid or double.
  guard_waived boolean NOT NULL DEFAULT false,
  committed_through integer NOT NULL DEFAULT 0,
  -- When the dry run looked at the registry: what changed since makes it look again before a commit.
  matched_at timestamptz,
  account_id uuid NOT NULL REFERENCES account,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  committed_at timestamptz,
  undone_at timestamptz,
  undone_by uuid
);
CREATE INDEX import_batch_created ON import_batch (created_at DESC);
CREATE INDEX import_batch_digest ON import_batch (file_digest);

-- A row of a list as the rules read it: provenance for ever. Ids for what it may bring into being are made at reading,
-- so that committing twice is the same as once.
CREATE TABLE source_row (
  province_code smallint NOT NULL,
  batch_id uuid NOT NULL,
  row_number integer NOT NULL,
  -- The row that stands for the household in the file: itself, except in files with one row per person.
  leader_row integer NOT NULL,
  area_code text COLLATE "C" NOT NULL,
  village_name text,
  house_code text COLLATE "C",
  family_number text,
  house_number text,
  house_number_key text COLLATE "C",
  lane text,
  road text,
  phone text,
  latitude double precision,
  longitude double precision,
  stated_members smallint,
  note text,
  position smallint,
  relation text,
  title text,
  first_name text,
  last_name text,
  name_key text COLLATE "C",
  sort_key text COLLATE "C",
  search_text text COLLATE "C",
  national_id_hash bytea,
  national_id_cipher bytea,
  sex text,
  birth_date date,
  birth_precision text,
  occupation text,
  annual_income integer,
  faults jsonb,
  invalid boolean NOT NULL DEFAULT false,
  new_household_id uuid,
  new_member_id uuid,
  new_listing_id uuid,
  PRIMARY KEY (batch_id, row_number, province_code)
);
-- Empty for files with one row per household.
CREATE INDEX source_row_group ON source_row (batch_id, leader_row) WHERE leader_row <> row_number;

-- What becomes of a household of the file, and who decided where the rules could not. One row per leading row.
CREATE TABLE row_verdict (
  province_code smallint NOT NULL,
  batch_id uuid NOT NULL,
  row_number integer NOT NULL,
  area_code text COLLATE "C" NOT NULL,
  verdict text NOT NULL CHECK (verdict IN ('new', 'same', 'update', 'duplicate', 'match', 'conflict', 'invalid')),
  reason text NOT NULL,
  score smallint,
  -- The household that it is, or may be.
  candidate_id uuid,
  -- The earlier row of the same file that it repeats.
  duplicate_of integer,
  -- A person has to decide, and nobody has.
  waiting boolean NOT NULL DEFAULT false,
  decision text CHECK (decision IN ('accept', 'keep', 'separate', 'reject')),
  decided_by uuid,
  decided_at timestamptz,
  -- Where it ends up. Rows that the rules decided are committed as far as the batch is; decided ones when it says so.
  household_id uuid,
  committed_at timestamptz,
  PRIMARY KEY (batch_id, row_number, province_code)
);
-- New and same rows are nearly all of a file and nobody's work: they are listed in the order of the key.
CREATE INDEX row_verdict_queue ON row_verdict (batch_id, verdict, area_code, row_number)
  WHERE verdict NOT IN ('new', 'same');
CREATE INDEX row_verdict_decided ON row_verdict (batch_id, row_number)
  WHERE decision IS NOT NULL AND committed_at IS NULL;

-- Rows of a batch per subdistrict and verdict, waiting ones apart: the overview's "invalid and waiting".
CREATE TABLE import_figure (
  province_code smallint NOT NULL,
  batch_id uuid NOT NULL,
  area_code text COLLATE "C" NOT NULL,
  list_code text NOT NULL,
  verdict text NOT NULL,
  waiting boolean NOT NULL,
  rows integer NOT NULL,
  PRIMARY KEY (province_code, batch_id, area_code, verdict, waiting)
);
CREATE INDEX import_figure_area ON import_figure (province_code, area_code);

-- The mapping that a person confirmed for a list with these headings, offered again next time.
CREATE TABLE remembered_mapping (
  fingerprint text NOT NULL,
  list_code text NOT NULL,
  mapping jsonb NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (fingerprint, list_code)
);

ALTER TABLE source_row ENABLE ROW LEVEL SECURITY;
ALTER TABLE row_verdict ENABLE ROW LEVEL SECURITY;
CREATE POLICY source_row_wall ON source_row TO kaejon_person
  USING (area_code >= current_setting('app.area_from') AND area_code < current_setting('app.area_to'));
CREATE POLICY row_verdict_wall ON row_verdict TO kaejon_person
  USING (area_code >= current_setting('app.area_from') AND area_code < current_setting('app.area_to'));
