//! The stock as admins see it, and bringing serial numbers into it.

use std::collections::BTreeMap;

use super::super::keyboard::Keyboard;
use super::super::serial_files::product;
use super::super::{Html, Screen};
use super::buttons::{admin_button, leave_button, page_line, turn_buttons};
use super::facts::AdminFacts;
use crate::chat::action::AdminAction;
use crate::chat::i18n::Texts;
use crate::domain::{Catalogue, Role, Sku};

/// Products on one page, each with a button.
const PER_PAGE: usize = 8;

struct Row<'a> {
    sku: &'a Sku,
    /// `None` for a product that is not sold any more.
    name: Option<&'a str>,
    available: u64,
}

/// What is in stock: the products of the price list in its order, then those that left it.
pub fn list(page: u32, stock: &[(Sku, u64)], facts: &AdminFacts, texts: &Texts) -> Screen {
    let catalogue = facts.catalogue;
    let mut left: BTreeMap<&Sku, u64> = stock.iter().map(|(sku, available)| (sku, *available)).collect();
    let mut rows = Vec::with_capacity(catalogue.products.len());
    for product in &catalogue.products {
        let available = left.remove(&product.sku).unwrap_or(0);
        rows.push(Row { sku: &product.sku, name: Some(product.name.in_language(texts.language())), available });
    }
    rows.extend(left.into_iter().map(|(sku, available)| Row { sku, name: None, available }));

    let pages = u32::try_from(rows.len().div_ceil(PER_PAGE)).unwrap_or(u32::MAX).max(1);
    let page = page.min(pages - 1);
    let skipped = usize::try_from(page).unwrap_or(usize::MAX).saturating_mul(PER_PAGE);
    let shown: Vec<&Row> = rows.iter().skip(skipped).take(PER_PAGE).collect();
    let title = Html::new().bold(&texts.say("stock-title")).gap();
    let text = shown.iter().fold(title, |text, row| text.line(&line(row, texts)));
    let may_import = facts.role == Role::Admin;
    let import = shown.iter().filter(|row| may_import && row.name.is_some()).map(|row| {
        let label = texts.say_with("button-import", &[("sku", row.sku.as_str().into())]);
        admin_button(label, AdminAction::AskSerials(row.sku.clone()))
    });
    let withdraw = shown.iter().filter(|row| row.name.is_none()).map(|row| {
        let label = texts.say_with("button-withdraw-of", &[("sku", row.sku.as_str().into())]);
        admin_button(label, AdminAction::AskWithdrawal(row.sku.clone()))
    });
    let keyboard = Keyboard::new()
        .grid(2, import.collect())
        .grid(2, withdraw.collect())
        .row(turn_buttons(page, pages, |page| AdminAction::Stock { page }, texts))
        .row([leave_button(texts)]);
    Screen { text: page_line(text.gap(), page, pages, texts), keyboard }
}

fn line(row: &Row, texts: &Texts) -> String {
    let count = ("quantity", row.available.into());
    match row.name {
        Some(name) => {
            texts.say_with("stock-line", &[("product", name.into()), ("sku", row.sku.as_str().into()), count])
        }
        None => texts.say_with("stock-line-gone", &[("sku", row.sku.as_str().into()), count]),
    }
}

/// Asks for a file of serial numbers.
pub fn ask_serials(sku: &Sku, facts: &AdminFacts, texts: &Texts) -> Screen {
    let product = product(sku, facts.catalogue, texts);
    let title = texts.say_with("stock-ask", &[("name", facts.name.into()), product]);
    let text = Html::new().bold(&title).end_line().line(&texts.say("stock-ask-how"));
    let withdraw = admin_button(texts.say("button-withdraw-serials"), AdminAction::AskWithdrawal(sku.clone()));
    let back = admin_button(texts.say("button-back"), AdminAction::Stock { page: 0 });
    Screen { text, keyboard: Keyboard::new().row([withdraw]).row([back]) }
}

/// How far an import is.
pub fn importing(sku: &Sku, lines: u64, catalogue: &Catalogue, texts: &Texts) -> Screen {
    let product = product(sku, catalogue, texts);
    let sentence = match lines {
        0 => texts.say_with("stock-importing", &[product]),
        lines => texts.say_with("stock-importing-lines", &[product, ("count", lines.into())]),
    };
    Screen { text: Html::new().text(&sentence), keyboard: Keyboard::new() }
}
