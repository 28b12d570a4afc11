//! Where in a price list's file something stands, in the words of its writer.

use super::fault::CataloguePlace;
use super::form::Spot;

/// A section of the file that has keys.
#[derive(Clone, Copy)]
pub(super) enum Section<'a> {
    File,
    Group { number: usize, id: &'a str },
    Product { number: usize, sku: &'a str },
}

/// Finds out where in its file something stands.
pub(super) enum Places<'a> {
    /// In a text, by line.
    Text(Lines<'a>),
    /// In a sheet of this name, by cell.
    Sheet(&'a str),
}

/// A text, and where its lines begin.
pub(super) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Places<'a> {
    pub(super) fn in_text(text: &'a str) -> Places<'a> {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Places::Text(Lines { text, starts })
    }

    /// The place of a section's key that stands at this spot.
    pub(super) fn of(&self, section: Section, key: &str, spot: Option<Spot>) -> CataloguePlace {
        let line = match (self, spot) {
            (Places::Sheet(sheet), Some(Spot::Cell { row, column })) => {
                return CataloguePlace::Cell { sheet: (*sheet).to_owned(), cell: cell_name(row, column) };
            }
            (Places::Text(lines), Some(Spot::Text { start, .. })) => Some(lines.line_at(start)),
            _ => None,
        };
        let key = key.to_owned();
        match (section, self) {
            (Section::File, Places::Sheet(sheet)) => CataloguePlace::Sheet { sheet: (*sheet).to_owned() },
            (Section::File, Places::Text(_)) => CataloguePlace::File { key, line },
            (Section::Group { number, id }, _) => CataloguePlace::Group { number, id: id.to_owned(), key, line },
            (Section::Product { number, sku }, _) => CataloguePlace::Product { number, sku: sku.to_owned(), key, line },
        }
    }

    /// What stands at a spot, as it is written.
    pub(super) fn written(&self, spot: Spot) -> &str {
        match (self, spot) {
            (Places::Text(lines), Spot::Text { start, end }) => lines.text.get(start..end).unwrap_or_default(),
            _ => "",
        }
    }
}

impl Lines<'_> {
    /// Counted from 1.
    fn line_at(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at)
    }

    /// A place by line and column.
    pub(super) fn place(&self, at: usize) -> CataloguePlace {
        let line = self.line_at(at);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or_default();
        let column = self.text.get(start..at).unwrap_or_default().chars().count() + 1;
        CataloguePlace::Text { line, column }
    }
}

/// What spreadsheets call a cell: `A1`, `AA10`.
pub fn cell_name(row: u32, column: u16) -> String {
    let mut letters = Vec::new();
    let mut rest = u32::from(column) + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    let letters: String = letters.into_iter().rev().collect();
    format!("{letters}{}", u64::from(row) + 1)
}

#[cfg(test)]
mod tests {
    use super::cell_name;

    #[test]
    fn cells_are_called_as_in_spreadsheets() {
        for (row, column, name) in
            [(0, 0, "A1"), (9, 25, "Z10"), (9, 26, "AA10"), (0, 701, "ZZ1"), (1_048_575, 16_383, "XFD1048576")]
        {
            assert_eq!(cell_name(row, column), name);
        }
    }
}
