//! PostgreSQL's indexes of search texts by trigrams. They need the extension `pg_trgm`, which a server may lack and a role may not
//! be allowed to create; then a search reads every text. Each start tries, so that what an administrator makes possible is used.

use sqlx::PgConnection;

/// Indexes by subject, since a text that is rare among notes may be common among companies. Without a list of what is still to be
/// sorted in, which every search would read. All or none.
const MAKE: &str = "DO $$
DECLARE
    home TEXT;
    kind TEXT;
BEGIN
    IF to_regclass('order_texts_by_trigram') IS NOT NULL THEN
        RETURN;
    END IF;
    IF NOT EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm') THEN
        CREATE EXTENSION pg_trgm;
    END IF;
    SELECT n.nspname INTO home FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_trgm';
    FOREACH kind IN ARRAY ARRAY['order', 'person', 'account'] LOOP
        EXECUTE format(
            'CREATE INDEX %s_texts_by_trigram ON search_texts USING gin (folded %I.gin_trgm_ops) WITH (fastupdate = off)
             WHERE subject = %L',
            kind, home, kind
        );
    END LOOP;
EXCEPTION WHEN OTHERS THEN
    NULL;
END;
$$";

/// Makes them unless they are there or cannot be made.
pub(in crate::store) async fn make(connection: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::raw_sql(MAKE).execute(connection).await.map(drop)
}

/// Whether they are there.
pub(in crate::store) async fn are_made(connection: &mut PgConnection) -> sqlx::Result<bool> {
    sqlx::query_scalar("SELECT to_regclass('order_texts_by_trigram') IS NOT NULL").fetch_one(connection).await
}
