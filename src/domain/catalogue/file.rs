//! Catalogue files (TOML): reading, and faults that name product, key and remedy.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde::Deserialize;
use url::Url;

use crate::domain::catalogue::fault::{CatalogueFault, CataloguePlace, CatalogueProblem};
use crate::domain::catalogue::price_list::{Catalogue, FreeQuantity, Group, Package, Product, Tier};
use crate::domain::fault::line_of;
use crate::domain::ids::Sku;
use crate::domain::language::{Language, LocalName};
use crate::domain::money::{Currency, Money};
use crate::domain::stock::serial_pattern::{NotAPattern, SerialPattern};
use crate::domain::typed::{clean_line, clean_text, length};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileForm {
    #[serde(default)]
    group: Vec<GroupForm>,
    #[serde(default)]
    product: Vec<ProductForm>,
}

/// By the code of the language.
type Names = BTreeMap<String, String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupForm {
    id: String,
    name: Names,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProductForm {
    sku: String,
    group: Option<String>,
    name: Names,
    #[serde(default)]
    description: Names,
    url: Option<String>,
    #[serde(default)]
    packages: Vec<PackageForm>,
    free_quantity: Option<FreeForm>,
    serial_pattern: Option<String>,
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

/// Reads a catalogue file; every fault that it has is listed, not only the first. A name may leave out every language but
/// the shop's own, whose readers are all that a name must reach.
pub fn parse(text: &str, currency: Currency, own_language: Language) -> Result<Catalogue, Vec<CatalogueFault>> {
    let form: FileForm = toml::from_str(text).map_err(|error| vec![syntax_fault(text, &error)])?;
    let mut reader = Reader { currency, own_language, faults: Vec::new() };
    let catalogue = reader.catalogue(form);
    if reader.faults.is_empty() { Ok(catalogue) } else { Err(reader.faults) }
}

fn syntax_fault(text: &str, error: &toml::de::Error) -> CatalogueFault {
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let words = error.message().replace('\n', " ");
    let expects_text = words.contains("expected a string");
    let problem = if expects_text { CatalogueProblem::Unquoted(words) } else { CatalogueProblem::Syntax(words) };
    CatalogueFault { place: CataloguePlace::Text { line: line_of(text, error), column }, problem }
}

/// A section of the file that has keys.
#[derive(Clone, Copy)]
enum Section<'a> {
    File,
    Group { number: usize, id: &'a str },
    Product { number: usize, sku: &'a str },
}

impl Section<'_> {
    fn key(self, key: &str) -> CataloguePlace {
        let key = key.to_owned();
        match self {
            Section::File => CataloguePlace::File { key },
            Section::Group { number, id } => CataloguePlace::Group { number, id: id.to_owned(), key },
            Section::Product { number, sku } => CataloguePlace::Product { number, sku: sku.to_owned(), key },
        }
    }
}

struct Reader {
    currency: Currency,
    own_language: Language,
    faults: Vec<CatalogueFault>,
}

impl Reader {
    fn fault(&mut self, section: Section, key: &str, problem: CatalogueProblem) {
        self.faults.push(CatalogueFault { place: section.key(key), problem });
    }

    fn catalogue(&mut self, form: FileForm) -> Catalogue {
        if form.product.is_empty() {
            self.fault(Section::File, "product", CatalogueProblem::NoProducts);
        }
        if form.product.len() > Catalogue::MAX_PRODUCTS {
            self.fault(Section::File, "product", CatalogueProblem::TooManyProducts);
        }
        let mut ids = BTreeSet::new();
        let mut groups = Vec::new();
        for (index, group) in form.group.into_iter().enumerate() {
            let id = clean_line(&group.id, 40);
            let section = Section::Group { number: index + 1, id: &id };
            let name = self.name(section, group.name);
            if let Some(id) = self.unique_id(section, "id", &group.id, &mut ids) {
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
                groups.push(Group { id: id.clone(), name: LocalName::by_language(|_| heading.clone()) });
            }
        }
    }

    fn product(&mut self, index: usize, form: ProductForm, skus: &mut BTreeSet<Sku>) -> Option<Product> {
        let shown = clean_line(&form.sku, 40);
        let section = Section::Product { number: index + 1, sku: &shown };
        let sku = self.unique_id(section, "sku", &form.sku, skus);
        let group = form.group.and_then(|id| {
            let parsed = Sku::parse(&id);
            if parsed.is_none() {
                self.fault(section, "group", CatalogueProblem::NotAnId);
            }
            parsed
        });
        let name = self.name(section, form.name);
        if form.packages.is_empty() && form.free_quantity.is_none() {
            self.fault(section, "packages", CatalogueProblem::NotSold);
        }
        let packages = self.packages(section, form.packages);
        let free = form.free_quantity.and_then(|free| self.free_quantity(section, free));
        let serial_pattern = form.serial_pattern.and_then(|pattern| self.serial_pattern(section, &pattern));
        let description = self.description(section, form.description);
        let url = form.url.and_then(|url| self.url(section, &url));
        Some(Product { sku: sku?, group, name, description, url, packages, free, serial_pattern })
    }

    /// What is given in no language at all is none; a language that lacks it has the shop's own, or any.
    fn description(&mut self, section: Section, texts: Names) -> Option<LocalName> {
        self.only_spoken(section, "description", &texts);
        let read = |text: &String| Some(clean_text(text, usize::MAX)).filter(|text| !text.is_empty());
        let texts: Names = texts.iter().filter_map(|(code, text)| Some((code.clone(), read(text)?))).collect();
        for (code, text) in &texts {
            let count = length(text);
            if count > Catalogue::MAX_DESCRIPTION {
                let key = key_of("description", code);
                self.fault(section, &key, CatalogueProblem::DescriptionTooLong(count as u64));
            }
        }
        let any = texts.get(self.own_language.code()).or_else(|| texts.values().next())?.clone();
        Some(LocalName::by_language(|language| texts.get(language.code()).unwrap_or(&any).clone()))
    }

    fn url(&mut self, section: Section, text: &str) -> Option<Url> {
        let is_secure =
            |url: &Url| url.scheme() == "https" && url.has_host() && url.as_str().len() <= Catalogue::MAX_URL;
        let url = Url::parse(text).ok().filter(is_secure);
        if url.is_none() {
            self.fault(section, "url", CatalogueProblem::NotAnAddress);
        }
        url
    }

    fn only_spoken(&mut self, section: Section, key: &str, names: &Names) {
        for code in names.keys().filter(|code| Language::with_code(code).is_none()) {
            self.fault(section, &key_of(key, &clean_line(code, 40)), CatalogueProblem::UnknownLanguage);
        }
    }

    fn serial_pattern(&mut self, section: Section, text: &str) -> Option<SerialPattern> {
        let problem = match SerialPattern::parse(text) {
            Ok(pattern) => return Some(pattern),
            Err(NotAPattern::Syntax(words)) => CatalogueProblem::NotAPattern(words),
            Err(NotAPattern::TooLarge) => CatalogueProblem::PatternTooLarge,
        };
        self.fault(section, "serial_pattern", problem);
        None
    }

    fn unique_id(&mut self, section: Section, key: &str, text: &str, taken: &mut BTreeSet<Sku>) -> Option<Sku> {
        let Some(id) = Sku::parse(text) else {
            self.fault(section, key, CatalogueProblem::NotAnId);
            return None;
        };
        if !taken.insert(id.clone()) {
            self.fault(section, key, CatalogueProblem::IdTwice);
        }
        Some(id)
    }

    /// The name in every language: in those that the file leaves out as in the shop's own.
    fn name(&mut self, section: Section, names: Names) -> LocalName {
        for language in Language::all() {
            match names.get(language.code()) {
                Some(text) => self.sound_name(section, *language, text),
                None if *language == self.own_language => {
                    self.fault(section, &key_of("name", language.code()), CatalogueProblem::NoName);
                }
                None => {}
            }
        }
        self.only_spoken(section, "name", &names);
        let own = names.get(self.own_language.code());
        LocalName::by_language(|language| names.get(language.code()).or(own).cloned().unwrap_or_default())
    }

    fn sound_name(&mut self, section: Section, language: Language, text: &str) {
        let count = length(text);
        if clean_line(text, usize::MAX) != *text || count == 0 {
            self.fault(section, &key_of("name", language.code()), CatalogueProblem::NotAName);
        } else if count > Catalogue::MAX_NAME {
            self.fault(section, &key_of("name", language.code()), CatalogueProblem::NameTooLong(count as u64));
        }
    }

    fn packages(&mut self, section: Section, forms: Vec<PackageForm>) -> Vec<Package> {
        if forms.len() > Catalogue::MAX_PACKAGES {
            self.fault(section, "packages", CatalogueProblem::TooManyPackages);
        }
        let mut by_quantity = BTreeMap::new();
        for (index, form) in forms.into_iter().enumerate() {
            self.quantity(section, &format!("packages[{index}].quantity"), form.quantity);
            let price = self.price(section, &format!("packages[{index}].price"), &form.price);
            if let Some(price) = price
                && by_quantity.insert(form.quantity, price).is_some()
            {
                self.fault(section, &format!("packages[{index}].quantity"), CatalogueProblem::QuantityTwice);
            }
        }
        by_quantity.into_iter().map(|(quantity, price)| Package { quantity, price }).collect()
    }

    fn free_quantity(&mut self, section: Section, form: FreeForm) -> Option<FreeQuantity> {
        let before = self.faults.len();
        self.quantity(section, "free_quantity.min", form.min);
        self.quantity(section, "free_quantity.max", form.max);
        if form.max < form.min {
            self.fault(section, "free_quantity.max", CatalogueProblem::BelowMin(form.min));
        }
        if form.step == 0 {
            self.fault(section, "free_quantity.step", CatalogueProblem::NoStep);
        }
        if form.tiers.len() > Catalogue::MAX_TIERS {
            self.fault(section, "free_quantity.tiers", CatalogueProblem::TooManyTiers);
        }
        let mut tiers: Vec<Tier> = Vec::new();
        for (index, tier) in form.tiers.into_iter().enumerate() {
            let key = format!("free_quantity.tiers[{index}]");
            if tiers.last().is_some_and(|last| last.from >= tier.from) {
                self.fault(section, &format!("{key}.from"), CatalogueProblem::TiersFall);
            }
            if let Some(unit_price) = self.price(section, &format!("{key}.unit_price"), &tier.unit_price) {
                tiers.push(Tier { from: tier.from, unit_price });
            }
        }
        if self.faults.len() == before {
            self.tiers_cover(section, form.min, form.max, &tiers);
        }
        Some(FreeQuantity { min: form.min, max: form.max, step: form.step, tiers })
    }

    fn tiers_cover(&mut self, section: Section, min: u32, max: u32, tiers: &[Tier]) {
        if tiers.first().is_none_or(|first| first.from > min) {
            self.fault(section, "free_quantity.tiers", CatalogueProblem::NoPriceFor(min));
        }
        if tiers.iter().any(|tier| tier.unit_price.times(max).is_err()) {
            self.fault(section, "free_quantity.tiers", CatalogueProblem::TooExpensive(max));
        }
    }

    fn quantity(&mut self, section: Section, key: &str, quantity: u32) {
        if !(1..=Catalogue::MAX_QUANTITY).contains(&quantity) {
            self.fault(section, key, CatalogueProblem::OutOfBounds(quantity));
        }
    }

    fn price(&mut self, section: Section, key: &str, text: &str) -> Option<Money> {
        let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let Some(amount) = plain.then(|| text.parse::<Decimal>().ok()).flatten() else {
            self.fault(section, key, CatalogueProblem::NotAPrice(clean_line(text, 40)));
            return None;
        };
        match Money::from_decimal(amount, self.currency) {
            Ok(money) => Some(money),
            Err(error) => {
                self.fault(
                    section,
                    key,
                    CatalogueProblem::Price { text: clean_line(text, 40), error, currency: self.currency },
                );
                None
            }
        }
    }
}

fn key_of(key: &str, code: &str) -> String {
    format!("{key}.{code}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn russian() -> Language {
        Language::with_code("ru").unwrap()
    }

    fn faults(text: &str) -> String {
        let faults = parse(text, Currency::RUB, russian()).unwrap_err();
        faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn the_example_catalogue_is_sound() {
        let catalogue = parse(include_str!("../../../catalog.example.toml"), Currency::RUB, russian()).unwrap();
        assert_eq!(catalogue.products.len(), 5);
        let sp = catalogue.product(&Sku::parse("sp-1").unwrap()).unwrap();
        assert_eq!(sp.price(50).unwrap().to_decimal().to_string(), "11000.00");
        assert_eq!(sp.price(51), Err(crate::domain::catalogue::price_list::NotSold));
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
    fn a_name_may_leave_out_every_language_but_the_shops_own() {
        let text = "[[product]]\nsku = \"a\"\nname = { ru = \"Ключ\" }\npackages = [ { quantity = 1, price = \"1\" } ]";
        let catalogue = parse(text, Currency::RUB, russian()).unwrap();
        for language in Language::all() {
            assert_eq!(catalogue.products[0].name.in_language(*language), "Ключ");
        }
        insta::assert_snapshot!(faults(&text.replace("ru =", "xx =")).replace(&Language::codes(), "ru, en"), @r"
        product 1 (`a`), key `name.ru`: is missing; every name is needed in the shop's default language
        product 1 (`a`), key `name.xx`: the bot does not speak this language; use ru, en
        ");
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
