//! Rows of any table into a database, many in one statement.

use chrono::{DateTime, Utc};
use sqlx::postgres::PgArguments;
use sqlx::{Arguments, AssertSqlSafe, Postgres, QueryBuilder, Sqlite, Transaction};

use crate::store::cells::Cell;
use crate::store::db::{Driver, Tx};
use crate::store::error::StoreError;
use crate::store::transfer::error::TransferError;
use crate::store::transfer::schema::{Kind, Table};

/// Parameters of one statement: below SQLite's limit of 32 766, and few enough that compiling it is nothing.
const PARAMETERS: usize = 5_000;

impl Tx {
    /// Adds rows to a table, each with a cell for each of its columns.
    pub(super) async fn fill(&mut self, table: &Table, rows: Vec<Vec<Cell>>) -> Result<(), TransferError> {
        if rows.is_empty() {
            return Ok(());
        }
        match self.opened().await? {
            Driver::Sqlite(tx) => fill_sqlite(tx, table, rows).await,
            Driver::Postgres(tx) => fill_postgres(tx, table, rows).await,
        }
    }

    /// Has PostgreSQL go on with the next number where it gives numbers itself; SQLite looks at what there is.
    pub(super) async fn go_on_counting(&mut self, tables: &[Table]) -> Result<(), StoreError> {
        let Driver::Postgres(tx) = self.opened().await? else { return Ok(()) };
        for table in tables {
            let counted: Vec<String> = sqlx::query_scalar(
                "SELECT column_name::TEXT FROM information_schema.columns
                 WHERE table_schema = current_schema() AND table_name = $1 AND is_identity = 'YES' ORDER BY column_name",
            )
            .bind(&table.name)
            .fetch_all(&mut **tx)
            .await?;
            for column in counted {
                let statement = format!(
                    "SELECT setval(pg_get_serial_sequence($1, $2), COALESCE(MAX(\"{column}\"), 0) + 1, FALSE) FROM \"{}\"",
                    table.name
                );
                sqlx::query(AssertSqlSafe(statement)).bind(&table.name).bind(&column).execute(&mut **tx).await?;
            }
        }
        Ok(())
    }
}

async fn fill_sqlite(
    tx: &mut Transaction<'static, Sqlite>,
    table: &Table,
    rows: Vec<Vec<Cell>>,
) -> Result<(), TransferError> {
    let each = PARAMETERS.checked_div(table.columns.len()).unwrap_or(1).max(1);
    for rows in rows.chunks(each) {
        let mut query: QueryBuilder<Sqlite> =
            QueryBuilder::new(format!("INSERT INTO \"{}\" ({}) ", table.name, table.list()));
        query.push_values(rows, |mut row, cells| {
            for cell in cells {
                match cell {
                    Cell::None => row.push_bind(None::<i64>),
                    Cell::Whole(number) => row.push_bind(*number),
                    Cell::Text(text) => row.push_bind(text.clone()),
                    Cell::Moment(at) => row.push_bind(*at),
                };
            }
        });
        query.build().execute(&mut **tx).await?;
    }
    Ok(())
}

/// A list for each column, so that a statement has as many parameters as the table has columns.
async fn fill_postgres(
    tx: &mut Transaction<'static, Postgres>,
    table: &Table,
    rows: Vec<Vec<Cell>>,
) -> Result<(), TransferError> {
    let mut arguments = PgArguments::default();
    let mut lists = Vec::with_capacity(table.columns.len());
    for (index, (_, kind)) in table.columns.iter().enumerate() {
        let cells = rows.iter().map(|row| row.get(index).unwrap_or(&Cell::None));
        let added = match kind {
            Kind::Whole => arguments.add(cells.map(whole).collect::<Vec<_>>()),
            Kind::Text => arguments.add(cells.map(text).collect::<Vec<_>>()),
            Kind::Moment => {
                let moments = cells.map(moment).collect::<Option<Vec<_>>>();
                arguments.add(moments.ok_or_else(|| TransferError::NoInstant(table.name.clone()))?)
            }
        };
        added.map_err(sqlx::Error::Encode)?;
        let kind = match kind {
            Kind::Whole => "BIGINT",
            Kind::Text => "TEXT",
            Kind::Moment => "TIMESTAMPTZ",
        };
        lists.push(format!("${}::{kind}[]", index + 1));
    }
    let statement = format!(
        "INSERT INTO \"{}\" ({}) OVERRIDING SYSTEM VALUE SELECT * FROM UNNEST({})",
        table.name,
        table.list(),
        lists.join(", ")
    );
    sqlx::query_with(AssertSqlSafe(statement), arguments).execute(&mut **tx).await?;
    Ok(())
}

fn whole(cell: &Cell) -> Option<i64> {
    if let Cell::Whole(number) = cell { Some(*number) } else { None }
}

fn text(cell: &Cell) -> Option<String> {
    if let Cell::Text(text) = cell { Some(text.clone()) } else { None }
}

/// The outer `None` is for what is no instant.
fn moment(cell: &Cell) -> Option<Option<DateTime<Utc>>> {
    match cell {
        Cell::None => Some(None),
        Cell::Moment(at) => Some(Some(*at)),
        Cell::Text(text) => Some(Some(DateTime::parse_from_rfc3339(text).ok()?.to_utc())),
        Cell::Whole(_) => None,
    }
}
