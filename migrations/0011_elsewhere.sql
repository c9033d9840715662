-- A dry run that says of many rows that they stand in other areas is held: nobody is shown which, before somebody of the
-- province has allowed it.
ALTER TABLE import_batch ADD COLUMN elsewhere text NOT NULL DEFAULT 'shown' CHECK (elsewhere IN ('shown', 'held', 'waived'));
