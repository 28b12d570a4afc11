//! What products are called, by people who type it.

use std::collections::{BTreeMap, BTreeSet};

use super::tokens::{Token, tokens};
use crate::domain::catalogue::price_list::Catalogue;
use crate::domain::ids::Sku;
use crate::domain::language::Language;

/// A beginning of fewer characters may be anything.
const SHORTEST_BEGINNING: usize = 3;
/// Of several products, so many are named.
const NAMED: usize = 3;

/// SKUs and names, each with the products that are called so.
pub(super) struct Names {
    known: BTreeMap<String, BTreeSet<Sku>>,
    /// Words of the longest name.
    pub longest: usize,
}

impl Names {
    pub(super) fn of(catalogue: &Catalogue) -> Names {
        let mut names = Names { known: BTreeMap::new(), longest: 1 };
        for product in &catalogue.products {
            let spoken = Language::all().iter().map(|language| product.name.in_language(*language));
            for name in spoken.chain([product.sku.as_str()]) {
                let tokens = tokens(name);
                names.longest = names.longest.max(tokens.len());
                names.known.entry(key(&tokens)).or_default().insert(product.sku.clone());
            }
        }
        names
    }

    /// The product that is called exactly so.
    pub(super) fn exactly(&self, words: &[Token]) -> Option<&Sku> {
        only(self.known.get(&key(words))?)
    }

    /// The product of which alone this is a beginning.
    pub(super) fn begun(&self, words: &[Token]) -> Option<Sku> {
        let key = key(words);
        key.chars().nth(SHORTEST_BEGINNING - 1)?;
        let mut begun = self.beginning_with(&key);
        let first = begun.next()?;
        // The second one decides, however many there are.
        begun.all(|other| other == first).then(|| first.clone())
    }

    /// Whether some name begins so.
    pub(super) fn is_beginning(&self, words: &[Token]) -> bool {
        self.beginning_with(&key(words)).next().is_some()
    }

    /// The first of several products that this is a beginning of.
    pub(super) fn several(&self, words: &[Token]) -> Option<Vec<Sku>> {
        let begun: BTreeSet<Sku> = self.beginning_with(&key(words)).cloned().collect();
        (begun.len() > 1 && !words.is_empty()).then(|| begun.into_iter().take(NAMED).collect())
    }

    /// Products of which this is a beginning, by the order of their names; one may come twice.
    fn beginning_with<'n>(&'n self, key: &'n str) -> impl Iterator<Item = &'n Sku> {
        let from_there = self.known.range(key.to_owned()..);
        let begun = from_there.take_while(move |(name, _)| name.starts_with(key));
        // A word of a name is whole or not there; a SKU is one word, and its beginning may be cut anywhere.
        let is_cut_well =
            move |name: &str| !name.contains(' ') || name.as_bytes().get(key.len()).is_none_or(|b| *b == b' ');
        begun.filter(move |(name, _)| is_cut_well(name)).flat_map(|(_, skus)| skus)
    }

    /// The product whose SKU or name differs least, if it is anywhere near.
    pub(super) fn nearest(&self, words: &[Token]) -> Option<Sku> {
        let key = key(words);
        let length = key.chars().count();
        let differing = self.known.iter().filter_map(|(name, skus)| {
            let theirs = name.chars().count();
            let most = length.max(theirs);
            // Two of five characters may be other ones.
            let is_near = |differs: usize| differs * 5 <= most * 2;
            // Comparing takes the product of both lengths, and a message may be one long word.
            let differs = is_near(length.abs_diff(theirs)).then(|| distance(&key, name))?;
            is_near(differs).then(|| (differs * 1000 / most.max(1), skus.first()))
        });
        differing.min().and_then(|(_, sku)| sku.cloned())
    }
}

fn only(skus: &BTreeSet<Sku>) -> Option<&Sku> {
    skus.first().filter(|_| skus.len() == 1)
}

/// Words as they are compared: `30 000` is `30000`, and so is `30,000`.
fn key(words: &[Token]) -> String {
    let mut key = String::new();
    let mut open = 0;
    for word in words {
        let plain = plain_number(&word.text);
        let is_group = word.is_digits() && word.text.len() == 3 && (1..=3).contains(&open) && !word.is_divided;
        if !key.is_empty() && !is_group {
            key.push(' ');
        }
        open = match word.is_digits() {
            // Behind the first group each has three digits.
            true if is_group => 3,
            true => word.text.len(),
            false => 0,
        };
        key.push_str(&plain);
    }
    key
}

fn plain_number(text: &str) -> String {
    let mut groups = text.split(',');
    let is_first = groups.next().is_some_and(|group| (1..=3).contains(&group.len()));
    let is_grouped = is_first && groups.all(|group| group.len() == 3);
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b',');
    if is_number && is_grouped { text.replace(',', "") } else { text.to_owned() }
}

/// Characters to insert, take out or exchange.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, c) in one.chars().enumerate() {
        let mut diagonal = index;
        let mut left = index + 1;
        for (above, d) in row.iter_mut().skip(1).zip(&other) {
            let best = (*above + 1).min(left + 1).min(diagonal + usize::from(c != *d));
            diagonal = *above;
            left = best;
            *above = best;
        }
        if let Some(first) = row.first_mut() {
            *first = index + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}
