//! One price or quantity of a price list, changed by itself.

use serde::{Deserialize, Serialize};

use super::form::{Field, ProductForm, Spot};
use super::place::Places;
use super::price_list::{Catalogue, Product};
use super::toml_form;
use crate::domain::ids::Sku;
use crate::domain::money::Money;
use crate::domain::stored::Stored;

/// What one price of a product is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Offer {
    /// The package of this quantity.
    Package(u32),
    /// Each key of a free quantity from this one on.
    Tier(u32),
}

/// What it becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    Price(Money),
    Quantity(u32),
}

/// A change of one price or quantity, which says the same whatever else the price list becomes meanwhile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    pub sku: Sku,
    pub offer: Offer,
    pub to: Value,
}

impl Stored for Revision {
    const SCHEMA: u32 = 1;
}

impl Offer {
    /// The quantity that it holds for, or from which on it does.
    pub fn quantity(self) -> u32 {
        match self {
            Offer::Package(quantity) | Offer::Tier(quantity) => quantity,
        }
    }

    /// Its price in a price list; `None` when that has no such offer.
    pub fn price(self, sku: &Sku, catalogue: &Catalogue) -> Option<Money> {
        let product = catalogue.product(sku)?;
        match self {
            Offer::Package(quantity) => {
                product.packages.iter().find(|package| package.quantity == quantity).map(|package| package.price)
            }
            Offer::Tier(from) => {
                let mut tiers = product.free.iter().flat_map(|free| &free.tiers);
                tiers.find(|tier| tier.from == from).map(|tier| tier.unit_price)
            }
        }
    }
}

impl Product {
    /// Everything that it has a price for: packages, then volumes.
    pub fn offers(&self) -> impl Iterator<Item = (Offer, Money)> {
        let tiers = self.free.iter().flat_map(|free| &free.tiers);
        let packages = self.packages.iter().map(|package| (Offer::Package(package.quantity), package.price));
        packages.chain(tiers.map(|tier| (Offer::Tier(tier.from), tier.unit_price)))
    }
}

/// The text of a catalogue file with this one value changed, and every other character as it was; `None` when the file has
/// no such offer.
pub fn revised(source: &str, revision: &Revision) -> Option<String> {
    let (form, _) = toml_form::read(source, &Places::in_text(source));
    let product = form
        .products
        .iter()
        .find(|product| product.sku.as_ref().is_some_and(|sku| sku.value == revision.sku.as_str()))?;
    let (quantity, price) = offered(product, revision.offer)?;
    let (spot, text) = match revision.to {
        Value::Price(money) => (price?, format!("\"{}\"", money.to_decimal())),
        Value::Quantity(number) => (quantity, number.to_string()),
    };
    let Spot::Text { start, end } = spot else { return None };
    Some(format!("{}{text}{}", source.get(..start)?, source.get(end..)?))
}

/// Where quantity and price of an offer stand.
fn offered(product: &ProductForm, offer: Offer) -> Option<(Spot, Option<Spot>)> {
    let spots = |quantity: Option<Field<u32>>, price: Option<&Field<String>>| {
        let quantity = quantity.filter(|quantity| quantity.value == offer.quantity())?;
        Some((quantity.spot, price.map(|price| price.spot)))
    };
    match offer {
        Offer::Package(_) => {
            product.packages.iter().find_map(|package| spots(package.quantity, package.price.as_ref()))
        }
        Offer::Tier(_) => {
            let mut tiers = product.free.iter().flat_map(|free| &free.tiers);
            tiers.find_map(|tier| spots(tier.from, tier.unit_price.as_ref()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Language;
    use crate::domain::catalogue::diff::{Change, Difference, differences};
    use crate::domain::catalogue::file::parse;
    use crate::domain::money::Currency;

    const EXAMPLE: &str = include_str!("../../../catalog.example.toml");

    fn list(text: &str) -> Catalogue {
        parse(text, Currency::RUB, Language::FIRST).unwrap()
    }

    fn revision(sku: &str, offer: Offer, to: Value) -> Revision {
        Revision { sku: Sku::parse(sku).unwrap(), offer, to }
    }

    fn roubles(minor: i64) -> Money {
        Money::from_minor(minor, Currency::RUB).unwrap()
    }

    #[test]
    fn one_value_changes_and_no_other_character() {
        let price = Value::Price(roubles(1_200_050));
        for (revision, old, new) in [
            (revision("sp-1", Offer::Package(50), price), "50, price = \"11000.00\"", "50, price = \"12000.50\""),
            (
                revision("sp-3", Offer::Package(200), Value::Quantity(250)),
                "200, price = \"97200",
                "250, price = \"97200",
            ),
            (revision("trial-100000", Offer::Tier(5), price), "\"4500.00\"", "\"12000.50\""),
            (revision("trial-100000", Offer::Tier(5), Value::Quantity(7)), "from = 5", "from = 7"),
        ] {
            assert_eq!(EXAMPLE.matches(old).count(), 1, "{old}");
            assert_eq!(revised(EXAMPLE, &revision), Some(EXAMPLE.replace(old, new)));
        }
    }

    #[test]
    fn a_file_is_revised_however_it_is_written() {
        let text = "[[product]]\nsku = 'a'\nname.ru = 'А'\nname.en = 'A' # a remark\n\n[[product.packages]]\n\
                    quantity = 0x32\nprice = '''1.00'''\n";
        let changed = revised(text, &revision("a", Offer::Package(50), Value::Price(roubles(250)))).unwrap();
        assert_eq!(changed, text.replace("'''1.00'''", "\"2.50\""));
        let [Difference::Changed { changes, .. }] = &differences(&list(text), &list(&changed))[..] else { panic!() };
        let price = Change::Package { quantity: 50, old: Some(roubles(100)), new: Some(roubles(250)) };
        assert_eq!(changes, &[price]);
    }

    #[test]
    fn what_is_not_offered_is_not_revised() {
        for (sku, offer) in [("sp-9", Offer::Package(50)), ("sp-1", Offer::Package(51)), ("sp-1", Offer::Tier(50))] {
            assert_eq!(revised(EXAMPLE, &revision(sku, offer, Value::Quantity(1))), None);
        }
    }
}
