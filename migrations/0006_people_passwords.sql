-- A password that somebody else has seen must be changed before anything else; and the trace, newest first, for the nation.

ALTER TABLE account ADD COLUMN password_one_time boolean NOT NULL DEFAULT false;
CREATE INDEX account_name ON account (name, id);
CREATE INDEX audit_entry_newest ON audit_entry (at DESC, id DESC);
