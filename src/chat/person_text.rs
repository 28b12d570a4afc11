//! What is stored about a person, as they can read it: in the shop's language and time zone, amounts as money. How the bot keeps it
//! is left out, and stands in the JSON.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::i18n::Texts;
use crate::domain::{Currency, Language, Money, OrderAction, Status, Stored};
use crate::store::{Cell, StoredRow};

/// A copy of names and notes, spelt as searches compare them.
const NOT_SHOWN: &str = "search_texts";
/// How the bot keeps something and when it is to look at it again, or what another column of the row says better.
const TECHNICAL: [&str; 37] = [
    "acted_version",
    "against",
    "album",
    "attempts",
    "currency",
    "delivery",
    "draft_id",
    "due",
    "folded",
    "fresh_from",
    "lane",
    "lasting",
    "leased_by",
    "leased_until",
    "menu_language",
    "message_id",
    "message_since",
    "place",
    "position",
    "redraw_due",
    "refusals",
    "retiring",
    "revision",
    "sealed",
    "seat",
    "sending",
    "shown_version",
    "source_message",
    "spelling",
    "topic_id",
    "tries",
    "turn",
    "turn_of",
    "unfinished",
    "update_id",
    "version",
    "watches",
];

/// Puts the rows of all tables into words, one after the other.
pub(super) struct PersonText<'t> {
    texts: &'t Texts,
    /// That of each order that was read: lines have none of their own.
    currencies: BTreeMap<i64, Currency>,
}

/// A column with what stands in it.
pub(super) struct Shown {
    pub(super) label: String,
    /// One line or several.
    pub(super) words: String,
}

impl<'t> PersonText<'t> {
    pub(super) fn new(texts: &'t Texts) -> PersonText<'t> {
        PersonText { texts, currencies: BTreeMap::new() }
    }

    /// What stands above everything.
    pub(super) fn about(&self) -> String {
        self.texts.say("person-data-about")
    }

    /// What stands above the rows of a table; `None` for one that says nothing.
    pub(super) fn heading(&self, row: &StoredRow) -> Option<String> {
        let count = ("count", row.of.into());
        let heading = || self.texts.say_with("person-data-table", &[("table", row.table.into()), count]);
        (row.table != NOT_SHOWN).then(heading)
    }

    /// What a row says.
    pub(super) fn row(&mut self, row: &StoredRow) -> Vec<Shown> {
        let number = ["number", "order_number"].iter().find_map(|name| whole(row, name));
        if let (Some(number), Some(Cell::Text(code))) = (number, cell(row, "currency")) {
            self.currencies.extend(Currency::parse(code).map(|currency| (number, currency)));
        }
        let currency = number.and_then(|number| self.currencies.get(&number).copied());
        let mut shown: Vec<_> = row.cells.iter().filter(|(name, _)| !TECHNICAL.contains(&name.as_str())).collect();
        // The two databases have it in different places, and it goes into what stands above it.
        shown.sort_by_key(|(name, _)| name == "action");
        let shown = shown.into_iter().filter_map(|(name, cell)| {
            let words = self.words(row.table, name, cell, currency)?;
            Some(Shown { label: self.label(row.table, name), words })
        });
        shown.collect()
    }

    fn label(&self, table: &str, column: &str) -> String {
        // What an id is of.
        let column = if (table, column) == ("people", "id") { "person_id" } else { column };
        self.texts.say_with("person-data-column", &[("column", column.into())])
    }

    fn words(&self, table: &str, column: &str, cell: &Cell, currency: Option<Currency>) -> Option<String> {
        match (column, cell) {
            (_, Cell::None) => None,
            // The event's particulars say it with its currency.
            ("invoiced", _) if table == "order_events" => None,
            ("total" | "price" | "invoiced", Cell::Whole(minor)) => {
                let money = currency.and_then(|currency| Money::from_minor(*minor, currency).ok());
                Some(money.map_or_else(|| minor.to_string(), |money| self.texts.money(money)))
            }
            (_, Cell::Whole(number)) => Some(number.to_string()),
            (_, Cell::Moment(at)) => Some(self.texts.date_time(*at)),
            ("status" | "from_status" | "to_status", Cell::Text(code)) => {
                let status = Status::ALL.into_iter().find(|status| status.code() == code);
                Some(status.map_or_else(|| code.clone(), |status| self.texts.status(status)))
            }
            ("role" | "access" | "reachability" | "standing", Cell::Text(code)) => Some(self.word(code)),
            ("kind", Cell::Text(code)) if table == "order_events" => Some(self.word(code)),
            ("action", Cell::Text(stored)) if table == "order_events" => self.particulars(stored),
            (_, Cell::Text(text)) if is_instant(column) => {
                Some(instant(text).map_or_else(|| text.clone(), |at| self.texts.date_time(at)))
            }
            (_, Cell::Text(text)) => Some(self.text(text)),
        }
    }

    fn word(&self, code: &str) -> String {
        self.texts.say_with("person-data-word", &[("word", code.into())])
    }

    /// What an event says beside its kind, if anything.
    fn particulars(&self, stored: &str) -> Option<String> {
        let parts: Vec<String> = match OrderAction::decode(stored) {
            Ok(OrderAction::Invoiced(invoice)) => {
                let due = invoice.due.map(|due| self.texts.day(due));
                [Some(self.texts.money(invoice.amount)), due].into_iter().flatten().collect()
            }
            Ok(OrderAction::Cancelled(reason)) => vec![self.texts.reason(&reason)],
            Ok(OrderAction::Asked(_, words) | OrderAction::Answered(words)) => {
                let file = words.file.map(|file| file.name).filter(|name| !name.is_empty());
                [Some(words.text).filter(|text| !text.is_empty()), file].into_iter().flatten().collect()
            }
            Ok(OrderAction::FileLost(file)) => vec![file.name],
            Ok(OrderAction::Placed | OrderAction::Taken | OrderAction::Completed | OrderAction::Settled { .. }) => {
                Vec::new()
            }
            Err(_) => vec![stored.to_owned()],
        };
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// Words as they are, and what is stored as JSON in lines.
    fn text(&self, text: &str) -> String {
        if !text.starts_with(['{', '[']) {
            return text.to_owned();
        }
        let Ok(value) = serde_json::from_str::<Value>(text) else { return text.to_owned() };
        // The envelope of what is stored.
        let value = value
            .as_object()
            .filter(|envelope| envelope.len() == 2 && envelope.contains_key("v"))
            .and_then(|envelope| envelope.get("body").cloned())
            .unwrap_or(value);
        let mut lines = Vec::new();
        self.lines(&value, "", &mut lines);
        if let [only] = &lines[..] { only.clone() } else { lines.iter().map(|line| format!("\n{line}")).collect() }
    }

    fn lines(&self, value: &Value, path: &str, lines: &mut Vec<String>) {
        let said = match value {
            Value::Null => return,
            Value::Object(_) => self.money(value).or_else(|| self.name(value)),
            Value::Array(_) => None,
            Value::String(words) => Some(words.clone()),
            Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        };
        match (said, value) {
            (Some(said), _) if path.is_empty() => lines.push(said),
            (Some(said), _) => lines.push(format!("{path}: {said}")),
            (None, Value::Object(parts)) => {
                for (key, part) in parts {
                    // A product's, where it is in all languages.
                    let key = if key == "name" && part.is_object() { "names" } else { key };
                    self.lines(part, &under(path, &self.label("", key)), lines);
                }
            }
            (None, Value::Array(parts)) => {
                for (place, part) in (1..).zip(parts) {
                    self.lines(part, &under(path, &format!("{place}")), lines);
                }
            }
            (None, _) => {}
        }
    }

    fn money(&self, value: &Value) -> Option<String> {
        let money: Money = serde_json::from_value(value.clone()).ok()?;
        Some(self.texts.money(money))
    }

    /// The name in the reader's language, of one in all of them.
    fn name(&self, value: &Value) -> Option<String> {
        let named = value.as_object()?;
        let is_of_language = |code: &String| Language::with_code(code).is_some();
        if named.is_empty() || !named.keys().all(is_of_language) {
            return None;
        }
        named.get(self.texts.language().code())?.as_str().map(str::to_owned)
    }
}

fn under(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}, {key}") }
}

fn is_instant(column: &str) -> bool {
    ["_at", "since", "until"].iter().any(|ending| column.ends_with(ending))
}

fn instant(text: &str) -> Option<DateTime<Utc>> {
    Some(DateTime::parse_from_rfc3339(text).ok()?.to_utc())
}

fn cell<'r>(row: &'r StoredRow, column: &str) -> Option<&'r Cell> {
    row.cells.iter().find(|(name, _)| name == column).map(|(_, cell)| cell)
}

fn whole(row: &StoredRow, column: &str) -> Option<i64> {
    if let Some(Cell::Whole(number)) = cell(row, column) { Some(*number) } else { None }
}
