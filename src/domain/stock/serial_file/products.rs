//! Of which products a file may list serial numbers, and their forms.

use std::collections::BTreeMap;

use crate::domain::catalogue::price_list::Catalogue;
use crate::domain::ids::Sku;
use crate::domain::stock::serial_pattern::SerialMatcher;

/// The products that a file's second column may name.
#[derive(Debug)]
pub struct ListedProducts {
    known: BTreeMap<Sku, Option<SerialMatcher>>,
    /// The product of lines that name none.
    only: Option<Sku>,
}

impl ListedProducts {
    /// Those of the price list and these, which the file is for.
    pub fn new<'s>(catalogue: &Catalogue, wanted: impl IntoIterator<Item = &'s Sku>) -> ListedProducts {
        let mut known: BTreeMap<Sku, _> =
            catalogue.products.iter().map(|product| (product.sku.clone(), None)).collect();
        let mut only = Vec::new();
        for sku in wanted {
            let pattern = catalogue.product(sku).and_then(|product| product.serial_pattern.as_ref());
            known.insert(sku.clone(), pattern.map(|pattern| pattern.matcher()));
            only.push(sku.clone());
        }
        ListedProducts { known, only: if only.len() == 1 { only.pop() } else { None } }
    }

    /// The product that a column names, in whatever case.
    pub(super) fn named(&self, field: &str) -> Option<Sku> {
        Sku::parse(&field.to_ascii_lowercase()).filter(|sku| self.known.contains_key(sku))
    }

    /// The form of a product's serial numbers, if the price list gives one.
    pub(super) fn matcher(&self, sku: Option<&Sku>) -> Option<&SerialMatcher> {
        self.known.get(sku.or(self.only.as_ref())?)?.as_ref()
    }
}
