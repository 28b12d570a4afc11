use proptest::prelude::*;

use super::*;

const ANNA: ChatId = ChatId(1);
const GROUP: ChatId = ChatId(-1);

fn at(milliseconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(milliseconds).unwrap()
}

fn limits() -> Limits {
    Limits::new(FloodLimits::Telegram)
}

/// When each of so many went out, asked for as soon as the one before it did.
fn sent(limits: &mut Limits, chat: ChatId, lane: Lane, from: i64, count: usize) -> Vec<i64> {
    let mut now = at(from);
    (0..count)
        .map(|_| {
            while let Permit::NotBefore(instant) = limits.ask(chat, lane, now) {
                assert!(instant > now);
                now = instant;
            }
            now.timestamp_millis()
        })
        .collect()
}

#[test]
fn ten_taps_are_answered_at_once_and_then_one_a_second() {
    let taps = sent(&mut limits(), ANNA, Lane::Tap, 0, 13);
    assert_eq!(taps, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1_100, 2_200, 3_300]);
}

#[test]
fn notices_leave_room_for_taps_and_bulk_for_both() {
    let mut limits = limits();
    assert_eq!(sent(&mut limits, ANNA, Lane::Bulk, 0, 3), [0, 0, 1_100]);
    assert_eq!(sent(&mut limits, ANNA, Lane::Notice, 1_100, 3), [1_100, 1_100, 2_200]);
    assert_eq!(sent(&mut limits, ANNA, Lane::Tap, 2_200, 7), [2_200, 2_200, 2_200, 2_200, 2_200, 2_200, 3_300]);
}

#[test]
fn a_group_has_room_for_people_after_any_rush_of_notices() {
    let mut limits = limits();
    let alerts = sent(&mut limits, GROUP, Lane::Notice, 0, 15);
    assert_eq!(alerts[..6], [0, 0, 0, 0, 6_000, 12_000]);
    assert!(alerts[13] <= 60_000 && alerts[14] > 60_000, "{alerts:?}");
    let start = *alerts.last().unwrap();
    assert_eq!(sent(&mut limits, GROUP, Lane::Tap, start, 4), [start; 4]);
}

#[test]
fn somebody_who_works_through_orders_in_a_group_waits_for_nothing_before_the_minutes_nineteenth() {
    let taps = sent(&mut limits(), GROUP, Lane::Tap, 0, 20);
    assert!(taps[18] < 10_000, "{taps:?}");
    assert_eq!(taps[19], 61_000);
}

#[test]
fn taps_of_hundreds_at_once_wait_for_nobody_and_notices_go_out_twenty_four_a_second() {
    let mut limits = limits();
    for person in 1..=500 {
        assert_eq!(limits.ask(ChatId(person), Lane::Tap, at(0)), Permit::Granted);
    }
    let mut notices = 0;
    let mut now = at(0);
    for person in 501.. {
        while let Permit::NotBefore(instant) = limits.ask(ChatId(person), Lane::Notice, now) {
            now = instant;
        }
        if now > at(1_000) {
            break;
        }
        notices += 1;
    }
    assert!((24..=29).contains(&notices), "{notices}");
    assert!(matches!(limits.room(now), Room::NotBefore(_)));
}

#[test]
fn after_a_429_a_chat_rests_and_is_then_sent_less_at_once_for_a_while() {
    let mut limits = limits();
    limits.hold(ANNA, at(5_000), at(0));
    // What was under way then belongs to the same 429.
    limits.hold(ANNA, at(5_000), at(10));
    assert_eq!(limits.ask(ANNA, Lane::Tap, at(10)), Permit::NotBefore(at(5_000)));
    assert_eq!(limits.ask(ChatId(2), Lane::Tap, at(10)), Permit::Granted);
    assert_eq!(sent(&mut limits, ANNA, Lane::Tap, 5_000, 7), [5_000, 5_000, 5_000, 5_000, 5_000, 6_650, 8_300]);
    for again in [20_000, 40_000, 60_000] {
        limits.hold(ANNA, at(again + 5_000), at(again));
    }
    assert_eq!(sent(&mut limits, ANNA, Lane::Tap, 90_000, 3), [90_000, 92_750, 95_500]);
    let minutes = |count: i64| 60_000 + count * 60_000;
    let at_once =
        |limits: &mut Limits, from| sent(limits, ANNA, Lane::Tap, from, 11).iter().filter(|at| **at == from).count();
    assert_eq!([5, 10, 15].map(|past| at_once(&mut limits, minutes(past))), [2, 5, 10]);
}

#[test]
fn without_limits_only_a_429_holds() {
    let mut limits = Limits::new(FloodLimits::Off);
    assert_eq!(sent(&mut limits, GROUP, Lane::Bulk, 0, 100), [0; 100]);
    assert_eq!(limits.room(at(0)), Room::For(u32::MAX));
    limits.hold(GROUP, at(5_000), at(0));
    assert_eq!(limits.ask(GROUP, Lane::Tap, at(0)), Permit::NotBefore(at(5_000)));
}

#[test]
fn what_is_held_back_can_be_watched() {
    let mut limits = limits();
    let mut holds = limits.holds();
    sent(&mut limits, ANNA, Lane::Tap, 0, 10);
    assert!(!holds.has_changed().unwrap());
    limits.ask(ANNA, Lane::Tap, at(0));
    assert_eq!(*holds.borrow_and_update(), Holds::from([(ANNA, at(1_100))]));
    limits.ask(ANNA, Lane::Tap, at(1_100));
    assert_eq!(*holds.borrow_and_update(), Holds::new());
}

proptest! {
    #[test]
    fn no_window_ever_holds_more_than_telegram_allows(
        asks in proptest::collection::vec((0..40_i64, -2..4_i64, 0..3_usize), 1..600),
    ) {
        let mut limits = limits();
        let mut now = 0;
        let mut sent: Vec<(i64, i64, Lane)> = Vec::new();
        for (pause, chat, lane) in asks {
            now += pause * 7;
            let lane = [Lane::Tap, Lane::Notice, Lane::Bulk][lane];
            if limits.ask(ChatId(chat), lane, at(now)) == Permit::Granted {
                sent.push((now, chat, lane));
            }
        }
        for (start, ..) in &sent {
            let within = |width: i64| sent.iter().filter(move |(at, ..)| (*start..*start + width).contains(at));
            prop_assert!(within(1_000).filter(|(.., lane)| *lane > Lane::Tap).count() <= 29);
            for chat in -2..4 {
                prop_assert!(within(10_000).filter(|(_, c, _)| *c == chat).count() <= 20);
                prop_assert!(chat >= 0 || within(60_000).filter(|(_, c, _)| *c == chat).count() <= 19);
            }
        }
    }
}

#[test]
fn replicas_share_what_all_chats_may_be_sent() {
    let mut replicas: Vec<Limits> = (0..3).map(|_| limits()).collect();
    replicas.iter_mut().for_each(|one| one.divide(3));
    let mut sends: Vec<i64> = Vec::new();
    for (replica, one) in (0..).zip(&mut replicas) {
        let mut now = 0;
        for chat in 0..100 {
            let at = sent(one, ChatId(1 + chat + 100 * replica), Lane::Notice, now, 1);
            now = at.last().copied().unwrap_or(now);
            sends.extend(at);
        }
    }
    let in_ten_seconds = sends.iter().filter(|at| **at < 10_000).count();
    assert!((200..=250).contains(&in_ten_seconds), "{in_ten_seconds}");
}

#[test]
fn replicas_share_the_burst_of_a_private_chat_and_not_that_of_a_group() {
    let mut limits = limits();
    limits.divide(2);
    assert_eq!(sent(&mut limits, ANNA, Lane::Tap, 0, 7), [0, 0, 0, 0, 0, 2_200, 4_400]);
    assert_eq!(sent(&mut limits, GROUP, Lane::Tap, 0, 11), [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1_100]);
}

#[test]
fn whoever_leads_next_goes_on_where_the_former_leader_stopped() {
    let mut former = limits();
    sent(&mut former, GROUP, Lane::Tap, 0, 10);
    let left = former.sent_to_groups(at(1_000));
    assert_eq!(left.get(&GROUP.0).map(Vec::len), Some(10));
    let mut next = limits();
    next.succeed(&left, End::Left, at(1_000));
    assert_eq!(sent(&mut next, GROUP, Lane::Tap, 1_000, 10).iter().filter(|at| **at < 61_000).count(), 9);
}

#[test]
fn what_a_dead_leader_may_have_sent_unseen_counts() {
    let mut next = limits();
    next.succeed(&GroupSends::new(), End::Died, at(0));
    assert_eq!(sent(&mut next, GROUP, Lane::Tap, 0, 8).iter().filter(|at| **at < 61_000).count(), 5);
    assert_eq!(sent(&mut next, ANNA, Lane::Tap, 0, 10).iter().filter(|at| **at == 0).count(), 10);
}

#[test]
fn a_chat_that_rests_for_one_replica_rests_for_all() {
    let (mut one, mut other) = (limits(), limits());
    one.hold(ANNA, at(9_000), at(0));
    other.let_rest(&one.resting(at(1_000)), at(1_000));
    assert_eq!(other.ask(ANNA, Lane::Tap, at(1_000)), Permit::NotBefore(at(9_000)));
    assert_eq!(one.resting(at(9_000)), Holds::new());
}

#[test]
fn whoever_comes_to_others_begins_without_a_burst() {
    let mut newcomer = limits();
    newcomer.divide(2);
    newcomer.join(at(0));
    assert_eq!(sent(&mut newcomer, ANNA, Lane::Tap, 0, 3), [2_200, 4_400, 6_600]);
    assert_eq!(sent(&mut newcomer, ChatId(2), Lane::Tap, 20_000, 5), [20_000; 5]);
}
