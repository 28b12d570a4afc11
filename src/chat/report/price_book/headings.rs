//! What stands above the columns of the workbook, in every language: whoever sends it back may read another one than who
//! asked for it.

use chrono_tz::Tz;

use crate::chat::i18n::Texts;
use crate::domain::catalogue::sheet::{Column, Sale};
use crate::domain::typed::clean_line;
use crate::domain::{Currency, Language};

/// Characters of a heading that are compared.
const LONGEST: usize = 100;

pub(super) struct Headings {
    columns: Vec<(String, Column)>,
    sales: Vec<(String, Sale)>,
    sheets: Vec<String>,
}

/// All columns, from left to right.
pub(super) fn columns() -> Vec<Column> {
    let names = (0..Language::all().len()).map(Column::Name);
    [Column::Sku, Column::Group]
        .into_iter()
        .chain(names)
        .chain([Column::Sale, Column::Quantity, Column::Price, Column::Min, Column::Max, Column::Step])
        .collect()
}

/// What stands above a column, without the currency of the prices.
pub(super) fn heading(column: Column, texts: &Texts) -> String {
    let key = match column {
        Column::Sku => "export-sku",
        Column::Group => "price-book-group",
        Column::Name(index) => {
            let language = Language::all().get(index).copied().unwrap_or(Language::FIRST);
            let name = texts.name_of(language).into();
            return texts.say_with("export-name", &[("language", language.code().into()), ("name", name)]);
        }
        Column::Sale => "price-book-sale",
        Column::Quantity => "price-book-quantity",
        Column::Price => "price-book-price",
        Column::Min => "price-book-min",
        Column::Max => "price-book-max",
        Column::Step => "price-book-step",
    };
    texts.say(key)
}

/// How a row is sold.
pub(super) fn sale(sale: Sale, texts: &Texts) -> String {
    texts.say(match sale {
        Sale::Package => "price-book-package",
        Sale::Single => "price-book-single",
    })
}

impl Headings {
    pub(super) fn of_all_languages() -> Headings {
        let mut all = Headings { columns: Vec::new(), sales: Vec::new(), sheets: Vec::new() };
        for language in Language::all() {
            let texts = Texts::new(*language, Tz::UTC);
            all.columns.extend(columns().into_iter().map(|column| (folded(&heading(column, &texts)), column)));
            let sales = [Sale::Package, Sale::Single];
            all.sales.extend(sales.map(|one| (folded(&sale(one, &texts)), one)));
            all.sheets.push(folded(&texts.say("price-book-sheet")));
        }
        all
    }

    /// The column that is called so, and the currency that a column of prices names.
    pub(super) fn column(&self, text: &str) -> Option<(Column, Option<Currency>)> {
        let text = folded(text);
        let found = |text: &str| self.columns.iter().find(|(name, _)| name == text).map(|(_, column)| *column);
        if let Some(column) = found(&text) {
            return Some((column, None));
        }
        let (name, currency) = text.rsplit_once(", ")?;
        let currency = Currency::parse(&currency.to_uppercase())?;
        found(name).filter(|column| *column == Column::Price).map(|column| (column, Some(currency)))
    }

    /// What a column is called in the language that is offered first.
    pub(super) fn name_of(&self, column: Column) -> String {
        heading(column, &Texts::new(Language::FIRST, Tz::UTC))
    }

    pub(super) fn sale(&self, word: &str) -> Option<Sale> {
        let word = folded(word);
        self.sales.iter().find(|(name, _)| *name == word).map(|(_, sale)| *sale)
    }

    /// Whether a sheet is called as the bot calls it.
    pub(super) fn is_sheet(&self, name: &str) -> bool {
        self.sheets.contains(&folded(name))
    }
}

fn folded(text: &str) -> String {
    clean_line(text, LONGEST).to_lowercase()
}
