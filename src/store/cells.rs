//! Rows of any table, read by what their columns hold: for what speaks of all tables alike.

use chrono::{DateTime, Utc};
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{Column, Database, Row, TypeInfo, ValueRef};

use crate::store::error::StoreError;

/// What stands in a column of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    None,
    Whole(i64),
    Text(String),
    /// SQLite keeps instants as texts.
    Moment(DateTime<Utc>),
}

/// The cells of a row, from left to right.
pub(in crate::store) trait Cells {
    fn cells(&self) -> Result<Vec<Cell>, StoreError>;
    fn named_cells(&self) -> Result<Vec<(String, Cell)>, StoreError>;
}

impl Cells for SqliteRow {
    fn cells(&self) -> Result<Vec<Cell>, StoreError> {
        cells(self, |index, kind| match kind {
            "INTEGER" => Ok(Cell::Whole(self.try_get(index)?)),
            _ => Ok(Cell::Text(self.try_get(index)?)),
        })
    }

    fn named_cells(&self) -> Result<Vec<(String, Cell)>, StoreError> {
        Ok(names(self).zip(self.cells()?).collect())
    }
}

impl Cells for PgRow {
    fn cells(&self) -> Result<Vec<Cell>, StoreError> {
        cells(self, |index, kind| match kind {
            "INT8" => Ok(Cell::Whole(self.try_get(index)?)),
            "TIMESTAMPTZ" => Ok(Cell::Moment(self.try_get(index)?)),
            _ => Ok(Cell::Text(self.try_get(index)?)),
        })
    }

    fn named_cells(&self) -> Result<Vec<(String, Cell)>, StoreError> {
        Ok(names(self).zip(self.cells()?).collect())
    }
}

fn cells<R: Row>(row: &R, read: impl Fn(usize, &str) -> sqlx::Result<Cell>) -> Result<Vec<Cell>, StoreError>
where
    usize: sqlx::ColumnIndex<R>,
    <R::Database as Database>::TypeInfo: TypeInfo,
{
    let cell = |index: usize| {
        let raw = row.try_get_raw(index)?;
        if raw.is_null() {
            return Ok(Cell::None);
        }
        read(index, raw.type_info().name())
    };
    (0..row.len()).map(|index| cell(index).map_err(StoreError::from)).collect()
}

fn names<R: Row>(row: &R) -> impl Iterator<Item = String> {
    row.columns().iter().map(|column| column.name().to_owned())
}
