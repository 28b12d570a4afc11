//! Accounts, access, admins, the price list and the stock.

use keydesk::domain::{
    Access, AccountNotification, Actor, Invited, LineFault, Notification, OrderAction, Period, PersonId, ProposalId,
    Reason, Remarks, Role, SerialRefusal, Status, Stored,
};
use keydesk::shop::{Appointing, ImportOutcome, ImportRefusal, ImportStep, Leaving, NoProposal, Shop};
use keydesk::store::{AccessChange, AccessDecision, AppointmentChange, Decider, Imported, Inviting, Proposed, Removal};

use super::{ANNA, BORIS, CATALOGUE, Open, TRIAL, person, sku, vera};
use crate::store::{TestStore, at, commit, on_both, read};

on_both!(
    colleagues_come_and_go,
    access_is_decided_once,
    admins_are_appointed_and_dismissed,
    a_price_list_is_proposed_and_applied,
    a_file_comes_into_the_stock_or_nothing_does,
    who_is_dismissed_while_a_file_is_read_fills_no_stock,
    a_period_is_read_row_by_row,
);

async fn colleagues_come_and_go(store: &TestStore) {
    let Open { shop, store, anna, .. } = &Open::over(store).await;
    let boris = commit!(store, |tx| shop.meet(&mut tx, &person(BORIS, "Boris")));
    assert_eq!(commit!(store, |tx| shop.invite(&mut tx, ANNA, None)), Inviting::Open);
    let token = read!(store, |tx| tx.invitations_to(anna.account, at(1)))[0].token;
    assert_eq!(read!(store, |tx| shop.invited(&mut tx, BORIS, token)), Invited::To(anna.account));
    assert_eq!(commit!(store, |tx| shop.join(&mut tx, BORIS, token)), Invited::To(anna.account));
    assert_eq!(commit!(store, |tx| shop.join(&mut tx, BORIS, token)), Invited::NotValid);
    assert_eq!(commit!(store, |tx| shop.leave(&mut tx, BORIS)), Leaving::Left { owner: ANNA });
    assert_eq!(commit!(store, |tx| shop.leave(&mut tx, BORIS)), Leaving::NotMember);
    assert_eq!(commit!(store, |tx| shop.remove(&mut tx, ANNA, BORIS)), Removal::NotThere);
    assert_eq!(read!(store, |tx| tx.customer(BORIS)).unwrap().account, boris.account);

    assert_eq!(commit!(store, |tx| shop.invite(&mut tx, ANNA, None)), Inviting::Open);
    let token = read!(store, |tx| tx.invitations_to(anna.account, at(1)))[0].token;
    commit!(store, |tx| shop.withdraw(&mut tx, ANNA, token));
    assert_eq!(commit!(store, |tx| shop.join(&mut tx, BORIS, token)), Invited::NotValid);
}

/// The admin of the example configuration.
fn zoya() -> Decider {
    Decider { id: PersonId(111_111_111), name: "Zoya".to_owned() }
}

async fn access_is_decided_once(store: &TestStore) {
    let Open { shop, store, .. } = &Open::over(store).await;
    commit!(store, |tx| tx.meet(&person(BORIS, "Boris"), Access::Waiting, at(0)));
    commit!(store, |tx| shop.ask_for_access(&mut tx, BORIS));
    let vera = Decider { id: PersonId(201), name: "Vera".to_owned() };
    let decided = commit!(store, |tx| shop.decide_access(&mut tx, &vera, BORIS, Access::Admitted));
    assert_eq!(decided, AccessDecision::Done);
    let late = commit!(store, |tx| shop.decide_access(&mut tx, &vera, BORIS, Access::Refused));
    assert!(matches!(late, AccessDecision::Lost { access: Access::Admitted, .. }), "{late:?}");
    assert_eq!(commit!(store, |tx| shop.block(&mut tx, &zoya(), BORIS)), AccessChange::Done);
    assert_eq!(commit!(store, |tx| shop.block(&mut tx, &zoya(), BORIS)), AccessChange::Already);
    assert_eq!(commit!(store, |tx| shop.unblock(&mut tx, &zoya(), BORIS)), AccessChange::Done);

    let mut tx = store.begin().await.unwrap();
    let waiting = tx.claim_messages(at(1), at(61), 10).await.unwrap();
    let told: Vec<_> = waiting.iter().map(|message| Notification::decode(&message.body).unwrap()).collect();
    let asked = Notification::Account(AccountNotification::AccessAsked(BORIS));
    let admitted = Notification::Account(AccountNotification::Admitted(BORIS));
    assert_eq!(told, [asked, admitted]);
}

async fn admins_are_appointed_and_dismissed(store: &TestStore) {
    let Open { shop, store, .. } = &Open::over(store).await;
    let zoya = zoya();
    assert!(!read!(store, |tx| shop.is_admin(&mut tx, ANNA)));
    assert_eq!(commit!(store, |tx| shop.appoint(&mut tx, &zoya, ANNA)), Appointing::Appointed);
    assert_eq!(commit!(store, |tx| shop.appoint(&mut tx, &zoya, ANNA)), Appointing::Already);
    assert!(read!(store, |tx| shop.is_admin(&mut tx, ANNA)));
    let listed: Vec<_> = read!(store, |tx| shop.admins(&mut tx)).into_iter().map(|admin| admin.id).collect();
    assert_eq!(listed, [zoya.id, ANNA]);
    assert_eq!(commit!(store, |tx| shop.dismiss(&mut tx, &zoya, ANNA)), AppointmentChange::Done);
    assert_eq!(read!(store, |tx| shop.roster(&mut tx)).former, [ANNA]);
    for id in 1..=20 {
        assert_eq!(commit!(store, |tx| shop.appoint(&mut tx, &zoya, PersonId(id))), Appointing::Appointed);
    }
    assert_eq!(commit!(store, |tx| shop.appoint(&mut tx, &zoya, ANNA)), Appointing::TooMany);
}

async fn a_price_list_is_proposed_and_applied(store: &TestStore) {
    let Open { shop, store, .. } = &Open::over(store).await;
    let propose = async |file: &[u8]| {
        let proposed = shop.read_proposal(file).unwrap();
        commit!(store, |tx| shop.propose(&mut tx, ANNA, &proposed))
    };
    assert_eq!(propose(CATALOGUE.as_bytes()).await, Err(NoProposal::Same));
    assert_eq!(shop.read_proposal(b"\xff"), Err(NoProposal::NotText));
    assert!(matches!(shop.read_proposal(b"nothing"), Err(NoProposal::Faults(_))));
    let dearer = CATALOGUE.replace("4600.00", "4700.00");
    let id = propose(dearer.as_bytes()).await.unwrap();
    assert_eq!(read!(store, |tx| shop.differences_of(&mut tx, id)).unwrap().len(), 1);
    assert_eq!(commit!(store, |tx| shop.apply_proposal(&mut tx, &zoya(), id)), Proposed::Applied);
    assert_eq!(commit!(store, |tx| shop.apply_proposal(&mut tx, &zoya(), id)), Proposed::Gone);
    assert_eq!(propose(dearer.as_bytes()).await, Err(NoProposal::Same));
    assert_eq!(read!(store, |tx| shop.differences_of(&mut tx, ProposalId(id.0 + 1))), None);

    // An unchanged file does not undo what came after it.
    shop.open(CATALOGUE).await.unwrap();
    assert_eq!(propose(dearer.as_bytes()).await, Err(NoProposal::Same));
}

async fn imported(shop: &Shop, file: &str) -> (ImportOutcome, u64) {
    let products = shop.listed_products(&mut shop_store(shop).await, [&sku(TRIAL)]).await.unwrap();
    let mut importing =
        Box::new(shop.begin_import(&sku(TRIAL), &products, Actor::System, file.as_bytes()).await.unwrap());
    let mut gathered = 0;
    loop {
        match importing.advance().await.unwrap() {
            ImportStep::Done(outcome) => return (outcome, gathered),
            ImportStep::Further(further, lines) => (importing, gathered) = (further, lines),
        }
    }
}

async fn shop_store(shop: &Shop) -> keydesk::store::Tx {
    shop.store().read()
}

async fn a_file_comes_into_the_stock_or_nothing_does(store: &TestStore) {
    let open = Open::over(store).await;
    let lines: String = (0..6_000).map(|number| format!("A-{number}\n")).collect();
    let (outcome, gathered) = imported(&open.shop, &lines).await;
    let counts = Imported { added: 6_000, known: 0, given: 0 };
    assert_eq!((outcome, gathered), (ImportOutcome::Imported { counts, remarks: Remarks::default() }, 5_000));
    let (outcome, _) = imported(&open.shop, &format!("serial\n{lines}")).await;
    let counts = Imported { added: 0, known: 6_000, given: 0 };
    assert_eq!(
        outcome,
        ImportOutcome::Imported { counts, remarks: Remarks { heading: Some(1), ..Remarks::default() } }
    );
    let (outcome, _) = imported(&open.shop, "B-1;trial-30000\nB-2;sp-1\n").await;
    let other = LineFault::OtherProduct { line: 2, sku: sku(TRIAL) };
    assert_eq!(outcome, ImportOutcome::Refused(ImportRefusal::Faults(Box::new(other.into()))));
    open.stock("sp-1", &["C-1"]).await;
    let (outcome, _) = imported(&open.shop, "C-1\nC-2\n").await;
    assert_eq!(outcome, ImportOutcome::Refused(ImportRefusal::Serials(SerialRefusal::OtherProduct { count: 1 })));
    assert_eq!(read!(open.store, |tx| tx.in_stock(&sku(TRIAL), 10_000)), 6_000);
}

async fn who_is_dismissed_while_a_file_is_read_fills_no_stock(store: &TestStore) {
    let open = Open::over(store).await;
    let (shop, by) = (&open.shop, Decider { id: PersonId(111_111_111), name: "Zoya".to_owned() });
    commit!(open.store, |tx| shop.appoint(&mut tx, &by, BORIS));
    let boris = Actor::Person { id: BORIS, name: "Boris".to_owned(), role: Role::Admin };
    let products = shop.listed_products(&mut shop_store(shop).await, [&sku(TRIAL)]).await.unwrap();
    let lines: String = (0..5_001).map(|number| format!("A-{number}\n")).collect();
    let importing = shop.begin_import(&sku(TRIAL), &products, boris, lines.as_bytes()).await.unwrap();
    let ImportStep::Further(importing, _) = importing.advance().await.unwrap() else { panic!("it is long") };
    commit!(open.store, |tx| shop.dismiss(&mut tx, &by, BORIS));
    let ImportStep::Done(outcome) = importing.advance().await.unwrap() else { panic!("that was all") };
    assert_eq!(outcome, ImportOutcome::NotEntitled);
    assert!(read!(open.store, |tx| tx.stock()).is_empty());
}

async fn a_period_is_read_row_by_row(store: &TestStore) {
    let open = Open::over(store).await;
    for draft in 1..=3 {
        let number = open.place(draft, &[(TRIAL, 1)]).await;
        open.perform(number, OrderAction::Cancelled(Reason::Typed("test".to_owned())), &vera()).await.unwrap();
    }
    let (rows, sending) = open.shop.rows(open.store.read(), Period::All);
    let reading = tokio::task::spawn_blocking(move || rows.map(|row| row.order).collect::<Vec<_>>());
    sending.await.unwrap();
    assert_eq!(reading.await.unwrap().len(), 3);
    let stats = read!(open.store, |tx| open.shop.stats(&mut tx, Period::All));
    assert_eq!(stats.figures.of(Status::Cancelled).orders, 3);
}
