//! How words and numbers make an order: every way in which a row can be read, and what stands in the way of all.

use std::ops::Range;

use super::lines::{NotUnderstood, OrderWords, TypedLine};
use super::products::Names;
use super::tokens::Token;
use crate::domain::catalogue::price_list::Catalogue;
use crate::domain::ids::Sku;
use crate::domain::typed::{amount, whole_number};

/// Groups of digits of the largest number that is read.
const MOST_GROUPS: usize = 3;

/// Words and numbers of the longest row that is read: a hundred products by their names.
const MOST_WORDS: usize = 1_000;

/// A stretch of a row with what it says.
pub(super) type Read<T> = (T, Range<usize>);

/// Which names count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Calling {
    Whole,
    /// Beginnings as well.
    Begun,
}

/// Which quantities count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quantities {
    Any,
    /// Those that the product is sold in.
    Sold,
}

/// A row that is to be read.
pub(super) struct Row<'r> {
    tokens: &'r [Token],
    catalogue: &'r Catalogue,
    names: &'r Names,
    words: &'r OrderWords,
}

/// The ways to read a row from a place to its end.
#[derive(Debug, Clone, Default)]
struct Ways {
    /// Two stand for many.
    count: usize,
    /// The first line of one of them, and where the next begins.
    first: Option<Read<TypedLine>>,
}

impl<'r> Row<'r> {
    pub(super) fn new(
        tokens: &'r [Token],
        catalogue: &'r Catalogue,
        names: &'r Names,
        words: &'r OrderWords,
    ) -> Row<'r> {
        Row { tokens, catalogue, names, words }
    }

    /// The lines of the order that stand in this row.
    pub(super) fn read(&self) -> Result<Vec<Read<TypedLine>>, (Range<usize>, NotUnderstood)> {
        if self.is_passed_over() {
            return Ok(Vec::new());
        }
        if self.tokens.len() > MOST_WORDS {
            return Err((0..self.tokens.len(), NotUnderstood::NoSuchProduct(None)));
        }
        let count = |ways: &[Ways]| ways.first().map_or(0, |ways| ways.count);
        let whole = self.ways(Calling::Whole, Quantities::Any);
        let (calling, ways) = match count(&whole) {
            0 => (Calling::Begun, self.ways(Calling::Begun, Quantities::Any)),
            _ => (Calling::Whole, whole),
        };
        // `365 100` may be a name's end and a quantity, or a number in groups.
        let ways = if count(&ways) > 1 { self.ways(calling, Quantities::Sold) } else { ways };
        if count(&ways) == 1 { Ok(lines(&ways)) } else { Err(self.fault(&ways)) }
    }

    /// Whether it is a table's heading, its row of sums, or nothing.
    fn is_passed_over(&self) -> bool {
        let is_heading = |token: &Token| self.words.headings.contains(&token.text);
        let is_total = self.tokens.first().is_some_and(|token| self.words.totals.contains(&token.text));
        is_total || self.tokens.iter().all(is_heading)
    }

    /// For each place of the row.
    fn ways(&self, calling: Calling, quantities: Quantities) -> Vec<Ways> {
        let length = self.tokens.len();
        let mut ways = vec![Ways::default(); length];
        ways.push(Ways { count: 1, first: None });
        for begin in (0..length).rev() {
            let mut here = Ways::default();
            for (line, end) in self.lines_at(begin, calling, quantities) {
                let rest = ways.get(end).map_or(0, |rest| rest.count);
                if rest > 0 {
                    here.count = (here.count + rest).min(2);
                    here.first = Some((line, begin..end));
                }
            }
            if let Some(place) = ways.get_mut(begin) {
                *place = here;
            }
        }
        ways
    }

    /// The lines that may begin at a place, and where they end.
    fn lines_at(&self, begin: usize, calling: Calling, quantities: Quantities) -> Vec<(TypedLine, usize)> {
        let mut found = Vec::new();
        for (sku, end) in self.products_at(begin, calling) {
            for (quantity, end) in quantities_at(self.tokens, end, self.words) {
                found.push((TypedLine { sku: sku.clone(), quantity }, end));
            }
        }
        for (quantity, end) in quantities_at(self.tokens, begin, self.words) {
            for (sku, end) in self.products_at(end, calling) {
                found.push((TypedLine { sku, quantity }, end));
            }
        }
        if quantities == Quantities::Sold {
            found.retain(|(line, _)| line.is_sold(self.catalogue));
        }
        // A price beside it is not what is paid: the summary says that.
        let priced: Vec<_> =
            found.iter().filter_map(|(line, end)| Some((line.clone(), self.price_at(*end)?))).collect();
        found.extend(priced);
        found
    }

    fn products_at(&self, begin: usize, calling: Calling) -> Vec<(Sku, usize)> {
        let most = begin.saturating_add(self.names.longest + MOST_GROUPS).min(self.tokens.len());
        let called = |end: usize| {
            let words = self.tokens.get(begin..end)?;
            let sku = match (self.names.exactly(words), calling) {
                (Some(sku), _) => sku.clone(),
                (None, Calling::Whole) => return None,
                // What goes on as a longer name does is no beginning of another kind.
                (None, Calling::Begun) => {
                    let further = self.tokens.get(begin..=end).unwrap_or_default();
                    self.names.begun(words).filter(|_| further.is_empty() || !self.names.is_beginning(further))?
                }
            };
            Some((sku, end))
        };
        (begin + 1..=most).filter_map(called).collect()
    }

    /// Where a column ends that holds nothing but a price; Telegram makes spaces of tabs.
    fn price_at(&self, begin: usize) -> Option<usize> {
        let column = self.column(begin)?;
        let is_number = |token: &&Token| token.text.bytes().any(|byte| byte.is_ascii_digit());
        let (numbers, words): (Vec<&Token>, Vec<&Token>) =
            self.tokens.get(column.clone())?.iter().partition(|token| is_number(token));
        let number = numbers.iter().map(|token| token.text.as_str()).collect::<Vec<_>>().join(" ");
        let has_decimals = number.contains([',', '.']);
        let is_price = has_decimals && words.len() <= 1 && amount(&number, self.catalogue.currency).is_some();
        is_price.then_some(column.end)
    }

    /// From a place to the next divider.
    fn column(&self, begin: usize) -> Option<Range<usize>> {
        let rest = self.tokens.get(begin + 1..)?;
        let length = rest.iter().position(|token| token.is_divided).unwrap_or(rest.len());
        Some(begin..begin + 1 + length)
    }

    /// The part of the row that no way leads through.
    fn fault(&self, ways: &[Ways]) -> (Range<usize>, NotUnderstood) {
        let length = self.tokens.len();
        let leads_on = |place: usize| ways.get(place).is_some_and(|ways| ways.count == 1);
        let divided = |place: &usize| self.tokens.get(*place).is_none_or(|token| token.is_divided);
        let begin = self.furthest();
        let end = (begin + 1..=length).filter(divided).find(|end| leads_on(*end)).unwrap_or(length);
        let part = if begin < end { begin..end } else { 0..length };
        let words = self.tokens.get(part.clone()).unwrap_or_default();
        (part, self.why(words))
    }

    /// How far the row can be read from its beginning.
    fn furthest(&self) -> usize {
        let mut reached = vec![false; self.tokens.len() + 1];
        let mut furthest = 0;
        for begin in 0..self.tokens.len() {
            if begin > 0 && !reached.get(begin).is_some_and(|reached| *reached) {
                continue;
            }
            furthest = begin;
            for (_, end) in self.lines_at(begin, Calling::Begun, Quantities::Any) {
                if let Some(place) = reached.get_mut(end) {
                    *place = true;
                }
            }
        }
        furthest
    }

    fn why(&self, words: &[Token]) -> NotUnderstood {
        let named = |words: &[Token]| self.names.exactly(words).cloned().or_else(|| self.names.begun(words));
        if let Some(sku) = named(words) {
            return NotUnderstood::NoQuantity(sku);
        }
        let bare = self.without_quantity(words);
        if bare.is_empty() {
            return NotUnderstood::NoProduct;
        }
        // A name has no more words than the longest, at either end.
        let most = self.names.longest + MOST_GROUPS;
        let whole = |words: &[Token]| if words.len() > most { None } else { self.names.exactly(words) };
        let known = (1..words.len())
            .rev()
            .filter_map(|length| words.split_at_checked(length))
            .find_map(|(head, tail)| whole(head).or_else(|| whole(tail)).cloned());
        match (known, self.names.several(bare)) {
            (Some(sku), _) => NotUnderstood::NotAQuantity(sku),
            (None, Some(skus)) => NotUnderstood::SeveralProducts(skus),
            (None, None) => NotUnderstood::NoSuchProduct(self.names.nearest(bare)),
        }
    }

    /// What stands beside the quantity.
    fn without_quantity<'w>(&self, words: &'w [Token]) -> &'w [Token] {
        let ends =
            |begin: &usize| quantities_at(words, *begin, self.words).into_iter().any(|(_, end)| end == words.len());
        if let Some(begin) = (0..words.len()).find(ends) {
            return words.get(..begin).unwrap_or_default();
        }
        let leading = quantities_at(words, 0, self.words).into_iter().map(|(_, end)| end).max();
        words.get(leading.unwrap_or(0)..).unwrap_or_default()
    }
}

fn lines(ways: &[Ways]) -> Vec<Read<TypedLine>> {
    let mut lines = Vec::new();
    let mut at = 0;
    while let Some((line, part)) = ways.get(at).and_then(|ways| ways.first.clone()) {
        at = part.end;
        lines.push((line, part));
    }
    lines
}

/// The quantities that may begin at a place, and where they end.
pub(super) fn quantities_at(tokens: &[Token], begin: usize, words: &OrderWords) -> Vec<(u32, usize)> {
    let mut found = Vec::new();
    let is_mark = |at: usize| tokens.get(at).is_some_and(|token| is_times(&token.text));
    let first = if is_mark(begin) { begin + 1 } else { begin };
    for end in first + 1..=first + MOST_GROUPS {
        let Some(number) = tokens.get(first..end) else { break };
        if number.iter().skip(1).any(|token| token.is_divided) {
            break;
        }
        let Some(quantity) = number_of(number, words) else { continue };
        found.push((quantity, end));
        let is_unit = |token: &Token| words.units.contains(&token.text) || is_times(&token.text);
        if tokens.get(end).is_some_and(is_unit) {
            found.push((quantity, end + 1));
        }
    }
    found
}

/// A number in groups; a mark or a unit may be grown to it.
fn number_of(tokens: &[Token], words: &OrderWords) -> Option<u32> {
    let written = tokens.iter().map(|token| token.text.as_str()).collect::<Vec<_>>().join(" ");
    let bare = written.strip_prefix(means_times).unwrap_or(&written);
    let behind = bare.trim_end_matches(|c: char| !c.is_ascii_digit());
    let unit = bare.get(behind.len()..).unwrap_or_default();
    let is_unit = unit.is_empty() || is_times(unit) || words.units.iter().any(|known| known == unit);
    is_unit.then(|| whole_number(behind)).flatten()
}

/// Latin and Cyrillic letters that stand for the sign, and the sign.
const TIMES: [char; 3] = ['x', '×', '*'];
/// The letter of Unicode's Cyrillic block that looks like x.
const HA: u32 = 0x445;

fn means_times(c: char) -> bool {
    TIMES.contains(&c) || u32::from(c) == HA
}

fn is_times(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(means_times) && characters.next().is_none()
}
