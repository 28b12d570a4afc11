//! Orders that are completed from lists too long for one transaction, while others import and complete.

use std::collections::BTreeMap;
use std::io::Cursor;

use keydesk::domain::{Order, OrderAction, OrderNumber, SerialRefusal, Status, TransitionError};
use keydesk::shop::SerialSource;

use super::{Open, TRIAL, invoice, oleg, serial, sku, vera};
use crate::store::{TestStore, at, commit, on_both, read, runs};
use crate::support::serials::GivenSerials;

on_both!(
    what_came_into_the_stock_meanwhile_is_noticed_and_taken_from_it,
    what_another_order_took_meanwhile_is_not_given_twice,
    an_import_beside_a_long_list_loses_nothing_and_sells_nothing_twice,
);

/// More than are stored in one transaction.
const LONG: u32 = 5_100;

fn numbered(number: u32) -> String {
    format!("L-{number:06}")
}

impl Open {
    /// An order that is invoiced.
    async fn invoiced(&self, draft: i64, quantity: u32) -> OrderNumber {
        let number = self.place(draft, &[(TRIAL, quantity)]).await;
        let total = self.order(number).await.summary.total;
        self.perform(number, invoice(total), &vera()).await.unwrap();
        number
    }

    /// An order for so many as one could not choose.
    async fn long(&self, draft: i64) -> OrderNumber {
        let number = self.invoiced(draft, 1).await;
        let mut tx = self.store.begin().await.unwrap();
        runs(&mut tx, "UPDATE order_lines SET quantity = 5100 WHERE quantity = 1").await;
        tx.commit().await.unwrap();
        number
    }

    async fn prepared(&self, order: &Order) -> Result<SerialSource, TransitionError> {
        let list: String = (0..LONG).map(|number| numbered(number) + "\n").collect();
        let mut tx = self.store.read();
        let products = self.shop.listed_products(&mut tx, [&sku(TRIAL)]).await.unwrap();
        drop(tx);
        let mut listed = self.shop.read_list(order, &products, Cursor::new(list)).await.unwrap().unwrap();
        self.shop.prepare(order, &mut listed).await.unwrap()
    }

    async fn completes(&self, number: OrderNumber, source: &SerialSource) -> Result<(), TransitionError> {
        let mut tx = self.store.begin().await.unwrap();
        let order = tx.locked_order(number).await.unwrap().unwrap();
        let completed = self.shop.complete(&mut tx, &order, source, &vera()).await.unwrap();
        tx.commit().await.unwrap();
        completed.map(drop)
    }

    async fn in_stock(&self) -> u32 {
        read!(self.store, |tx| tx.in_stock(&sku(TRIAL), u32::MAX))
    }

    async fn serials_of(&self, number: OrderNumber) -> Vec<String> {
        let serials = read!(self.store, |tx| tx.serials_of(number));
        serials.into_iter().map(|(_, serial)| serial.as_str().to_owned()).collect()
    }
}

fn moved() -> TransitionError {
    TransitionError::SerialsRefused { sku: sku(TRIAL), why: SerialRefusal::Moved }
}

async fn what_came_into_the_stock_meanwhile_is_noticed_and_taken_from_it(store: &TestStore) {
    let open = Open::over(store).await;
    let number = open.long(1).await;
    let order = open.order(number).await;
    let source = open.prepared(&order).await.unwrap();
    open.stock(TRIAL, &["L-000007", "L-005099"]).await;
    assert_eq!(open.completes(number, &source).await, Err(moved()));
    assert_eq!(open.order(number).await.summary.status, Status::Invoiced);
    assert_eq!(open.in_stock().await, 2);
    // Looked at anew.
    let source = open.prepared(&order).await.unwrap();
    assert_eq!(open.completes(number, &source).await, Ok(()));
    assert_eq!(open.serials_of(number).await.len(), LONG as usize);
    assert_eq!(open.in_stock().await, 0);
}

async fn what_another_order_took_meanwhile_is_not_given_twice(store: &TestStore) {
    let open = Open::over(store).await;
    let number = open.long(1).await;
    let other = open.invoiced(2, 2).await;
    let order = open.order(number).await;
    let source = open.prepared(&order).await.unwrap();
    open.stock(TRIAL, &["L-000001", "L-000002"]).await;
    open.perform(other, OrderAction::Completed, &oleg()).await.unwrap();
    assert_eq!(open.completes(number, &source).await, Err(moved()));
    let why = SerialRefusal::AlreadyIssued { count: 2 };
    assert_eq!(open.prepared(&order).await.map(drop), Err(TransitionError::SerialsRefused { sku: sku(TRIAL), why }));
    open.shop.let_go(number).await.unwrap();
    assert_eq!((open.serials_of(other).await.len(), open.serials_of(number).await.len()), (2, 0));
    let everything = read!(open.store, |tx| tx.find_serial(&serial("L-000003")));
    assert_eq!(everything, None, "what was refused is nowhere");
}

async fn an_import_beside_a_long_list_loses_nothing_and_sells_nothing_twice(store: &TestStore) {
    let open = Open::over(store).await;
    let number = open.long(1).await;
    let order = open.order(number).await;
    // Of the list and of others, so that whoever completes from the stock may meet either.
    let imported: Vec<_> = (LONG - 150..LONG + 150).map(numbered).collect();
    let mut others = Vec::new();
    for draft in 2..8 {
        others.push(open.invoiced(draft, 5).await);
    }
    let completes_from_the_list = async {
        let mut tries = 0;
        loop {
            tries += 1;
            let source = match open.prepared(&order).await {
                Ok(source) => source,
                Err(refused) => break Err(refused),
            };
            match open.completes(number, &source).await {
                Err(error) if error == moved() && tries < 20 => {}
                outcome => break outcome,
            }
        }
    };
    let imports = async {
        for chunk in imported.chunks(30) {
            let serials: Vec<_> = chunk.iter().map(|text| serial(text)).collect();
            commit!(open.store, |tx| tx.import_serials(&sku(TRIAL), &serials, at(1)));
        }
    };
    let complete_from_the_stock = async {
        for other in &others {
            // Whatever is in stock by then.
            let _ = open.perform(*other, OrderAction::Completed, &oleg()).await;
            tokio::task::yield_now().await;
        }
    };
    let (outcome, (), ()) = tokio::join!(completes_from_the_list, imports, complete_from_the_stock);
    if outcome.is_err() {
        open.shop.let_go(number).await.unwrap();
    }
    let mut owners: BTreeMap<String, OrderNumber> = BTreeMap::new();
    for one in others.iter().chain([&number]) {
        for serial in open.serials_of(*one).await {
            assert_eq!(owners.insert(serial, *one), None, "given twice");
        }
    }
    let mut lost = Vec::new();
    for text in &imported {
        let found = read!(open.store, |tx| tx.find_serial(&serial(text)));
        if found.is_none_or(|found| found.order != owners.get(text).copied()) {
            lost.push(text);
        }
    }
    assert_eq!(lost, Vec::<&String>::new(), "{outcome:?}");
    let sold = open.serials_of(number).await.len();
    assert_eq!(sold, if outcome.is_ok() { LONG as usize } else { 0 }, "{outcome:?}");
}
