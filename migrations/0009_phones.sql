-- Phones of the field app: who carries which, what came from them and could not be recorded, and photographs on their way.

-- A person's thing, not a province's: found by its id alone, whoever carries what it sealed.
CREATE TABLE device (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES account,
  name text NOT NULL,
  -- Where the person works with it, and the areas that it holds: codes in order, joined by commas.
  province_code smallint NOT NULL,
  areas text COLLATE "C" NOT NULL,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'revoked', 'wiped')),
  -- What it seals with, sealed under the master key. Never in clear.
  data_key bytea NOT NULL,
  -- SHA-256 of the secret by which it is known without a session.
  secret_digest bytea NOT NULL,
  app_version text NOT NULL,
  protocol integer NOT NULL,
  registered_at timestamptz NOT NULL,
  last_seen_at timestamptz NOT NULL,
  last_sync_at timestamptz,
  waiting_items integer NOT NULL DEFAULT 0,
  waiting_photos integer NOT NULL DEFAULT 0,
  waiting_since timestamptz,
  -- Households that it was told to fetch and did not yet ask for, about.
  to_fetch integer NOT NULL DEFAULT 0,
  -- Its clock minus ours, in seconds.
  clock_offset integer,
  -- The cursors that it may come back with: the last one given, and the one before, whose answer may have got lost.
  cursor_given text,
  cursor_before text,
  revoked_at timestamptz,
  revoked_by uuid REFERENCES account,
  revoke_reason text,
  wiped_at timestamptz,
  -- What it could not send before it wiped itself.
  lost_items integer
);
CREATE INDEX device_account ON device (account_id);
CREATE INDEX device_province ON device (province_code, last_sync_at);

-- Items of phones against which a rule stands: kept until their author mends them or somebody decides.
CREATE TABLE unfiled_item (
  province_code smallint NOT NULL,
  -- The entry's, or the household's.
  id uuid NOT NULL,
  -- Of the household that it names, or of the phone where that is not known.
  area_code text COLLATE "C" NOT NULL,
  device_id uuid NOT NULL,
  account_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('entry', 'household', 'unknown')),
  -- As its author named it; it may not be in the registry.
  household_id uuid,
  saved_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  problem text NOT NULL,
  -- Ids and small facts, never names.
  details jsonb NOT NULL DEFAULT '{}',
  -- As it was sent, sealed under the master key; gone once it is recorded.
  content bytea,
  -- SHA-256 under a key of ours of what was sent: the same sent again is known, and tells nobody what it is.
  digest bytea NOT NULL,
  -- Which version of the protocol its phone spoke.
  protocol integer NOT NULL,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'recorded', 'setAside')),
  -- The household for which it was recorded in the end.
  recorded_household uuid,
  decided_by uuid,
  decided_at timestamptz,
  reason text,
  PRIMARY KEY (province_code, id)
);
CREATE INDEX unfiled_item_area ON unfiled_item (area_code, received_at) WHERE state = 'waiting';
CREATE INDEX unfiled_item_household ON unfiled_item (province_code, household_id);

ALTER TABLE unfiled_item ENABLE ROW LEVEL SECURITY;
CREATE POLICY unfiled_item_wall ON unfiled_item TO kaejon_person
  USING (area_code >= current_setting('app.area_from') AND area_code < current_setting('app.area_to'));

-- Photographs that come sealed and in pieces, like uploads: the bytes lie on the disk of this installation.
CREATE TABLE sealed_photo (
  device_id uuid NOT NULL REFERENCES device,
  photo_id uuid NOT NULL,
  -- The name of its file.
  file_id uuid NOT NULL,
  province_code smallint NOT NULL,
  household_id uuid NOT NULL,
  bytes integer NOT NULL,
  received integer NOT NULL DEFAULT 0,
  -- How often it was whole and did not open.
  failures smallint NOT NULL DEFAULT 0,
  completed_at timestamptz,
  -- When it was stored for its household; null while a rule stands against that.
  filed_at timestamptz,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (device_id, photo_id)
);
CREATE INDEX sealed_photo_household ON sealed_photo (province_code, household_id)
  WHERE completed_at IS NOT NULL AND filed_at IS NULL;
CREATE INDEX sealed_photo_held ON sealed_photo (photo_id) WHERE completed_at IS NOT NULL AND filed_at IS NULL;
CREATE INDEX sealed_photo_file ON sealed_photo (file_id);
