//! Figures that are kept agree with a count of the orders, whatever is done to them.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use keydesk::{
    domain::reports::figures::Breakdown,
    domain::reports::period::Span,
    domain::{Actor, ExportRow, Figures, Invoice, OrderAction, OrderNumber, PersonId, Role, Status, Sum},
    store::{NewEvent, Placement, Store, Tx},
};

use super::{anna, at, boris, commit, new_order, on_both, read, roubles};

on_both!(figures_agree_with_a_count_whatever_happens, what_is_rolled_back_counts_nowhere, settling_changes_no_figure,);

/// Numbers as a die throws them, the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    /// An instant within three days, often at the edge of an hour.
    fn instant(&mut self) -> DateTime<Utc> {
        let hour = at(0) + TimeDelta::hours(i64::try_from(self.below(72)).unwrap());
        match self.below(4) {
            0 => hour,
            1 => hour - TimeDelta::microseconds(1),
            2 => hour + TimeDelta::microseconds(1),
            _ => hour + TimeDelta::milliseconds(i64::try_from(self.below(3_600_000)).unwrap()),
        }
    }

    fn span(&mut self) -> Span {
        let (one, other) = (self.instant(), self.instant());
        Span { from: one.min(other), to: one.max(other) }
    }
}

/// What exported rows come to: by lines and by invoices, not by anything that is kept for figures.
fn added_up(rows: Vec<ExportRow>) -> Breakdown {
    let mut orders: BTreeMap<OrderNumber, Vec<ExportRow>> = BTreeMap::new();
    for row in rows {
        orders.entry(row.order).or_default().push(row);
    }
    let mut breakdown = Breakdown::default();
    for rows in orders.into_values() {
        let sum = |money: keydesk::domain::Money| Sum::from_minor(money.minor().into(), money.currency()).unwrap();
        let invoice = rows[0].invoice.as_ref().map(|invoice| sum(invoice.amount));
        let figures = Figures {
            orders: 1,
            keys: rows.iter().map(|row| u64::from(row.line.quantity)).sum(),
            sums: vec![sum(rows[0].total)],
            invoices: u64::from(invoice.is_some()),
            invoiced: invoice.into_iter().collect(),
        };
        breakdown.add(rows[0].status, &figures);
    }
    breakdown
}

#[track_caller]
fn agree(kept: &Breakdown, counted: &Breakdown, exported: &Breakdown, span: Span) {
    for status in Status::ALL {
        assert_eq!(kept.of(status), counted.of(status), "{status:?} of {span:?}");
        assert_eq!(kept.of(status), exported.of(status), "{status:?} of {span:?}, by the export");
    }
}

async fn agrees(tx: &mut Tx, span: Span) {
    let (kept, counted) = (tx.figures(span).await.unwrap(), tx.counted_figures(span).await.unwrap());
    let exported = added_up(tx.export_rows(span, None, 10_000).await.unwrap());
    agree(&kept, &counted, &exported, span);
}

fn everything() -> Span {
    Span { from: at(-1_000_000), to: at(1_000_000) }
}

async fn act(tx: &mut Tx, number: i64, from: Status, to: Status, action: &OrderAction) {
    let olga = Actor::Person { id: PersonId(70), name: "Olga".to_owned(), role: Role::Staff };
    tx.record(OrderNumber(number), &NewEvent { from, to, action, actor: &olga }, at(300_000)).await.unwrap();
}

fn invoiced(minor: i64) -> OrderAction {
    OrderAction::Invoiced(Invoice { amount: roubles(minor), due: None, document: None })
}

async fn figures_agree_with_a_count_whatever_happens(store: &Store) {
    let customers = [anna(store).await, boris(store).await];
    let mut dice = Dice(17);
    let mut orders: Vec<(i64, Status)> = Vec::new();
    for step in 0..120 {
        let mut tx = store.begin().await.unwrap();
        for _ in 0..=dice.below(3) {
            let draft = i64::try_from(orders.len()).unwrap() + 1;
            let chosen = usize::try_from(dice.below(2 * orders.len() as u64 + 1)).unwrap();
            let Some((number, status)) = orders.get_mut(chosen) else {
                let order = new_order(&customers[usize::try_from(dice.below(2)).unwrap()], draft);
                let placed = tx.place_order(&order, "Anna", dice.instant()).await.unwrap();
                let Placement::Placed(number) = placed else { panic!("{placed:?}") };
                orders.push((number.0, Status::Placed));
                continue;
            };
            let (to, action) = match (*status, dice.below(4)) {
                (Status::Placed | Status::Invoiced, 0) => (Status::Cancelled, OrderAction::Taken),
                (Status::Invoiced, 1) => (Status::Completed, OrderAction::Completed),
                (Status::Placed | Status::Invoiced, _) => {
                    (Status::Invoiced, invoiced(i64::try_from(dice.below(3_000_000)).unwrap()))
                }
                (status, _) => (status, OrderAction::Taken),
            };
            act(&mut tx, *number, *status, to, &action).await;
            *status = to;
        }
        // Within the transaction that changes an order, too.
        agrees(&mut tx, everything()).await;
        if dice.below(5) == 0 {
            tx.settle_figures(u32::try_from(dice.below(9)).unwrap()).await.unwrap();
        }
        tx.commit().await.unwrap();
        if step % 4 == 0 {
            agrees(&mut store.read(), dice.span()).await;
        }
    }
    assert!(orders.len() > 50, "{}", orders.len());
    assert!(Status::ALL.iter().all(|status| orders.iter().any(|(_, own)| own == status)));
}

async fn what_is_rolled_back_counts_nowhere(store: &Store) {
    let anna = anna(store).await;
    let mut tx = store.begin().await.unwrap();
    tx.place_order(&new_order(&anna, 1), "Anna", at(0)).await.unwrap();
    drop(tx);
    assert_eq!(read!(store, |tx| tx.figures(everything())), Breakdown::default());
    commit!(store, |tx| tx.place_order(&new_order(&anna, 2), "Anna", at(0)));
    // A draft that was sent before is no second order.
    commit!(store, |tx| tx.place_order(&new_order(&anna, 2), "Anna", at(0)));
    assert_eq!(read!(store, |tx| tx.figures(everything())).standing().orders, 1);
}

async fn settling_changes_no_figure(store: &Store) {
    let anna = anna(store).await;
    for draft in 1..=5 {
        let mut tx = store.begin().await.unwrap();
        tx.place_order(&new_order(&anna, draft), "Anna", at(draft * 2_000)).await.unwrap();
        act(&mut tx, draft, Status::Placed, Status::Invoiced, &invoiced(draft)).await;
        tx.commit().await.unwrap();
    }
    let before = read!(store, |tx| tx.figures(everything()));
    // Five that were placed, five that were placed no more, five that are invoiced.
    for settled in [4, 4, 4, 3, 0] {
        assert_eq!(commit!(store, |tx| tx.settle_figures(4)), settled);
        assert_eq!(read!(store, |tx| tx.figures(everything())), before);
    }
    agrees(&mut store.read(), everything()).await;
}
