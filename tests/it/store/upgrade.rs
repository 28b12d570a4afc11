//! A database of the first release is brought up to date, and nobody loses a draft or a question under way.

use std::{fs, path::Path};

use keydesk::{
    domain::{Actor, ChatId, MessageId, OrderAction, OrderNumber, Period, PersonId, Role, SearchText, Sending, Status},
    store::{
        DialogueKey, Lasting, LiveScreen, MessageKind, NewEvent, Seat, Store, StoredDialogue, Unreached, Visibility,
        Wait,
    },
};
use sqlx::{Connection, PgConnection, SqliteConnection, migrate::Migrator};
use tempfile::TempDir;

use super::{at, commit, read};
use crate::support::postgres::Database;
use crate::support::serials::GivenSerials;

/// The last migration of the first release.
const FIRST_RELEASE: &str = "0005";
const STAFF: ChatId = ChatId(-5);

/// What the first release wrote, in the SQL of either database.
const OLD: &str = include_str!("first_release.sql");

/// The migrations of the first release.
async fn first_release(folder: &str) -> Migrator {
    let copies = TempDir::new().unwrap();
    let all = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(folder);
    for file in fs::read_dir(all).unwrap() {
        let file = file.unwrap();
        let name = file.file_name().into_string().unwrap();
        if &name[..4] <= FIRST_RELEASE {
            fs::copy(file.path(), copies.path().join(name)).unwrap();
        }
    }
    Migrator::new(copies.path()).await.unwrap()
}

fn key(chat: i64, person: i64, seat: Seat) -> DialogueKey {
    DialogueKey { chat: ChatId(chat), person: PersonId(person), seat }
}

async fn dialogue(store: &Store, chat: i64, person: i64, seat: Seat) -> Option<StoredDialogue> {
    read!(store, |tx| tx.dialogue(key(chat, person, seat)))
}

async fn everything_is_there(store: &Store) {
    let order = OrderNumber(449);
    let events = read!(store, |tx| tx.order(order)).unwrap().events;
    let [placed, taken, invoiced] = events.try_into().unwrap();
    assert_eq!((placed.action, taken.action), (OrderAction::Placed, OrderAction::Taken));
    assert!(matches!(invoiced.action, OrderAction::Invoiced(_)), "{:?}", invoiced.action);
    assert_eq!(read!(store, |tx| tx.serials_of(order)).len(), 1);

    let found = async |message| read!(store, |tx| tx.find_by_message(STAFF, MessageId(message)));
    assert_eq!(found(40).await, Some((order, MessageKind::Alert)));
    assert_eq!(found(41).await, Some((order, MessageKind::Question)));
    assert_eq!(read!(store, |tx| tx.alert_message(order, STAFF)), Some(MessageId(40)));
    let unreached = read!(store, |tx| tx.unreached(order));
    assert_eq!(unreached, [(ChatId(1), Unreached::Parked), (ChatId(2), Unreached::Refused)]);
    let [parked, pending] = commit!(store, |tx| tx.claim_messages(at(60), at(120), 8)).try_into().unwrap();
    // It is tried again from time to time.
    assert_eq!((parked.chat, parked.wait), (ChatId(1), Wait::Parked));
    assert_eq!(
        (pending.body.as_str(), pending.sending),
        (r#"{"v":1,"body":"all_serials"}"#, Sending::PossibleDuplicate)
    );

    let drafts = [1, 2].map(async |person| read!(store, |tx| tx.draft(PersonId(person))).unwrap());
    let [customers, admins] = drafts;
    let [customers, admins]: [serde_json::Value; 2] =
        [customers.await, admins.await].map(|json| serde_json::from_str(&json).unwrap());
    assert_eq!((&customers["v"], &customers["draft"]["id"]), (&1.into(), &9_007_199_254_740_993_i64.into()));
    assert_eq!((&admins["v"], &admins["draft"]["id"]), (&1.into(), &5.into()));

    let customer = dialogue(store, 1, 1, Seat::Customer).await.unwrap();
    let screen = LiveScreen { message: MessageId(60), since: 2, lasting: Lasting::Transient };
    assert_eq!((customer.version, customer.screen, customer.visibility), (3, Some(screen), Visibility::Open));
    for (chat, person, seat) in
        [(2, 2, Seat::Vendor), (3, 3, Seat::Customer), (4, 4, Seat::Vendor), (-5, 70, Seat::Vendor)]
    {
        assert!(dialogue(store, chat, person, seat).await.is_some(), "{chat} {person} {seat:?}");
    }
    assert_eq!(dialogue(store, 2, 2, Seat::Customer).await, None);
    let job = commit!(store, |tx| tx.claim_file_job(at(60), at(120))).unwrap();
    assert_eq!(job.key, key(-5, 70, Seat::Vendor));
}

/// What is kept beside the orders since agrees with the orders of then, and everything is found once it was indexed.
async fn what_is_kept_since_agrees(store: &Store) {
    let everything = Period::All.span(chrono_tz::Tz::UTC);
    let kept = read!(store, |tx| tx.figures(everything));
    assert_eq!(kept, read!(store, |tx| tx.counted_figures(everything)));
    let figures = kept.of(Status::Invoiced);
    assert_eq!((figures.orders, figures.keys, figures.invoices), (1, 1, 1));
    assert_eq!(read!(store, |tx| tx.order(OrderNumber(449))).unwrap().summary.keys, 1);
    let found = async |text| read!(store, |tx| tx.find_orders(&SearchText::parse(text).unwrap(), 0, 8)).total;
    assert_eq!([found("anna").await, found("romashka").await], [0, 0]);
    assert_eq!(commit!(store, |tx| tx.index_unsearchable(10)), 2);
    assert_eq!([found("anna").await, found("romashka").await], [1, 1]);
}

async fn open_screens_follow(store: &Store) {
    let actor = Actor::Person { id: PersonId(70), name: "Olga".to_owned(), role: Role::Staff };
    let event = NewEvent { from: Status::Invoiced, to: Status::Invoiced, action: &OrderAction::Taken, actor: &actor };
    commit!(store, |tx| tx.record(OrderNumber(449), &event, at(100)));
    let due = async |seconds| {
        let claimed = commit!(store, |tx| tx.claim_redraws(at(seconds), at(seconds + 1000), 9));
        claimed.into_iter().map(|redraw| redraw.key.person.0).collect::<Vec<_>>()
    };
    assert_eq!((due(100).await, due(115).await), (vec![70, 71, 2], vec![72]));
}

#[tokio::test]
async fn a_file_of_the_first_release_is_brought_up_to_date() {
    let folder = TempDir::new().unwrap();
    let url = format!("sqlite://{}", folder.path().join("keydesk.db").display());
    let mut connection = SqliteConnection::connect(&format!("{url}?mode=rwc")).await.unwrap();
    first_release("sqlite").await.run_direct(None, &mut connection, false).await.unwrap();
    sqlx::raw_sql(OLD).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    let store = Store::open(&url).await.unwrap();
    everything_is_there(&store).await;
    what_is_kept_since_agrees(&store).await;
    open_screens_follow(&store).await;
}

#[tokio::test]
async fn a_server_of_the_first_release_is_brought_up_to_date() {
    let database = Database::create().await;
    let mut connection = PgConnection::connect(&database.url).await.unwrap();
    first_release("postgres").await.run_direct(None, &mut connection, false).await.unwrap();
    sqlx::raw_sql(OLD).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    let store = Store::open(&database.url).await.unwrap();
    everything_is_there(&store).await;
    what_is_kept_since_agrees(&store).await;
    open_screens_follow(&store).await;
}
