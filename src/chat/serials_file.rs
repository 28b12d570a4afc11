//! Serial numbers as the files that customers get; the bot's own import reads them as well.

use std::fmt::Write as _;
use std::ops::Range;

use sha2::{Digest, Sha256};

use crate::chat::answer::Part;
use crate::chat::i18n::Texts;
use crate::chat::view::customer_messages::{SerialsFile, ShownSerials};
use crate::domain::{AccountId, Order, SerialNumber, Sku};
use crate::store::{IssuedSerial, StoreError, Tx};

const LINE_END: &str = "\r\n";
/// Serial numbers that stand in the message itself: more are not copied one by one.
const SHOWN: u64 = 20;

/// A list of serial numbers, one to a line, before it is known how many files it takes: there may be a million.
pub(super) struct SerialList {
    name: String,
    extension: &'static str,
    blocks: Vec<Block>,
}

/// The serial numbers of one product, or all of them.
struct Block {
    product: Option<(Sku, String)>,
    /// The lines before them.
    heading: String,
    /// The serial numbers themselves, each with the end of its line.
    lines: String,
    count: u64,
}

/// The serial numbers of one order, one to a line, by product in the order of its lines. What each block is stands above it,
/// in a line that begins with `# SKU:`.
pub(super) async fn of_order(tx: &mut Tx, order: &Order, texts: &Texts) -> Result<SerialList, StoreError> {
    let number = order.summary.number;
    let mut blocks: Vec<Block> = Vec::new();
    for line in &order.lines {
        let is_new = |block: &Block| block.product.as_ref().is_none_or(|(sku, _)| *sku != line.sku);
        if blocks.iter().all(is_new) {
            let name = line.name.in_language(texts.language()).to_owned();
            blocks.push(Block::new(Some((line.sku.clone(), name))));
        }
    }
    let add = |sku: Sku, serial: SerialNumber| {
        let of_it = |block: &&mut Block| block.product.as_ref().is_some_and(|(known, _)| *known == sku);
        if let Some(block) = blocks.iter_mut().find(of_it) {
            block.add(serial.as_str());
        }
    };
    tx.each_serial_of(number, add).await?;
    blocks.iter_mut().for_each(|block| block.head(texts));
    Ok(SerialList { name: format!("order-{number}"), extension: "txt", blocks })
}

/// The serial numbers of all orders: number, SKU and order.
pub(super) async fn of_account(tx: &mut Tx, account: AccountId) -> Result<SerialList, StoreError> {
    let mut block = Block::new(None);
    let add = |one: IssuedSerial| block.add(&format!("{};{};{}", cell(&one.serial), one.sku, one.order));
    tx.each_serial_of_account(account, add).await?;
    Ok(SerialList { name: "serial-numbers".to_owned(), extension: "csv", blocks: vec![block] })
}

impl Block {
    fn new(product: Option<(Sku, String)>) -> Block {
        Block { product, heading: String::new(), lines: String::new(), count: 0 }
    }

    fn add(&mut self, line: &str) {
        self.lines.push_str(line);
        self.lines.push_str(LINE_END);
        self.count += 1;
    }

    fn head(&mut self, texts: &Texts) {
        if let Some((sku, name)) = &self.product {
            let variables = [("product", name.as_str().into()), ("count", self.count.into())];
            let what = texts.say_with("serials-heading", &variables);
            // The mark of a remark, and a SKU that the import finds its product by: no language's.
            self.heading = format!("# {sku}: {what}{LINE_END}");
        }
    }

    fn longest_line(&self) -> usize {
        self.lines.split_inclusive(LINE_END).map(str::len).max().unwrap_or_default()
    }
}

impl SerialList {
    fn count(&self) -> u64 {
        self.blocks.iter().map(|block| block.count).sum()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.count() == 0
    }

    /// The first of the parts of at most so many bytes; `None` when the list fits as it is.
    pub(super) fn first_part(&self, limit: usize) -> Option<Part> {
        let headings: usize = self.blocks.iter().map(|block| block.heading.len() + LINE_END.len()).sum();
        let lines: usize = self.blocks.iter().map(|block| block.lines.len()).sum();
        if headings + lines <= limit {
            return None;
        }
        let longest = self.blocks.iter().map(Block::longest_line).max()?;
        let each = limit.saturating_sub(headings).checked_div(longest)?.max(1) as u64;
        Some(Part { number: 1, of: self.count().div_ceil(each), each })
    }

    /// A part of the list, or all of it, as a file.
    pub(super) fn file(&self, part: Option<Part>) -> SerialsFile {
        let SerialList { name, extension, .. } = self;
        let (name, wanted) = match part {
            None => (format!("{name}.{extension}"), 0..u64::MAX),
            // What came meanwhile stands in the last.
            Some(Part { number, of, each }) => {
                let from = each * number.saturating_sub(1);
                let to = if number == of { u64::MAX } else { from + each };
                (format!("{name}-{number}-of-{of}.{extension}"), from..to)
            }
        };
        let (text, count) = self.text(&wanted);
        let is_shown = part.is_none() && count <= SHOWN;
        SerialsFile {
            name,
            checksum: checksum(&text),
            bytes: text.into_bytes(),
            count,
            shown: if is_shown { self.shown() } else { Vec::new() },
            part: part.map(|part| (part.number, part.of)),
        }
    }

    /// The lines of these serial numbers, under the headings that they stand under, and how many they are.
    fn text(&self, wanted: &Range<u64>) -> (String, u64) {
        let (mut text, mut count, mut before) = (String::new(), 0, 0);
        for block in &self.blocks {
            let from = wanted.start.saturating_sub(before).min(block.count);
            let to = wanted.end.saturating_sub(before).min(block.count);
            before += block.count;
            if from < to {
                if !text.is_empty() {
                    text.push_str(LINE_END);
                }
                text.push_str(&block.heading);
                text.push_str(lines(&block.lines, from..to));
                count += to - from;
            }
        }
        (text, count)
    }

    fn shown(&self) -> Vec<ShownSerials> {
        let of_products = self.blocks.iter().filter_map(|block| {
            let (_, product) = block.product.clone()?;
            Some(ShownSerials { product, serials: block.lines.lines().map(str::to_owned).collect() })
        });
        of_products.collect()
    }
}

/// Some lines of a text.
fn lines(text: &str, wanted: Range<u64>) -> &str {
    let rest = after_lines(text, wanted.start);
    rest.strip_suffix(after_lines(rest, wanted.end - wanted.start)).unwrap_or(rest)
}

fn after_lines(text: &str, lines: u64) -> &str {
    (0..lines).try_fold(text, |rest, _| Some(rest.split_once(LINE_END)?.1)).unwrap_or_default()
}

/// A serial number that holds a separator or a quote stands in quotes.
fn cell(serial: &SerialNumber) -> String {
    let text = serial.as_str();
    match text.contains([';', ',', '"']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.to_owned(),
    }
}

fn checksum(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().fold(String::new(), |mut hex, byte| {
        // Writing into a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use chrono_tz::Tz;

    use super::*;
    use crate::domain::Language;

    fn block(sku: &str, serials: &[&str]) -> Block {
        let mut block = Block::new(Some((Sku::parse(sku).unwrap(), "Key".to_owned())));
        serials.iter().for_each(|serial| block.add(serial));
        block.head(&Texts::new(Language::with_code("en").unwrap(), Tz::UTC));
        block
    }

    fn list(blocks: Vec<Block>) -> SerialList {
        SerialList { name: "order-1".to_owned(), extension: "txt", blocks }
    }

    fn files(list: &SerialList, limit: usize) -> Vec<SerialsFile> {
        let first = list.first_part(limit);
        let further = first.into_iter().flat_map(Part::further);
        [list.file(first)].into_iter().chain(further.map(|part| list.file(Some(part)))).collect()
    }

    fn text(file: &SerialsFile) -> &str {
        std::str::from_utf8(&file.bytes).unwrap()
    }

    fn serials(file: &SerialsFile) -> Vec<&str> {
        text(file).lines().filter(|line| !line.is_empty() && !line.starts_with("# ")).collect()
    }

    #[test]
    fn the_parts_of_a_list_are_the_list_and_each_fits() {
        let lines: Vec<String> = (0..100).map(|number: u32| "9".repeat(1 + number as usize % 7)).collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let (some, others) = lines.split_at(40);
        let list = list(vec![block("a", some), block("b", others)]);
        let whole = list.file(None).bytes.len();
        for limit in 50..=whole + 3 {
            let files = files(&list, limit);
            assert!(files.iter().all(|file| file.bytes.len() <= limit && file.count > 0), "{limit}");
            assert_eq!(files.iter().flat_map(serials).collect::<Vec<_>>(), lines);
            assert_eq!(files.iter().map(|file| file.count).sum::<u64>(), 100);
            assert!(files.iter().all(|file| text(file).starts_with("# ")), "every part says of what it is");
            assert!(files.len() > 1 || limit >= whole);
        }
    }

    #[test]
    fn a_part_names_itself_and_what_came_meanwhile_stands_in_the_last() {
        let part = Part { number: 1, of: 2, each: 2 };
        let last = list(vec![block("a", &["A", "B", "C", "D"])]).file(part.further().next());
        assert_eq!(
            (last.name.as_str(), text(&last), last.part),
            ("order-1-2-of-2.txt", "# a: Key, 4 keys\r\nC\r\nD\r\n", Some((2, 2)))
        );
        assert!(last.shown.is_empty());
    }

    #[test]
    fn each_product_is_a_block_under_what_it_is() {
        let file = list(vec![block("a", &["A"]), block("b", &["B", "C"])]).file(None);
        assert_eq!(text(&file), "# a: Key, 1 key\r\nA\r\n\r\n# b: Key, 2 keys\r\nB\r\nC\r\n");
        assert_eq!((file.count, file.shown.len()), (3, 2));
        let many: Vec<String> = (0..=SHOWN).map(|number| format!("K-{number}")).collect();
        let many = list(vec![block("a", &many.iter().map(String::as_str).collect::<Vec<_>>())]);
        assert!(many.file(None).shown.is_empty(), "too many to copy one by one");
    }
}
