//! The tables of a database as it describes itself, so that one which a migration adds is copied as well.

use std::collections::{BTreeMap, BTreeSet};

use crate::store::db::{Driver, Tx};
use crate::store::error::StoreError;
use crate::store::transfer::error::TransferError;

/// The tables, but for the migrations' own and the indexes of searches, which SQLite has as tables.
const OF_SQLITE: &str = r"SELECT t.name, c.name, c.type FROM pragma_table_list t JOIN pragma_table_info(t.name) c
     WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite\_%' ESCAPE '\'
         AND t.name NOT LIKE '\_sqlx%' ESCAPE '\'
     ORDER BY t.name, c.cid";
const OF_POSTGRES: &str = r"SELECT table_name::TEXT, column_name::TEXT, data_type::TEXT FROM information_schema.columns
     WHERE table_schema = current_schema() AND table_name NOT LIKE '\_sqlx%'
     ORDER BY table_name, ordinal_position";
/// Which table speaks of rows of which.
const REFERENCES_OF_SQLITE: &str =
    "SELECT t.name, r.\"table\" FROM pragma_table_list t JOIN pragma_foreign_key_list(t.name) r
     WHERE t.schema = 'main' AND t.type = 'table' ORDER BY t.name, r.id, r.seq";
const REFERENCES_OF_POSTGRES: &str = "SELECT conrelid::regclass::TEXT, confrelid::regclass::TEXT FROM pg_constraint
     WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY 1, 2";
/// Triggers fill these from what other tables are given, so they come last, in the place of what triggers left.
const FED: &[&str] = &["order_figures", "order_figure_changes"];

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Whole,
    Text,
    Moment,
}

/// A table with its columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) name: String,
    pub(super) columns: Vec<(String, Kind)>,
}

impl Table {
    /// The names of its columns, as a list in a statement.
    pub(super) fn list(&self) -> String {
        self.columns.iter().map(|(name, _)| format!("\"{name}\"")).collect::<Vec<_>>().join(", ")
    }
}

impl Tx {
    /// Every table that is copied.
    pub(super) async fn tables(&mut self) -> Result<Vec<Table>, StoreError> {
        let rows: Vec<(String, String, String)> = match self.opened().await? {
            Driver::Sqlite(tx) => sqlx::query_as(OF_SQLITE).fetch_all(&mut **tx).await?,
            Driver::Postgres(tx) => sqlx::query_as(OF_POSTGRES).fetch_all(&mut **tx).await?,
        };
        let mut tables: Vec<Table> = Vec::new();
        for (table, column, kind) in rows {
            let kind = match kind.as_str() {
                "INTEGER" | "bigint" => Kind::Whole,
                "timestamp with time zone" => Kind::Moment,
                _ => Kind::Text,
            };
            match tables.last_mut().filter(|last| last.name == table) {
                Some(last) => last.columns.push((column, kind)),
                None => tables.push(Table { name: table, columns: vec![(column, kind)] }),
            }
        }
        Ok(tables)
    }

    /// The tables of this database, in an order in which each comes behind those that it speaks of; SQLite keeps instants as
    /// texts, so that it is the `other` database that may know which columns hold some.
    pub(super) async fn tables_to_fill(&mut self, other: &[Table]) -> Result<Vec<Table>, TransferError> {
        let mut tables = self.tables().await?;
        for table in &mut tables {
            let twin = other.iter().find(|twin| twin.name == table.name);
            for (name, kind) in &mut table.columns {
                let theirs = twin.and_then(|twin| twin.columns.iter().find(|(column, _)| column == name));
                let Some((_, theirs)) = theirs else {
                    return Err(TransferError::OtherTables(format!("{}.{name}", table.name)));
                };
                if *theirs == Kind::Moment {
                    *kind = Kind::Moment;
                }
            }
        }
        if let Some(missing) = other.iter().find(|twin| !tables.iter().any(|table| table.name == twin.name)) {
            return Err(TransferError::OtherTables(missing.name.clone()));
        }
        let references: Vec<(String, String)> = match self.opened().await? {
            Driver::Sqlite(tx) => sqlx::query_as(REFERENCES_OF_SQLITE).fetch_all(&mut **tx).await?,
            Driver::Postgres(tx) => sqlx::query_as(REFERENCES_OF_POSTGRES).fetch_all(&mut **tx).await?,
        };
        Ok(in_order(tables, &references))
    }
}

fn in_order(tables: Vec<Table>, references: &[(String, String)]) -> Vec<Table> {
    let mut needed: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (table, other) in references.iter().filter(|(table, other)| table != other) {
        needed.entry(table).or_default().insert(other);
    }
    let (fed, mut left): (Vec<Table>, Vec<Table>) =
        tables.into_iter().partition(|table| FED.contains(&table.name.as_str()));
    let mut ordered: Vec<Table> = Vec::new();
    while !left.is_empty() {
        let is_ready = |table: &Table| {
            let mut others = needed.get(table.name.as_str()).into_iter().flatten();
            others.all(|other| ordered.iter().any(|done| done.name == **other))
        };
        let (ready, waiting): (Vec<Table>, Vec<Table>) = left.into_iter().partition(is_ready);
        if ready.is_empty() {
            // A circle, which the databases would have to untie themselves.
            ordered.extend(waiting);
            break;
        }
        ordered.extend(ready);
        left = waiting;
    }
    ordered.extend(fed);
    ordered
}
