//! The price list as a workbook: written so that people change it in a spreadsheet program, and read back as they left it.
//! One row for each price.

mod headings;
mod write;

use std::collections::btree_map::Entry;

use headings::Headings;
pub use write::write;

use super::patience::Patience;
use super::xlsx::{Unreadable, Workbook, is_former};
use crate::domain::catalogue::sheet::{self, Cell, Column, Row, Sheet};
use crate::domain::{Catalogue, CatalogueFault, CataloguePlace, CatalogueProblem, Language};

/// Rows above the headings that people may have put there.
const ROWS_ABOVE: u32 = 30;
/// Cells of a row in which headings are looked for.
const MOST_HEADINGS: usize = 200;
/// Rows of prices that are read, a thousand products of twenty prices each, and bytes of the texts of all tables.
const MOST_ROWS: usize = 20_000;
const MOST_BYTES: usize = 8 << 20;

/// Why a workbook is no price list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BookFault {
    /// It is no workbook of Excel's present form.
    NotAWorkbook,
    /// It is one of Excel's former form, or locked by a password.
    Former,
    TooLarge,
    /// No sheet has the columns of a price list.
    NoTable,
    /// Several sheets have them.
    SeveralTables(Vec<String>),
    Faults(Vec<CatalogueFault>),
}

/// Reads a workbook as the price list that it describes; what it has no column for stays as it is in `current`.
pub fn read(file: &[u8], current: &Catalogue, own_language: Language) -> Result<Catalogue, BookFault> {
    read_while(&Patience::default(), file, current, own_language)
}

/// The same for as long as somebody waits.
pub fn read_while(
    patience: &Patience,
    file: &[u8],
    current: &Catalogue,
    own_language: Language,
) -> Result<Catalogue, BookFault> {
    if is_former(file) {
        return Err(BookFault::Former);
    }
    let headings = Headings::of_all_languages();
    let mut book = Workbook::open(file, patience)?;
    let names: Vec<String> = book.sheet_names().map(str::to_owned).collect();
    let (mut tables, mut bytes) = (Vec::new(), 0);
    for name in &names {
        let table = scan(&mut book, name, &headings, current, &mut bytes)?;
        tables.extend(table);
    }
    // Whoever keeps a copy beside the table leaves the table its name.
    if tables.len() > 1 && tables.iter().any(|table| headings.is_sheet(&table.sheet.name)) {
        tables.retain(|table| headings.is_sheet(&table.sheet.name));
    }
    let table = match tables.pop() {
        None => return Err(BookFault::NoTable),
        Some(table) if tables.is_empty() => table,
        Some(table) => {
            let names = tables.into_iter().chain([table]).map(|table| table.sheet.name);
            return Err(BookFault::SeveralTables(names.collect()));
        }
    };
    if !table.faults.is_empty() {
        return Err(BookFault::Faults(table.faults));
    }
    sheet::read(&table.sheet, |word| headings.sale(word), current, own_language).map_err(BookFault::Faults)
}

impl From<Unreadable> for BookFault {
    fn from(error: Unreadable) -> BookFault {
        match error {
            Unreadable::NotAWorkbook => BookFault::NotAWorkbook,
            Unreadable::TooLarge => BookFault::TooLarge,
        }
    }
}

/// A sheet with the columns of a price list, and what is wrong with these.
struct Table {
    sheet: Sheet,
    faults: Vec<CatalogueFault>,
}

/// A row as it is read, whatever its columns are.
struct RawRow {
    number: u32,
    cells: Vec<(u16, Cell)>,
}

struct Scan<'h> {
    headings: &'h Headings,
    current: &'h Catalogue,
    table: Option<Table>,
    name: String,
    row: RawRow,
    /// Of the tables before this one and of what is kept of this one.
    bytes: &'h mut usize,
    before: usize,
    is_too_large: bool,
}

/// The table of a sheet, if it is one.
fn scan(
    book: &mut Workbook,
    name: &str,
    headings: &Headings,
    current: &Catalogue,
    bytes: &mut usize,
) -> Result<Option<Table>, Unreadable> {
    let row = RawRow { number: 0, cells: Vec::new() };
    let (before, is_too_large) = (*bytes, false);
    let mut scan = Scan { headings, current, table: None, name: name.to_owned(), row, bytes, before, is_too_large };
    book.cells(name, |row, column, cell, _| scan.take(row, column, cell))?;
    scan.end_row();
    if scan.is_too_large { Err(Unreadable::TooLarge) } else { Ok(scan.table) }
}

impl Scan<'_> {
    /// Takes a cell; `false` when nothing of the rest is wanted.
    fn take(&mut self, row: u32, column: u16, cell: Cell) -> bool {
        if row != self.row.number {
            self.end_row();
            self.row.number = row;
        }
        let is_wanted = match &self.table {
            None => self.row.cells.len() < MOST_HEADINGS,
            Some(table) => table.sheet.columns.values().any(|known| *known == column),
        };
        if is_wanted {
            *self.bytes += std::mem::size_of::<Cell>() + cell.length();
            self.row.cells.push((column, cell));
        }
        self.is_too_large |= *self.bytes > MOST_BYTES;
        !self.is_too_large && (self.table.is_some() || row < ROWS_ABOVE)
    }

    fn end_row(&mut self) {
        let cells = std::mem::take(&mut self.row.cells);
        let number = self.row.number;
        let Some(table) = &mut self.table else {
            self.table = self.headed(number, &cells);
            if self.table.is_none() {
                *self.bytes = self.before;
            }
            return;
        };
        let columns = &table.sheet.columns;
        let column_at = |at: u16| columns.iter().find(|(_, known)| **known == at).map(|(column, _)| *column);
        let cells: Vec<(Column, Cell)> =
            cells.into_iter().filter_map(|(at, cell)| Some((column_at(at)?, cell.cleaned()?))).collect();
        if cells.is_empty() {
            return;
        }
        if table.sheet.rows.len() == MOST_ROWS {
            if table.faults.is_empty() {
                let place = CataloguePlace::Sheet { sheet: self.name.clone() };
                table.faults.push(CatalogueFault { place, problem: CatalogueProblem::TooManyRows(MOST_ROWS) });
            }
            return;
        }
        table.sheet.rows.push(Row { number, cells });
    }

    /// The table that these cells are the headings of.
    fn headed(&self, row: u32, cells: &[(u16, Cell)]) -> Option<Table> {
        let mut sheet = Sheet { name: self.name.clone(), ..Sheet::default() };
        let mut faults = Vec::new();
        let mut fault = |column: u16, problem| {
            let cell = sheet::cell_name(row, column);
            let place = CataloguePlace::Cell { sheet: self.name.clone(), cell };
            faults.push(CatalogueFault { place, problem });
        };
        for (at, cell) in cells {
            let Cell::Text(text) = cell else { continue };
            let Some((column, currency)) = self.headings.column(text) else { continue };
            if currency.is_some_and(|currency| currency != self.current.currency) {
                fault(*at, CatalogueProblem::OtherCurrency(self.current.currency));
            }
            match sheet.columns.entry(column) {
                Entry::Occupied(_) => fault(*at, CatalogueProblem::ColumnTwice),
                Entry::Vacant(free) => {
                    free.insert(*at);
                }
            }
        }
        // A sheet of something else may have one of these words.
        if ![Column::Sku, Column::Price].iter().all(|column| sheet.columns.contains_key(column)) {
            return None;
        }
        for column in [Column::Sale, Column::Quantity] {
            if !sheet.columns.contains_key(&column) {
                let place = CataloguePlace::Sheet { sheet: self.name.clone() };
                let heading = self.headings.name_of(column);
                faults.push(CatalogueFault { place, problem: CatalogueProblem::NoColumn(heading) });
            }
        }
        Some(Table { sheet, faults })
    }
}
