//! What the doctor found, in words: what is wrong and what to do about it.

use serde::Serialize;

use crate::store::{Check, Finding, Form};

/// For what nothing but people can have changed.
const FROM_BACKUP: &str =
    "somebody changed rows by hand, or the file is damaged: compare with the last backup, and restore it";
/// For what is kept beside what it is made of.
const COUNT_ANEW: &str = "stop the bot, empty `order_figures` and `order_figure_changes`, and run the statement of migration 31 \
     that fills them";
const OTHER_RELEASE: &str = "run the release that wrote them, or a newer one";

/// A finding for scripts.
#[derive(Debug, Serialize)]
pub(super) struct Said<'a> {
    check: Check,
    count: u64,
    /// The first of them.
    first: &'a [String],
    problem: &'static str,
    remedy: &'static str,
}

impl<'a> From<&'a Finding> for Said<'a> {
    fn from(finding: &'a Finding) -> Said<'a> {
        let (problem, remedy) = words(finding.check);
        Said { check: finding.check, count: finding.count, first: &finding.first, problem, remedy }
    }
}

/// A finding for people, in two lines.
pub(super) fn sentence(finding: &Finding) -> String {
    let (problem, remedy) = words(finding.check);
    format!("{problem}: {} ({})\n    {remedy}\n", finding.count, named(finding))
}

/// A finding in one line, for a list of notes.
pub(super) fn note(finding: &Finding) -> String {
    let (problem, remedy) = words(finding.check);
    format!("has {problem} ({}); {remedy}", named(finding))
}

fn named(finding: &Finding) -> String {
    let more = match finding.unnamed() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("{}{more}", finding.first.join(", "))
}

/// What is wrong, and the remedy.
fn words(check: Check) -> (&'static str, &'static str) {
    match check {
        Check::Tables => (
            "tables of keydesk that are missing, or in whose place something else stands, so that nothing else was looked at",
            "put the last backup into the database's place with `keydesk restore`",
        ),
        Check::Schema => (
            "triggers, rules or virtual tables that are not as keydesk made them",
            "whoever made one can change every row by it, and a backup with it is restored with --unsound only: find out who did, and drop \
             what nobody needs (DROP TRIGGER); where one of keydesk's own is missing, restore the last backup that has it",
        ),
        Check::OrderTotal => ("orders whose total is not the sum of their lines", FROM_BACKUP),
        Check::OrderKeys => (
            "orders whose count of keys is not that of their lines",
            "stop the bot, and set `orders.keys` to the sum of the lines' quantities",
        ),
        Check::OrderNumbers => ("gaps in the order numbers, by the first missing number", FROM_BACKUP),
        Check::OrderCounter => (
            "a counter of order numbers that does not stand at the last order",
            "stop the bot, and set the row `orders` of `counters` to the last order's number",
        ),
        Check::FirstEvent => ("orders without the row of their placing in the audit trail", FROM_BACKUP),
        Check::EventSequence => ("orders with a row missing in the audit trail", FROM_BACKUP),
        Check::OrderStatus => ("orders whose status is not the one that their audit trail ends with", FROM_BACKUP),
        Check::InvoicedAmount => (
            "orders whose invoiced amount is not that of their last invoice",
            "stop the bot, and set `orders.invoiced` to that of the last row in `order_events` that has one",
        ),
        Check::CompletedSerials => (
            "completed orders without exactly the serial numbers that their lines say",
            "tell their customers nothing yet; compare with the last backup what they were given",
        ),
        Check::SerialsOfOtherProducts => {
            ("orders with serial numbers of products that they have no line of", FROM_BACKUP)
        }
        Check::SerialsBeforeCompletion => ("orders that are not completed and have serial numbers", FROM_BACKUP),
        Check::HeldAfterCompletion => (
            "completed orders whose serial numbers count as held, so that their customers do not see them",
            "stop the bot, and delete their rows in `holdings`",
        ),
        Check::RepeatedSerials => (
            "serial numbers that are there twice in different spellings, by product",
            "find them by their column `spelling`, and withdraw those that are in stock",
        ),
        Check::WithdrawnInStock => (
            "serial numbers in stock that were withdrawn, by product",
            "withdraw them again: send their list with `/stock` in the chat",
        ),
        Check::SealedSerials => (
            "serial numbers that are not encrypted as the key has it, by product",
            "somebody changed rows by hand, or copied them from another database: compare with the last backup, and restore it",
        ),
        Check::ProductsOfAccounts => (
            "accounts with serial numbers of products that `account_products` does not name",
            "stop the bot, and run the statement of migration 31 that fills `account_products`, with ON CONFLICT DO NOTHING",
        ),
        Check::AccountFounders => ("accounts whose founder is not known", FROM_BACKUP),
        Check::AccountMembers => (
            "accounts with members whose owner is in another account",
            "have the members leave the account by /settings",
        ),
        Check::MissingRows => ("rows that name what is not there, by table", FROM_BACKUP),
        Check::Figures => ("hours whose figures are not what their orders come to", COUNT_ANEW),
        Check::Readable(form) => (unreadable(form), OTHER_RELEASE),
    }
}

fn unreadable(form: Form) -> &'static str {
    match form {
        Form::Event => "rows of audit trails that cannot be read, by order",
        Form::Line => "names in order lines that cannot be read, by order",
        Form::Draft => "drafts that cannot be read, by person",
        Form::CustomerDialogue => "customers' dialogues that cannot be read, by person",
        Form::VendorDialogue => "dialogues of staff and admins that cannot be read, by person",
        Form::Message => "messages in the outbox that cannot be read, by id",
        Form::FileJob => "files in work that cannot be read, by id",
    }
}
