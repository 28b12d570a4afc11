//! Telegram's flood limits, with many people at once and by the real clock.

use super::crowd;
use crate::support::program::{Flood, Premises, STAFF_CHAT};

const PEOPLE: i64 = 30;
const ORDERS: usize = 30;
/// More than the bot sends to the group in one go; all thirty would take two minutes.
const ALERTS: usize = 6;

#[tokio::test(flavor = "multi_thread")]
async fn thirty_people_who_order_at_once_never_drive_it_over_telegrams_limits() {
    let premises = Premises::on_sqlite(Flood::Limited).await;
    let program = premises.runs().await;
    let seen = crowd::order_at_once(crowd::people(&premises.emulator, PEOPLE), || false).await;
    assert_eq!(seen.len(), ORDERS);
    premises.until("alerts arrive", |world| world.messages(STAFF_CHAT).count() >= ALERTS).await;
    program.stops().await;

    // Whoever presses twice may have the same screen drawn twice, and the bot takes that refusal for what it is: done.
    let calls = premises.emulator.calls();
    let refused = calls.iter().filter(|call| call.status_code != 200);
    let refusals = refused.map(|call| (call.method.as_str(), call.refusal.as_deref().unwrap_or_default()));
    let driven: Vec<_> = refusals.filter(|(_, text)| !text.contains("message is not modified")).collect();
    assert_eq!(driven, []);
}
