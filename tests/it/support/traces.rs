//! What a SQLite file still holds of what was deleted.

use std::fs;
use std::path::Path;

use sqlx::{AssertSqlSafe, Connection, SqliteConnection};

use super::shop::Shop;

impl Shop {
    /// Those of these words that stand in the database's file, or in the log beside it.
    pub fn traces<'w>(&self, words: &[&'w str]) -> Vec<&'w str> {
        traces(Path::new(self.address.strip_prefix("sqlite://").unwrap()), words)
    }

    /// The trigrams that its indexes of searches have.
    pub async fn trigrams(&self) -> Vec<String> {
        trigrams(&self.address).await
    }
}

/// Those of these words that stand in a SQLite file, or in the log beside it.
pub fn traces<'w>(file: &Path, words: &[&'w str]) -> Vec<&'w str> {
    let log = fs::read(file.with_extension("db-wal")).unwrap_or_default();
    let stored = [fs::read(file).unwrap(), log].concat();
    let stored = String::from_utf8_lossy(&stored);
    words.iter().copied().filter(|word| stored.contains(word)).collect()
}

/// The trigrams that the indexes of searches have in the SQLite file at this address.
pub async fn trigrams(address: &str) -> Vec<String> {
    let mut database = SqliteConnection::connect(address).await.unwrap();
    let mut found = Vec::new();
    for subject in ["order", "person", "account"] {
        let terms = format!("CREATE VIRTUAL TABLE temp.{subject}_terms USING fts5vocab(main, {subject}_trigrams, row)");
        sqlx::raw_sql(AssertSqlSafe(terms)).execute(&mut database).await.unwrap();
        let terms = AssertSqlSafe(format!("SELECT term FROM temp.{subject}_terms ORDER BY term"));
        found.extend(sqlx::query_scalar::<_, String>(terms).fetch_all(&mut database).await.unwrap());
    }
    database.close().await.unwrap();
    found
}
