//! Telegram's flood limits, with many people at once and by the real clock.

use std::collections::BTreeMap;

use super::crowd;
use crate::support::program::{Flood, Premises, STAFF_CHAT};

const PEOPLE: i64 = 30;
/// More than the bot sends to the group in one go; all thirty would take two minutes.
const ALERTS: usize = 6;

#[tokio::test(flavor = "multi_thread")]
async fn thirty_people_who_order_at_once_never_drive_it_over_telegrams_limits() {
    let premises = Premises::on_sqlite(Flood::Limited).await;
    let program = premises.runs().await;
    let seen = crowd::order_at_once(crowd::people(&premises.emulator, PEOPLE), || false).await;
    assert_eq!(seen.len(), 30);
    premises.until("alerts arrive", |world| world.messages(STAFF_CHAT).count() >= ALERTS).await;
    program.stops().await;

    let mut answered: BTreeMap<u16, usize> = BTreeMap::new();
    for call in premises.emulator.calls() {
        *answered.entry(call.status_code).or_default() += 1;
    }
    assert_eq!(answered.keys().collect::<Vec<_>>(), [&200], "{answered:?}");
}
