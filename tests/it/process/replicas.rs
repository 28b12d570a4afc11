//! Two programs on one server: one leads, and the other takes over when the first is frozen or gone. `KEYDESK_FREEZES` says how
//! often they freeze each in turn.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use keydesk_emulator::World;

use super::crowd;
use crate::support::program::{Flood, Premises, STAFF_CHAT, Signal};
use crate::support::random::number_in;

const LEADS: &str = "this replica leads";
/// People who order one after the other all the time, each as fast as a private chat takes messages.
const PEOPLE: i64 = 4;

#[tokio::test(flavor = "multi_thread")]
async fn a_frozen_leader_is_replaced_and_does_nothing_twice_when_it_thaws() {
    let premises = Premises::on_postgres(Flood::Limited).await;
    let mut leader = premises.runs().await;
    leader.says(LEADS).await;
    let mut other = premises.runs().await;

    let crowd = Crowd::orders(&premises);
    crowd.has_placed(PEOPLE).await;
    let freezes = number_in("KEYDESK_FREEZES").unwrap_or(1);
    let mut longest = Duration::ZERO;
    for freeze in 0..freezes {
        leader.gets(Signal::Freeze);
        let frozen = Instant::now();
        // Whoever led once already says so once more.
        other.says_again(LEADS, usize::try_from(freeze.div_ceil(2) + 1).unwrap()).await;
        longest = longest.max(frozen.elapsed());
        crowd.has_placed(PEOPLE).await;
        leader.gets(Signal::Thaw);
        crowd.has_placed(PEOPLE).await;
        (leader, other) = (other, leader);
    }
    let placed = crowd.ends().await;
    println!("replicas: {freezes} freezes, {} orders, another led after {longest:.1?} at most", placed.len());

    // The rest waits for the group's minute.
    let told: BTreeMap<i64, usize> =
        premises.emulator.look(|world| placed.iter().map(|number| (*number, told(world, *number))).collect());
    assert!(told.values().all(|times| *times <= 1) && told.values().sum::<usize>() > 0, "{told:?}");
    let refused = premises.emulator.calls().into_iter().filter(|call| call.status_code == 429);
    assert_eq!(refused.map(|call| (call.method, call.chat_id)).collect::<Vec<_>>(), []);
    for program in [leader, other] {
        let ended = program.stops().await;
        assert!(ended.status.success(), "{ended:#?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_leader_is_replaced_at_once_and_one_that_stops_leaves_the_lead() {
    let premises = Premises::on_postgres(Flood::Unlimited).await;
    let first = premises.runs().await;
    first.says(LEADS).await;
    let second = premises.runs().await;
    first.killed().await;
    second.says(LEADS).await;
    let third = premises.runs().await;
    let crowd = Crowd::orders(&premises);
    crowd.has_placed(1).await;
    assert!(second.stops().await.status.success());
    third.says(LEADS).await;
    crowd.has_placed(1).await;
    crowd.ends().await;
    assert!(third.stops().await.status.success());
}

/// How often the staff chat was sent a message that names an order.
fn told(world: &World, number: i64) -> usize {
    let sent = world.calls().filter(|call| {
        call.method.eq_ignore_ascii_case("sendMessage") && call.chat_id == Some(STAFF_CHAT) && call.status_code == 200
    });
    let names = |text: &String| {
        let mut after = text.split('№').skip(1);
        after.any(|rest| rest.split(|sign: char| !sign.is_ascii_digit()).next() == Some(&number.to_string()))
    };
    sent.filter(|call| call.params.get("text").is_some_and(names)).count()
}

/// People who order until they are told to end.
struct Crowd<'a> {
    premises: &'a Premises,
    goes_on: Arc<AtomicBool>,
    counted: AtomicUsize,
    ordering: tokio::task::JoinHandle<Vec<crowd::Seen>>,
}

impl Crowd<'_> {
    fn orders(premises: &Premises) -> Crowd<'_> {
        let goes_on = Arc::new(AtomicBool::new(true));
        let again = Arc::clone(&goes_on);
        let people = crowd::people(&premises.emulator, PEOPLE).into_iter().map(crowd::Customer::who_presses_again);
        let ordering = tokio::spawn(crowd::order_at_once(people.collect(), move || again.load(Ordering::SeqCst)));
        Crowd { premises, goes_on, counted: AtomicUsize::new(0), ordering }
    }

    /// Waits until so many more orders stand on their customers' screens.
    async fn has_placed(&self, more: i64) {
        let wanted = self.counted.load(Ordering::SeqCst) + usize::try_from(more).unwrap();
        let mut count = 0;
        let is_enough = |world: &World| {
            let people = crowd::FIRST..crowd::FIRST + PEOPLE;
            count = people.flat_map(|id| world.messages(id)).filter_map(crowd::number_on_card).count();
            count >= wanted
        };
        self.premises.until("further orders are placed", is_enough).await;
        self.counted.store(count, Ordering::SeqCst);
    }

    async fn ends(self) -> Vec<i64> {
        self.goes_on.store(false, Ordering::SeqCst);
        self.ordering.await.unwrap().into_iter().map(|order| order.number).collect()
    }
}
