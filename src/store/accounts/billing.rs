//! Billing details of accounts.

use chrono::{DateTime, Utc};

use crate::domain::billing::{CompanyName, Email, ForeignTaxNumber, Inn, Kpp, TaxNumber};
use crate::domain::{AccountId, Billing, BillingFault, PersonId};

use crate::store::db::{Tx, on};
use crate::store::error::StoreError;

#[derive(sqlx::FromRow)]
pub(in crate::store) struct BillingRow {
    pub(in crate::store) company: String,
    pub(in crate::store) inn: Option<String>,
    pub(in crate::store) kpp: Option<String>,
    pub(in crate::store) foreign_tax_number: Option<String>,
    pub(in crate::store) email: String,
}

impl BillingRow {
    pub(in crate::store) fn into_billing(self) -> Result<Billing, StoreError> {
        let unreadable = |_: BillingFault| StoreError::unreadable("billing detail");
        let tax = match (self.inn, self.kpp, self.foreign_tax_number) {
            (Some(inn), Some(kpp), None) => TaxNumber::Organisation {
                inn: Inn::parse(&inn).map_err(unreadable)?,
                kpp: Kpp::parse(&kpp).map_err(unreadable)?,
            },
            (Some(inn), None, None) => TaxNumber::Person { inn: Inn::parse(&inn).map_err(unreadable)? },
            (None, None, Some(number)) => TaxNumber::Foreign(ForeignTaxNumber::parse(&number).map_err(unreadable)?),
            _ => return Err(StoreError::unreadable("tax number")),
        };
        let company = CompanyName::parse(&self.company).map_err(unreadable)?;
        Ok(Billing { company, tax, email: Email::parse(&self.email).map_err(unreadable)? })
    }
}

impl Tx {
    /// The billing details of an account, if there are any.
    pub async fn billing_of(&mut self, account: AccountId) -> Result<Option<Billing>, StoreError> {
        let row: Option<BillingRow> = on!(self, |db| sqlx::query_as(
            "SELECT company, inn, kpp, foreign_tax_number, email FROM billing WHERE account_id = $1"
        )
        .bind(account.0)
        .fetch_optional(db)
        .await?);
        row.map(BillingRow::into_billing).transpose()
    }

    /// The billing details of an account, which stay as they are until this transaction ends.
    pub async fn locked_billing_of(&mut self, account: AccountId) -> Result<Option<Billing>, StoreError> {
        on!(self, |db| sqlx::query("UPDATE billing SET account_id = account_id WHERE account_id = $1")
            .bind(account.0)
            .execute(db)
            .await?
            .rows_affected());
        self.billing_of(account).await
    }

    /// Keeps the billing details of an account in place of former ones.
    pub async fn keep_billing(
        &mut self,
        account: AccountId,
        billing: &Billing,
        by: PersonId,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let (inn, kpp, foreign) = match &billing.tax {
            TaxNumber::Organisation { inn, kpp } => (Some(inn.as_str()), Some(kpp.as_str()), None),
            TaxNumber::Person { inn } => (Some(inn.as_str()), None, None),
            TaxNumber::Foreign(number) => (None, None, Some(number.as_str())),
        };
        on!(self, |db| sqlx::query(
            "INSERT INTO billing (account_id, company, inn, kpp, foreign_tax_number, email, changed_by, changed_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
             ON CONFLICT (account_id) DO UPDATE SET
                 company = excluded.company, inn = excluded.inn, kpp = excluded.kpp,
                 foreign_tax_number = excluded.foreign_tax_number, email = excluded.email,
                 changed_by = excluded.changed_by, changed_at = excluded.changed_at"
        )
        .bind(account.0)
        .bind(billing.company.as_str())
        .bind(inn)
        .bind(kpp)
        .bind(foreign)
        .bind(billing.email.as_str())
        .bind(by.0)
        .bind(now)
        .execute(db)
        .await?
        .rows_affected());
        self.index_company(account.0, billing.company.as_str(), inn.or(foreign).unwrap_or_default()).await
    }
}
