//! The catalogue as it is laid out on screens: one list under the headings of its groups, or groups that open, and pages.

use super::keyboard::Button;
use crate::chat::i18n::Texts;
use crate::domain::{Catalogue, Group, Product, Sku};

/// Up to here the catalogue is one list; beyond, it is split into groups.
const UNDIVIDED: usize = 10;

/// What stands in a list of products.
#[derive(Clone, Copy)]
pub(super) enum Entry<'c> {
    /// A group that opens, and how many products it has.
    Group(&'c Group, usize),
    /// The products that follow stand in this group, or in none.
    Heading(Option<&'c Group>),
    Product(&'c Product),
}

/// A page of the catalogue.
pub(super) struct Shelf<'c> {
    pub entries: Vec<Entry<'c>>,
    /// Counted from 0.
    pub page: usize,
    pub pages: usize,
    /// The group that is open.
    pub group: Option<&'c Group>,
}

impl<'c> Shelf<'c> {
    /// A page of so many products or groups.
    pub(super) fn of(catalogue: &'c Catalogue, group: Option<&Sku>, page: u32, size: PageSize) -> Shelf<'c> {
        let is_divided = catalogue.products.len() > UNDIVIDED;
        let group = catalogue.groups.iter().find(|known| is_divided && group == Some(&known.id));
        let sections = sections(catalogue);
        let entries: Vec<Entry> = match group {
            Some(group) => catalogue.in_group(Some(&group.id)).map(Entry::Product).collect(),
            None if is_divided => sections.iter().flat_map(|(group, products)| closed(*group, products)).collect(),
            None => sections.iter().flat_map(|(_, products)| products.iter().copied().map(Entry::Product)).collect(),
        };
        let most = if is_divided { size.most } else { size.most.max(size.undivided) };
        let pages = entries.len().div_ceil(most).max(1);
        let page = usize::try_from(page).unwrap_or(usize::MAX).min(pages - 1);
        let shown: Vec<Entry> = entries.into_iter().skip(page * most).take(most).collect();
        let has_headings = !is_divided && sections.len() > 1;
        let entries = if has_headings { under_headings(&shown, catalogue) } else { shown };
        Shelf { entries, page, pages, group }
    }

    /// The buttons that turn the pages.
    pub(super) fn turning(&self, texts: &Texts, turn: impl Fn(String, u32) -> Button) -> Vec<Button> {
        let to = |label: &str, page: usize| turn(texts.say(label), u32::try_from(page).unwrap_or(0));
        let previous = (self.page > 0).then(|| to("button-previous-page", self.page - 1));
        let next = (self.page + 1 < self.pages).then(|| to("button-next-page", self.page + 1));
        previous.into_iter().chain(next).collect()
    }
}

/// How many entries a page has, and how many where the whole catalogue is one list.
#[derive(Clone, Copy)]
pub(super) struct PageSize {
    pub most: usize,
    pub undivided: usize,
}

impl PageSize {
    /// As many as a phone shows without scrolling; a short list is not cut.
    pub(super) const BUTTONS: PageSize = PageSize { most: 8, undivided: UNDIVIDED };
}

/// The groups that have products, in the order in which they are shown, and last those that stand in none.
fn sections(catalogue: &Catalogue) -> Vec<(Option<&Group>, Vec<&Product>)> {
    let groups = catalogue.groups.iter().map(Some).chain([None]);
    let sections = groups.map(|group| (group, catalogue.in_group(group.map(|group| &group.id)).collect::<Vec<_>>()));
    sections.filter(|(_, products)| !products.is_empty()).collect()
}

fn closed<'c>(group: Option<&'c Group>, products: &[&'c Product]) -> Vec<Entry<'c>> {
    match group {
        Some(group) => vec![Entry::Group(group, products.len())],
        None => products.iter().copied().map(Entry::Product).collect(),
    }
}

fn under_headings<'c>(shown: &[Entry<'c>], catalogue: &'c Catalogue) -> Vec<Entry<'c>> {
    let mut entries = Vec::new();
    let mut above = None;
    for entry in shown {
        if let Entry::Product(product) = entry
            && above != Some(product.group.as_ref())
        {
            above = Some(product.group.as_ref());
            entries
                .push(Entry::Heading(catalogue.groups.iter().find(|group| product.group.as_ref() == Some(&group.id))));
        }
        entries.push(*entry);
    }
    entries
}

/// What a heading says.
pub(super) fn heading(group: Option<&Group>, texts: &Texts) -> String {
    match group {
        Some(group) => group.name.in_language(texts.language()).to_owned(),
        None => texts.say("products-other"),
    }
}

/// A group that opens, with the number of its products.
pub(super) fn group_label(group: &Group, count: usize, texts: &Texts) -> String {
    let name = group.name.in_language(texts.language());
    texts.say_with("button-group", &[("name", name.into()), ("count", (count as u64).into())])
}
