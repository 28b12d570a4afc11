//! Catalogue files (TOML): reading, and faults that name product, key and remedy.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use url::Url;

use crate::domain::catalogue::fault::{CatalogueFault, CatalogueProblem, keep};
use crate::domain::catalogue::form::{Field, FileForm, FreeForm, NameForm, PackageForm, ProductForm, Spot};
use crate::domain::catalogue::place::{Places, Section};
use crate::domain::catalogue::price_list::{Catalogue, FreeQuantity, Group, Package, Product, Tier};
use crate::domain::catalogue::toml_form;
use crate::domain::ids::Sku;
use crate::domain::language::{Language, LocalName};
use crate::domain::money::{Currency, Money};
use crate::domain::stock::serial_pattern::{NotAPattern, SerialPattern};
use crate::domain::typed::{clean_line, clean_text, length};

/// Characters of a value that a fault repeats.
const SHOWN: usize = 40;

/// Reads a catalogue file; every fault that it has is listed, not only the first. A name may leave out every language but
/// the shop's own, whose readers are all that a name must reach.
pub fn parse(text: &str, currency: Currency, own_language: Language) -> Result<Catalogue, Vec<CatalogueFault>> {
    parse_with_notes(text, currency, own_language).map(|(catalogue, _)| catalogue)
}

/// The same, with what is no fault and is most likely not meant.
pub fn parse_with_notes(
    text: &str,
    currency: Currency,
    own_language: Language,
) -> Result<(Catalogue, Vec<CatalogueFault>), Vec<CatalogueFault>> {
    let places = Places::in_text(text);
    let (form, faults) = toml_form::read(text, &places);
    check(form, &places, currency, own_language, faults)
}

/// Makes a form the price list that it describes, unless it has faults beside those that are known already.
pub(super) fn check(
    form: FileForm,
    places: &Places,
    currency: Currency,
    own_language: Language,
    known: Vec<CatalogueFault>,
) -> Result<(Catalogue, Vec<CatalogueFault>), Vec<CatalogueFault>> {
    let is_broken = known.iter().any(|fault| matches!(fault.problem, CatalogueProblem::Syntax(_)));
    let mut reader = Reader { places, currency, own_language, faults: known, notes: Vec::new() };
    let catalogue = reader.catalogue(form);
    if is_broken {
        // What seems to be missing may stand where the syntax is broken.
        reader.faults.retain(|fault| !fault.problem.is_absence());
    }
    // What does not fit the form was found before anything else.
    reader.faults.sort_by_key(|fault| fault.place.line());
    if reader.faults.is_empty() { Ok((catalogue, reader.notes)) } else { Err(reader.faults) }
}

struct Reader<'p> {
    places: &'p Places<'p>,
    currency: Currency,
    own_language: Language,
    faults: Vec<CatalogueFault>,
    notes: Vec<CatalogueFault>,
}

impl Reader<'_> {
    fn fault(&mut self, section: Section, key: &str, spot: Spot, problem: CatalogueProblem) {
        keep(&mut self.faults, || CatalogueFault { place: self.places.of(section, key, Some(spot)), problem });
    }

    fn catalogue(&mut self, form: FileForm) -> Catalogue {
        let of_file = |problem| CatalogueFault { place: self.places.of(Section::File, "product", None), problem };
        if form.products.is_empty() && !form.is_unread {
            self.faults.push(of_file(CatalogueProblem::NoProducts));
        } else if form.products.len() > Catalogue::MAX_PRODUCTS {
            self.faults.push(of_file(CatalogueProblem::TooManyProducts));
        }
        let mut ids = BTreeSet::new();
        let mut groups = Vec::new();
        for (index, group) in form.groups.into_iter().enumerate() {
            let id = shown(group.id.as_ref());
            let section = Section::Group { number: index + 1, id: &id };
            let name = group.names.map(|names| self.name(section, group.spot, names));
            let id = group.id.and_then(|id| self.unique_id(section, "id", &id, &mut ids));
            groups.extend(id.zip(name).map(|(id, name)| Group { id, name }));
        }
        let has_named = !groups.is_empty();
        let mut skus = BTreeSet::new();
        let mut products: Vec<Product> = Vec::new();
        for (index, product) in form.products.into_iter().enumerate() {
            let sku = shown(product.sku.as_ref());
            let section = Section::Product { number: index + 1, sku: &sku };
            let group = product.group.as_ref().map(|group| group.spot);
            let Some(product) = self.product(section, product, &mut skus) else { continue };
            let spot = product.group.as_ref().zip(group);
            if let Some((id, spot)) = spot.filter(|(id, _)| has_named && !groups.iter().any(|group| group.id == **id)) {
                let problem = CatalogueProblem::UnknownGroup(heading(id));
                let place = self.places.of(section, "group", Some(spot));
                self.notes.push(CatalogueFault { place, problem });
            }
            products.push(product);
        }
        self.add_unnamed_groups(&mut groups, &products);
        Catalogue { currency: self.currency, groups, products }
    }

    /// A group that no `[[group]]` names is headed by its id.
    fn add_unnamed_groups(&mut self, groups: &mut Vec<Group>, products: &[Product]) {
        for id in products.iter().filter_map(|product| product.group.as_ref()) {
            if !groups.iter().any(|group| group.id == *id) {
                groups.push(Group { id: id.clone(), name: LocalName::by_language(|_| heading(id)) });
            }
        }
    }

    fn product(&mut self, section: Section, form: ProductForm, skus: &mut BTreeSet<Sku>) -> Option<Product> {
        let sku = form.sku.and_then(|sku| self.unique_id(section, "sku", &sku, skus));
        let group = form.group.and_then(|id| {
            let parsed = Sku::parse(&id.value);
            if parsed.is_none() {
                self.fault(section, "group", id.spot, CatalogueProblem::NotAnId);
            }
            parsed
        });
        let name = form.names.map(|names| self.name(section, form.spot, names));
        if form.packages.is_empty() && form.free.is_none() && form.misread == 0 {
            self.fault(section, "packages", form.spot, CatalogueProblem::NotSold);
        }
        let packages = self.packages(section, form.spot, form.packages);
        let free = form.free.and_then(|free| self.free_quantity(section, free));
        let serial_pattern = form.serial_pattern.and_then(|pattern| self.serial_pattern(section, &pattern));
        let description = self.description(section, form.descriptions);
        let url = form.url.and_then(|url| self.url(section, &url));
        Some(Product { sku: sku?, group, name: name?, description, url, packages, free, serial_pattern })
    }

    /// What is given in no language at all is none; a language that lacks it has the shop's own, or any.
    fn description(&mut self, section: Section, texts: Vec<NameForm>) -> Option<LocalName> {
        let mut read = Vec::new();
        for NameForm { language, name } in texts {
            let key = format!("description.{}", clean_line(&language, SHOWN));
            let text = clean_text(&name.value, usize::MAX);
            let count = length(&text);
            if Language::with_code(&language).is_none() {
                self.fault(section, &key, name.spot, CatalogueProblem::UnknownLanguage);
            } else if count > Catalogue::MAX_DESCRIPTION {
                self.fault(section, &key, name.spot, CatalogueProblem::DescriptionTooLong(count as u64));
            } else if count > 0 {
                read.push((language, text));
            }
        }
        let own = self.own_language.code();
        let (_, any) = read.iter().find(|(language, _)| language == own).or_else(|| read.first())?;
        Some(LocalName::by_language(|language| {
            let found = read.iter().find(|(code, _)| code == language.code());
            found.map_or_else(|| any.clone(), |(_, text)| text.clone())
        }))
    }

    fn url(&mut self, section: Section, text: &Field<String>) -> Option<Url> {
        let is_secure =
            |url: &Url| url.scheme() == "https" && url.has_host() && url.as_str().len() <= Catalogue::MAX_URL;
        let url = Url::parse(&text.value).ok().filter(is_secure);
        if url.is_none() {
            self.fault(section, "url", text.spot, CatalogueProblem::NotAnAddress);
        }
        url
    }

    fn serial_pattern(&mut self, section: Section, text: &Field<String>) -> Option<SerialPattern> {
        let problem = match SerialPattern::parse(&text.value) {
            Ok(pattern) => return Some(pattern),
            Err(NotAPattern::Syntax(words)) => CatalogueProblem::NotAPattern(words),
            Err(NotAPattern::TooLarge) => CatalogueProblem::PatternTooLarge,
        };
        self.fault(section, "serial_pattern", text.spot, problem);
        None
    }

    fn unique_id(
        &mut self,
        section: Section,
        key: &str,
        text: &Field<String>,
        taken: &mut BTreeSet<Sku>,
    ) -> Option<Sku> {
        let Some(id) = Sku::parse(&text.value) else {
            self.fault(section, key, text.spot, CatalogueProblem::NotAnId);
            return None;
        };
        if !taken.insert(id.clone()) {
            self.fault(section, key, text.spot, CatalogueProblem::IdTwice);
        }
        Some(id)
    }

    /// The name in every language: in those that the file leaves out as in the shop's own.
    fn name(&mut self, section: Section, spot: Spot, names: Vec<NameForm>) -> LocalName {
        if !names.iter().any(|name| name.language == self.own_language.code()) {
            self.fault(section, &key_of_name(self.own_language.code()), spot, CatalogueProblem::NoName);
        }
        for NameForm { language, name } in &names {
            let key = key_of_name(&clean_line(language, SHOWN));
            let count = length(&name.value);
            let problem = match Language::with_code(language) {
                None => CatalogueProblem::UnknownLanguage,
                Some(_) if clean_line(&name.value, usize::MAX) != name.value || count == 0 => {
                    CatalogueProblem::NotAName
                }
                Some(_) if count > Catalogue::MAX_NAME => CatalogueProblem::NameTooLong(count as u64),
                Some(_) => continue,
            };
            self.fault(section, &key, name.spot, problem);
        }
        let in_language = |language: Language| names.iter().find(|name| name.language == language.code());
        let own = in_language(self.own_language);
        LocalName::by_language(|language| {
            in_language(language).or(own).map(|name| name.name.value.clone()).unwrap_or_default()
        })
    }

    fn packages(&mut self, section: Section, spot: Spot, forms: Vec<PackageForm>) -> Vec<Package> {
        if forms.len() > Catalogue::MAX_PACKAGES {
            self.fault(section, "packages", spot, CatalogueProblem::TooManyPackages);
        }
        let mut by_quantity = BTreeMap::new();
        for (index, form) in forms.into_iter().enumerate() {
            let key = format!("packages[{index}].quantity");
            let quantity = form.quantity.filter(|quantity| self.quantity(section, &key, *quantity));
            let price = form.price.and_then(|price| self.price(section, &format!("packages[{index}].price"), &price));
            if let Some((quantity, price)) = quantity.zip(price)
                && by_quantity.insert(quantity.value, price).is_some()
            {
                self.fault(section, &key, quantity.spot, CatalogueProblem::QuantityTwice);
            }
        }
        by_quantity.into_iter().map(|(quantity, price)| Package { quantity, price }).collect()
    }

    fn free_quantity(&mut self, section: Section, form: FreeForm) -> Option<FreeQuantity> {
        let before = self.faults.len();
        let min = form.min.filter(|min| self.quantity(section, "free_quantity.min", *min));
        let max = form.max.filter(|max| self.quantity(section, "free_quantity.max", *max));
        if let Some((min, max)) = min.zip(max).filter(|(min, max)| max.value < min.value) {
            self.fault(section, "free_quantity.max", max.spot, CatalogueProblem::BelowMin(min.value));
        }
        if let Some(step) = form.step.filter(|step| step.value == 0) {
            self.fault(section, "free_quantity.step", step.spot, CatalogueProblem::NoStep);
        }
        if form.tiers.len() > Catalogue::MAX_TIERS {
            self.fault(section, "free_quantity.tiers", form.spot, CatalogueProblem::TooManyTiers);
        }
        let mut tiers: Vec<Tier> = Vec::new();
        for (index, tier) in form.tiers.into_iter().enumerate() {
            let key = format!("free_quantity.tiers[{index}]");
            let falls = tier.from.filter(|from| tiers.last().is_some_and(|last| last.from >= from.value));
            if let Some(from) = falls {
                self.fault(section, &format!("{key}.from"), from.spot, CatalogueProblem::TiersFall);
            }
            let price = tier.unit_price.and_then(|price| self.price(section, &format!("{key}.unit_price"), &price));
            tiers.extend(tier.from.zip(price).map(|(from, unit_price)| Tier { from: from.value, unit_price }));
        }
        let (min, max, step) = (min?.value, max?.value, form.step?.value);
        if self.faults.len() == before {
            self.tiers_cover(section, form.spot, (min, max), &tiers);
        }
        Some(FreeQuantity { min, max, step, tiers })
    }

    fn tiers_cover(&mut self, section: Section, spot: Spot, (min, max): (u32, u32), tiers: &[Tier]) {
        if tiers.first().is_none_or(|first| first.from > min) {
            self.fault(section, "free_quantity.tiers", spot, CatalogueProblem::NoPriceFor(min));
        }
        if tiers.iter().any(|tier| tier.unit_price.times(max).is_err()) {
            self.fault(section, "free_quantity.tiers", spot, CatalogueProblem::TooExpensive(max));
        }
    }

    fn quantity(&mut self, section: Section, key: &str, quantity: Field<u32>) -> bool {
        let fits = (1..=Catalogue::MAX_QUANTITY).contains(&quantity.value);
        if !fits {
            self.fault(section, key, quantity.spot, CatalogueProblem::OutOfBounds(quantity.value));
        }
        fits
    }

    fn price(&mut self, section: Section, key: &str, text: &Field<String>) -> Option<Money> {
        let written = clean_line(&text.value, SHOWN);
        let problem = match decimal(&text.value).map(|amount| Money::from_decimal(amount, self.currency)) {
            Some(Ok(money)) => return Some(money),
            Some(Err(error)) => CatalogueProblem::Price { text: written, error, currency: self.currency },
            None => CatalogueProblem::NotAPrice(written),
        };
        self.fault(section, key, text.spot, problem);
        None
    }
}

fn decimal(text: &str) -> Option<Decimal> {
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    plain.then(|| text.parse().ok()).flatten()
}

fn shown(field: Option<&Field<String>>) -> String {
    field.map(|field| clean_line(&field.value, SHOWN)).unwrap_or_default()
}

/// What stands above a group without a name.
fn heading(id: &Sku) -> String {
    id.as_str().to_uppercase()
}

fn key_of_name(code: &str) -> String {
    format!("name.{code}")
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
        line 1, product 1 (`a`), key `name.ru`: is missing; every name is needed in the shop's default language
        line 3, product 1 (`a`), key `name.xx`: the bot does not speak this language; use ru, en
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
