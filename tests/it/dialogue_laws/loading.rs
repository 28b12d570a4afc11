//! Loads what a dialogue's input is about, from wherever a test keeps it.

use keydesk::chat::dialogue::admin::AdminTurn;
use keydesk::chat::dialogue::customer::Turn;
use keydesk::chat::dialogue::{Asked, BillingNeed, Holder, Issued, Loaded, Spoken, StaffTurn, VendorTurn, Whom};
use keydesk::domain::{Billing, DraftId, Invited, Order, OrderNumber, Status, Target};

/// What a test knows; by default there is nothing but orders.
pub trait Known {
    /// An order that the person may see.
    fn order(&self, number: OrderNumber) -> Option<Order>;

    fn sent_as(&self, _: DraftId) -> Option<OrderNumber> {
        None
    }

    fn invited(&self) -> Invited {
        Invited::NotValid
    }

    fn billing(&self) -> Option<Billing> {
        None
    }

    fn billing_need(&self) -> BillingNeed {
        BillingNeed::None
    }

    fn issued(&self) -> Issued {
        Issued::Some
    }

    fn holders(&self, _: OrderNumber) -> Vec<Holder> {
        Vec::new()
    }

    fn spoken(&self) -> Spoken {
        Spoken::Words
    }

    fn target(&self, _: &Whom) -> Option<Target> {
        None
    }
}

fn perhaps_meant(shown: Option<OrderNumber>, known: &impl Known) -> Vec<OrderNumber> {
    shown.and_then(|number| known.order(number)).map(|order| order.summary.number).into_iter().collect()
}

/// A customer's input with what it is about.
pub fn load(turn: Turn<Asked>, known: &impl Known) -> Turn<Loaded> {
    let order = |number| known.order(number).ok_or(number);
    match turn {
        Turn::OpenInvitation(token) => Turn::OpenInvitation(token.map(|token| (token, known.invited()))),
        Turn::AskStaff(number, message) => Turn::AskStaff(order(number), message),
        Turn::Reply(number, message) => Turn::Reply(order(number), message),
        Turn::GoOn(number, message) => Turn::GoOn(order(number), message),
        Turn::Correct(number, message) => Turn::Correct(order(number), message),
        Turn::Unaddressed(shown, message) => Turn::Unaddressed(perhaps_meant(shown, known), message),
        Turn::ForwardedFile(shown, message) => Turn::ForwardedFile(perhaps_meant(shown, known), message),
        Turn::Edited(message) => Turn::Edited(message),
        Turn::ChangeBilling((), message) => Turn::ChangeBilling(known.billing(), message),
        Turn::OnCard(number, action) => Turn::OnCard(order(number), action),
        Turn::Repeat(number) => Turn::Repeat(order(number)),
        Turn::Billing((), action) => Turn::Billing(known.billing(), action),
        Turn::Send { revision, billing: () } => Turn::Send { revision, billing: known.billing_need() },
        Turn::FormerDraft(draft) => Turn::FormerDraft(known.sent_as(draft)),
        Turn::To(state) => Turn::To(state),
        Turn::NewOrder => Turn::NewOrder,
        Turn::OrderProduct(sku) => Turn::OrderProduct(sku),
        Turn::TypedOrder(order) => Turn::TypedOrder(order),
        Turn::Leave => Turn::Leave,
        Turn::NumberExpected => Turn::NumberExpected,
        Turn::UnknownCommand => Turn::UnknownCommand,
        Turn::SecondHand => Turn::SecondHand,
        Turn::Said(message) => Turn::Said(message),
        Turn::SendAllSerials(()) => Turn::SendAllSerials(known.issued()),
        Turn::SendSerials((), choice, format) => Turn::SendSerials(known.issued(), choice, format),
        Turn::LookUp(what) => Turn::LookUp(what),
        Turn::Speak(language) => Turn::Speak(language),
        Turn::Account(action) => Turn::Account(action),
        Turn::Picked(picked) => Turn::Picked(picked),
        Turn::Draft(action) => Turn::Draft(action),
        Turn::Outdated => Turn::Outdated,
        Turn::Nothing => Turn::Nothing,
    }
}

/// An input of one of the vendor's people with what it is about.
pub fn load_vendor(turn: VendorTurn<Asked>, known: &impl Known) -> VendorTurn<Loaded> {
    match turn {
        VendorTurn::Staff(turn) => VendorTurn::Staff(load_staff(turn, known)),
        VendorTurn::Admin(turn) => VendorTurn::Admin(load_admin(turn, known)),
    }
}

fn load_staff(turn: StaffTurn<Asked>, known: &impl Known) -> StaffTurn<Loaded> {
    let order = |number| known.order(number).ok_or(number);
    match turn {
        StaffTurn::Press(number, (), words, action) => {
            let sending = words.iter().map(|_| known.spoken()).collect();
            StaffTurn::Press(order(number), known.holders(number), sending, action)
        }
        StaffTurn::Show(number) => StaffTurn::Show(order(number)),
        StaffTurn::Invoice(number, terms) => StaffTurn::Invoice(order(number), terms),
        StaffTurn::Complete(number) => StaffTurn::Complete(order(number)),
        StaffTurn::CancelOrder(number, (), reason) => StaffTurn::CancelOrder(order(number), known.spoken(), reason),
        StaffTurn::Heard(number, (), prompt, message, reply) => {
            StaffTurn::Heard(order(number), known.spoken(), prompt, message, reply)
        }
        StaffTurn::ToCustomer(number, (), message) => StaffTurn::ToCustomer(order(number), known.spoken(), message),
        StaffTurn::Replied(number, (), message) => StaffTurn::Replied(order(number), known.spoken(), message),
        StaffTurn::Corrected(number, (), message) => StaffTurn::Corrected(order(number), known.spoken(), message),
        StaffTurn::PerhapsMeant(number, (), message) => StaffTurn::PerhapsMeant(order(number), known.spoken(), message),
        StaffTurn::NumberExpected => StaffTurn::NumberExpected,
        StaffTurn::Drop => StaffTurn::Drop,
        StaffTurn::Help => StaffTurn::Help,
        StaffTurn::UnknownCommand => StaffTurn::UnknownCommand,
        StaffTurn::Unasked(reply) => StaffTurn::Unasked(reply),
        StaffTurn::SecondHand => StaffTurn::SecondHand,
        StaffTurn::Edited(reply, (), message) => StaffTurn::Edited(reply, known.spoken(), message),
        StaffTurn::Outdated => StaffTurn::Outdated,
        StaffTurn::Nothing => StaffTurn::Nothing,
    }
}

fn load_admin(turn: AdminTurn<Asked>, known: &impl Known) -> AdminTurn<Loaded> {
    match turn {
        // Staff type a status as their texts call it; here its code will do.
        AdminTurn::Queue(word) => AdminTurn::Queue(word.map(|word| Status::parse(&word))),
        AdminTurn::Name(naming, whom) => AdminTurn::Name(naming, whom.map(|whom| known.target(&whom))),
        AdminTurn::Picked(whom, name) => AdminTurn::Picked(known.target(&whom), name),
        AdminTurn::PressOn(person, whom, action) => AdminTurn::PressOn(person, known.target(&whom), action),
        AdminTurn::Find(text) => AdminTurn::Find(text),
        AdminTurn::Stock(sku, file) => AdminTurn::Stock(sku, file),
        AdminTurn::Catalogue(file) => AdminTurn::Catalogue(file),
        AdminTurn::Admins => AdminTurn::Admins,
        AdminTurn::Audit => AdminTurn::Audit,
        AdminTurn::Stats(period) => AdminTurn::Stats(period),
        AdminTurn::Export(period) => AdminTurn::Export(period),
        AdminTurn::Press(action) => AdminTurn::Press(action),
        AdminTurn::Answer(message) => AdminTurn::Answer(message),
        AdminTurn::Aside(message) => AdminTurn::Aside(message),
        AdminTurn::Leave => AdminTurn::Leave,
    }
}
