//! Every button: what it means, and the 1–64 bytes of `callback_data` that say so
//! (<https://core.telegram.org/bots/api#inlinekeyboardbutton>).
//!
//! A button carries ids, never a price or a permission: who may do what is looked up when it is pressed.

mod account;
mod admin;
mod coded;
mod seen;
mod serials;
mod staff;

pub use account::{AccessAction, AccountAction, BillingAction};
pub use admin::{AdminAction, PersonAction};
pub use seen::Seen;
pub use serials::SerialsAction;
pub use staff::StaffAction;

use coded::coded;

use crate::domain::{DraftId, Language, OrderNumber, PersonId, Sku, Status};

/// What a button does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Shows the start screen.
    Home,
    /// Begins an order, or offers to go on with the open draft.
    NewOrder,
    /// Shows the price list.
    Prices {
        /// Counted from 0.
        page: u32,
    },
    /// Shows what the products are.
    Products {
        /// The open group, if the list is split into groups.
        group: Option<Sku>,
        /// Counted from 0.
        page: u32,
    },
    /// Asks for the quantity of a product, in the open draft or a new one.
    OrderProduct(Sku),
    /// Shows the order list.
    Orders {
        /// Only orders of this status.
        filter: Option<Status>,
        /// Counted from 0.
        page: u32,
    },
    /// Shows an order's card.
    Order(OrderNumber),
    /// Shows what serial numbers the customer was given.
    Serials,
    /// Sends all of the customer's serial numbers as one file.
    SerialsFile,
    /// Chooses among them.
    SerialsBy(SerialsAction),
    /// Puts the lines of an order into the draft.
    Repeat(OrderNumber),
    /// Something about an order of the customer's.
    Card(OrderNumber, CardAction),
    /// Something that staff do to an order.
    Staff(OrderNumber, StaffAction),
    /// In the staff chat: shows an order of several in a message of its own.
    Unfold(OrderNumber),
    /// Something on an admin's screen.
    Admin(AdminAction),
    /// Chooses the bot's language; `None` follows the person's Telegram.
    Speak(Option<Language>),
    /// Something about the person's account.
    Account(AccountAction),
    /// Something about its billing details.
    Billing(BillingAction),
    /// In the staff chat: decides about somebody who waits.
    Access(PersonId, AccessAction),
    /// Something about the open draft.
    Draft(DraftId, DraftAction),
}

/// What a button on an order's card does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardAction {
    /// Sends the invoice document again.
    Invoice,
    /// Sends the serial numbers again.
    Serials,
    /// Sends the files again that the customer and staff sent each other.
    Files,
    /// Begins a question to staff.
    Ask,
    /// Begins a request to cancel the order.
    AskToCancel,
    /// Sends the request to cancel without a word of explanation.
    CancelWithoutWords,
    /// Sends staff what the customer wrote while nothing waited for it.
    SendWords,
}

/// What a button does to a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DraftAction {
    /// Shows the order form.
    Form {
        /// The open group, if the form is split into groups.
        group: Option<Sku>,
        /// Counted from 0.
        page: u32,
    },
    /// Asks for the quantity of a product.
    Product(Sku),
    /// Sets the quantity of a product.
    Choose(Sku, u32),
    /// Takes a product out.
    Remove(Sku),
    CheckOut,
    /// Asks for the note.
    AskNote,
    /// Takes the note away.
    RemoveNote,
    /// Sends the order as the summary of this revision showed it.
    Send {
        /// [`crate::domain::Draft::revision`] of that screen.
        revision: u32,
    },
    /// Leaves the form; the draft stays.
    Leave,
    /// Forgets the draft and begins another.
    StartAfresh,
    /// Puts what was typed into the draft.
    AddTyped,
    /// Forgets the draft and begins another with what was typed.
    StartTyped,
}

impl Action {
    /// The longest `callback_data`, in bytes.
    pub const MAX_BYTES: usize = 64;

    /// The `callback_data` of this button.
    pub fn encode(&self) -> String {
        match self {
            Action::Home => "home".to_owned(),
            Action::NewOrder => "new".to_owned(),
            Action::Prices { page } => format!("prices:{page}"),
            Action::Products { group, page } => {
                format!("products:{}:{page}", group.as_ref().map_or("", Sku::as_str))
            }
            Action::OrderProduct(sku) => format!("product:{sku}"),
            Action::Orders { filter, page } => format!("orders:{}:{page}", filter.map_or("all", Status::code)),
            Action::Order(number) => format!("order:{number}"),
            Action::Serials => "serials".to_owned(),
            Action::SerialsFile => "serials-file".to_owned(),
            Action::SerialsBy(action) => format!("sn:{}", action.encode()),
            Action::Repeat(number) => format!("repeat:{number}"),
            Action::Card(number, action) => format!("c:{number}:{}", action.code()),
            Action::Staff(number, action) => format!("s:{number}:{}", action.encode()),
            Action::Unfold(number) => format!("unfold:{number}"),
            Action::Admin(action) => format!("a:{}", action.encode()),
            Action::Speak(language) => format!("speak:{}", language.map_or("auto", Language::code)),
            Action::Account(action) => format!("acc:{}", action.encode()),
            Action::Billing(action) => format!("bill:{}", action.code()),
            Action::Access(person, action) => format!("access:{person}:{}", action.code()),
            Action::Draft(draft, action) => format!("d:{:x}:{}", draft.0, action.encode()),
        }
    }

    /// Reads `callback_data`; `None` for anything that [`Action::encode`] does not write.
    pub fn parse(data: &str) -> Option<Action> {
        let parts: Vec<&str> = data.split(':').collect();
        let action = match parts.as_slice() {
            ["home"] => Action::Home,
            ["new"] => Action::NewOrder,
            ["prices", page] => Action::Prices { page: page.parse().ok()? },
            ["products", "", page] => Action::Products { group: None, page: page.parse().ok()? },
            ["products", group, page] => Action::Products { group: Some(Sku::parse(group)?), page: page.parse().ok()? },
            ["product", sku] => Action::OrderProduct(Sku::parse(sku)?),
            ["orders", "all", page] => Action::Orders { filter: None, page: page.parse().ok()? },
            ["orders", status, page] => {
                Action::Orders { filter: Some(Status::parse(status)?), page: page.parse().ok()? }
            }
            ["order", number] => Action::Order(OrderNumber::parse(number)?),
            ["serials"] => Action::Serials,
            ["serials-file"] => Action::SerialsFile,
            ["sn", rest @ ..] => Action::SerialsBy(SerialsAction::parse(rest)?),
            ["repeat", number] => Action::Repeat(OrderNumber::parse(number)?),
            ["c", number, code] => Action::Card(OrderNumber::parse(number)?, CardAction::parse(code)?),
            ["s", number, rest @ ..] => Action::Staff(OrderNumber::parse(number)?, StaffAction::parse(rest)?),
            ["unfold", number] => Action::Unfold(OrderNumber::parse(number)?),
            ["a", rest @ ..] => Action::Admin(AdminAction::parse(rest)?),
            ["speak", "auto"] => Action::Speak(None),
            ["speak", code] => Action::Speak(Some(Language::parse(code)?)),
            ["acc", rest @ ..] => Action::Account(AccountAction::parse(rest)?),
            ["bill", action] => Action::Billing(BillingAction::parse(action)?),
            ["access", person, action] => Action::Access(account::person_id(person)?, AccessAction::parse(action)?),
            ["d", draft, rest @ ..] => {
                let draft = DraftId(i64::from_str_radix(draft, 16).ok()?);
                Action::Draft(draft, DraftAction::parse(rest)?)
            }
            _ => return None,
        };
        // One spelling each: what reads must also be what was written, or it is forged.
        (action.encode() == data).then_some(action)
    }
}

coded!(CardAction {
    Invoice = "invoice",
    Serials = "serials",
    Files = "files",
    Ask = "ask",
    AskToCancel = "cancel",
    CancelWithoutWords = "cancel-silent",
    SendWords = "words",
});

impl DraftAction {
    fn encode(&self) -> String {
        match self {
            DraftAction::Form { group, page } => format!("f:{}:{page}", group.as_ref().map_or("", Sku::as_str)),
            DraftAction::Product(sku) => format!("p:{sku}"),
            DraftAction::Choose(sku, quantity) => format!("q:{sku}:{quantity}"),
            DraftAction::Remove(sku) => format!("r:{sku}"),
            DraftAction::CheckOut => "c".to_owned(),
            DraftAction::AskNote => "n".to_owned(),
            DraftAction::RemoveNote => "nr".to_owned(),
            DraftAction::Send { revision } => format!("s:{revision}"),
            DraftAction::Leave => "l".to_owned(),
            DraftAction::StartAfresh => "a".to_owned(),
            DraftAction::AddTyped => "t".to_owned(),
            DraftAction::StartTyped => "ta".to_owned(),
        }
    }

    fn parse(parts: &[&str]) -> Option<DraftAction> {
        match parts {
            ["f", "", page] => Some(DraftAction::Form { group: None, page: page.parse().ok()? }),
            ["f", group, page] => Some(DraftAction::Form { group: Some(Sku::parse(group)?), page: page.parse().ok()? }),
            ["p", sku] => Some(DraftAction::Product(Sku::parse(sku)?)),
            ["q", sku, quantity] => Some(DraftAction::Choose(Sku::parse(sku)?, quantity.parse().ok()?)),
            ["r", sku] => Some(DraftAction::Remove(Sku::parse(sku)?)),
            ["c"] => Some(DraftAction::CheckOut),
            ["n"] => Some(DraftAction::AskNote),
            ["nr"] => Some(DraftAction::RemoveNote),
            ["s", revision] => Some(DraftAction::Send { revision: revision.parse().ok()? }),
            ["l"] => Some(DraftAction::Leave),
            ["a"] => Some(DraftAction::StartAfresh),
            ["t"] => Some(DraftAction::AddTyped),
            ["ta"] => Some(DraftAction::StartTyped),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn skus() -> impl Strategy<Value = Sku> {
        "[a-z0-9._-]{1,32}".prop_map(|text| Sku::parse(&text).unwrap())
    }

    fn draft_actions() -> impl Strategy<Value = DraftAction> {
        prop_oneof![
            (proptest::option::of(skus()), any::<u32>()).prop_map(|(group, page)| DraftAction::Form { group, page }),
            skus().prop_map(DraftAction::Product),
            (skus(), 1..1_000_000_u32).prop_map(|(sku, quantity)| DraftAction::Choose(sku, quantity)),
            skus().prop_map(DraftAction::Remove),
            Just(DraftAction::CheckOut),
            Just(DraftAction::AskNote),
            Just(DraftAction::RemoveNote),
            any::<u32>().prop_map(|revision| DraftAction::Send { revision }),
            Just(DraftAction::Leave),
            Just(DraftAction::StartAfresh),
            Just(DraftAction::AddTyped),
            Just(DraftAction::StartTyped),
        ]
    }

    fn actions() -> impl Strategy<Value = Action> {
        let statuses = proptest::option::of(proptest::sample::select(&Status::ALL[..]));
        let languages = proptest::option::of(proptest::sample::select(Language::all()));
        let numbers = || (1..1_000_000_000_000_000_i64).prop_map(OrderNumber);
        prop_oneof![
            Just(Action::Home),
            Just(Action::NewOrder),
            Just(Action::Serials),
            Just(Action::SerialsFile),
            any::<u32>().prop_map(|page| Action::Prices { page }),
            (proptest::option::of(skus()), any::<u32>()).prop_map(|(group, page)| Action::Products { group, page }),
            skus().prop_map(Action::OrderProduct),
            (statuses, any::<u32>()).prop_map(|(filter, page)| Action::Orders { filter, page }),
            numbers().prop_map(Action::Order),
            numbers().prop_map(Action::Repeat),
            numbers().prop_map(Action::Unfold),
            languages.prop_map(Action::Speak),
            (numbers(), proptest::sample::select(CardAction::ALL))
                .prop_map(|(number, action)| Action::Card(number, action)),
            (numbers(), staff::tests::staff_actions()).prop_map(|(number, action)| Action::Staff(number, action)),
            (0..i64::MAX, draft_actions()).prop_map(|(draft, action)| Action::Draft(DraftId(draft), action)),
        ]
    }

    proptest! {
        #[test]
        fn every_button_fits_and_is_read_back(action in actions()) {
            let data = action.encode();
            prop_assert!((1..=Action::MAX_BYTES).contains(&data.len()), "{} bytes: {data}", data.len());
            prop_assert_eq!(Action::parse(&data), Some(action));
        }

        #[test]
        fn forged_data_is_refused_or_means_what_it_says(data in "\\PC{0,70}") {
            if let Some(action) = Action::parse(&data) {
                prop_assert_eq!(action.encode(), data);
            }
        }
    }

    #[test]
    fn one_spelling_each() {
        for forged in [
            "",
            "home:1",
            "order:+5",
            "order:007",
            "prices:00",
            "orders:Placed:0",
            "d:00ff:c",
            "d:FF:c",
            "d:ff:q:sp-1:+5",
            "speak:ru-RU",
            "a:q:0",
            "a:b:+5",
            "a:ca:007",
        ] {
            assert_eq!(Action::parse(forged), None, "{forged}");
        }
    }
}
