-- Target lists, households, members, and the history of what was known about them.
-- province_code leads every key, so that the same tables can be partitioned or spread by province.

CREATE TABLE target_list (
  code text PRIMARY KEY CHECK (code ~ '^[a-z0-9][a-z0-9-]{1,39}$'),
  name_th text NOT NULL,
  name_en text NOT NULL,
  list_date date NOT NULL,
  document text NOT NULL,
  clause text,
  -- Which list is believed when two disagree and the rule for the field is `trusted`; larger is more trusted.
  trust smallint NOT NULL DEFAULT 50,
  position smallint NOT NULL,
  -- 0 for a list of the nation, else the province that added it.
  province_code smallint NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- Official figures, each with the document that states it; kept apart from what the registry counts.
CREATE TABLE list_denominator (
  list_code text NOT NULL REFERENCES target_list,
  area_code text COLLATE "C" NOT NULL,
  households integer NOT NULL,
  persons integer,
  document text NOT NULL,
  as_of date NOT NULL,
  PRIMARY KEY (list_code, area_code, as_of)
);

CREATE TABLE household (
  province_code smallint NOT NULL,
  id uuid NOT NULL,
  -- 8 digits; the last two are 00 while the village is not known.
  area_code text COLLATE "C" NOT NULL CHECK (area_code ~ '^[0-9]{8}$'),
  centre_id uuid,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'merged', 'withdrawn')),
  merged_into uuid,
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
  -- Derived from the members, kept with them in the same transaction.
  head_name text,
  sort_key text COLLATE "C" NOT NULL DEFAULT '',
  search_text text COLLATE "C" NOT NULL DEFAULT '',
  member_count smallint NOT NULL DEFAULT 0,
  -- The lists it stands on, codes in order, joined by commas.
  list_set text COLLATE "C" NOT NULL DEFAULT '',
  -- The day that its facts speak of, and how far the source that stated them is trusted.
  as_of date NOT NULL,
  trust smallint NOT NULL DEFAULT 50,
  created_batch uuid,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (province_code, id)
);
CREATE INDEX household_area ON household (area_code, sort_key, id);
CREATE INDEX household_district ON household (province_code, left(area_code, 4), sort_key, id);
CREATE INDEX household_province ON household (province_code, sort_key, id);
CREATE INDEX household_updated ON household (province_code, updated_at DESC, id DESC);
-- Few are merged or withdrawn: lists of them must not pass all the others.
CREATE INDEX household_inactive ON household (province_code, area_code) WHERE state <> 'active';
CREATE INDEX household_house_code ON household (province_code, house_code) WHERE house_code IS NOT NULL;
CREATE INDEX household_centre ON household (centre_id, sort_key, id) WHERE centre_id IS NOT NULL;
CREATE INDEX household_batch ON household (created_batch) WHERE created_batch IS NOT NULL;
CREATE INDEX household_search ON household USING gin (search_text gin_trgm_ops);

CREATE TABLE member (
  province_code smallint NOT NULL,
  id uuid NOT NULL,
  household_id uuid NOT NULL,
  area_code text COLLATE "C" NOT NULL,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'withdrawn')),
  position smallint NOT NULL,
  relation text,
  title text,
  first_name text NOT NULL,
  last_name text,
  name_key text COLLATE "C" NOT NULL,
  -- HMAC-SHA-256 cut to 16 bytes, to find; AES-256-GCM with the number of its key, to read. Never in clear.
  national_id_hash bytea,
  national_id_cipher bytea,
  sex text CHECK (sex IN ('male', 'female')),
  birth_date date,
  birth_precision text CHECK (birth_precision IN ('day', 'month', 'year')),
  occupation text,
  annual_income integer,
  created_batch uuid,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (province_code, id),
  FOREIGN KEY (province_code, household_id) REFERENCES household
);
CREATE INDEX member_household ON member (province_code, household_id);
-- Not unique: lists carry one person twice, and one person may sit in two houses.
CREATE INDEX member_national_id ON member (national_id_hash) WHERE national_id_hash IS NOT NULL;

-- A household's place on a list: from which batch and row it came.
CREATE TABLE listing (
  province_code smallint NOT NULL,
  id uuid NOT NULL,
  household_id uuid NOT NULL,
  area_code text COLLATE "C" NOT NULL,
  list_code text NOT NULL,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'withdrawn')),
  list_date date NOT NULL,
  batch_id uuid,
  row_number integer,
  account_id uuid,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (province_code, id),
  UNIQUE (province_code, household_id, list_code),
  FOREIGN KEY (province_code, household_id) REFERENCES household
);
CREATE INDEX listing_list ON listing (province_code, list_code, area_code);
CREATE INDEX listing_batch ON listing (batch_id) WHERE batch_id IS NOT NULL;

-- What was known before and after, field by field. Values of national ids are masked.
CREATE TABLE fact_change (
  province_code smallint NOT NULL,
  id uuid NOT NULL,
  household_id uuid NOT NULL,
  member_id uuid,
  field text NOT NULL,
  old_value text,
  new_value text,
  source text NOT NULL CHECK (source IN ('desk', 'import', 'merge', 'undo')),
  batch_id uuid,
  row_number integer,
  account_id uuid,
  reason text,
  as_of date NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (province_code, id)
);
CREATE INDEX fact_change_household ON fact_change (province_code, household_id, at);
CREATE INDEX fact_change_batch ON fact_change (batch_id) WHERE batch_id IS NOT NULL;

-- Two households that were one. What moved is written down, so that the merge can be taken back.
CREATE TABLE household_merge (
  province_code smallint NOT NULL,
  id uuid NOT NULL,
  kept_id uuid NOT NULL,
  merged_id uuid NOT NULL,
  moved jsonb NOT NULL,
  reason text,
  account_id uuid NOT NULL,
  at timestamptz NOT NULL,
  undone_by uuid,
  undone_at timestamptz,
  PRIMARY KEY (province_code, id)
);
CREATE INDEX household_merge_kept ON household_merge (province_code, kept_id);
CREATE INDEX household_merge_merged ON household_merge (province_code, merged_id);

-- Households and persons per area of every level below the nation and per set of lists: the one source of every
-- overview figure. The nation is the sum of its provinces.
CREATE TABLE household_figure (
  province_code smallint NOT NULL,
  area_code text COLLATE "C" NOT NULL,
  list_set text COLLATE "C" NOT NULL,
  households integer NOT NULL,
  persons integer NOT NULL,
  PRIMARY KEY (province_code, area_code, list_set)
);

-- The second wall: a person's transactions see only the range of areas that was set for them.
ALTER TABLE household ENABLE ROW LEVEL SECURITY;
ALTER TABLE member ENABLE ROW LEVEL SECURITY;
ALTER TABLE listing ENABLE ROW LEVEL SECURITY;
CREATE POLICY household_wall ON household TO kaejon_person
  USING (area_code >= current_setting('app.area_from') AND area_code < current_setting('app.area_to'));
CREATE POLICY member_wall ON member TO kaejon_person
  USING (area_code >= current_setting('app.area_from') AND area_code < current_setting('app.area_to'));
CREATE POLICY listing_wall ON listing TO kaejon_person
  USING (area_code >= current_setting('app.area_from') AND area_code < current_setting('app.area_to'));
REVOKE UPDATE, DELETE ON audit_entry FROM kaejon_person;
