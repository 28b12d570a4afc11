//! The serial numbers of a file, matched to the lines of an order.

use crate::domain::ids::Sku;
use crate::domain::orders::order::OrderLine;
use crate::domain::stock::serial_file::{Entry, FileFault, Remarks};
use crate::domain::stock::serial_number::SerialNumber;
use crate::domain::stock::shortage::Shortage;

/// Why a list of serial numbers does not fit an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListRefusal {
    /// What stands in the file.
    Fault(FileFault),
    /// Products without enough serial numbers in it, or with too many.
    Counts(Vec<Shortage>, Remarks),
    /// It has serial numbers of a product that the order does not have.
    OtherProduct(Sku),
    /// The order has several products and the list does not say which serial number is whose.
    SkusExpected,
}

/// Counts the serial numbers of a list as they are read, for each line of an order.
pub struct ListCount<'o> {
    lines: &'o [OrderLine],
    counts: Vec<u64>,
}

impl<'o> ListCount<'o> {
    pub fn new(lines: &'o [OrderLine]) -> ListCount<'o> {
        ListCount { lines, counts: lines.iter().map(|_| 0).collect() }
    }

    /// The line of the order that a serial number is for.
    pub fn line_of(&self, entry: &Entry) -> Result<&'o OrderLine, ListRefusal> {
        match (&entry.sku, self.lines) {
            (None, [only]) => Ok(only),
            (None, _) => Err(ListRefusal::SkusExpected),
            (Some(sku), lines) => {
                lines.iter().find(|line| line.sku == *sku).ok_or_else(|| ListRefusal::OtherProduct(sku.clone()))
            }
        }
    }

    /// Counts one for a line; the error is the one too many, behind which nobody needs to read.
    pub fn add(&mut self, line: &OrderLine) -> Result<(), Shortage> {
        for (ordered, count) in self.lines.iter().zip(&mut self.counts) {
            if ordered.sku == line.sku {
                *count += 1;
                if *count > u64::from(line.quantity) {
                    return Err(Shortage { sku: line.sku.clone(), needed: line.quantity, available: *count });
                }
            }
        }
        Ok(())
    }

    /// The lines that the whole list does not fill.
    pub fn missing(&self) -> Vec<Shortage> {
        differing(self.lines.iter().zip(self.counts.iter().copied())).collect()
    }
}

/// The lines whose lists do not have exactly as many serial numbers as they need.
pub fn miscounted(lines: &[OrderLine], lists: &[Vec<SerialNumber>]) -> impl Iterator<Item = Shortage> {
    differing(lines.iter().enumerate().map(|(index, line)| (line, lists.get(index).map_or(0, Vec::len) as u64)))
}

fn differing<'o>(counts: impl Iterator<Item = (&'o OrderLine, u64)>) -> impl Iterator<Item = Shortage> {
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

    fn entry(sku: Option<&str>) -> Entry {
        Entry { line: 1, sku: sku.and_then(Sku::parse), serial: SerialNumber::parse("A").unwrap() }
    }

    #[test]
    fn each_serial_number_is_for_the_line_of_its_product() {
        let lines = [line("sp-1", 2), line("sp-3", 1)];
        let both = ListCount::new(&lines);
        assert_eq!(both.line_of(&entry(Some("sp-3"))), Ok(&lines[1]));
        assert_eq!(both.line_of(&entry(None)), Err(ListRefusal::SkusExpected));
        assert_eq!(both.line_of(&entry(Some("sp-9"))), Err(ListRefusal::OtherProduct(Sku::parse("sp-9").unwrap())));
        assert_eq!(ListCount::new(&lines[..1]).line_of(&entry(None)), Ok(&lines[0]));
    }

    #[test]
    fn counting_ends_at_the_first_one_too_many() {
        let lines = [line("sp-1", 2), line("sp-3", 1)];
        let mut count = ListCount::new(&lines);
        let short = |sku: &str, needed, available| Shortage { sku: Sku::parse(sku).unwrap(), needed, available };
        assert_eq!(count.add(&lines[0]), Ok(()));
        assert_eq!(count.missing(), [short("sp-1", 2, 1), short("sp-3", 1, 0)]);
        assert_eq!((count.add(&lines[0]), count.add(&lines[1])), (Ok(()), Ok(())));
        assert_eq!(count.missing(), []);
        assert_eq!(count.add(&lines[1]), Err(short("sp-3", 1, 2)));
    }
}
