//! A price list as the text of a catalogue file.

use std::fmt::Write;

use super::price_list::{Catalogue, Group, Product};
use crate::domain::language::{Language, LocalName};

impl Catalogue {
    /// A catalogue file that says exactly this. It has no remarks: nobody wrote any.
    pub fn to_toml(&self) -> String {
        let groups = self.groups.iter().map(group);
        groups.chain(self.products.iter().map(product)).collect::<Vec<_>>().join("\n")
    }
}

fn group(group: &Group) -> String {
    format!("[[group]]\nid = {}\nname = {}\n", quoted(group.id.as_str()), names(&group.name))
}

fn product(product: &Product) -> String {
    let Product { sku, group, name, description, url, packages, free, serial_pattern } = product;
    let mut text = format!("[[product]]\nsku = {}\n", quoted(sku.as_str()));
    let mut line = |key: &str, value: &str| {
        // Writing to a text never fails.
        let _ = writeln!(text, "{key} = {value}");
    };
    if let Some(group) = group {
        line("group", &quoted(group.as_str()));
    }
    line("name", &names(name));
    if let Some(description) = description {
        line("description", &names(description));
    }
    if let Some(url) = url {
        line("url", &quoted(url.as_str()));
    }
    if !packages.is_empty() {
        let package = packages.iter().map(|package| {
            format!("  {{ quantity = {}, price = \"{}\" }},\n", package.quantity, package.price.to_decimal())
        });
        line("packages", &format!("[\n{}]", package.collect::<String>()));
    }
    if let Some(free) = free {
        let tiers = free
            .tiers
            .iter()
            .map(|tier| format!("{{ from = {}, unit_price = \"{}\" }}", tier.from, tier.unit_price.to_decimal()));
        let tiers = tiers.collect::<Vec<_>>().join(", ");
        let (min, max, step) = (free.min, free.max, free.step);
        line("free_quantity", &format!("{{ min = {min}, max = {max}, step = {step}, tiers = [ {tiers} ] }}"));
    }
    if let Some(pattern) = serial_pattern {
        line("serial_pattern", &quoted(pattern.as_str()));
    }
    text
}

fn names(name: &LocalName) -> String {
    let named =
        Language::all().iter().map(|language| format!("{} = {}", language.code(), quoted(name.in_language(*language))));
    format!("{{ {} }}", named.collect::<Vec<_>>().join(", "))
}

/// A basic string (<https://toml.io/en/v1.0.0#string>).
fn quoted(text: &str) -> String {
    let escaped = text.chars().map(|c| match c {
        '"' => "\\\"".to_owned(),
        '\\' => "\\\\".to_owned(),
        c if c.is_control() => format!("\\u{:04X}", u32::from(c)),
        c => c.to_string(),
    });
    format!("\"{}\"", escaped.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::catalogue::file::parse;
    use crate::domain::money::Currency;

    fn read(text: &str) -> Catalogue {
        parse(text, Currency::RUB, Language::FIRST).unwrap_or_else(|faults| panic!("{faults:?}\n{text}"))
    }

    #[test]
    fn a_written_price_list_reads_back_as_it_was() {
        let example = read(include_str!("../../../catalog.example.toml"));
        assert_eq!(read(&example.to_toml()), example);
        let odd = "[[product]]\nsku = \"a\"\nname = { ru = 'А «\"\\»', en = 'A \\u0041' }\n\
                   packages = [ { quantity = 1, price = \"0\" } ]\n\
                   free_quantity = { min = 2, max = 9, step = 7, tiers = [ { from = 2, unit_price = \"0.01\" } ] }\n\
                   serial_pattern = '[A-Z\"\\d]{5}'\n";
        let odd = read(odd);
        assert_eq!(read(&odd.to_toml()), odd);
    }
}
