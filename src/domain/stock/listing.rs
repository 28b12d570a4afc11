//! The serial numbers of a file, matched to the lines of an order.

use std::collections::BTreeSet;

use crate::domain::ids::Sku;
use crate::domain::orders::order::OrderLine;
use crate::domain::stock::serial_file::{self, Entry, FileFault};
use crate::domain::stock::serial_number::SerialNumber;
use crate::domain::stock::shortage::Shortage;

/// Why a list of serial numbers does not fit an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListRefusal {
    /// What stands in the file.
    Fault(FileFault),
    /// Products without enough serial numbers in it, or with too many.
    Counts(Vec<Shortage>),
    /// It has serial numbers of a product that the order does not have.
    OtherProduct(Sku),
    /// The order has several products and the list does not say which serial number is whose.
    SkusExpected,
}

/// Reads a file for an order: its serial numbers, for each of the order's lines in turn, exactly as many as each needs.
/// The second column of the file, if it has one, names these products or the order's.
pub fn read_for(
    lines: &[OrderLine],
    bytes: &[u8],
    skus: impl IntoIterator<Item = Sku>,
) -> Result<Vec<Vec<SerialNumber>>, ListRefusal> {
    let ordered = lines.iter().map(|line| line.sku.clone());
    let skus: BTreeSet<Sku> = skus.into_iter().chain(ordered).collect();
    match_to(lines, serial_file::read_all(bytes, &skus).map_err(ListRefusal::Fault)?)
}

fn match_to(lines: &[OrderLine], entries: Vec<Entry>) -> Result<Vec<Vec<SerialNumber>>, ListRefusal> {
    let mut lists: Vec<Vec<SerialNumber>> = lines.iter().map(|_| Vec::new()).collect();
    for Entry { sku, serial, .. } in entries {
        let index = match &sku {
            Some(sku) => lines.iter().position(|line| line.sku == *sku),
            None if lines.len() == 1 => Some(0),
            None => return Err(ListRefusal::SkusExpected),
        };
        match (index.and_then(|index| lists.get_mut(index)), sku) {
            (Some(list), _) => list.push(serial),
            (None, Some(sku)) => return Err(ListRefusal::OtherProduct(sku)),
            (None, None) => return Err(ListRefusal::SkusExpected),
        }
    }
    let wrong: Vec<Shortage> = miscounted(lines, &lists).collect();
    if wrong.is_empty() { Ok(lists) } else { Err(ListRefusal::Counts(wrong)) }
}

/// The lines whose lists do not have exactly as many serial numbers as they need.
pub fn miscounted(lines: &[OrderLine], lists: &[Vec<SerialNumber>]) -> impl Iterator<Item = Shortage> {
    let counts = lines.iter().enumerate().map(|(index, line)| (line, lists.get(index).map_or(0, Vec::len) as u64));
    counts.filter(|(line, count)| *count != u64::from(line.quantity)).map(|(line, available)| Shortage {
        sku: line.sku.clone(),
        needed: line.quantity,
        available,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Currency, LocalName, Money};

    fn line(sku: &str, quantity: u32) -> OrderLine {
        let name = LocalName::by_language(|_| sku.to_owned());
        let price = Money::from_minor(0, Currency::RUB).unwrap();
        OrderLine { sku: Sku::parse(sku).unwrap(), name, quantity, price }
    }

    fn read(lines: &[OrderLine], text: &str) -> Result<Vec<Vec<String>>, ListRefusal> {
        let known = [Sku::parse("sp-9").unwrap()];
        let lists = read_for(lines, text.as_bytes(), known)?;
        Ok(lists.iter().map(|list| list.iter().map(|serial| serial.as_str().to_owned()).collect()).collect())
    }

    #[test]
    fn a_list_is_sorted_by_the_lines_of_its_order() {
        let lines = [line("sp-1", 2), line("sp-3", 1)];
        let sorted = vec![vec!["A".to_owned(), "C".to_owned()], vec!["B".to_owned()]];
        assert_eq!(read(&lines, "A;sp-1\nB;sp-3\nC;sp-1\n"), Ok(sorted));
        assert_eq!(read(&[line("sp-1", 1)], "A\n"), Ok(vec![vec!["A".to_owned()]]));
    }

    #[test]
    fn a_list_that_does_not_fit_is_refused() {
        let lines = [line("sp-1", 2), line("sp-3", 1)];
        assert_eq!(read(&lines, "A\nB\nC\n"), Err(ListRefusal::SkusExpected));
        assert_eq!(read(&lines, "A;sp-9\n"), Err(ListRefusal::OtherProduct(Sku::parse("sp-9").unwrap())));
        assert_eq!(read(&lines, ""), Err(ListRefusal::Fault(FileFault::Empty)));
        let short = Shortage { sku: Sku::parse("sp-1").unwrap(), needed: 2, available: 1 };
        assert_eq!(read(&lines, "A;sp-1\nB;sp-3\n"), Err(ListRefusal::Counts(vec![short])));
    }
}
