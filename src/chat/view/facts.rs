//! What a customer's screens are made from.

use chrono::NaiveDate;

use super::parts::shown_name;
use crate::config::{Retention, Shop};
use crate::domain::{
    Account, Billing, Catalogue, Invitation, Inviter, IssuedCount, Language, Member, Order, OrderPage, PersonId, Sku,
};

/// Who reads a screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    pub name: String,
    /// The language that they chose in the settings.
    pub chosen_language: Option<Language>,
    /// Whether others are in their account too, so that a card says whose order it is.
    pub has_colleagues: bool,
}

/// Everything that a customer's screen is made from, beside the dialogue.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    pub shop: &'a Shop,
    pub catalogue: &'a Catalogue,
    pub reader: &'a Reader,
    /// What the dialogue's place shows from the store.
    pub subject: &'a Subject,
}

/// What a place shows from the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    Nothing,
    /// A page of the customer's orders.
    Orders(OrderPage),
    /// An order, if it is the customer's.
    Order(Option<Order>),
    /// The serial numbers that the customer was given, newest order first.
    Serials(Vec<IssuedCount>),
    /// The products of which the customer was given serial numbers.
    Products(Vec<Sku>),
    /// The day in the shop's time zone.
    Today(NaiveDate),
    /// What the help has for admins beside the rest.
    AdminHelp,
    Account(AccountView),
    /// Who invites, if the invitation is valid.
    Invitation(Option<Inviter>),
    /// The account's billing details, if there are any.
    Billing(Option<Billing>),
    /// How the account stands, in short.
    Settings(SettingsView),
    /// How long what has served its purpose is kept.
    Retention(Retention),
}

/// An account as one of its people sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountView {
    pub account: Account,
    pub reader: PersonId,
    /// What the owner has opened, each with its link.
    pub invitations: Vec<(Invitation, String)>,
}

impl AccountView {
    pub(super) fn is_owner(&self) -> bool {
        self.account.owner == self.reader
    }

    pub(super) fn colleagues(&self) -> impl Iterator<Item = &Member> {
        self.account.members.iter().filter(|member| member.id != self.reader)
    }

    pub(super) fn owner_name(&self) -> String {
        let owner = self.account.members.iter().find(|member| member.id == self.account.owner);
        owner.map_or_else(|| self.account.owner.to_string(), shown_name)
    }
}

/// What the settings say beside the language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsView {
    pub account: AccountView,
    /// Its billing details, if there are any.
    pub billing: Option<Billing>,
}
