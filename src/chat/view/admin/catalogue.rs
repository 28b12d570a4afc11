//! What a proposed price list changes.

use super::super::keyboard::Keyboard;
use super::super::{Html, Screen};
use super::buttons::admin_button;
use crate::chat::action::AdminAction;
use crate::chat::i18n::{Texts, Value};
use crate::domain::catalogue::diff::{Bounds, Change, Difference};
use crate::domain::typed::length;
use crate::domain::{LocalName, Money, Product, ProposalId, SerialPattern, Sku};

/// Characters that are left to a list, markup included; a message holds 4096.
const FITS: usize = 3_300;

/// What a proposed price list changes, and whether it is to hold.
pub fn proposal(id: ProposalId, differences: &[Difference], texts: &Texts) -> Screen {
    let title = Html::new().bold(&texts.say("catalogue-changes")).gap();
    let entries = differences.iter().map(|difference| entry(difference, texts));
    let text = match differences {
        [] => title.line(&texts.say("catalogue-same")),
        _ => fitted(title, entries.collect(), texts),
    };
    let apply = admin_button(texts.say("button-apply"), AdminAction::Apply(id));
    let drop = admin_button(texts.say("button-dismiss"), AdminAction::Drop(id));
    Screen { text, keyboard: Keyboard::confirm(apply, drop) }
}

/// As many entries as one message holds, and how many more there are.
fn fitted(head: Html, entries: Vec<Html>, texts: &Texts) -> Html {
    let count = entries.len();
    let mut room = FITS.saturating_sub(length(head.as_str()));
    let mut shown = 0_u64;
    let mut text = head;
    for entry in entries {
        let taken = length(entry.as_str()) + 2;
        if taken > room {
            break;
        }
        room -= taken;
        shown += 1;
        text = text.then(entry);
    }
    match (count as u64).saturating_sub(shown) {
        0 => text,
        more => text.line(&texts.say_with("list-more", &[("count", more.into())])),
    }
}

fn named(name: &LocalName, sku: &Sku, texts: &Texts) -> [(&'static str, Value); 2] {
    [("product", name.in_language(texts.language()).into()), ("sku", sku.as_str().into())]
}

fn entry(difference: &Difference, texts: &Texts) -> Html {
    let text = lines(difference, texts).iter().fold(Html::new(), |text, line| text.line(line));
    match difference {
        // Two names and fifty prices of one product are the most that stand here.
        Difference::Changed { sku, name, changes } if length(text.as_str()) >= FITS / 2 => {
            Html::new().line(&heading(sku, name, texts)).line(&many(changes, texts))
        }
        _ => text,
    }
}

/// A difference, for people: what it is about, and what changes in that.
pub fn lines(difference: &Difference, texts: &Texts) -> Vec<String> {
    match difference {
        Difference::Added(product) => vec![whole("catalogue-added", product, texts)],
        Difference::Gone(product) => vec![whole("catalogue-gone", product, texts)],
        Difference::Changed { sku, name, changes } => {
            let changes = changes.iter().map(|one| change(one, texts));
            std::iter::once(heading(sku, name, texts)).chain(changes).collect()
        }
        Difference::Arranged => vec![texts.say("catalogue-arranged")],
    }
}

fn heading(sku: &Sku, name: &LocalName, texts: &Texts) -> String {
    texts.say_with("catalogue-changed", &named(name, sku, texts))
}

fn many(changes: &[Change], texts: &Texts) -> String {
    texts.say_with("catalogue-many", &[("count", (changes.len() as u64).into())])
}

fn whole(key: &str, product: &Product, texts: &Texts) -> String {
    texts.say_with(key, &named(&product.name, &product.sku, texts))
}

fn change(change: &Change, texts: &Texts) -> String {
    match change {
        Change::Renamed(old) => {
            texts.say_with("catalogue-renamed", &[("name", old.in_language(texts.language()).into())])
        }
        Change::Described => texts.say("catalogue-described"),
        Change::Regrouped => texts.say("catalogue-regrouped"),
        Change::Package { quantity, old, new } => {
            let subject = texts.say_with("catalogue-package", &[("quantity", u64::from(*quantity).into())]);
            price(subject, *old, *new, texts)
        }
        Change::Tier { from, old, new } => {
            let subject = texts.say_with("catalogue-tier", &[("quantity", u64::from(*from).into())]);
            price(subject, *old, *new, texts)
        }
        Change::Bounds { old, new } => {
            let shown = |bounds: &Option<Bounds>| match bounds {
                None => texts.say("catalogue-no-bounds"),
                Some(Bounds { min, max, step }) => {
                    let number = |number: u32| texts.number(number.into()).into();
                    texts.say_with(
                        "quantity-range-step",
                        &[("min", number(*min)), ("max", number(*max)), ("step", number(*step))],
                    )
                }
            };
            texts.say_with("catalogue-bounds", &[("old", shown(old).into()), ("new", shown(new).into())])
        }
        Change::SerialPattern { old, new } => {
            let shown = |pattern: &Option<SerialPattern>| {
                pattern
                    .as_ref()
                    .map_or_else(|| texts.say("catalogue-no-pattern"), |pattern| pattern.as_str().to_owned())
            };
            texts.say_with("catalogue-pattern", &[("old", shown(old).into()), ("new", shown(new).into())])
        }
    }
}

fn price(subject: String, old: Option<Money>, new: Option<Money>, texts: &Texts) -> String {
    let shown =
        |money: Option<Money>| money.map_or_else(|| texts.say("catalogue-no-price"), |money| texts.money(money));
    let variables = [("subject", subject.into()), ("old", shown(old).into()), ("new", shown(new).into())];
    texts.say_with("catalogue-price", &variables)
}
