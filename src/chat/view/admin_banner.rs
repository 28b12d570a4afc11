//! The sentences that answer an admin.

use super::catalogue_faults;
use super::serial_files::{LARGEST_CATALOGUE_MB, file_fault, product, refused, remarks};
use crate::chat::dialogue::{AdminBanner, FileRefusal, Named, Naming, PriceBookRefusal};
use crate::chat::i18n::Texts;
use crate::domain::typed::clean_line;
use crate::domain::{
    Catalogue, CatalogueFault, FileFaults, LineFault, OrderNumber, SearchText, SomeLines, WithdrawalReason,
};

/// Characters of one fault: all that are shown fit one message with the sentences around them.
const FAULT: usize = 320;
/// Orders that a sentence names; the rest is counted.
const ORDERS_SHOWN: usize = 20;
/// Characters of a name.
const NAME: usize = 64;

/// What a banner says.
pub fn sentence(banner: &AdminBanner, catalogue: &Catalogue, texts: &Texts) -> String {
    match banner {
        AdminBanner::UseButtons => texts.say("admin-use-buttons"),
        AdminBanner::StatusExpected => texts.say("queue-status-expected"),
        AdminBanner::TextExpected => {
            texts.say_with("find-text-expected", &[("limit", (SearchText::MAX_CHARS as u64).into())])
        }
        AdminBanner::SkuExpected => texts.say_with("stock-sku-expected", &[("sku", example_sku(catalogue).into())]),
        AdminBanner::CatalogueExpected => texts.say("catalogue-expected"),
        AdminBanner::PriceExpected => texts.say("price-expected"),
        AdminBanner::NewQuantityExpected => {
            texts.say_with("quantity-expected", &[("limit", u64::from(Catalogue::MAX_QUANTITY).into())])
        }
        AdminBanner::OfferGone => texts.say("price-gone"),
        AdminBanner::OfferSame => texts.say("price-same"),
        AdminBanner::NotRevised(problem) => {
            texts.say_with("price-not-changed", &[("problem", catalogue_faults::problem(problem, texts).into())])
        }
        AdminBanner::PriceBookRefused(refusal) => price_book(refusal, texts),
        AdminBanner::PersonExpected(Naming::Appoint) => texts.say("admins-person-expected"),
        AdminBanner::PersonExpected(Naming::Block) => texts.say("block-person-expected"),
        AdminBanner::PersonExpected(Naming::Unblock) => texts.say("unblock-person-expected"),
        AdminBanner::PersonExpected(Naming::Show) => texts.say("person-expected"),
        AdminBanner::NobodyFound => texts.say("person-not-found"),
        AdminBanner::AlreadyAdmin => texts.say("admins-already"),
        AdminBanner::NotAdmin => texts.say("admins-not-admin"),
        AdminBanner::ConfiguredStays => texts.say("admins-configured-stays"),
        AdminBanner::NotYourself => texts.say("admins-not-yourself"),
        AdminBanner::AdminsStay => texts.say("block-admins-stay"),
        AdminBanner::TooManyAdmins => texts.say("admins-too-many"),
        AdminBanner::Appointed(person) => about("admins-done-appointed", person, texts),
        AdminBanner::Dismissed(person) => about("admins-done-dismissed", person, texts),
        AdminBanner::Blocked(person) => about("block-done", person, texts),
        AdminBanner::Unblocked(person) => about("unblock-done", person, texts),
        AdminBanner::NotBlocked(person) => about("unblock-not-blocked", person, texts),
        AdminBanner::AlreadyBlocked(person) => about("block-already", person, texts),
        AdminBanner::PersonGone => texts.say("person-gone"),
        AdminBanner::PersonDataFollows => texts.say("person-data-follows"),
        AdminBanner::PersonDataFollowsInPrivate => texts.say("person-data-follows-in-private"),
        AdminBanner::Erased { orders } => texts.say_with("person-erased-done", &[("count", (*orders).into())]),
        AdminBanner::ErasureOfAdmin => texts.say("person-erase-admins-stay"),
        AdminBanner::ErasureWaits { orders } => erasure_waits(orders, texts),
        AdminBanner::ErasureSharesAccount { others } => {
            texts.say_with("person-erase-shared-account", &[("count", (*others).into())])
        }
        AdminBanner::Imported { sku, added, known, given, remarks: of_file } => {
            let in_stock = ("known", known.saturating_sub(*given).into());
            let counts = [product(sku, catalogue, texts), ("added", (*added).into()), in_stock];
            let given = match given {
                0 => String::new(),
                given => format!(" {}", texts.say_with("stock-imported-given", &[("given", (*given).into())])),
            };
            format!("{}{given}{}", texts.say_with("stock-imported", &counts), remarks(of_file, texts))
        }
        AdminBanner::ImportRefused(refusal) => {
            texts.say_with("stock-refused", &[("reason", refused(refusal, catalogue, texts).into())])
        }
        AdminBanner::OtherProductAt(line) => {
            texts.say_with("stock-refused", &[("reason", other_product(*line, texts).into())])
        }
        AdminBanner::ImportFaults(faults) => import_faults(faults, texts),
        AdminBanner::WithdrawalReasonExpected => {
            texts.say_with("withdrawal-reason-expected", &[("limit", (WithdrawalReason::MAX_CHARS as u64).into())])
        }
        AdminBanner::WithdrawalMatched { sku, count } => {
            texts.say_with("withdrawal-matched", &[product(sku, catalogue, texts), ("count", (*count).into())])
        }
        AdminBanner::Withdrawn { sku, count } => {
            texts.say_with("withdrawal-done", &[product(sku, catalogue, texts), ("count", (*count).into())])
        }
        AdminBanner::WithdrawalMismatch { sku, sold, absent } => {
            let line = |key: &str, lines: &SomeLines| {
                let variables = [("count", lines.count.into()), ("line", lines.first.to_string().into())];
                texts.say_with(key, &variables)
            };
            let title = texts.say_with("withdrawal-mismatch", &[product(sku, catalogue, texts)]);
            let sold = sold.as_ref().map(|lines| line("withdrawal-sold", lines));
            let absent = absent.as_ref().map(|lines| line("withdrawal-absent", lines));
            [Some(title), sold, absent].into_iter().flatten().collect::<Vec<_>>().join("\n")
        }
        AdminBanner::WithdrawalRefused(refusal) => {
            texts.say_with("withdrawal-refused", &[("reason", refused(refusal, catalogue, texts).into())])
        }
        AdminBanner::WithdrawalFaults(faults) => withdrawal_faults(faults, texts),
        AdminBanner::CatalogueNotFetched(FileRefusal::TooLarge) => {
            texts.say_with("catalogue-too-large", &[("limit", LARGEST_CATALOGUE_MB.into())])
        }
        AdminBanner::CatalogueNotFetched(refusal) => refused(refusal, catalogue, texts),
        AdminBanner::CatalogueNotText => texts.say("catalogue-not-text"),
        AdminBanner::CatalogueFaults { file, first, more } => catalogue_faults(file, first, *more, texts),
        AdminBanner::CatalogueCompared(_) => texts.say("catalogue-compared"),
        AdminBanner::CatalogueSame => texts.say("catalogue-same"),
        AdminBanner::CatalogueApplied => texts.say("catalogue-applied"),
        AdminBanner::CatalogueOvertaken => texts.say("catalogue-overtaken"),
        AdminBanner::ProposalGone => texts.say("catalogue-proposal-gone"),
        AdminBanner::ProposalDropped => texts.say("catalogue-dropped"),
        AdminBanner::PeriodExpected => texts.say("period-help"),
        AdminBanner::PeriodReversed(turned) => texts.say_with("period-reversed", &[("period", turned.as_str().into())]),
        AdminBanner::ExportFollows(period) => {
            texts.say_with("export-follows", &[("period", texts.period(*period).into())])
        }
        AdminBanner::FileFollows => texts.say("admin-file-follows"),
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

/// Which orders are to be completed or cancelled before their customer is erased.
pub(super) fn erasure_waits(orders: &[OrderNumber], texts: &Texts) -> String {
    let number = |number: &OrderNumber| texts.say_with("button-order", &[("number", number.to_string().into())]);
    let mut shown = orders.iter().take(ORDERS_SHOWN).map(number).collect::<Vec<_>>().join(", ");
    if let more @ 1.. = orders.len().saturating_sub(ORDERS_SHOWN) {
        shown = format!("{shown} {}", texts.say_with("list-more", &[("count", (more as u64).into())]));
    }
    texts.say_with("person-erase-open-orders", &[("orders", shown.into())])
}

fn example_sku(catalogue: &Catalogue) -> String {
    catalogue.products.first().map(|product| product.sku.to_string()).unwrap_or_default()
}

fn price_book(refusal: &PriceBookRefusal, texts: &Texts) -> String {
    match refusal {
        PriceBookRefusal::NotAWorkbook => texts.say("price-book-not-a-workbook"),
        PriceBookRefusal::Former => texts.say("price-book-former"),
        PriceBookRefusal::TooLarge => texts.say("price-book-too-large"),
        PriceBookRefusal::NoTable => texts.say("price-book-no-table"),
        PriceBookRefusal::SeveralTables(sheets) => {
            let sheets = clean_line(&sheets.join(", "), FAULT).into();
            texts.say_with("price-book-several-tables", &[("sheets", sheets)])
        }
    }
}

fn other_product(line: u64, texts: &Texts) -> String {
    texts.say_with("stock-other-product", &[("line", line.to_string().into())])
}

fn import_faults(faults: &FileFaults, texts: &Texts) -> String {
    let lines = [vec![texts.say("stock-faults")], listed(faults, |line| other_product(line, texts), texts)];
    lines.concat().join("\n")
}

fn withdrawal_faults(faults: &FileFaults, texts: &Texts) -> String {
    let of_other = |line: u64| texts.say_with("withdrawal-other-product", &[("line", line.to_string().into())]);
    match &listed(faults, of_other, texts)[..] {
        [reason] => texts.say_with("withdrawal-refused", &[("reason", reason.as_str().into())]),
        several => format!("{}\n{}", texts.say("withdrawal-faults"), several.join("\n")),
    }
}

/// What is wrong in a file, a sentence each, and how many there are beside those that are named.
fn listed(faults: &FileFaults, of_other_product: impl Fn(u64) -> String, texts: &Texts) -> Vec<String> {
    let shown = faults.named().map(|fault| match fault {
        LineFault::Of(fault) => file_fault(*fault, texts),
        LineFault::OtherProduct { line, .. } => of_other_product(*line),
    });
    let rest = (faults.more > 0).then(|| texts.say_with("list-more", &[("count", faults.more.into())]));
    shown.chain(rest).collect()
}

fn catalogue_faults(file: &str, first: &[CatalogueFault], more: u64, texts: &Texts) -> String {
    let heading = match clean_line(file, NAME) {
        file if file.is_empty() => texts.say("catalogue-faults"),
        file => texts.say_with("catalogue-faults-of", &[("file", file.into())]),
    };
    let shown = first.iter().map(|fault| clean_line(&catalogue_faults::sentence(fault, texts), FAULT));
    let rest = (more > 0).then(|| texts.say_with("list-more", &[("count", more.into())]));
    let lines: Vec<String> = [heading].into_iter().chain(shown).chain(rest).collect();
    lines.join("\n")
}
