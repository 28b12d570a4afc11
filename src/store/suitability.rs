//! Whether a PostgreSQL database can hold the shop: its encoding, our rights, and what stands in between.
//!
//! Every statement here goes in the simple protocol, which prepares nothing: a pooler must be found by this, and not by an
//! error of its own.

use sqlx::{PgConnection, Row};

use crate::store::error::postgres_code;
use crate::store::open_error::OpenError;

/// One is enough where nobody else uses the pooler; somebody who does may hide it once.
const ROUNDS: usize = 2;
const RIGHTS: &str = "
    SELECT current_setting('server_encoding') AS encoding,
           quote_ident(current_database()) AS database, quote_ident(current_user) AS role,
           quote_ident(current_schema()) AS schema,
           COALESCE(has_schema_privilege(current_schema(), 'CREATE'), FALSE) AS may_create,
           has_database_privilege(current_database(), 'TEMPORARY') AS may_stage";

/// Refuses a database that cannot hold every character, or in which we may not do what we have to. The outer outcome is
/// whether the server could be asked.
pub(in crate::store) async fn check_rights(connection: &mut PgConnection) -> sqlx::Result<Result<(), OpenError>> {
    let found = sqlx::raw_sql(RIGHTS).fetch_one(&mut *connection).await?;
    let (database, user): (String, String) = (found.try_get("database")?, found.try_get("role")?);
    let encoding: String = found.try_get("encoding")?;
    if encoding != "UTF8" {
        return Ok(Err(OpenError::Encoding { database, encoding }));
    }
    let forbidden = |action: String, grant: String| {
        Ok(Err(OpenError::Forbidden { user: user.clone(), database: database.clone(), action, grant }))
    };
    let Some(schema) = found.try_get::<Option<String>, _>("schema")? else {
        return forbidden(
            "use any schema of its search_path".to_owned(),
            format!("CREATE SCHEMA AUTHORIZATION {user}"),
        );
    };
    if !found.try_get("may_create")? {
        return forbidden(
            format!("make tables in the schema {schema}"),
            format!("GRANT CREATE ON SCHEMA {schema} TO {user}"),
        );
    }
    if !found.try_get("may_stage")? {
        return forbidden(
            "make temporary tables".to_owned(),
            format!("GRANT TEMPORARY ON DATABASE {database} TO {user}"),
        );
    }
    Ok(Ok(()))
}

/// Whether two connections that are both open are served by one session of the server, or one of them by several: then a
/// pooler hands sessions out by the transaction. No server tells its clients so.
pub(in crate::store) async fn share_sessions(one: &mut PgConnection, other: &mut PgConnection) -> sqlx::Result<bool> {
    for _ in 0..ROUNDS {
        let before = session(one).await?;
        match sqlx::raw_sql("BEGIN").execute(&mut *other).await {
            // Only a pooler in statement mode knows no transactions.
            Err(error) if postgres_code(&error).as_deref() == Some("08P01") => return Ok(true),
            begun => begun.map(drop)?,
        }
        let beside = session(other).await?;
        let after = session(one).await?;
        sqlx::raw_sql("ROLLBACK").execute(&mut *other).await?;
        if before == beside || before != after {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn session(connection: &mut PgConnection) -> sqlx::Result<i32> {
    sqlx::raw_sql("SELECT pg_backend_pid()").fetch_one(connection).await?.try_get(0)
}
