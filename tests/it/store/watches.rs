//! Screens that watch something are drawn again when a transaction changes it, whoever that was.

use keydesk::{
    domain::{Actor, ChatId, Lane, MessageId, OrderAction, OrderNumber, PersonId, Role, Status},
    store::{
        DialogueKey, Fresh, Lasting, LiveScreen, NewEvent, NewOutboxMessage, Place, Redraw, SaveDialogue, Seat, ShowIn,
        Store, Tx, Watch,
    },
};

use super::{anna, at, commit, dialogue_of, on_both, placed, read, stock};

on_both!(
    a_screen_follows_its_order_at_once,
    lists_follow_several_changes_in_one_drawing,
    a_screen_that_is_drawn_soon_is_not_marked_again,
    a_list_that_is_being_drawn_is_drawn_again_no_sooner_than_others,
    the_stock_is_watched,
    a_screen_that_the_transaction_saves_is_marked_once,
    a_screen_that_is_gone_does_not_follow,
    a_customers_screen_is_drawn_when_it_is_asked_for,
    a_message_that_does_not_reach_its_reader_is_a_change_of_the_order,
    two_who_change_orders_at_once_never_wait_in_a_circle,
);

fn of_staff(person: i64) -> DialogueKey {
    DialogueKey { chat: ChatId(-5), person: PersonId(person), seat: Seat::Vendor }
}

fn screen(watches: Option<Watch>) -> SaveDialogue {
    SaveDialogue { state: "{}".to_owned(), show_in: ShowIn::LiveMessage, watches }
}

async fn claims(store: &Store, seconds: i64) -> Vec<Redraw> {
    commit!(store, |tx| tx.claim_redraws(at(seconds), at(seconds + 1), 100))
}

async fn draws_all(store: &Store, seconds: i64) {
    for redraw in claims(store, seconds).await {
        let message = redraw.screen.map_or(MessageId(1000 + redraw.key.person.0), |screen| screen.message);
        let since = redraw.screen.map_or(redraw.version, |screen| screen.since);
        commit!(store, |tx| tx.drawn(&redraw, LiveScreen { message, since, lasting: Lasting::Transient }));
    }
}

/// A screen of one of the staff that stands in the chat.
async fn opens(store: &Store, person: i64, watches: Watch) -> DialogueKey {
    let key = of_staff(person);
    commit!(store, |tx| tx.save_dialogue(key, None, &screen(Some(watches)), at(0)));
    draws_all(store, 0).await;
    key
}

async fn takes(tx: &mut Tx, order: OrderNumber, seconds: i64) {
    let actor = Actor::Person { id: PersonId(70), name: "Olga".to_owned(), role: Role::Staff };
    let event = NewEvent { from: Status::Placed, to: Status::Placed, action: &OrderAction::Taken, actor: &actor };
    tx.record(order, &event, at(seconds)).await.unwrap();
}

async fn is_taken(store: &Store, order: OrderNumber, seconds: i64) {
    let mut tx = store.begin().await.unwrap();
    takes(&mut tx, order, seconds).await;
    tx.commit().await.unwrap();
}

async fn due(store: &Store, seconds: i64) -> Vec<DialogueKey> {
    claims(store, seconds).await.into_iter().map(|redraw| redraw.key).collect()
}

async fn a_screen_follows_its_order_at_once(store: &Store) {
    let customer = anna(store).await;
    let orders = [placed(store, &customer, 1, 0).await, placed(store, &customer, 2, 0).await];
    let watching = opens(store, 1, Watch::Order(orders[0])).await;
    opens(store, 2, Watch::Order(orders[1])).await;
    is_taken(store, orders[0], 10).await;
    let [redraw] = claims(store, 10).await.try_into().unwrap();
    assert_eq!((redraw.key, redraw.fresh(), redraw.version), (watching, Fresh::EditInPlace, 2));
}

async fn lists_follow_several_changes_in_one_drawing(store: &Store) {
    let customer = anna(store).await;
    let list = opens(store, 1, Watch::Orders).await;
    placed(store, &customer, 1, 10).await;
    placed(store, &customer, 2, 12).await;
    assert_eq!(due(store, 24).await, []);
    assert_eq!(due(store, 25).await, [list]);
}

async fn a_screen_that_is_drawn_soon_is_not_marked_again(store: &Store) {
    let customer = anna(store).await;
    let list = opens(store, 1, Watch::Orders).await;
    let version = async || read!(store, |tx| tx.dialogue(list)).unwrap().version;
    placed(store, &customer, 1, 10).await;
    assert_eq!(version().await, 2);
    placed(store, &customer, 2, 12).await;
    assert_eq!(version().await, 2);
    // Whoever draws it now may have read the orders before this change, so it is drawn once more.
    placed(store, &customer, 3, 24).await;
    assert_eq!(version().await, 3);
}

async fn a_list_that_is_being_drawn_is_drawn_again_no_sooner_than_others(store: &Store) {
    let customer = anna(store).await;
    let list = opens(store, 1, Watch::Orders).await;
    placed(store, &customer, 1, 10).await;
    let [redraw] = commit!(store, |tx| tx.claim_redraws(at(25), at(40), 8)).try_into().unwrap();
    placed(store, &customer, 2, 26).await;
    commit!(store, |tx| tx.drawn(&redraw, redraw.screen.unwrap()));
    assert_eq!((due(store, 40).await, due(store, 41).await), (vec![], vec![list]));
}

async fn the_stock_is_watched(store: &Store) {
    let customer = anna(store).await;
    let order = placed(store, &customer, 1, 0).await;
    let sku = stock::sku("sp-1");
    commit!(store, |tx| tx.import_serials(&sku, &stock::numbered(0..3), at(0)));
    let watching = opens(store, 1, Watch::Stock).await;
    commit!(store, |tx| tx.issue_from_stock(order, &sku, 2, at(10)));
    assert_eq!((due(store, 24).await, due(store, 25).await), (vec![], vec![watching]));
}

async fn a_screen_that_the_transaction_saves_is_marked_once(store: &Store) {
    let order = placed(store, &anna(store).await, 1, 0).await;
    let (mine, other) = (opens(store, 1, Watch::Order(order)).await, opens(store, 2, Watch::Order(order)).await);
    let mut tx = store.begin().await.unwrap();
    takes(&mut tx, order, 10).await;
    tx.save_dialogue(mine, Some(1), &screen(Some(Watch::Order(order))), at(10)).await.unwrap();
    tx.redraw_later(mine);
    tx.commit().await.unwrap();
    for key in [mine, other] {
        assert_eq!(read!(store, |tx| tx.dialogue(key)).unwrap().version, 2);
    }
}

async fn a_screen_that_is_gone_does_not_follow(store: &Store) {
    let order = placed(store, &anna(store).await, 1, 0).await;
    let key = opens(store, 1, Watch::Order(order)).await;
    let message = read!(store, |tx| tx.dialogue(key)).unwrap().screen.unwrap().message;
    commit!(store, |tx| tx.lose_message(key, message));
    is_taken(store, order, 10).await;
    assert_eq!(due(store, 100).await, []);
    // Nor one that watches something else by now.
    commit!(store, |tx| tx.save_dialogue(key, Some(1), &screen(None), at(11)));
    draws_all(store, 11).await;
    is_taken(store, order, 12).await;
    assert_eq!(due(store, 100).await, []);
}

async fn a_customers_screen_is_drawn_when_it_is_asked_for(store: &Store) {
    let order = placed(store, &anna(store).await, 1, 0).await;
    let key = dialogue_of(1);
    commit!(store, |tx| tx.save_dialogue(key, None, &screen(None), at(0)));
    draws_all(store, 0).await;
    is_taken(store, order, 10).await;
    assert_eq!(due(store, 100).await, []);
    let mut tx = store.begin().await.unwrap();
    takes(&mut tx, order, 20).await;
    tx.redraw_later(key);
    tx.redraw_later(dialogue_of(9));
    tx.commit().await.unwrap();
    assert_eq!((due(store, 19).await, due(store, 20).await), (vec![], vec![key]));
}

async fn a_message_that_does_not_reach_its_reader_is_a_change_of_the_order(store: &Store) {
    let order = placed(store, &anna(store).await, 1, 0).await;
    let key = opens(store, 1, Watch::Order(order)).await;
    let message =
        NewOutboxMessage { chat: ChatId(1), order: Some(order), body: "cancelled".to_owned(), lane: Lane::Notice };
    commit!(store, |tx| tx.post(&message, at(0)));
    let [message] = commit!(store, |tx| tx.claim_messages(at(1), at(61), 8)).try_into().unwrap();
    commit!(store, |tx| tx.park_message(&message, Place::Head, at(90), at(2)));
    assert_eq!(due(store, 2).await, [key]);
}

async fn two_who_change_orders_at_once_never_wait_in_a_circle(store: &Store) {
    let customer = anna(store).await;
    for person in 1..=20 {
        opens(store, person, Watch::Orders).await;
    }
    let orders = [placed(store, &customer, 1, 100).await, placed(store, &customer, 2, 100).await];
    draws_all(store, 200).await;
    let changing = orders.map(|order| {
        let store = store.clone();
        tokio::spawn(async move { is_taken(&store, order, 300).await })
    });
    for one in changing {
        one.await.unwrap();
    }
    assert_eq!(due(store, 315).await.len(), 20);
}
