//! What always holds of a shop, looked for in its data: each check is a statement that finds what contradicts it.

mod accounts;
mod figures;
mod forms;
mod orders;
mod references;
mod serials;
mod trail;

use futures_util::TryStreamExt;
use serde::Serialize;
use sqlx::AssertSqlSafe;

use crate::store::codes::count;
use crate::store::db::{Driver, Tx, on};
use crate::store::error::StoreError;
use crate::store::vault::Script;

pub use crate::store::doctor::forms::Form;

/// What a finding names; the rest is counted.
const NAMED: usize = 10;

/// Something that always holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// Where it finds something, nothing else can be looked for.
    Tables,
    Schema,
    OrderTotal,
    OrderKeys,
    OrderNumbers,
    OrderCounter,
    FirstEvent,
    EventSequence,
    OrderStatus,
    InvoicedAmount,
    CompletedSerials,
    SerialsOfOtherProducts,
    SerialsBeforeCompletion,
    HeldAfterCompletion,
    RepeatedSerials,
    WithdrawnInStock,
    SealedSerials,
    ProductsOfAccounts,
    AccountFounders,
    AccountMembers,
    MissingRows,
    Figures,
    #[serde(untagged)]
    Readable(Form),
}

/// What contradicts a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub check: Check,
    pub count: u64,
    /// The first of them: numbers of orders, ids, SKUs, hours, or tables with ids, as the check has it.
    pub first: Vec<String>,
}

impl Check {
    /// Every check.
    pub const ALL: [Check; 29] = [
        Check::Tables,
        Check::Schema,
        Check::OrderTotal,
        Check::OrderKeys,
        Check::OrderNumbers,
        Check::OrderCounter,
        Check::FirstEvent,
        Check::EventSequence,
        Check::OrderStatus,
        Check::InvoicedAmount,
        Check::CompletedSerials,
        Check::SerialsOfOtherProducts,
        Check::SerialsBeforeCompletion,
        Check::HeldAfterCompletion,
        Check::RepeatedSerials,
        Check::WithdrawnInStock,
        Check::SealedSerials,
        Check::ProductsOfAccounts,
        Check::AccountFounders,
        Check::AccountMembers,
        Check::MissingRows,
        Check::Figures,
        Check::Readable(Form::Event),
        Check::Readable(Form::Line),
        Check::Readable(Form::Draft),
        Check::Readable(Form::CustomerDialogue),
        Check::Readable(Form::VendorDialogue),
        Check::Readable(Form::Message),
        Check::Readable(Form::FileJob),
    ];

    /// Each selects a text for each contradiction, and for a stored form the form itself behind it.
    fn statements(self, script: &Script, driver: &Driver) -> Vec<String> {
        let statement = match self {
            Check::Tables | Check::Schema => return Vec::new(),
            Check::OrderTotal => orders::TOTALS,
            Check::OrderKeys => orders::KEYS,
            Check::OrderNumbers => orders::GAPS,
            Check::OrderCounter => orders::COUNTER,
            Check::FirstEvent => trail::FIRST,
            Check::EventSequence => trail::SEQUENCE,
            Check::OrderStatus => trail::STATUS,
            Check::InvoicedAmount => trail::INVOICED,
            Check::CompletedSerials => serials::COMPLETED,
            Check::SerialsOfOtherProducts => serials::OF_OTHER_PRODUCTS,
            Check::SerialsBeforeCompletion => serials::BEFORE_COMPLETION,
            Check::HeldAfterCompletion => serials::HELD,
            Check::RepeatedSerials => serials::REPEATED,
            Check::WithdrawnInStock => serials::WITHDRAWN,
            Check::SealedSerials if script.is_sealing() => return serials::SEALED.map(str::to_owned).into(),
            Check::SealedSerials => return serials::SEALED_WITHOUT_KEY.map(str::to_owned).into(),
            Check::ProductsOfAccounts => accounts::PRODUCTS,
            Check::AccountFounders => accounts::FOUNDERS,
            Check::AccountMembers => accounts::MEMBERS,
            Check::MissingRows => return vec![references::missing()],
            Check::Figures => return vec![figures::differing(driver)],
            Check::Readable(form) => form.statement(),
        };
        vec![statement.to_owned()]
    }
}

impl Tx {
    /// Looks for what contradicts a check; `reads` says whether a stored form can be read.
    pub async fn examine(
        &mut self,
        check: Check,
        reads: fn(Form, &str) -> bool,
    ) -> Result<Option<Finding>, StoreError> {
        let script = self.script();
        let mut finding = Finding { check, count: 0, first: Vec::new() };
        match check {
            Check::Tables => self.strange().await?.in_place.into_iter().for_each(|what| finding.add(what)),
            Check::Schema => self.strange().await?.beside.into_iter().for_each(|what| finding.add(what)),
            _ => {}
        }
        let statements = check.statements(&script, self.opened().await?);
        for statement in statements.into_iter().map(AssertSqlSafe) {
            on!(self, |db| match check {
                Check::Readable(form) => {
                    let mut rows = sqlx::query_as::<_, (String, String)>(statement).fetch(db);
                    while let Some((id, stored)) = rows.try_next().await? {
                        let stored = form.opened(&id, stored, &script);
                        if !stored.is_some_and(|stored| reads(form, &stored)) {
                            finding.add(id);
                        }
                    }
                }
                Check::SealedSerials => {
                    let mut rows = sqlx::query_as::<_, serials::Sealed>(statement).fetch(db);
                    while let Some(row) = rows.try_next().await? {
                        if !row.is_sound(&script) {
                            finding.add(row.sku);
                        }
                    }
                }
                _ => {
                    let mut rows = sqlx::query_scalar::<_, String>(statement).fetch(db);
                    while let Some(id) = rows.try_next().await? {
                        finding.add(id);
                    }
                }
            });
        }
        Ok(Some(finding).filter(|finding| finding.count > 0))
    }
}

impl Finding {
    fn add(&mut self, id: String) {
        self.count += 1;
        if self.first.len() < NAMED {
            self.first.push(id);
        }
    }

    /// Whether it says something of the data themselves, and not only of what acts beside them.
    pub fn is_about_rows(&self) -> bool {
        self.check != Check::Schema
    }

    /// How many it does not name.
    pub fn unnamed(&self) -> u64 {
        self.count.saturating_sub(count(self.first.len()))
    }
}
