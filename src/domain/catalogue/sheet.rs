//! A price list as a table, one row for each price: what people make of it in a spreadsheet is read on purpose, or refused
//! with its cell.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::fault::{CatalogueFault, CatalogueProblem, keep};
use super::file::check;
use super::form::{Field, FileForm, FreeForm, GroupForm, NameForm, PackageForm, ProductForm, Spot, TierForm};
pub use super::place::cell_name;
use super::place::{Places, Section};
use super::price_list::{Catalogue, Product};
use crate::domain::language::{Language, LocalName};
use crate::domain::money::{Currency, Money, MoneyError};
use crate::domain::typed::{amount, clean_line, whole_number};

/// Characters of a value that a fault repeats.
const SHOWN: usize = 40;
/// A number in a cell is a float, which misses most decimal fractions by less than this, however it was computed.
const NOISE: Decimal = Decimal::from_parts(1, 0, 0, false, 9);

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    Text(String),
    /// A number by its shortest decimal text.
    Number(String),
    /// A number that is shown as a date or a time.
    Date,
    /// An error such as `#REF!`.
    Error(String),
    /// A formula that no program has computed.
    Uncomputed,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    Sku,
    Group,
    /// The name in the language at this place in [`Language::all`].
    Name(usize),
    Sale,
    Quantity,
    Price,
    Min,
    Max,
    Step,
}

/// How something is sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sale {
    /// A package of the row's quantity, at the row's price.
    Package,
    /// Single keys from the row's quantity on, each at the row's price.
    Single,
}

/// A table of prices.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    pub name: String,
    /// Where the columns stand, counted from 0.
    pub columns: BTreeMap<Column, u16>,
    pub rows: Vec<Row>,
}

/// A row with anything in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Counted from 0.
    pub number: u32,
    pub cells: Vec<(Column, Cell)>,
}

impl Row {
    fn cell(&self, column: Column) -> Option<&Cell> {
        self.cells.iter().find(|(known, _)| *known == column).map(|(_, cell)| cell)
    }
}

impl Cell {
    /// Without spaces around it and what nobody sees; `None` when nothing is left.
    pub fn cleaned(self) -> Option<Cell> {
        match self {
            Cell::Text(text) => Some(clean_line(&text, usize::MAX)).filter(|text| !text.is_empty()).map(Cell::Text),
            cell => Some(cell),
        }
    }

    /// Bytes of its text.
    pub fn length(&self) -> usize {
        match self {
            Cell::Text(text) | Cell::Number(text) | Cell::Error(text) => text.len(),
            Cell::Date | Cell::Uncomputed => 0,
        }
    }
}

/// The columns that say once, in any row of a product, how many single keys of it are sold.
const BOUNDS: [Column; 3] = [Column::Min, Column::Max, Column::Step];

/// A product, and the row that named it first.
struct Gathered {
    form: ProductForm,
    row: u32,
    /// Whether any row says something in each of [`BOUNDS`].
    bounds: [bool; 3],
}

/// Makes a table the price list that it describes. What a table has no column for stays as it is in `current`.
pub fn read(
    sheet: &Sheet,
    sale: impl Fn(&str) -> Option<Sale>,
    current: &Catalogue,
    own_language: Language,
) -> Result<Catalogue, Vec<CatalogueFault>> {
    let places = Places::Sheet(&sheet.name);
    let mut reader = Reader { sheet, places: &places, currency: current.currency, faults: Vec::new() };
    let mut products: Vec<Gathered> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for row in &sheet.rows {
        reader.row(row, &sale, &mut products, &mut known);
    }
    for gathered in &products {
        reader.bounds(gathered);
    }
    let faults = reader.faults;
    let products = products.into_iter().map(|gathered| gathered.form).collect();
    let (catalogue, _) = check(form(products, current), &places, current.currency, own_language, faults)?;
    Ok(completed(catalogue, current))
}

/// With the groups that hold already; their spot is never at fault.
fn form(products: Vec<ProductForm>, current: &Catalogue) -> FileForm {
    let spot = Spot::Cell { row: 0, column: 0 };
    let named = |name: &LocalName| {
        let name = |language: &Language| NameForm {
            language: language.code().to_owned(),
            name: Field::new(name.in_language(*language).to_owned(), spot),
        };
        Language::all().iter().map(name).collect()
    };
    let groups = current.groups.iter().map(|group| GroupForm {
        spot,
        id: Some(Field::new(group.id.to_string(), spot)),
        names: Some(named(&group.name)),
    });
    FileForm { groups: groups.collect(), products, is_unread: false }
}

/// With what products have that no column shows, and without groups that nothing stands under any more.
fn completed(catalogue: Catalogue, current: &Catalogue) -> Catalogue {
    let Catalogue { currency, groups, products } = catalogue;
    let groups =
        groups.into_iter().filter(|group| products.iter().any(|product| product.group.as_ref() == Some(&group.id)));
    let groups = groups.collect();
    let products = products.into_iter().map(|product| {
        let before = current.product(&product.sku);
        Product {
            description: before.and_then(|before| before.description.clone()),
            url: before.and_then(|before| before.url.clone()),
            serial_pattern: before.and_then(|before| before.serial_pattern.clone()),
            ..product
        }
    });
    Catalogue { currency, groups, products: products.collect() }
}

struct Reader<'s> {
    sheet: &'s Sheet,
    places: &'s Places<'s>,
    currency: Currency,
    faults: Vec<CatalogueFault>,
}

impl Reader<'_> {
    fn spot(&self, row: &Row, column: Column) -> Spot {
        Spot::Cell { row: row.number, column: self.sheet.columns.get(&column).copied().unwrap_or_default() }
    }

    fn fault(&mut self, spot: Spot, problem: CatalogueProblem) {
        keep(&mut self.faults, || CatalogueFault { place: self.places.of(Section::File, "", Some(spot)), problem });
    }

    fn row(
        &mut self,
        row: &Row,
        sale: &impl Fn(&str) -> Option<Sale>,
        products: &mut Vec<Gathered>,
        known: &mut BTreeMap<String, usize>,
    ) {
        let Some(sku) = self.needed(row, Column::Sku, Reader::text) else { return };
        // Spreadsheets begin a line with a capital letter by themselves.
        let sku = Field::new(sku.value.to_ascii_lowercase(), sku.spot);
        let place = *known.entry(sku.value.clone()).or_insert_with(|| {
            products.push(Gathered { form: empty(&sku), row: row.number, bounds: [false; 3] });
            products.len() - 1
        });
        let group = self.optional(row, Column::Group, Reader::text);
        let group = group.map(|group| Field::new(group.value.to_ascii_lowercase(), group.spot));
        let names: Vec<NameForm> = Language::all()
            .iter()
            .enumerate()
            .filter_map(|(index, language)| {
                let name = self.optional(row, Column::Name(index), Reader::text)?;
                Some(NameForm { language: language.code().to_owned(), name })
            })
            .collect();
        let sold = self.needed(row, Column::Sale, Reader::text).and_then(|text| {
            let found = sale(&text.value);
            if found.is_none() {
                self.fault(text.spot, CatalogueProblem::NotASale(clean_line(&text.value, SHOWN)));
            }
            found
        });
        let quantity = self.needed(row, Column::Quantity, Reader::number);
        let price = self.needed(row, Column::Price, Reader::price);
        let bounds = BOUNDS.map(|column| self.optional(row, column, Reader::number));

        let Some(gathered) = products.get_mut(place) else { return };
        let first = gathered.row;
        for (is_given, column) in gathered.bounds.iter_mut().zip(BOUNDS) {
            *is_given |= row.cell(column).is_some();
        }
        let mut differing = Vec::new();
        merge(&mut gathered.form.group, group, &mut differing);
        for name in names {
            let known = gathered.form.names.get_or_insert_default();
            match known.iter().find(|known| known.language == name.language) {
                Some(known) if known.name.value == name.name.value => {}
                Some(_) => differing.push(name.name.spot),
                None => known.push(name),
            }
        }
        match sold {
            Some(Sale::Package) => gathered.form.packages.push(PackageForm { quantity, price }),
            Some(Sale::Single) => {
                let spot = self.spot(row, Column::Quantity);
                let free = gathered.form.free.get_or_insert_with(|| FreeForm {
                    spot,
                    min: None,
                    max: None,
                    step: None,
                    tiers: Vec::new(),
                });
                let [min, max, step] = bounds;
                merge(&mut free.min, min, &mut differing);
                merge(&mut free.max, max, &mut differing);
                merge(&mut free.step, step, &mut differing);
                free.tiers.push(TierForm { from: quantity, unit_price: price });
            }
            None => gathered.form.misread += 1,
        }
        for spot in differing {
            self.fault(spot, CatalogueProblem::DiffersFromRow(first + 1));
        }
    }

    /// Where single keys are sold, some row has to say how many.
    fn bounds(&mut self, gathered: &Gathered) {
        let Some(Spot::Cell { row, .. }) = gathered.form.free.as_ref().map(|free| free.spot) else { return };
        for (column, _) in BOUNDS.into_iter().zip(gathered.bounds).filter(|(_, is_given)| !is_given) {
            let column = self.sheet.columns.get(&column).copied().unwrap_or_default();
            self.fault(Spot::Cell { row, column }, CatalogueProblem::EmptyCell);
        }
    }

    fn needed<T>(
        &mut self,
        row: &Row,
        column: Column,
        read: impl Fn(&mut Self, &Cell, Spot) -> Option<T>,
    ) -> Option<Field<T>> {
        let spot = self.spot(row, column);
        match row.cell(column) {
            Some(cell) => read(self, cell, spot).map(|value| Field::new(value, spot)),
            None => {
                self.fault(spot, CatalogueProblem::EmptyCell);
                None
            }
        }
    }

    fn optional<T>(
        &mut self,
        row: &Row,
        column: Column,
        read: impl Fn(&mut Self, &Cell, Spot) -> Option<T>,
    ) -> Option<Field<T>> {
        let spot = self.spot(row, column);
        let cell = row.cell(column)?;
        read(self, cell, spot).map(|value| Field::new(value, spot))
    }

    fn text(&mut self, cell: &Cell, spot: Spot) -> Option<String> {
        match cell {
            Cell::Text(text) | Cell::Number(text) => Some(text.clone()),
            _ => self.no_value(cell, spot),
        }
    }

    fn number(&mut self, cell: &Cell, spot: Spot) -> Option<u32> {
        let text = self.text(cell, spot)?;
        let number = whole_number(&text);
        if number.is_none() {
            self.fault(spot, CatalogueProblem::NotAQuantity(clean_line(&text, SHOWN)));
        }
        number
    }

    /// As a catalogue file writes it.
    fn price(&mut self, cell: &Cell, spot: Spot) -> Option<String> {
        let text = self.text(cell, spot)?;
        let money = match cell {
            Cell::Number(number) => exact(number, self.currency),
            _ => amount(&text, self.currency).ok_or(None),
        };
        match money {
            Ok(money) => return Some(money.to_decimal().to_string()),
            Err(None) => self.fault(spot, CatalogueProblem::NotAnAmount(clean_line(&text, SHOWN))),
            Err(Some(error)) => {
                let text = clean_line(&text, SHOWN);
                self.fault(spot, CatalogueProblem::Price { text, error, currency: self.currency });
            }
        }
        None
    }

    fn no_value<T>(&mut self, cell: &Cell, spot: Spot) -> Option<T> {
        let problem = match cell {
            Cell::Date => CatalogueProblem::DateCell,
            Cell::Error(error) => CatalogueProblem::ErrorCell(clean_line(error, SHOWN)),
            Cell::Uncomputed => CatalogueProblem::UncomputedCell,
            Cell::Text(_) | Cell::Number(_) => return None,
        };
        self.fault(spot, problem);
        None
    }
}

fn empty(sku: &Field<String>) -> ProductForm {
    ProductForm {
        spot: sku.spot,
        sku: Some(sku.clone()),
        group: None,
        // Without any it is named as a product that has none.
        names: Some(Vec::new()),
        descriptions: Vec::new(),
        url: None,
        packages: Vec::new(),
        free: None,
        serial_pattern: None,
        misread: 0,
    }
}

/// Takes what a further row says of the same product; one that says nothing agrees.
fn merge<T: PartialEq>(known: &mut Option<Field<T>>, further: Option<Field<T>>, differing: &mut Vec<Spot>) {
    let Some(further) = further else { return };
    match known {
        Some(known) if known.value == further.value => {}
        Some(_) => differing.push(further.spot),
        None => *known = Some(further),
    }
}

/// The amount that a number in a cell stands for, if it is one but for the noise of floats.
fn exact(number: &str, currency: Currency) -> Result<Money, Option<MoneyError>> {
    let decimal = number.parse().or_else(|_| Decimal::from_scientific(number)).map_err(|_| None)?;
    let rounded = decimal.round_dp(currency.minor_digits());
    if (decimal - rounded).abs() > NOISE {
        return Err(Some(MoneyError::TooPrecise(currency.minor_digits())));
    }
    Money::from_decimal(rounded, currency).map_err(Some)
}
