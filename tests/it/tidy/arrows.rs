//! Who may know whom: the arrows between the layers, and the crates and clocks that belong to one layer.

use super::{
    paths,
    source::{Kind, Source, Token},
};

/// The layers, lowest first: a layer may import itself and those above it in this list. What the chat decides and shows
/// has layers of its own; the rest of it, which looks things up for them, is one layer above those.
const LAYERS: &[&str] = &[
    "clock",
    "backoff",
    "outage",
    "metrics",
    "domain",
    "config",
    "store",
    "replicas",
    "shop",
    "chat/i18n",
    "chat/report",
    "chat/action",
    "chat/dialogue",
    "chat/view",
    "chat",
    "telegram",
    "http/listener",
    "intake",
    "outbox",
    "http",
    "backups",
    "bot",
    "demo",
    "cli",
    "main",
];

/// Layers that decide and show without looking anything up: whoever calls them passes it in.
const PURE: &[&str] = &["chat/i18n", "chat/report", "chat/action", "chat/dialogue", "chat/view"];
const LOOKED_UP: &[&str] = &["store", "shop"];

/// Arrows that the order would allow and the design forbids: (from, to, why); `*` stands for every layer.
const FORBIDDEN: &[(&str, &str, &str)] = &[("domain", "*", "the domain is pure and knows only itself")];

/// Crates that one layer keeps to itself: (crate, layers that may name it, remedy).
const CRATES: &[(&str, &[&str], &str)] = &[
    ("sqlx", &["store"], "all SQL lives in src/store: give the store a method"),
    ("teloxide", &["telegram"], "Telegram's types end in src/telegram: pass a type of our own"),
    ("dptree", &["telegram"], "the handler tree lives in src/telegram"),
    ("keydesk_emulator", &["demo"], "only the demo and the tests start the emulator"),
    ("prometheus_client", &["metrics", "http"], "figures are kept in src/metrics and served in src/http"),
    ("fluent_bundle", &["chat/i18n"], "texts come from src/chat/i18n.rs"),
    ("plotters", &["chat/report"], "pictures are drawn in src/chat/report"),
    ("rust_xlsxwriter", &["chat/report"], "workbooks are written in src/chat/report"),
];

/// Types whose `now` only these layers may ask.
const CLOCKS: &[&str] = &["Utc", "Local", "SystemTime", "Instant"];
const CLOCK_LAYERS: &[&str] = &["clock"];

/// Every arrow, crate and clock that stands where it must not.
pub fn violations(sources: &[Source]) -> Vec<String> {
    sources.iter().flat_map(violations_in).collect()
}

fn violations_in(source: &Source) -> Vec<String> {
    let Some(home) = Home::of(&source.path) else {
        return Vec::new();
    };
    let layer = home.layer.as_str();
    if !LAYERS.contains(&layer) {
        return vec![
            source.at(1, &format!("'{layer}' is no layer: give it a place in LAYERS (tests/it/tidy/arrows.rs)")),
        ];
    }
    let code = source.code();
    let mut found: Vec<_> = paths::layers_named(&code, &home.module)
        .into_iter()
        .filter_map(|(line, target)| Some((line, refusal(layer, &target)?)))
        .collect();
    found.extend(foreign_crates(&code, layer));
    found.extend(foreign_clocks(&code, layer));
    found.sort();
    found.dedup();
    found.iter().map(|(line, remedy)| source.at(*line, remedy)).collect()
}

/// Where a file stands: its layer, and its module path within the crate.
struct Home {
    layer: String,
    module: Vec<String>,
}

impl Home {
    /// None for the crate's root, which only lists the layers.
    fn of(path: &str) -> Option<Home> {
        let inner = path.strip_prefix("src/")?.strip_suffix(".rs")?;
        let mut module: Vec<_> = inner.split('/').map(str::to_owned).collect();
        if inner == "lib" {
            return None;
        }
        if inner == "main" || module.first().is_some_and(|first| first == "bin") {
            return Some(Home { layer: "main".to_owned(), module: Vec::new() });
        }
        if module.last().is_some_and(|last| last == "mod") {
            module.pop();
        }
        Some(Home { layer: layer_of(&module)?, module })
    }
}

/// The layer that a module path lies in.
pub fn layer_of(module: &[String]) -> Option<String> {
    let own = (0..module.len()).rev().map(|end| module[..=end].join("/"));
    own.into_iter().find(|path| LAYERS.contains(&path.as_str())).or_else(|| module.first().cloned())
}

fn refusal(from: &str, to: &str) -> Option<String> {
    if from == to {
        return None;
    }
    let rank = |name: &str| LAYERS.iter().position(|layer| *layer == name);
    let Some(to_rank) = rank(to) else {
        return Some(format!("crate::{to} is no layer: name the layer that it belongs to, or add it to LAYERS"));
    };
    let forbidden = (FORBIDDEN.iter()).find(|(source, target, _)| *source == from && (*target == to || *target == "*"));
    if let Some((_, _, why)) = forbidden {
        return Some(format!("{from} must not import {to}: {why}"));
    }
    if PURE.contains(&from) && LOOKED_UP.contains(&to) {
        return Some(format!("{from} must not import {to}: it is pure, so pass in what it needs"));
    }
    (rank(from)? < to_rank)
        .then(|| format!("{from} must not import {to}, a layer built on it: move the type up, or pass a value in"))
}

fn foreign_crates(code: &[Token], layer: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (name, _, remedy) in (CRATES.iter()).filter(|(_, layers, _)| !layers.contains(&layer)) {
        for [before, token, after] in code.array_windows() {
            if token.is_word(name) && (after.kind == Kind::Path || before.is_word("use")) {
                found.push((token.line, format!("{layer} must not use {name}: {remedy}")));
            }
        }
    }
    found
}

fn foreign_clocks(code: &[Token], layer: &str) -> Vec<(usize, String)> {
    if CLOCK_LAYERS.contains(&layer) {
        return Vec::new();
    }
    code.windows(3)
        .filter_map(|window| {
            let [kind, path, now] = window else {
                return None;
            };
            let clock = CLOCKS.iter().find(|clock| kind.is_word(clock))?;
            (path.kind == Kind::Path && now.is_word("now"))
                .then(|| (kind.line, format!("{clock}::now() outside the clock: take a Clock and ask it")))
        })
        .collect()
}

#[test]
fn no_layer_reaches_down() {
    let sources = super::rust_files(&["src"]);
    super::report(violations(&sources));
}

#[test]
fn an_arrow_down_is_found_in_every_spelling() {
    let lines = |path: &str, text: &str| -> Vec<String> {
        let found = violations(&[Source::new(path, text)]);
        found.iter().map(|line| line.split(':').take(3).collect::<Vec<_>>().join(":")).collect()
    };
    let down = ": shop must not import telegram, a layer built on it";
    let at = |line: usize| format!("src/shop/step.rs:{line}{down}");
    let shop = |text: &str| lines("src/shop/step.rs", text);
    assert_eq!(shop("use crate::telegram::Db;"), [at(1)]);
    assert_eq!(shop("use crate::{domain::Money,\n telegram::{self, Db}};"), [at(2)]);
    assert_eq!(shop("use super::super::telegram;"), [at(1)]);
    assert_eq!(shop("mod tests {\n use super::super::super::telegram; }"), [at(2)]);
    assert_eq!(shop("use super::super::{domain as telegram, config as a, telegram as domain};"), [at(1)]);
    assert_eq!(shop("fn f() {\n let a: Vec<crate::telegram::Db<'_>>; }"), [at(1 + 1)]);
    assert_eq!(shop("pub(crate) fn f() { crate::domain::f::<super::state::A>(self::b); } // crate::telegram"), [""; 0]);
    assert_eq!(shop("use crate::*;").len(), 1);
    assert_eq!(shop("use crate::nothing::A;").len(), 1);
    assert_eq!(shop("crate::in_turn!(crate::domain::A)"), [""; 0]);
    let chat = ": chat/dialogue must not import chat/view, a layer built on it";
    let dialogue = |text: &str| lines("src/chat/dialogue/step.rs", text);
    for text in ["use crate::chat::view::Html;", "use super::super::view;", "use crate::chat::{action, view::Html};"] {
        assert_eq!(dialogue(text), [format!("src/chat/dialogue/step.rs:1{chat}")], "{text}");
    }
    assert_eq!(dialogue("use super::state::State; use crate::chat::action::Action;"), [""; 0]);
    assert_eq!(lines("src/chat/mod.rs", "pub mod view;"), [""; 0]);
}

#[test]
fn the_special_cases_of_the_design_hold() {
    let count = |path: &str, text: &str| violations(&[Source::new(path, text)]).len();
    assert_eq!(count("src/domain/money.rs", "use crate::clock::Clock;"), 1);
    assert_eq!(count("src/store/orders.rs", "use crate::{shop, chat::view};"), 2);
    assert_eq!(count("src/chat/view/mod.rs", "use crate::chat::Chat;"), 1);
    assert_eq!(count("src/chat/vendor.rs", "use super::{Chat, dialogue}; use crate::store::Tx;"), 0);
    assert_eq!(count("src/chat/dialogue/step.rs", "use crate::store::Tx;"), 1);
    assert_eq!(count("src/chat/view/mod.rs", "use crate::shop::Shop;"), 1);
    for above in ["chat::answer", "chat::vendor", "telegram", "intake", "outbox"] {
        assert_eq!(count("src/shop/mod.rs", &format!("use crate::{above}::A;")), 1, "{above}");
    }
    assert_eq!(count("src/store.rs", "use sqlx::Row; use crate::domain::Order;"), 0);
    assert_eq!(count("src/chat/vendor.rs", "fn f(row: sqlx::Row) {}"), 1);
    assert_eq!(count("src/chat/view/mod.rs", "use teloxide::types::Message;"), 1);
    assert_eq!(count("src/demo/mod.rs", "use keydesk_emulator::Emulator;"), 0);
    assert_eq!(count("src/main.rs", "use keydesk_emulator::Emulator; use keydesk::demo;"), 1);
    assert_eq!(count("src/intake/web.rs", "let now = Instant::now();"), 1);
    assert_eq!(count("src/clock.rs", "let now = chrono::Utc::now();"), 0);
    assert_eq!(count("src/misc.rs", ""), 1);
}
