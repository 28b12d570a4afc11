//! A whole database into an empty one, of the same kind or the other: all of it or nothing.

mod error;
mod schema;
mod writing;

use futures_util::TryStreamExt;
use sqlx::AssertSqlSafe;

use crate::store::cells::{Cell, Cells};
use crate::store::codes::{count, read_count};
use crate::store::db::{Driver, Store, Tx, on};
use crate::store::error::StoreError;
use crate::store::transfer::schema::Table;
use crate::store::vigil::LIVING;

pub use crate::store::transfer::error::TransferError;

/// Tables in which the migrations or a process leave rows of their own, which those of the other database replace.
const SEEDED: &[&str] = &["counters", "leader", "replicas"];
/// Rows that are in memory at once.
const AT_ONCE: usize = 1_000;

/// How far a copy has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transferred {
    pub rows: u64,
    pub of: u64,
}

impl Store {
    /// Fills an empty database with all that this one has at one moment, in one transaction; gives how many rows that are.
    /// Nobody else may write to either.
    pub async fn transfer(&self, to: &Store, progress: impl Fn(Transferred)) -> Result<u64, TransferError> {
        let (mut from, mut into) = (self.read(), to.begin().await?);
        refuse_living(&mut from).await?;
        refuse_living(&mut into).await?;
        carry_over(from, into, progress).await
    }

    /// The same while others write to this one.
    pub(in crate::store) async fn transfer_beside_others(&self, to: &Store) -> Result<u64, TransferError> {
        carry_over(self.read(), to.begin().await?, |_| {}).await
    }

    /// The same into a server's database, whose rows make way in that transaction.
    pub(in crate::store) async fn transfer_over(&self, to: &Store) -> Result<u64, TransferError> {
        let mut into = to.begin().await?;
        refuse_living(&mut into).await?;
        into.empty().await?;
        carry_over(self.read(), into, |_| {}).await
    }

    /// The names of the tables that a copy has.
    pub async fn transferred_tables(&self) -> Result<Vec<String>, StoreError> {
        Ok(self.read().tables().await?.into_iter().map(|table| table.name).collect())
    }
}

async fn refuse_living(tx: &mut Tx) -> Result<(), TransferError> {
    match tx.living().await? {
        0 => Ok(()),
        living => Err(TransferError::Running(living)),
    }
}

async fn carry_over(mut from: Tx, mut into: Tx, progress: impl Fn(Transferred)) -> Result<u64, TransferError> {
    let there = from.tables().await?;
    let tables = into.tables_to_fill(&there).await?;
    let mut counts = Vec::with_capacity(tables.len());
    for table in &tables {
        if !SEEDED.contains(&table.name.as_str()) && into.count_rows(table).await? > 0 {
            return Err(TransferError::NotEmpty(table.name.clone()));
        }
        counts.push(from.count_rows(table).await?);
    }
    let of = counts.iter().sum();
    let mut rows = 0;
    for (table, counted) in tables.iter().zip(counts) {
        into.clear(table).await?;
        let copied = copy(&mut from, &mut into, table, |more| progress(Transferred { rows: rows + more, of })).await?;
        let arrived = into.count_rows(table).await?;
        if (copied, arrived) != (counted, counted) {
            return Err(TransferError::Incomplete { table: table.name.clone(), copied: arrived, counted });
        }
        rows += copied;
    }
    into.go_on_counting(&tables).await?;
    // What it has open would wait for the commit.
    drop(from);
    into.commit().await?;
    Ok(rows)
}

async fn copy(from: &mut Tx, into: &mut Tx, table: &Table, progress: impl Fn(u64)) -> Result<u64, TransferError> {
    let statement = AssertSqlSafe(format!("SELECT {} FROM \"{}\" ORDER BY 1", table.list(), table.name));
    let (mut batch, mut copied): (Vec<Vec<Cell>>, u64) = (Vec::new(), 0);
    macro_rules! from_rows {
        ($tx:expr) => {{
            let mut rows = sqlx::query(statement).fetch(&mut **$tx);
            while let Some(row) = rows.try_next().await? {
                batch.push(row.cells()?);
                if batch.len() == AT_ONCE {
                    copied += count(batch.len());
                    into.fill(table, std::mem::take(&mut batch)).await?;
                    progress(copied);
                }
            }
        }};
    }
    match from.opened().await? {
        Driver::Sqlite(tx) => from_rows!(tx),
        Driver::Postgres(tx) => from_rows!(tx),
    }
    copied += count(batch.len());
    into.fill(table, batch).await?;
    progress(copied);
    Ok(copied)
}

impl Tx {
    /// How many replicas show that they live; on SQLite whoever has opened the file is the only one.
    pub(in crate::store) async fn living(&mut self) -> Result<usize, StoreError> {
        match self.opened().await? {
            Driver::Sqlite(_) => Ok(0),
            Driver::Postgres(tx) => Ok(sqlx::query_scalar::<_, i64>(LIVING).fetch_all(&mut **tx).await?.len()),
        }
    }

    async fn count_rows(&mut self, table: &Table) -> Result<u64, StoreError> {
        let statement = AssertSqlSafe(format!("SELECT COUNT(*) FROM \"{}\"", table.name));
        read_count(on!(self, |db| sqlx::query_scalar(statement).fetch_one(db).await?))
    }

    /// Takes out all that a server's database has, what the audit lets nobody delete among it. A file is never emptied: another
    /// one takes its place.
    async fn empty(&mut self) -> Result<(), StoreError> {
        let tables = self.tables().await?;
        let Driver::Postgres(tx) = self.opened().await? else { return Ok(()) };
        let names: Vec<String> = tables.iter().map(|table| format!("\"{}\"", table.name)).collect();
        let triggers = |change: &str| {
            names.iter().map(|name| format!("ALTER TABLE {name} {change} TRIGGER USER;")).collect::<String>()
        };
        let statements = format!("{} TRUNCATE {}; {}", triggers("DISABLE"), names.join(", "), triggers("ENABLE"));
        sqlx::raw_sql(AssertSqlSafe(statements)).execute(&mut **tx).await?;
        Ok(())
    }

    /// Takes out what migrations, or triggers since, have left in a table. One that has nothing is left alone, since the audit
    /// lets nobody delete.
    async fn clear(&mut self, table: &Table) -> Result<(), StoreError> {
        if self.count_rows(table).await? == 0 {
            return Ok(());
        }
        let statement = AssertSqlSafe(format!("DELETE FROM \"{}\"", table.name));
        on!(self, |db| sqlx::query(statement).execute(db).await.map(drop)?);
        Ok(())
    }
}
