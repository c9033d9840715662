-- People who sign in, the roles they hold, and the trace that every act leaves.

-- The role that a person's transactions take on: it does not own the tables, so row-level security binds it.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'kaejon_person') THEN
    BEGIN
      CREATE ROLE kaejon_person NOLOGIN;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; -- another database of the same server was faster
    END;
  END IF;
  IF NOT pg_has_role(current_user, 'kaejon_person', 'MEMBER') THEN
    EXECUTE format('GRANT kaejon_person TO %I', current_user);
  END IF;
END $$;
GRANT USAGE ON SCHEMA public TO kaejon_person;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO kaejon_person;

CREATE TABLE setting (
  key text PRIMARY KEY,
  value jsonb NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now()
);

-- account, credential, session, verification, second_factor and attempt belong to the sign-in library.
CREATE TABLE account (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  email text NOT NULL UNIQUE,
  email_verified boolean NOT NULL DEFAULT false,
  image text,
  username text UNIQUE,
  display_username text,
  second_factor_enabled boolean NOT NULL DEFAULT false,
  disabled_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE session (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
  token text NOT NULL UNIQUE,
  expires_at timestamptz NOT NULL,
  ip_address text,
  user_agent text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX session_account ON session (account_id);

CREATE TABLE credential (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
  external_id text NOT NULL,
  provider_id text NOT NULL,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX credential_account ON credential (account_id);

CREATE TABLE verification (
  id uuid PRIMARY KEY,
  identifier text NOT NULL,
  value text NOT NULL,
  expires_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX verification_identifier ON verification (identifier);

CREATE TABLE second_factor (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
  secret text NOT NULL,
  backup_codes text NOT NULL,
  verified boolean NOT NULL DEFAULT true,
  failed_verification_count integer NOT NULL DEFAULT 0,
  locked_until timestamptz
);
CREATE INDEX second_factor_account ON second_factor (account_id);

CREATE TABLE attempt (
  id uuid PRIMARY KEY,
  key text NOT NULL UNIQUE,
  count integer NOT NULL,
  last_request bigint NOT NULL
);

-- A role, held at exactly one place, from a day to a day.
CREATE TABLE role_grant (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES account,
  role text NOT NULL CHECK (role IN
    ('mentor', 'operations', 'district', 'province', 'nation', 'agency', 'partner', 'auditor', 'administrator')),
  area_code text COLLATE "C" CHECK (area_code ~ '^([0-9]{2}){0,4}$'),
  centre_id uuid,
  team_id uuid,
  agency_id uuid,
  valid_from date NOT NULL,
  valid_to date,
  granted_by uuid,
  revoked_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  CHECK (num_nonnulls(area_code, centre_id, team_id, agency_id) = 1),
  CHECK (valid_to IS NULL OR valid_to >= valid_from)
);
CREATE INDEX role_grant_account ON role_grant (account_id);

-- One row for each write, in the write's own transaction, and one for each read that is logged by rule.
CREATE TABLE audit_entry (
  province_code smallint NOT NULL,
  id uuid NOT NULL,
  at timestamptz NOT NULL,
  account_id uuid,
  action text NOT NULL,
  subject_kind text,
  subject_id text,
  area_code text COLLATE "C" NOT NULL DEFAULT '',
  detail jsonb NOT NULL DEFAULT '{}',
  request_id text,
  PRIMARY KEY (province_code, id)
);
CREATE INDEX audit_entry_at ON audit_entry (province_code, at DESC, id DESC);
CREATE INDEX audit_entry_subject ON audit_entry (subject_kind, subject_id, at DESC);
CREATE INDEX audit_entry_account ON audit_entry (account_id, at DESC);

CREATE TABLE job (
  id uuid PRIMARY KEY,
  kind text NOT NULL,
  payload jsonb NOT NULL,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'done', 'failed')),
  attempts integer NOT NULL DEFAULT 0,
  run_at timestamptz NOT NULL DEFAULT now(),
  claimed_until timestamptz,
  last_error text,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX job_waiting ON job (run_at) WHERE state IN ('waiting', 'running');
