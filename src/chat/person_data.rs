//! What is stored about a person, to be handed to them.

use chrono::SecondsFormat;
use serde_json::{Map, Value};

use crate::store::{Cell, StoredRows};

/// As JSON: a list of rows for each table.
pub fn json(stored: &[StoredRows]) -> Value {
    let row = |row: &Vec<(String, Cell)>| -> Value {
        row.iter().map(|(name, cell)| (name.clone(), value(cell))).collect::<Map<String, Value>>().into()
    };
    let table = |table: &StoredRows| (table.table.to_owned(), table.rows.iter().map(row).collect::<Vec<_>>().into());
    stored.iter().map(table).collect::<Map<String, Value>>().into()
}

/// What is stored as JSON is JSON here too.
fn value(cell: &Cell) -> Value {
    match cell {
        Cell::None => Value::Null,
        Cell::Whole(number) => (*number).into(),
        Cell::Moment(at) => at.to_rfc3339_opts(SecondsFormat::AutoSi, true).into(),
        Cell::Text(text) if text.starts_with(['{', '[']) => {
            serde_json::from_str(text).unwrap_or_else(|_| text.clone().into())
        }
        Cell::Text(text) => text.clone().into(),
    }
}

/// To be read: a line for each value that is there.
pub fn text(stored: &[StoredRows]) -> String {
    let mut text = String::new();
    for StoredRows { table, rows } in stored {
        text += &format!("{table}: {}\n", rows.len());
        for row in rows {
            for (name, cell) in row {
                let shown = match value(cell) {
                    Value::Null => continue,
                    Value::String(words) => words.replace('\n', "\n      "),
                    other => other.to_string(),
                };
                text += &format!("    {name}: {shown}\n");
            }
            text.push('\n');
        }
    }
    text
}
