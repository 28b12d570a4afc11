//! Catalogue files (TOML): reading, and faults that name product, key and remedy.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use rust_decimal::Decimal;
use serde::Deserialize;

use super::catalogue::{Catalogue, FreeQuantity, Group, Package, Product, Tier};
use super::ids::Sku;
use super::money::{Currency, Money};
use super::person::LocalName;
use super::typed::{clean_line, length};

/// One fault of a catalogue file: where it stands, what is wrong and what would be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// For example ``product 2 (`sp-3`), key `packages[0].price` ``.
    pub place: String,
    /// What is wrong, and the remedy.
    pub problem: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.problem)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileForm {
    #[serde(default)]
    group: Vec<GroupForm>,
    #[serde(default)]
    product: Vec<ProductForm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupForm {
    id: String,
    name: LocalName,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProductForm {
    sku: String,
    group: Option<String>,
    name: LocalName,
    #[serde(default)]
    packages: Vec<PackageForm>,
    free_quantity: Option<FreeForm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PackageForm {
    quantity: u32,
    price: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FreeForm {
    min: u32,
    max: u32,
    step: u32,
    tiers: Vec<TierForm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TierForm {
    from: u32,
    unit_price: String,
}

/// Reads a catalogue file; every fault that it has is listed, not only the first.
pub fn parse(text: &str, currency: Currency) -> Result<Catalogue, Vec<Fault>> {
    let form: FileForm = toml::from_str(text).map_err(|error| vec![syntax_fault(text, &error)])?;
    let mut reader = Reader { currency, faults: Vec::new() };
    let catalogue = reader.catalogue(form);
    if reader.faults.is_empty() { Ok(catalogue) } else { Err(reader.faults) }
}

fn syntax_fault(text: &str, error: &toml::de::Error) -> Fault {
    let line = line_of(text, error);
    let expects_text = error.message().contains("expected a string");
    let remedy = if expects_text { "; put it in quotes, as in \"11000.00\"" } else { "" };
    Fault { place: format!("line {line}"), problem: format!("{}{remedy}", error.message().replace('\n', " ")) }
}

/// The line of a TOML text that an error is about, counted from 1.
pub fn line_of(text: &str, error: &toml::de::Error) -> usize {
    error.span().and_then(|span| text.get(..span.start)).map_or(1, |before| before.matches('\n').count() + 1)
}

struct Reader {
    currency: Currency,
    faults: Vec<Fault>,
}

impl Reader {
    fn fault(&mut self, place: &str, key: &str, problem: impl Into<String>) {
        self.faults.push(Fault { place: format!("{place}, key `{key}`"), problem: problem.into() });
    }

    fn catalogue(&mut self, form: FileForm) -> Catalogue {
        if form.product.is_empty() {
            self.fault("the file", "product", "there is no product; add a [[product]] section");
        }
        if form.product.len() > Catalogue::MAX_PRODUCTS {
            self.fault("the file", "product", format!("at most {} products are allowed", Catalogue::MAX_PRODUCTS));
        }
        let mut ids = BTreeSet::new();
        let mut groups = Vec::new();
        for (index, group) in form.group.into_iter().enumerate() {
            let place = format!("group {} (`{}`)", index + 1, clean_line(&group.id, 40));
            let name = self.name(&place, group.name);
            if let Some(id) = self.unique_id(&place, "id", &group.id, &mut ids) {
                groups.push(Group { id, name });
            }
        }
        let mut skus = BTreeSet::new();
        let products: Vec<Product> = form
            .product
            .into_iter()
            .enumerate()
            .filter_map(|(index, product)| self.product(index, product, &mut skus))
            .collect();
        self.add_unnamed_groups(&mut groups, &products);
        Catalogue { currency: self.currency, groups, products }
    }

    /// A group that no `[[group]]` names is headed by its id.
    fn add_unnamed_groups(&mut self, groups: &mut Vec<Group>, products: &[Product]) {
        for id in products.iter().filter_map(|product| product.group.as_ref()) {
            if !groups.iter().any(|group| group.id == *id) {
                let heading = id.as_str().to_uppercase();
                groups.push(Group { id: id.clone(), name: LocalName { ru: heading.clone(), en: heading } });
            }
        }
    }

    fn product(&mut self, index: usize, form: ProductForm, skus: &mut BTreeSet<Sku>) -> Option<Product> {
        let place = format!("product {} (`{}`)", index + 1, clean_line(&form.sku, 40));
        let sku = self.unique_id(&place, "sku", &form.sku, skus);
        let group = form.group.and_then(|id| {
            let parsed = Sku::parse(&id);
            if parsed.is_none() {
                self.fault(&place, "group", "use 1 to 32 of a-z 0-9 . _ -");
            }
            parsed
        });
        let name = self.name(&place, form.name);
        if form.packages.is_empty() && form.free_quantity.is_none() {
            self.fault(&place, "packages", "the product is sold in no quantity; give `packages` or `free_quantity`");
        }
        let packages = self.packages(&place, form.packages);
        let free = form.free_quantity.and_then(|free| self.free_quantity(&place, free));
        Some(Product { sku: sku?, group, name, packages, free })
    }

    fn unique_id(&mut self, place: &str, key: &str, text: &str, taken: &mut BTreeSet<Sku>) -> Option<Sku> {
        let Some(id) = Sku::parse(text) else {
            self.fault(place, key, "use 1 to 32 of a-z 0-9 . _ -");
            return None;
        };
        if !taken.insert(id.clone()) {
            self.fault(place, key, "stands twice; give each its own");
        }
        Some(id)
    }

    fn name(&mut self, place: &str, name: LocalName) -> LocalName {
        for (key, text) in [("name.ru", &name.ru), ("name.en", &name.en)] {
            let count = length(text);
            if clean_line(text, usize::MAX) != *text || count == 0 {
                self.fault(
                    place,
                    key,
                    "is empty or has line breaks, double spaces or invisible characters; write plain words",
                );
            } else if count > Catalogue::MAX_NAME {
                self.fault(place, key, format!("is {count} characters long; at most {} fit", Catalogue::MAX_NAME));
            }
        }
        name
    }

    fn packages(&mut self, place: &str, forms: Vec<PackageForm>) -> Vec<Package> {
        if forms.len() > Catalogue::MAX_PACKAGES {
            self.fault(place, "packages", format!("at most {} packages fit the screen", Catalogue::MAX_PACKAGES));
        }
        let mut by_quantity = BTreeMap::new();
        for (index, form) in forms.into_iter().enumerate() {
            self.quantity(place, &format!("packages[{index}].quantity"), form.quantity);
            let price = self.price(place, &format!("packages[{index}].price"), &form.price);
            if let Some(price) = price
                && by_quantity.insert(form.quantity, price).is_some()
            {
                self.fault(
                    place,
                    &format!("packages[{index}].quantity"),
                    "stands twice; keep one price for a quantity",
                );
            }
        }
        by_quantity.into_iter().map(|(quantity, price)| Package { quantity, price }).collect()
    }

    fn free_quantity(&mut self, place: &str, form: FreeForm) -> Option<FreeQuantity> {
        let before = self.faults.len();
        self.quantity(place, "free_quantity.min", form.min);
        self.quantity(place, "free_quantity.max", form.max);
        if form.max < form.min {
            self.fault(place, "free_quantity.max", format!("is below min; use at least {}", form.min));
        }
        if form.step == 0 {
            self.fault(place, "free_quantity.step", "is 0; use 1 to allow every quantity");
        }
        if form.tiers.len() > Catalogue::MAX_TIERS {
            self.fault(place, "free_quantity.tiers", format!("at most {} tiers fit the screen", Catalogue::MAX_TIERS));
        }
        let mut tiers: Vec<Tier> = Vec::new();
        for (index, tier) in form.tiers.into_iter().enumerate() {
            let key = format!("free_quantity.tiers[{index}]");
            if tiers.last().is_some_and(|last| last.from >= tier.from) {
                self.fault(place, &format!("{key}.from"), "tiers must rise; sort them by `from`");
            }
            if let Some(unit_price) = self.price(place, &format!("{key}.unit_price"), &tier.unit_price) {
                tiers.push(Tier { from: tier.from, unit_price });
            }
        }
        if self.faults.len() == before {
            self.tiers_cover(place, form.min, form.max, &tiers);
        }
        Some(FreeQuantity { min: form.min, max: form.max, step: form.step, tiers })
    }

    fn tiers_cover(&mut self, place: &str, min: u32, max: u32, tiers: &[Tier]) {
        if tiers.first().is_none_or(|first| first.from > min) {
            self.fault(
                place,
                "free_quantity.tiers",
                format!("no unit price for {min}; let the first tier begin at or below min"),
            );
        }
        if tiers.iter().any(|tier| tier.unit_price.times(max).is_err()) {
            self.fault(
                place,
                "free_quantity.tiers",
                format!("{max} keys at this price exceed the largest amount; lower max"),
            );
        }
    }

    fn quantity(&mut self, place: &str, key: &str, quantity: u32) {
        if !(1..=Catalogue::MAX_QUANTITY).contains(&quantity) {
            self.fault(place, key, format!("{quantity} is out of bounds; use 1 to {}", Catalogue::MAX_QUANTITY));
        }
    }

    fn price(&mut self, place: &str, key: &str, text: &str) -> Option<Money> {
        let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let Some(amount) = plain.then(|| text.parse::<Decimal>().ok()).flatten() else {
            self.fault(
                place,
                key,
                format!("`{}` is not a price; write digits and a point, as in \"11000.00\"", clean_line(text, 40)),
            );
            return None;
        };
        match Money::from_decimal(amount, self.currency) {
            Ok(money) => Some(money),
            Err(error) => {
                self.fault(place, key, format!("`{}`: {error} in {}", clean_line(text, 40), self.currency));
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> String {
        let faults = parse(text, Currency::RUB).unwrap_err();
        faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn the_example_catalogue_is_sound() {
        let catalogue = parse(include_str!("../../catalog.example.toml"), Currency::RUB).unwrap();
        assert_eq!(catalogue.products.len(), 5);
        let sp = catalogue.product(&Sku::parse("sp-1").unwrap()).unwrap();
        assert_eq!(sp.price(50).unwrap().to_decimal().to_string(), "11000.00");
        assert_eq!(sp.price(51), Err(crate::domain::catalogue::NotSold));
        let trial = catalogue.product(&Sku::parse("trial-30000").unwrap()).unwrap();
        assert_eq!(trial.price(2).unwrap().to_decimal().to_string(), "9200.00");
        assert!(trial.price(0).is_err() && trial.price(11).is_err());
    }

    #[test]
    fn every_fault_names_product_key_and_remedy() {
        let text = r#"
            [[product]]
            sku = "SP 1"
            name = { ru = "Один", en = "" }
            packages = [ { quantity = 0, price = "1" }, { quantity = 50, price = "1e3" }, { quantity = 5, price = "0.001" } ]
            [[product]]
            sku = "b"
            name = { ru = "Два", en = "Two" }
            [[product]]
            sku = "b"
            name = { ru = "Три", en = "Three" }
            free_quantity = { min = 5, max = 1, step = 0, tiers = [ { from = 6, unit_price = "1" }, { from = 6, unit_price = "1" } ] }
        "#;
        insta::assert_snapshot!(faults(text));
    }

    #[test]
    fn what_would_not_fit_a_screen_is_refused() {
        let name = "😀".repeat(51);
        let packages: Vec<_> = (1..=25).map(|n| format!("{{ quantity = {n}, price = \"1\" }}")).collect();
        let tiers: Vec<_> = (1..=25).map(|n| format!("{{ from = {n}, unit_price = \"1\" }}")).collect();
        let (packages, tiers) = (packages.join(", "), tiers.join(", "));
        insta::assert_snapshot!(faults(&format!(
            r#"
            [[product]]
            sku = "a"
            name = {{ ru = "{name}", en = "A" }}
            packages = [ {packages} ]
            free_quantity = {{ min = 1, max = 100, step = 1, tiers = [ {tiers} ] }}
            "#
        )));
    }

    #[test]
    fn a_syntax_error_names_its_line() {
        insta::assert_snapshot!(faults(
            "[[product]]\nsku = \"a\"\nname = { ru = \"А\", en = \"A\" }\npackages = [ { quantity = 5, price = 11.5 } ]"
        ));
        insta::assert_snapshot!(faults("[[product]]\ncolour = 1"));
        insta::assert_snapshot!(faults(""));
    }
}
