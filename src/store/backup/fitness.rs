//! Whether a SQLite file that somebody brings could be restored: asked before anything in it is read that could do more than
//! hold rows.

use std::path::Path;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, SqliteConnection};

use crate::store::backup::error::{BackupError, damaged};
use crate::store::backup::release::Release;
use crate::store::open::SQLITE_MIGRATIONS;
use crate::store::schema::sqlite::{in_sqlite, migrations_of};
use crate::store::schema::strange::Strange;

/// Steps of SQLite's machine between two looks at how many there were, and looks until a file is given up: a thousand million
/// steps, which take seconds. To read a schema and the list of migrations takes thousands.
const STEPS: i32 = 100_000;
const LOOKS: u32 = 10_000;
/// What a refusal names; the rest is counted.
const NAMED: usize = 5;

/// How to connect to a file that may be anybody's.
pub(super) fn strange_file(path: &Path) -> SqliteConnectOptions {
    // Its schema may call only functions that do nothing outside it.
    SqliteConnectOptions::new().filename(path).pragma("trusted_schema", "OFF").disable_statement_logging()
}

/// What becomes of a backup with triggers or rules in it that no migration made, or without one that a migration did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Foreign {
    Refuse,
    Keep,
}

/// Refuses a file whose pages do not fit together.
pub(super) async fn refuse_damaged(file: &mut SqliteConnection) -> Result<(), BackupError> {
    let said: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check(5)").fetch_all(file).await.map_err(damaged)?;
    if said == ["ok"] { Ok(()) } else { Err(BackupError::Damaged(said.join("; "))) }
}

/// Refuses what no keydesk made, what a newer one did, and what has more in it than the migrations make.
pub(super) async fn refuse_unfit(
    file: &mut SqliteConnection,
    from: &Path,
    foreign: Foreign,
) -> Result<(), BackupError> {
    let mut left = LOOKS;
    file.lock_handle().await.map_err(damaged)?.set_progress_handler(STEPS, move || {
        left = left.saturating_sub(1);
        left > 0
    });
    let Some(applied) = migrations_of(file).await.map_err(damaged)? else {
        return Err(BackupError::NoBackup(from.to_owned()));
    };
    if let Release::Newer(migration) = Release::of(&applied, &SQLITE_MIGRATIONS) {
        return Err(BackupError::Newer { path: from.to_owned(), migration });
    }
    let Some(last) = applied.last() else { return Err(BackupError::NoBackup(from.to_owned())) };
    let Strange { in_place, beside } = in_sqlite(file, Some(*last)).await.map_err(damaged)?;
    if !in_place.is_empty() {
        return Err(BackupError::Strange { path: from.to_owned(), what: named(in_place) });
    }
    refuse_foreign(beside, from, foreign)?;
    file.lock_handle().await.map_err(damaged)?.remove_progress_handler();
    Ok(())
}

/// Refuses a backup in which this was found, unless it is to be kept.
pub(super) fn refuse_foreign(found: Vec<String>, from: &Path, foreign: Foreign) -> Result<(), BackupError> {
    if found.is_empty() || foreign == Foreign::Keep {
        return Ok(());
    }
    Err(BackupError::Foreign { path: from.to_owned(), what: named(found) })
}

/// The first few, and how many there are beside those.
pub(super) fn named(mut found: Vec<String>) -> String {
    let more = found.len().saturating_sub(NAMED);
    found.truncate(NAMED);
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{rest}", found.join(", "))
}
