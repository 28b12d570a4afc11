//! What is sealed of a person's rows, as it was before.

use crate::domain::{PersonId, UpdateId};
use crate::store::cells::Cell;
use crate::store::vault::{Purpose, Script};

type Row = Vec<(String, Cell)>;

/// Opens whatever is sealed in a row of a table. What cannot be opened stays as it is.
pub(super) fn open(table: &str, row: &mut Row, script: &Script) {
    match table {
        "serial_numbers" => open_serial(row, script),
        "dialogues" | "broken_dialogues" => {
            let purpose = whole(row, "person_id").map(|person| Purpose::Dialogue(PersonId(person)));
            open_text(row, "state", script, purpose);
        }
        "waiting_updates" | "dead_letters" => {
            let purpose = whole(row, "update_id").map(|update| Purpose::Update(UpdateId(update)));
            open_text(row, "raw", script, purpose);
        }
        _ => {}
    }
}

/// Names say nothing to anybody: the serial number stands in their place.
fn open_serial(row: &mut Row, script: &Script) {
    let spelling = text(row, "spelling").or_else(|| text(row, "serial"));
    let opened = text(row, "sealed").zip(spelling).map(|(sealed, spelling)| script.read(spelling, sealed));
    let Ok(opened) = opened.transpose() else { return };
    row.retain(|(column, _)| column != "sealed" && column != "place");
    let Some(serial) = opened else { return };
    for (column, cell) in row.iter_mut() {
        match (column.as_str(), &cell) {
            ("serial", _) => *cell = Cell::Text(serial.as_str().to_owned()),
            ("spelling", Cell::Text(_)) => *cell = Cell::Text(serial.spelling().into_owned()),
            _ => {}
        }
    }
}

fn open_text(row: &mut Row, column: &str, script: &Script, purpose: Option<Purpose<'_>>) {
    let Some(purpose) = purpose else { return };
    for (_, cell) in row.iter_mut().filter(|(name, _)| name == column) {
        if let Cell::Text(stored) = cell {
            *stored = script.open_or_leave(std::mem::take(stored), purpose);
        }
    }
}

fn text<'r>(row: &'r Row, column: &str) -> Option<&'r String> {
    row.iter().find_map(|(name, cell)| match cell {
        Cell::Text(text) if name == column => Some(text),
        _ => None,
    })
}

fn whole(row: &Row, column: &str) -> Option<i64> {
    row.iter().find_map(|(name, cell)| match cell {
        Cell::Whole(number) if name == column => Some(*number),
        _ => None,
    })
}
