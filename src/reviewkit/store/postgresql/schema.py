"""The table, and rules that an owner may add to it; as SQL to be read by people, too."""

from __future__ import annotations

#: Makes the table. Every statement may be carried out again.
TABLE = """\
CREATE SCHEMA IF NOT EXISTS reviewkit;
CREATE TABLE IF NOT EXISTS reviewkit.op (
  lib  text   NOT NULL,
  id   text   NOT NULL,
  sum  bytea  NOT NULL GENERATED ALWAYS AS (sha256(line)) STORED,
  seq  bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  xid  xid8   NOT NULL DEFAULT pg_current_xact_id(),
  by   text   NOT NULL,
  r    text,
  line bytea  NOT NULL,
  PRIMARY KEY (lib, id, sum)
);
CREATE INDEX IF NOT EXISTS op_by_transaction ON reviewkit.op (lib, xid);
"""

#: Lets each member see and say only what is theirs. Names of roles and reviewers follow it.
POLICIES = """\
-- Who of this database's roles is which reviewer, and sees what: 'own' or 'all' reviews.
CREATE TABLE IF NOT EXISTS reviewkit.member (
  role name NOT NULL, lib text NOT NULL, reviewer text NOT NULL,
  sees text NOT NULL CHECK (sees IN ('own', 'all')),
  PRIMARY KEY (role, lib)
);

-- What a line says of itself; NULL where it cannot be read. Columns beside it prove nothing.
CREATE OR REPLACE FUNCTION reviewkit.said(line bytea, key text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT AS $$
BEGIN
  RETURN convert_from(line, 'UTF8')::json ->> key;
EXCEPTION WHEN OTHERS THEN
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION reviewkit.me(library text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT reviewer FROM reviewkit.member WHERE role = session_user AND lib = library
$$;
CREATE OR REPLACE FUNCTION reviewkit.sees_all(library text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT coalesce(bool_or(sees = 'all'), false)
  FROM reviewkit.member WHERE role = session_user AND lib = library
$$;

ALTER TABLE reviewkit.op ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS see ON reviewkit.op;
DROP POLICY IF EXISTS say ON reviewkit.op;
DROP POLICY IF EXISTS erase ON reviewkit.op;
-- What is of a paper, and one's own opinions; everybody's for those who see all.
CREATE POLICY see ON reviewkit.op FOR SELECT USING (
  reviewkit.me(lib) IS NOT NULL
  AND (r IS NULL OR r = reviewkit.me(lib) OR reviewkit.sees_all(lib))
);
-- In one's own name only, of opinions only one's own; and the columns must tell what the line
-- does. What others recorded of one's own opinion may be erased.
CREATE POLICY say ON reviewkit.op FOR INSERT WITH CHECK (
  reviewkit.said(line, 'by') = by
  AND reviewkit.said(line, 'i') = id
  AND reviewkit.said(line, 'r') IS NOT DISTINCT FROM r
  AND (by = reviewkit.me(lib) AND (r IS NULL OR r = by)
    OR r = reviewkit.me(lib) AND reviewkit.said(line, 'z') = '1')
);
-- Erasing takes away one's own opinions.
CREATE POLICY erase ON reviewkit.op FOR DELETE USING (r = reviewkit.me(lib));

-- For each member, with their own role, library (.reviewkit/library.json) and name:
--   GRANT USAGE ON SCHEMA reviewkit TO ana_role;
--   GRANT SELECT, INSERT, DELETE ON reviewkit.op TO ana_role;
--   INSERT INTO reviewkit.member VALUES ('ana_role', 'lib-...', 'ana', 'own');
"""
