//! What is different between two price lists.

use crate::domain::catalogue::price_list::{Catalogue, FreeQuantity, Product};
use crate::domain::ids::Sku;
use crate::domain::language::LocalName;
use crate::domain::money::Money;
use crate::domain::stock::serial_pattern::SerialPattern;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// A product is new.
    Added(Product),
    /// A product is sold no more.
    Gone(Product),
    /// Something about a product changed.
    Changed {
        sku: Sku,
        /// Its name from now on.
        name: LocalName,
        /// What, at least one.
        changes: Vec<Change>,
    },
    /// Groups have other names, or groups or products stand in another order.
    Arranged,
}

/// A change of one product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It was called this until now.
    Renamed(LocalName),
    /// It has another description, or another page.
    Described,
    /// It stands under another heading.
    Regrouped,
    /// The price of a package.
    Package {
        quantity: u32,
        /// `None` for a new package.
        old: Option<Money>,
        /// `None` for one that is sold no more.
        new: Option<Money>,
    },
    Tier {
        /// From this volume on.
        from: u32,
        /// `None` for a new tier.
        old: Option<Money>,
        /// `None` for one that is gone.
        new: Option<Money>,
    },
    /// The quantities that may be chosen freely.
    Bounds {
        /// `None` when none could.
        old: Option<Bounds>,
        /// `None` when none can any more.
        new: Option<Bounds>,
    },
    /// The form of serial numbers.
    SerialPattern {
        /// `None` when any would do.
        old: Option<SerialPattern>,
        /// `None` when any does from now on.
        new: Option<SerialPattern>,
    },
}

/// Quantities from the smallest to the largest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// The smallest.
    pub min: u32,
    /// The largest.
    pub max: u32,
    /// From one to the next.
    pub step: u32,
}

/// Everything that `new` has otherwise than `old`: first products that changed or are new, in the order of `new`, then
/// those that are gone.
pub fn differences(old: &Catalogue, new: &Catalogue) -> Vec<Difference> {
    let changed = new.products.iter().filter_map(|product| match old.product(&product.sku) {
        None => Some(Difference::Added(product.clone())),
        Some(before) => {
            let changes = changes(before, product);
            let (sku, name) = (product.sku.clone(), product.name.clone());
            (!changes.is_empty()).then_some(Difference::Changed { sku, name, changes })
        }
    });
    let gone = old.products.iter().filter(|product| new.product(&product.sku).is_none()).cloned();
    let arranged = arrangement_differs(old, new).then_some(Difference::Arranged);
    changed.chain(gone.map(Difference::Gone)).chain(arranged).collect()
}

fn arrangement_differs(old: &Catalogue, new: &Catalogue) -> bool {
    let common = |one: &Catalogue, other: &Catalogue| -> Vec<Sku> {
        let skus = one.products.iter().map(|product| product.sku.clone());
        skus.filter(|sku| other.product(sku).is_some()).collect()
    };
    let in_use = |list: &Catalogue, other: &Catalogue| -> Vec<_> {
        let shared = |id: &Sku| other.groups.iter().any(|group| group.id == *id);
        list.groups.iter().filter(|group| shared(&group.id)).cloned().collect()
    };
    common(old, new) != common(new, old) || in_use(old, new) != in_use(new, old)
}

fn changes(old: &Product, new: &Product) -> Vec<Change> {
    let mut changes = Vec::new();
    if old.name != new.name {
        changes.push(Change::Renamed(old.name.clone()));
    }
    if (&old.description, &old.url) != (&new.description, &new.url) {
        changes.push(Change::Described);
    }
    if old.group != new.group {
        changes.push(Change::Regrouped);
    }
    let packages = |product: &Product| -> Vec<(u32, Money)> {
        product.packages.iter().map(|package| (package.quantity, package.price)).collect()
    };
    let prices = moved(&packages(old), &packages(new));
    changes.extend(prices.into_iter().map(|(quantity, old, new)| Change::Package { quantity, old, new }));
    let (before, now) = (old.free.as_ref().map(bounds), new.free.as_ref().map(bounds));
    if before != now {
        changes.push(Change::Bounds { old: before, new: now });
    }
    let tiers = |product: &Product| -> Vec<(u32, Money)> {
        let tiers = product.free.iter().flat_map(|free| &free.tiers);
        tiers.map(|tier| (tier.from, tier.unit_price)).collect()
    };
    let prices = moved(&tiers(old), &tiers(new));
    changes.extend(prices.into_iter().map(|(from, old, new)| Change::Tier { from, old, new }));
    if old.serial_pattern != new.serial_pattern {
        let (old, new) = (old.serial_pattern.clone(), new.serial_pattern.clone());
        changes.push(Change::SerialPattern { old, new });
    }
    changes
}

fn bounds(free: &FreeQuantity) -> Bounds {
    Bounds { min: free.min, max: free.max, step: free.step }
}

/// What stands under another price, by key, in rising order.
fn moved(old: &[(u32, Money)], new: &[(u32, Money)]) -> Vec<(u32, Option<Money>, Option<Money>)> {
    let price = |list: &[(u32, Money)], key: u32| list.iter().find(|(other, _)| *other == key).map(|(_, price)| *price);
    let mut keys: Vec<u32> = old.iter().chain(new).map(|(key, _)| *key).collect();
    keys.sort_unstable();
    keys.dedup();
    let pairs = keys.into_iter().map(|key| (key, price(old, key), price(new, key)));
    pairs.filter(|(_, old, new)| old != new).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::catalogue::file::parse;
    use crate::domain::money::Currency;

    const EXAMPLE: &str = include_str!("../../../catalog.example.toml");

    fn list(text: &str) -> Catalogue {
        parse(text, Currency::RUB, crate::domain::Language::FIRST).unwrap()
    }

    fn rub(minor: i64) -> Option<Money> {
        Money::from_minor(minor, Currency::RUB).ok()
    }

    fn changed(old: &str, new: &str) -> Vec<Change> {
        match differences(&list(old), &list(new)).as_slice() {
            [Difference::Changed { changes, .. }] => changes.clone(),
            other => panic!("{other:?}"),
        }
    }

    fn product(body: &str) -> String {
        format!("[[product]]\nsku = \"a\"\nname = {{ ru = \"А\", en = \"A\" }}\n{body}")
    }

    #[test]
    fn a_list_does_not_differ_from_itself() {
        assert_eq!(differences(&list(EXAMPLE), &list(EXAMPLE)), []);
        assert_eq!(differences(&list(EXAMPLE), &list(&format!("# a remark\n{EXAMPLE}"))), []);
    }

    #[test]
    fn packages_change_come_and_go() {
        let old = product("packages = [ { quantity = 50, price = \"1\" }, { quantity = 100, price = \"2\" } ]");
        let new = product("packages = [ { quantity = 50, price = \"3\" }, { quantity = 200, price = \"4\" } ]");
        assert_eq!(
            changed(&old, &new),
            [
                Change::Package { quantity: 50, old: rub(100), new: rub(300) },
                Change::Package { quantity: 100, old: rub(200), new: None },
                Change::Package { quantity: 200, old: None, new: rub(400) },
            ]
        );
    }

    #[test]
    fn tiers_and_bounds_change() {
        let old =
            product("free_quantity = { min = 1, max = 10, step = 1, tiers = [ { from = 1, unit_price = \"5\" } ] }");
        let new = product(
            "free_quantity = { min = 1, max = 20, step = 1, \
             tiers = [ { from = 1, unit_price = \"5\" }, { from = 10, unit_price = \"4\" } ] }",
        );
        let bounds = |max| Some(Bounds { min: 1, max, step: 1 });
        assert_eq!(
            changed(&old, &new),
            [Change::Bounds { old: bounds(10), new: bounds(20) }, Change::Tier { from: 10, old: None, new: rub(400) },]
        );
    }

    #[test]
    fn descriptions_and_pages_change() {
        let old = product("packages = [ { quantity = 1, price = \"1\" } ]\nurl = \"https://example.com/a\"");
        let described = product("packages = [ { quantity = 1, price = \"1\" } ]\ndescription = { ru = \"Ключ\" }");
        assert_eq!(changed(&old, &described), [Change::Described]);
        assert_eq!(changed(&described, &described.replace("Ключ", "Ключи")), [Change::Described]);
    }

    #[test]
    fn products_come_go_and_change_places() {
        let one = product("packages = [ { quantity = 1, price = \"1\" } ]");
        let other = one.replace("\"a\"", "\"b\"");
        let both = format!("{one}\n{other}");
        let kinds = |old: &str, new: &str| -> Vec<&str> {
            let kind = |difference: &Difference| match difference {
                Difference::Added(_) => "added",
                Difference::Gone(_) => "gone",
                Difference::Changed { .. } => "changed",
                Difference::Arranged => "arranged",
            };
            differences(&list(old), &list(new)).iter().map(kind).collect()
        };
        assert_eq!(kinds(&one, &both), ["added"]);
        assert_eq!(kinds(&both, &one), ["gone"]);
        assert_eq!(kinds(&one, &other), ["added", "gone"]);
        assert_eq!(kinds(&both, &format!("{other}\n{one}")), ["arranged"]);
        assert_eq!(changed(&one, &one.replace("\"А\"", "\"Б\"")).len(), 1);
    }
}
