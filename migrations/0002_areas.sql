-- Areas by official code, and the centres (ศจพ.) that answer for them.

CREATE TABLE area (
  code text COLLATE "C" NOT NULL CHECK (code ~ '^([0-9]{2}){1,4}$'),
  name_th text NOT NULL,
  name_en text,
  name_key text NOT NULL,
  origin text NOT NULL CHECK (origin IN ('official', 'import', 'desk')),
  valid_from date NOT NULL DEFAULT '1900-01-01',
  valid_to date,
  PRIMARY KEY (code, valid_from)
);

CREATE TABLE centre (
  id uuid PRIMARY KEY,
  code text NOT NULL UNIQUE,
  kind text NOT NULL CHECK (kind IN ('nation', 'province', 'district', 'city', 'town', 'pattaya')),
  name_th text NOT NULL,
  short_name_th text NOT NULL,
  name_en text NOT NULL,
  province_code smallint NOT NULL,
  -- The area it stands for; a municipal centre stands in a province and answers for what centre_coverage names.
  area_code text COLLATE "C" NOT NULL,
  valid_from date NOT NULL DEFAULT '1900-01-01',
  valid_to date
);
CREATE INDEX centre_area ON centre (area_code);

CREATE TABLE centre_coverage (
  centre_id uuid NOT NULL REFERENCES centre,
  area_code text COLLATE "C" NOT NULL,
  valid_from date NOT NULL DEFAULT '1900-01-01',
  valid_to date,
  PRIMARY KEY (centre_id, area_code, valid_from)
);
CREATE INDEX centre_coverage_area ON centre_coverage (area_code);

CREATE TABLE team (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('mentor', 'operations')),
  name text NOT NULL,
  centre_id uuid NOT NULL REFERENCES centre,
  area_code text COLLATE "C" NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE agency (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('agency', 'partner')),
  name_th text NOT NULL,
  name_en text,
  area_code text COLLATE "C" NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
