-- The database of keydesk on PostgreSQL (14 or later), with no more rights than it needs. As the server's administrator:
--
--   sudo -u postgres psql -f postgres.sql
--
-- The role logs in by its system user through the socket (`peer`), as the service does; for a server on another machine give
-- it a password as well (`\password keydesk`).

CREATE ROLE keydesk LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION CONNECTION LIMIT 40;

CREATE DATABASE keydesk TEMPLATE template0 ENCODING 'UTF8';

-- Nobody else may look in. Imports compare files in temporary tables.
REVOKE ALL ON DATABASE keydesk FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE keydesk TO keydesk;

-- The tables stand in a schema of its own, which is all that it owns.
ALTER ROLE keydesk IN DATABASE keydesk SET search_path = keydesk;

\connect keydesk

REVOKE ALL ON SCHEMA public FROM PUBLIC;

CREATE SCHEMA keydesk AUTHORIZATION keydesk;

-- Searches among many orders are fast with it (Debian has it in the package postgresql).
CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA keydesk;
