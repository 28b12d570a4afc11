//! What must hold of every dialogue and every screen, and which outcomes were met.

use std::collections::{BTreeMap, BTreeSet};

use keydesk::chat::dialogue::{Banner, Dialogue, State};
use keydesk::chat::i18n::Texts;
use keydesk::chat::view::Screen;
use keydesk::domain::{Currency, Draft, Money};

use crate::support::examples::NOTICES;
use crate::support::screens::plain;

/// Which outcomes were met, so that a green run means something.
#[derive(Default)]
pub struct Tally(BTreeSet<String>);

impl Tally {
    pub fn note(&mut self, what: &str) {
        if !self.0.contains(what) {
            self.0.insert(what.to_owned());
        }
    }

    pub fn add(&mut self, other: &Tally) {
        self.0.extend(other.0.iter().cloned());
    }

    /// Fails when an outcome was never met: then the run proves less than it should.
    pub fn assert_complete(&self) {
        // A dialogue that does not read is no affair of the machine's.
        let banners = NOTICES.iter().filter(|banner| **banner != Banner::StartedAfresh);
        let banners = banners.map(|banner| format!("{banner:?}"));
        let outcomes = [
            "Outdated",
            "AlreadySent",
            "Send was answered by a new summary",
            "20 lines",
            "note",
            "old price",
            "a typed order opens its summary",
            "a typed order is offered",
            "a typed order joins the form",
            "a typed order is refused",
            "a typed order has too many lines",
        ];
        let met = |outcome: &String| self.0.contains(outcome);
        let missed: Vec<_> = banners.chain(outcomes.map(str::to_owned)).filter(|outcome| !met(outcome)).collect();
        assert!(missed.is_empty(), "never met: {missed:?}");
    }
}

/// What holds of every dialogue, and between one and the next.
pub fn assert_sound(before: &Dialogue, after: &Dialogue) {
    let Some(draft) = &after.draft else {
        let waits_for_draft = matches!(
            after.state,
            State::Confirming | State::WaitingForNote | State::WaitingForQuantity(_) | State::ChoosingProduct { .. }
        );
        assert!(!waits_for_draft, "{:?} without a draft", after.state);
        return;
    };
    let filled =
        matches!(after.state, State::Confirming | State::WaitingForNote | State::OfferToResume | State::OfferToAdd(_));
    assert!(!filled || !draft.lines.is_empty(), "{:?} with an empty draft", after.state);
    let skus: BTreeMap<_, _> = draft.lines.iter().map(|line| (&line.sku, line.quantity)).collect();
    assert_eq!(skus.len(), draft.lines.len(), "one line a product");
    assert!(draft.lines.len() <= Draft::MAX_LINES && skus.values().all(|quantity| *quantity > 0));
    let currency = draft.lines.first().map_or(Currency::RUB, |line| line.price.currency());
    Money::sum(draft.lines.iter().map(|line| line.price), currency).unwrap();
    if let Some(former) = before.draft.as_ref().filter(|former| former.id == draft.id) {
        let is_changed = (&former.lines, &former.note) != (&draft.lines, &draft.note);
        assert_eq!(former.revision != draft.revision, is_changed, "the revision tells whether the order changed");
        assert!(former.revision <= draft.revision);
    }
}

/// The summary shows every line, the total and the note of the draft.
pub fn assert_shows(screen: &Screen, draft: &Draft, currency: Currency, texts: &Texts) {
    let text = plain(screen.text.as_str());
    let mut rest = text.as_str();
    let mut expect = |part: &str| {
        let (_, after) = rest.split_once(part).unwrap_or_else(|| panic!("{part} is missing in:\n{text}"));
        rest = after;
    };
    for line in &draft.lines {
        expect(line.name.in_language(texts.language()));
        expect(&texts.number(line.quantity.into()));
        line.old_price.iter().for_each(|old| expect(&texts.money(*old)));
        expect(&texts.money(line.price));
    }
    if let Ok(total) = Money::sum(draft.lines.iter().map(|line| line.price), currency) {
        expect(&texts.money(total));
    }
    draft.note.iter().for_each(|note| expect(note));
}
