//! The sentences that answer an admin.

use super::super::staff_notice::{LARGEST_FILE_MB, product, refused};
use super::faults;
use crate::dialogue::{AdminNotice, FileRefusal, Named, Naming};
use crate::domain::typed::clean_line;
use crate::domain::{Catalogue, CatalogueFault, SearchText};
use crate::i18n::Texts;

/// Characters of one fault: all that are shown fit one message with the sentences around them.
const FAULT: usize = 320;
/// Characters of a name.
const NAME: usize = 64;

/// What a notice says.
pub fn sentence(notice: &AdminNotice, catalogue: &Catalogue, texts: &Texts) -> String {
    match notice {
        AdminNotice::UseButtons => texts.say("admin-use-buttons"),
        AdminNotice::StatusExpected => texts.say("queue-status-expected"),
        AdminNotice::TextExpected => {
            texts.say_with("find-text-expected", &[("limit", (SearchText::MAX_CHARS as u64).into())])
        }
        AdminNotice::SkuExpected => texts.say_with("stock-sku-expected", &[("sku", example_sku(catalogue).into())]),
        AdminNotice::CatalogueExpected => texts.say("catalogue-expected"),
        AdminNotice::PersonExpected(Naming::Appoint) => texts.say("admins-person-expected"),
        AdminNotice::PersonExpected(Naming::Block) => texts.say("block-person-expected"),
        AdminNotice::PersonExpected(Naming::Unblock) => texts.say("unblock-person-expected"),
        AdminNotice::NobodyFound => texts.say("person-not-found"),
        AdminNotice::AlreadyAdmin => texts.say("admins-already"),
        AdminNotice::NotAdmin => texts.say("admins-not-admin"),
        AdminNotice::ConfiguredStays => texts.say("admins-configured-stays"),
        AdminNotice::NotYourself => texts.say("admins-not-yourself"),
        AdminNotice::AdminsStay => texts.say("block-admins-stay"),
        AdminNotice::TooManyAdmins => texts.say("admins-too-many"),
        AdminNotice::Appointed(person) => about("admins-done-appointed", person, texts),
        AdminNotice::Dismissed(person) => about("admins-done-dismissed", person, texts),
        AdminNotice::Blocked(person) => about("block-done", person, texts),
        AdminNotice::Unblocked(person) => about("unblock-done", person, texts),
        AdminNotice::Imported { sku, added, known, heading } => {
            let counts = [product(sku, catalogue, texts), ("added", (*added).into()), ("known", (*known).into())];
            let done = texts.say_with("stock-imported", &counts);
            match heading {
                Some(line) => {
                    format!("{done}\n{}", texts.say_with("stock-heading", &[("line", line.to_string().into())]))
                }
                None => done,
            }
        }
        AdminNotice::ImportRefused(refusal) => {
            texts.say_with("stock-refused", &[("reason", refused(refusal, catalogue, texts).into())])
        }
        AdminNotice::OtherProductAt(line) => {
            let reason = texts.say_with("stock-other-product", &[("line", line.to_string().into())]);
            texts.say_with("stock-refused", &[("reason", reason.into())])
        }
        AdminNotice::CatalogueNotFetched(FileRefusal::TooLarge) => {
            texts.say_with("catalogue-too-large", &[("limit", LARGEST_FILE_MB.into())])
        }
        AdminNotice::CatalogueNotFetched(refusal) => refused(refusal, catalogue, texts),
        AdminNotice::CatalogueNotText => texts.say("catalogue-not-text"),
        AdminNotice::CatalogueFaults { first, more } => catalogue_faults(first, *more, texts),
        AdminNotice::CatalogueCompared(_) => texts.say("catalogue-compared"),
        AdminNotice::CatalogueSame => texts.say("catalogue-same"),
        AdminNotice::CatalogueApplied => texts.say("catalogue-applied"),
        AdminNotice::CatalogueOvertaken => texts.say("catalogue-overtaken"),
        AdminNotice::ProposalGone => texts.say("catalogue-proposal-gone"),
        AdminNotice::ProposalDropped => texts.say("catalogue-dropped"),
        AdminNotice::PeriodExpected => texts.say("period-help"),
        AdminNotice::PeriodReversed(turned) => texts.say_with("period-reversed", &[("period", turned.as_str().into())]),
        AdminNotice::ExportFollows(period) => {
            texts.say_with("export-follows", &[("period", texts.period(*period).into())])
        }
        AdminNotice::FileFollows => texts.say("admin-file-follows"),
    }
}

fn about(key: &str, person: &Named, texts: &Texts) -> String {
    let id = person.id.to_string();
    let shown = match &person.name {
        Some(name) => texts.say_with("person-named", &[("name", clean_line(name, NAME).into()), ("id", id.into())]),
        None => id,
    };
    texts.say_with(key, &[("person", shown.into())])
}

fn example_sku(catalogue: &Catalogue) -> String {
    catalogue.products.first().map(|product| product.sku.to_string()).unwrap_or_default()
}

fn catalogue_faults(first: &[CatalogueFault], more: u64, texts: &Texts) -> String {
    let shown = first.iter().map(|fault| clean_line(&faults::sentence(fault, texts), FAULT));
    let rest = (more > 0).then(|| texts.say_with("list-more", &[("count", more.into())]));
    let lines: Vec<String> = [texts.say("catalogue-faults")].into_iter().chain(shown).chain(rest).collect();
    lines.join("\n")
}
