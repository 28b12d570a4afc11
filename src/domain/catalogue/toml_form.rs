//! A catalogue file (TOML) as a form. Whatever does not read is a fault, and the rest is read all the same, so that whoever
//! wrote the file sees all of its faults at once.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::fault::{CatalogueFault, CataloguePlace, CatalogueProblem, MOST_FAULTS, keep};
use super::form::{Field, FileForm, FreeForm, GroupForm, NameForm, PackageForm, ProductForm, Spot, TierForm};
use super::place::{Places, Section};
use crate::domain::catalogue::price_list::Catalogue;
use crate::domain::typed::clean_line;

/// Characters of a key or a value that a fault repeats.
const SHOWN: usize = 40;
/// The longest text whose syntax is read on behind a first fault, in bytes: each further fault costs memory.
const MENDED: usize = 256 * 1024;

type Table<'t> = DeTable<'t>;
type Value<'t> = Spanned<DeValue<'t>>;

/// Products of a file that is read at all: so many more than a price list may have need not be looked at in memory.
const MOST_SECTIONS: usize = 4 * Catalogue::MAX_PRODUCTS;
/// Commas of a file that is read at all: each may end a value, and a value takes a hundred times its text.
const MOST_COMMAS: usize = 200_000;

/// Reads a catalogue file as far as it reads, with everything that does not.
pub(super) fn read(text: &str, places: &Places) -> (FileForm, Vec<CatalogueFault>) {
    if text.matches("[[product]]").nth(MOST_SECTIONS).is_some() || text.matches(',').nth(MOST_COMMAS).is_some() {
        let place = places.of(Section::File, "product", None);
        let fault = CatalogueFault { place, problem: CatalogueProblem::TooManyProducts };
        return (FileForm { is_unread: true, ..FileForm::default() }, vec![fault]);
    }
    let parsed = DeTable::parse(text);
    if !parsed.as_ref().is_ok_and(|document| !has_single_section(document.get_ref())) {
        let single = single_brackets(text, places);
        if !single.is_empty() {
            // Whatever else the parser says of such a file is about this.
            return (FileForm { is_unread: true, ..FileForm::default() }, single);
        }
    }
    let (document, syntax) = match parsed {
        Ok(document) => (document, Vec::new()),
        Err(first) if text.len() > MENDED => return (FileForm::default(), vec![syntax_fault(places, &first)]),
        Err(_) => DeTable::parse_recoverable(text),
    };
    let faults = syntax.iter().take(MOST_FAULTS).map(|error| syntax_fault(places, error)).collect();
    let mut reader = Reader { places, faults };
    let form = reader.file(document.get_ref());
    (form, reader.faults)
}

/// The sections of which there may be several.
const LISTED: [&str; 2] = ["group", "product"];

fn has_single_section(document: &Table) -> bool {
    LISTED.iter().any(|kind| matches!(document.get(*kind).map(Spanned::get_ref), Some(DeValue::Table(_))))
}

/// Products or groups as sections of which there may be one: said once for each kind, and not for each key that repeats.
fn single_brackets(text: &str, places: &Places) -> Vec<CatalogueFault> {
    let Places::Text(lines) = places else { return Vec::new() };
    let found = |kind: &str| {
        let mut start = 0;
        let header = text.split_inclusive('\n').find_map(|line| {
            let header = line.split('#').next().unwrap_or_default().trim();
            let at = start;
            start += line.len();
            let name = header.strip_prefix('[')?.strip_suffix(']')?;
            (name.trim() == kind).then_some(at)
        })?;
        let problem = CatalogueProblem::SingleBrackets(kind.to_owned());
        Some(CatalogueFault { place: lines.place(header), problem })
    };
    LISTED.into_iter().filter_map(found).collect()
}

fn syntax_fault(places: &Places, error: &toml::de::Error) -> CatalogueFault {
    let start = error.span().map_or(0, |span| span.start);
    let place = match places {
        Places::Text(lines) => lines.place(start),
        Places::Sheet(_) => CataloguePlace::Text { line: 1, column: 1 },
    };
    CatalogueFault { place, problem: CatalogueProblem::Syntax(error.message().replace('\n', " ")) }
}

struct Reader<'p> {
    places: &'p Places<'p>,
    faults: Vec<CatalogueFault>,
}

fn spot<T>(value: &Spanned<T>) -> Spot {
    let span = value.span();
    Spot::Text { start: span.start, end: span.end }
}

impl Reader<'_> {
    fn fault(&mut self, section: Section, key: &str, spot: Spot, problem: CatalogueProblem) {
        keep(&mut self.faults, || CatalogueFault { place: self.places.of(section, key, Some(spot)), problem });
    }

    fn file(&mut self, table: &Table) -> FileForm {
        self.known(Section::File, "", table, &["group", "product"]);
        let groups = self.tables(Section::File, "group", table.get("group"));
        let groups = groups.into_iter().enumerate().map(|(index, (table, spot))| self.group(index + 1, table, spot));
        let groups = groups.collect();
        let products = self.tables(Section::File, "product", table.get("product"));
        let is_unread = products.is_empty() && table.contains_key("product");
        let products =
            products.into_iter().enumerate().map(|(index, (table, spot))| self.product(index + 1, table, spot));
        FileForm { groups, products: products.collect(), is_unread }
    }

    fn group(&mut self, number: usize, table: &Table, spot: Spot) -> GroupForm {
        let id = shown(table.get("id"));
        let section = Section::Group { number, id: &id };
        self.known(section, "", table, &["id", "name"]);
        let id = self.needed(section, "", "id", table, spot, Reader::text);
        GroupForm { spot, id, names: self.needed(section, "", "name", table, spot, Reader::names) }
    }

    fn product(&mut self, number: usize, table: &Table, spot: Spot) -> ProductForm {
        let sku = shown(table.get("sku"));
        let section = Section::Product { number, sku: &sku };
        let keys = ["sku", "group", "name", "description", "url", "packages", "free_quantity", "serial_pattern"];
        self.known(section, "", table, &keys);
        let before = self.faults.len();
        let packages = self.tables(section, "packages", table.get("packages"));
        let packages = packages.into_iter().enumerate().map(|(index, (table, spot))| {
            let under = format!("packages[{index}].");
            self.known(section, &under, table, &["quantity", "price"]);
            PackageForm {
                quantity: self.needed(section, &under, "quantity", table, spot, Reader::number),
                price: self.needed(section, &under, "price", table, spot, Reader::text),
            }
        });
        let packages = packages.collect();
        let free = table.get("free_quantity").and_then(|value| self.free(section, value));
        let misread = self.faults.len() - before;
        ProductForm {
            spot,
            sku: self.needed(section, "", "sku", table, spot, Reader::text),
            group: table.get("group").and_then(|value| self.text(section, "group", value)),
            names: self.needed(section, "", "name", table, spot, Reader::names),
            descriptions: table
                .get("description")
                .and_then(|value| self.names(section, "description", value))
                .unwrap_or_default(),
            url: table.get("url").and_then(|value| self.text(section, "url", value)),
            packages,
            free,
            serial_pattern: table.get("serial_pattern").and_then(|value| self.text(section, "serial_pattern", value)),
            misread,
        }
    }

    fn free(&mut self, section: Section, value: &Value) -> Option<FreeForm> {
        let (table, spot) = self.table(section, "free_quantity", value)?;
        let under = "free_quantity.";
        self.known(section, under, table, &["min", "max", "step", "tiers"]);
        let mut number = |key: &str| self.needed(section, under, key, table, spot, Reader::number);
        let (min, max, step) = (number("min"), number("max"), number("step"));
        if !table.contains_key("tiers") {
            self.fault(section, "free_quantity.tiers", spot, CatalogueProblem::Missing);
        }
        let tiers = self.tables(section, "free_quantity.tiers", table.get("tiers"));
        let tiers = tiers.into_iter().enumerate().map(|(index, (table, spot))| {
            let under = format!("free_quantity.tiers[{index}].");
            self.known(section, &under, table, &["from", "unit_price"]);
            TierForm {
                from: self.needed(section, &under, "from", table, spot, Reader::number),
                unit_price: self.needed(section, &under, "unit_price", table, spot, Reader::text),
            }
        });
        let tiers = tiers.collect();
        Some(FreeForm { spot, min, max, step, tiers })
    }

    /// What must be there.
    fn needed<T>(
        &mut self,
        section: Section,
        under: &str,
        key: &str,
        table: &Table,
        spot: Spot,
        read: impl Fn(&mut Self, Section, &str, &Value) -> Option<T>,
    ) -> Option<T> {
        let path = format!("{under}{key}");
        match table.get(key) {
            Some(value) => read(self, section, &path, value),
            None => {
                self.fault(section, &path, spot, CatalogueProblem::Missing);
                None
            }
        }
    }

    /// A key that nothing reads is most likely misspelt.
    fn known(&mut self, section: Section, under: &str, table: &Table, keys: &[&str]) {
        for (key, _) in table.iter().filter(|(key, _)| !keys.contains(&key.get_ref().as_ref())) {
            let path = format!("{under}{}", clean_line(key.get_ref(), SHOWN));
            self.fault(section, &path, spot(key), CatalogueProblem::UnknownKey(keys.join(", ")));
        }
    }

    fn table<'v>(&mut self, section: Section, key: &str, value: &'v Value) -> Option<(&'v Table<'v>, Spot)> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.fault(section, key, spot(value), CatalogueProblem::NotATable);
        }
        table.map(|table| (table, spot(value)))
    }

    fn tables<'v>(&mut self, section: Section, key: &str, value: Option<&'v Value>) -> Vec<(&'v Table<'v>, Spot)> {
        let Some(value) = value else { return Vec::new() };
        let Some(array) = value.get_ref().as_array() else {
            self.fault(section, key, spot(value), CatalogueProblem::NotAList);
            return Vec::new();
        };
        let tables = array.iter().enumerate();
        tables.filter_map(|(index, value)| self.table(section, &format!("{key}[{index}]"), value)).collect()
    }

    fn names(&mut self, section: Section, key: &str, value: &Value) -> Option<Vec<NameForm>> {
        let (table, _) = self.table(section, key, value)?;
        let named = |(code, value): (&Spanned<std::borrow::Cow<str>>, &Value)| {
            let language = code.get_ref().to_string();
            let path = format!("{key}.{}", clean_line(&language, SHOWN));
            self.text(section, &path, value).map(|name| NameForm { language, name })
        };
        Some(table.iter().filter_map(named).collect())
    }

    fn text(&mut self, section: Section, key: &str, value: &Value) -> Option<Field<String>> {
        let text = value.get_ref().as_str();
        if text.is_none() {
            let written = clean_line(self.places.written(spot(value)), SHOWN);
            self.fault(section, key, spot(value), CatalogueProblem::Unquoted(written));
        }
        text.map(|text| Field::new(text.to_owned(), spot(value)))
    }

    fn number(&mut self, section: Section, key: &str, value: &Value) -> Option<Field<u32>> {
        let integer = value.get_ref().as_integer();
        let number = integer.and_then(|integer| u32::from_str_radix(integer.as_str(), integer.radix()).ok());
        if number.is_none() {
            let written = clean_line(self.places.written(spot(value)), SHOWN);
            self.fault(section, key, spot(value), CatalogueProblem::NotAQuantity(written));
        }
        number.map(|number| Field::new(number, spot(value)))
    }
}

fn shown(value: Option<&Value>) -> String {
    value.and_then(|value| value.get_ref().as_str()).map(|text| clean_line(text, SHOWN)).unwrap_or_default()
}
