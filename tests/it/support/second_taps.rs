//! The law of the second tap, which every conversation of the tests keeps: where a button was pressed, no button comes to
//! stand on the same message that cannot be taken back. People tap twice, and a keyboard hangs from the bottom of its
//! message, so that the next screen's buttons are under the same finger.

use std::sync::Mutex;

use keydesk::chat::action::{
    AccountAction, Action, AdminAction, BillingAction, CardAction, DraftAction, PersonAction, StaffAction,
};
use keydesk_emulator::{Button, ButtonAction, Emulator, MessageId};

use super::visitor::plain;

/// Where buttons were pressed since the bot last came to rest.
#[derive(Default)]
pub struct SecondTaps(Mutex<Vec<Pressed>>);

struct Pressed {
    chat: i64,
    message: MessageId,
    label: String,
    data: String,
    place: Place,
}

/// A button's row, counted from the bottom, and its part of that row's width.
#[derive(Debug, Clone, Copy)]
struct Place {
    row: usize,
    column: usize,
    columns: usize,
}

impl Place {
    fn overlaps(self, other: Place) -> bool {
        let begins_before_end = |one: Place, two: Place| one.column * two.columns < (two.column + 1) * one.columns;
        self.row == other.row && begins_before_end(self, other) && begins_before_end(other, self)
    }
}

impl SecondTaps {
    /// Somebody presses a button with these data, if one stands on the message.
    pub fn presses(&self, emulator: &Emulator, (chat, message): (i64, MessageId), data: &str) {
        let keyboard = emulator.message(chat, message).map_or_else(Vec::new, |message| message.keyboard);
        if let Some((place, button)) = standing(&keyboard, data) {
            let (label, data) = (plain(&button.label), data.to_owned());
            self.0.lock().unwrap().push(Pressed { chat, message, label, data, place });
        }
    }

    /// Looks at what stands under the fingers now. Another press of the very same button is nobody's surprise.
    pub fn hold(&self, emulator: &Emulator) {
        for pressed in std::mem::take(&mut *self.0.lock().unwrap()) {
            let Some(message) = emulator.message(pressed.chat, pressed.message) else { continue };
            let under = placed(&message.keyboard).into_iter().find(|(place, button)| {
                let action = data_of(button).filter(|data| *data != pressed.data).and_then(Action::parse);
                place.overlaps(pressed.place) && action.as_ref().is_some_and(cannot_be_taken_back)
            });
            if let Some((_, button)) = under {
                let stands = plain(&button.label);
                panic!("a second tap on «{}» presses «{stands}», which cannot be taken back", pressed.label);
            }
        }
    }
}

/// What the same finger presses once a button with these data was pressed; `None` where nothing stands now.
pub fn under_the_finger(before: &[Vec<Button>], data: &str, now: &[Vec<Button>]) -> Option<String> {
    let (place, _) = standing(before, data)?;
    let row = now.iter().rev().nth(place.row)?;
    let button = row.get((2 * place.column + 1) * row.len() / (2 * place.columns))?;
    data_of(button).map(str::to_owned)
}

fn standing<'a>(keyboard: &'a [Vec<Button>], data: &str) -> Option<(Place, &'a Button)> {
    placed(keyboard).into_iter().find(|(_, button)| data_of(button) == Some(data))
}

fn placed(keyboard: &[Vec<Button>]) -> Vec<(Place, &Button)> {
    let rows = keyboard.iter().rev().enumerate();
    rows.flat_map(|(row, buttons)| {
        let columns = buttons.len();
        buttons.iter().enumerate().map(move |(column, button)| (Place { row, column, columns }, button))
    })
    .collect()
}

fn data_of(button: &Button) -> Option<&str> {
    match &button.action {
        ButtonAction::Data(data) => Some(data),
        _ => None,
    }
}

/// Whether others have heard of it by the time that somebody regrets it, or what it was about is gone.
fn cannot_be_taken_back(action: &Action) -> bool {
    match action {
        Action::Draft(_, action) => match action {
            DraftAction::Send { .. } | DraftAction::StartAfresh | DraftAction::StartTyped => true,
            DraftAction::Form { .. }
            | DraftAction::Product(_)
            | DraftAction::Choose(..)
            | DraftAction::Remove(_)
            | DraftAction::CheckOut
            | DraftAction::AskNote
            | DraftAction::RemoveNote
            | DraftAction::Leave
            | DraftAction::AddTyped => false,
        },
        Action::Card(_, action) => match action {
            CardAction::CancelWithoutWords | CardAction::SendWords => true,
            CardAction::Invoice
            | CardAction::Serials
            | CardAction::Files
            | CardAction::Ask
            | CardAction::AskToCancel => false,
        },
        Action::Staff(_, action) => match action {
            StaffAction::InvoiceTotal { .. }
            | StaffAction::ConfirmInvoice(_)
            | StaffAction::CompleteFromStock(_)
            | StaffAction::ConfirmCancel(_)
            | StaffAction::Settle { .. }
            | StaffAction::SendWords(_) => true,
            StaffAction::Open
            | StaffAction::Files
            | StaffAction::Take
            | StaffAction::AskInvoice
            | StaffAction::AskComplete
            | StaffAction::AskCancel
            | StaffAction::Because(_)
            | StaffAction::Dismiss => false,
        },
        Action::Admin(action) => match action {
            AdminAction::Withdraw { .. } | AdminAction::Apply(_) => true,
            AdminAction::Person(_, action) => match action {
                PersonAction::Appoint
                | PersonAction::Dismiss
                | PersonAction::Block
                | PersonAction::Unblock
                | PersonAction::Erase => true,
                PersonAction::AskDismiss | PersonAction::Export | PersonAction::AskErase => false,
            },
            AdminAction::Queue { .. }
            | AdminAction::Found { .. }
            | AdminAction::Stock { .. }
            | AdminAction::AskSerials(_)
            | AdminAction::AskWithdrawal(_)
            | AdminAction::WithdrawLost
            | AdminAction::WithdrawSpoiled
            | AdminAction::Catalogue { .. }
            | AdminAction::CatalogueFile
            | AdminAction::PriceBook
            | AdminAction::Prices(_)
            | AdminAction::AskPrice(..)
            | AdminAction::AskQuantity(..)
            | AdminAction::Compare(_)
            | AdminAction::Drop(_)
            | AdminAction::Admins
            | AdminAction::PickAdmin
            | AdminAction::Audit { .. }
            | AdminAction::Leave => false,
        },
        Action::Account(action) => match action {
            AccountAction::Remove(_) | AccountAction::Leave | AccountAction::Join(_) => true,
            // Whom it was for is invited anew.
            AccountAction::Withdraw(_) => false,
            AccountAction::Settings
            | AccountAction::Members
            | AccountAction::Invite
            | AccountAction::Pick
            | AccountAction::AskRemove(_)
            | AccountAction::AskLeave => false,
        },
        Action::Billing(action) => match action {
            BillingAction::Drop => true,
            BillingAction::Show
            | BillingAction::Change
            | BillingAction::ChangeOne(_)
            | BillingAction::Back
            | BillingAction::Foreign
            | BillingAction::Keep => false,
        },
        Action::Access(..) => true,
        Action::Home
        | Action::NewOrder
        | Action::Prices { .. }
        | Action::Products { .. }
        | Action::OrderProduct(_)
        | Action::Orders { .. }
        | Action::Order(_)
        | Action::Serials
        | Action::SerialsFile
        | Action::SerialsBy(_)
        | Action::Repeat(_)
        | Action::Unfold(_)
        | Action::Speak(_) => false,
    }
}
