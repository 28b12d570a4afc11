//! Orders of a period.

use keydesk::{
    domain::billing::{CompanyName, Email, Inn, TaxNumber},
    domain::reports::figures::Breakdown,
    domain::{
        Access, Actor, Billing, Cancellation, Currency, Figures, Invoice, Mark, OrderAction, OrderNumber, Person,
        PersonId, Reason, Status, Sum, reports::period::Span,
    },
    store::{NewEvent, Store},
};

use super::{anna, at, boris, commit, new_order, on_both, person, placed, read, roubles, runs};

on_both!(
    figures_are_those_of_the_span,
    whoever_reads_a_report_keeps_nobody_waiting_and_sees_one_moment,
    sums_are_exact_beyond_64_bits_and_kept_apart_by_currency,
    an_export_has_a_row_for_each_line,
    an_export_knows_the_last_invoice_and_the_billing_details,
    an_export_knows_when_an_order_was_invoiced_and_how_it_ended,
    a_span_of_nothing_has_nothing,
    pages_have_every_order_of_the_span_once,
    the_span_is_reached_from_its_first_order_to_its_last,
);

fn span(from: i64, to: i64) -> Span {
    Span { from: at(from), to: at(to) }
}

async fn figures_are_those_of_the_span(store: &Store) {
    let (anna, boris) = (anna(store).await, boris(store).await);
    for (draft, seconds) in [(1, 0), (2, 10), (3, 20), (4, 30)] {
        placed(store, if draft % 2 == 0 { &anna } else { &boris }, draft, seconds).await;
    }
    let olga = Actor::Person { id: PersonId(70), name: "Olga".to_owned(), role: keydesk::domain::Role::Staff };
    let action = OrderAction::Invoiced(Invoice { amount: roubles(2_500_000), due: None, document: None });
    let event = NewEvent { from: Status::Placed, to: Status::Invoiced, action: &action, actor: &olga };
    commit!(store, |tx| tx.record(OrderNumber(2), &event, at(100)));
    // The first instant belongs to a span, the one after it does not.
    let found = read!(store, |tx| tx.figures(span(10, 30)));
    let total = Sum::from_minor(new_order(&anna, 9).total.minor().into(), Currency::RUB).unwrap();
    let placed = Figures { orders: 1, keys: 53, sums: vec![total], ..Figures::default() };
    let invoiced =
        Figures { invoices: 1, invoiced: vec![Sum::from_minor(2_500_000, Currency::RUB).unwrap()], ..placed.clone() };
    assert_eq!((found.of(Status::Invoiced), found.of(Status::Placed)), (&invoiced, &placed));
    assert_eq!(found.standing().orders, 2);
    let whole = keydesk::domain::Period::All.span(chrono_tz::Europe::Moscow);
    assert_eq!(read!(store, |tx| tx.figures(whole)).standing().orders, 4);
}

async fn whoever_reads_a_report_keeps_nobody_waiting_and_sees_one_moment(store: &Store) {
    let anna = anna(store).await;
    placed(store, &anna, 1, 0).await;
    let count = |found: Breakdown| found.of(Status::Placed).orders;
    let mut report = store.read();
    assert_eq!(count(report.counted_figures(span(0, 60)).await.unwrap()), 1);
    // Its transaction is open until the end of the test, which would hang here.
    placed(store, &anna, 2, 10).await;
    store.begin().await.unwrap().commit().await.unwrap();
    assert_eq!(count(report.counted_figures(span(0, 60)).await.unwrap()), 1);
    assert_eq!(count(read!(store, |tx| tx.counted_figures(span(0, 60)))), 2);
}

async fn sums_are_exact_beyond_64_bits_and_kept_apart_by_currency(store: &Store) {
    let anna = anna(store).await;
    for draft in 1..=3 {
        placed(store, &anna, draft, draft).await;
    }
    let yen = "UPDATE orders SET currency = 'JPY', total = 5 WHERE number = 2";
    // No order has so much; a million of the dearest have.
    let dear = "UPDATE orders SET total = 9223372036854775807 WHERE number <> 2";
    let mut tx = store.begin().await.unwrap();
    for change in [dear, yen] {
        runs(&mut tx, change).await;
    }
    tx.commit().await.unwrap();
    let found = read!(store, |tx| tx.figures(span(0, 60)));
    let sums: Vec<_> =
        found.of(Status::Placed).sums.iter().map(|sum| format!("{} {}", sum.currency, sum.amount)).collect();
    assert_eq!(sums, ["JPY 5", "RUB 184467440737095516.14"]);
}

async fn an_export_has_a_row_for_each_line(store: &Store) {
    let anna = anna(store).await;
    let (first, second) = (placed(store, &anna, 1, 0).await, placed(store, &anna, 2, 10).await);
    let renamed = Person { username: Some("anna".to_owned()), ..person(1, "Anna Ivanova") };
    commit!(store, |tx| tx.meet(&renamed, Access::Admitted, at(20)));
    let rows = read!(store, |tx| tx.export_rows(span(0, 60), None, 100));
    let shown: Vec<_> = rows.iter().map(|row| (row.order, row.line.sku.as_str(), row.placed_at)).collect();
    assert_eq!(
        shown,
        [
            (first, "sp-1", at(0)),
            (first, "trial-30000", at(0)),
            (second, "sp-1", at(10)),
            (second, "trial-30000", at(10))
        ]
    );
    let (order, row) = (new_order(&anna, 2), &rows[3]);
    assert_eq!((&row.line, row.total, &row.note), (&order.lines[1], order.total, &order.note));
    assert_eq!((row.customer.as_str(), row.username.as_deref()), ("Anna Ivanova", Some("anna")));
    assert_eq!((row.person, row.account, row.status), (PersonId(1), anna.account, Status::Placed));
}

async fn an_export_knows_the_last_invoice_and_the_billing_details(store: &Store) {
    let anna = anna(store).await;
    let number = placed(store, &anna, 1, 0).await;
    let rows = read!(store, |tx| tx.export_rows(span(0, 60), None, 100));
    assert!(rows.iter().all(|row| row.invoice.is_none() && row.billing.is_none()));
    let olga = Actor::Person { id: PersonId(70), name: "Olga".to_owned(), role: keydesk::domain::Role::Staff };
    let invoice = |minor| Invoice { amount: roubles(minor), due: None, document: None };
    for (from, minor) in [(Status::Placed, 2_500_000), (Status::Invoiced, 2_400_000)] {
        let action = OrderAction::Invoiced(invoice(minor));
        let event = NewEvent { from, to: Status::Invoiced, action: &action, actor: &olga };
        commit!(store, |tx| tx.record(number, &event, at(100)));
    }
    let billing = Billing {
        company: CompanyName::parse("ООО «Ромашка»").unwrap(),
        tax: TaxNumber::Person { inn: Inn::parse("500100732259").unwrap() },
        email: Email::parse("buh@example.com").unwrap(),
    };
    commit!(store, |tx| tx.keep_billing(anna.account, &billing, anna.person.id, at(100)));
    let rows = read!(store, |tx| tx.export_rows(span(0, 60), None, 100));
    assert_eq!(rows.len(), 2);
    for row in rows {
        assert_eq!((row.invoice, row.billing), (Some(invoice(2_400_000)), Some(billing.clone())));
    }
}

async fn an_export_knows_when_an_order_was_invoiced_and_how_it_ended(store: &Store) {
    let anna = anna(store).await;
    for draft in 1..=3 {
        placed(store, &anna, draft, 0).await;
    }
    let olga = Actor::Person { id: PersonId(70), name: "Olga".to_owned(), role: keydesk::domain::Role::Staff };
    let invoice = OrderAction::Invoiced(Invoice { amount: roubles(2_500_000), due: None, document: None });
    let reason = Reason::Typed("Sold out".to_owned());
    let cancel = OrderAction::Cancelled(reason.clone());
    for (number, from, to, action, seconds) in [
        (1, Status::Placed, Status::Invoiced, &invoice, 10),
        (1, Status::Invoiced, Status::Invoiced, &invoice, 20),
        (1, Status::Invoiced, Status::Completed, &OrderAction::Completed, 30),
        (2, Status::Placed, Status::Cancelled, &cancel, 40),
    ] {
        let event = NewEvent { from, to, action, actor: &olga };
        commit!(store, |tx| tx.record(OrderNumber(number), &event, at(seconds)));
    }
    let rows = read!(store, |tx| tx.export_rows(span(0, 60), None, 100));
    let ends = rows.iter().step_by(2).map(|row| (row.invoiced_at, row.completed_at, row.cancelled.clone()));
    let cancelled = Cancellation { at: at(40), reason };
    let expected = [(Some(at(20)), Some(at(30)), None), (None, None, Some(cancelled)), (None, None, None)];
    assert_eq!(ends.collect::<Vec<_>>(), expected);
}

async fn a_span_of_nothing_has_nothing(store: &Store) {
    placed(store, &anna(store).await, 1, 0).await;
    assert_eq!(read!(store, |tx| tx.figures(span(0, 0))), Breakdown::default());
    assert_eq!(read!(store, |tx| tx.export_rows(span(1, 60), None, 100)), []);
}

async fn pages_have_every_order_of_the_span_once(store: &Store) {
    let anna = anna(store).await;
    // Two of one instant, and one that a clock put back has made older than the order before it.
    for (draft, seconds) in [(1, 0), (2, 20), (3, 20), (4, 10), (5, 30), (6, 40)] {
        placed(store, &anna, draft, seconds).await;
    }
    let mut exported = Vec::new();
    let mut after = None;
    loop {
        let page = read!(store, |tx| tx.export_rows(span(10, 40), after, 3));
        let Some(last) = page.last() else { break };
        after = Some(Mark { at: last.placed_at, number: last.order });
        exported.push(page.iter().map(|row| row.order.0).collect::<Vec<_>>());
    }
    assert_eq!(exported, [vec![4, 4, 2, 2, 3, 3], vec![5, 5]], "an order's lines stay together");
}

async fn the_span_is_reached_from_its_first_order_to_its_last(store: &Store) {
    let anna = anna(store).await;
    for (draft, seconds) in [(1, 0), (2, 20), (3, 10), (4, 30)] {
        placed(store, &anna, draft, seconds).await;
    }
    assert_eq!(read!(store, |tx| tx.reached(span(5, 30))), Some((at(10), at(20))));
    assert_eq!(read!(store, |tx| tx.reached(span(1, 10))), None);
}
