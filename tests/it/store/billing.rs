//! Billing details of accounts.

use keydesk::{
    domain::{
        Billing, PersonId,
        billing::{CompanyName, Email, ForeignTaxNumber, Inn, Kpp, TaxNumber},
    },
    store::Store,
};

use super::{anna, at, boris, commit, on_both, read};

on_both!(details_of_every_kind_are_read_back, details_belong_to_their_account);

pub fn billing(tax: TaxNumber) -> Billing {
    let company = CompanyName::parse("ООО «Ромашка»").unwrap();
    Billing { company, tax, email: Email::parse("buh@example.com").unwrap() }
}

async fn details_of_every_kind_are_read_back(store: &Store) {
    let anna = anna(store).await;
    assert_eq!(read!(store, |tx| tx.billing_of(anna.account)), None);
    assert_eq!(commit!(store, |tx| tx.locked_billing_of(anna.account)), None);
    let kpp = Kpp::parse("773601001").unwrap();
    for tax in [
        TaxNumber::Organisation { inn: Inn::parse("7707083893").unwrap(), kpp },
        TaxNumber::Person { inn: Inn::parse("500100732259").unwrap() },
        TaxNumber::Foreign(ForeignTaxNumber::parse("NO 923 609 016").unwrap()),
    ] {
        let billing = billing(tax);
        commit!(store, |tx| tx.keep_billing(anna.account, &billing, PersonId(1), at(1)));
        assert_eq!(read!(store, |tx| tx.billing_of(anna.account)), Some(billing.clone()));
        assert_eq!(commit!(store, |tx| tx.locked_billing_of(anna.account)), Some(billing));
    }
}

async fn details_belong_to_their_account(store: &Store) {
    let (anna, boris) = (anna(store).await, boris(store).await);
    let kept = billing(TaxNumber::Person { inn: Inn::parse("500100732259").unwrap() });
    commit!(store, |tx| tx.keep_billing(anna.account, &kept, PersonId(1), at(1)));
    assert_eq!(read!(store, |tx| tx.billing_of(boris.account)), None);
}
