//! Two of the staff at one order: one of them is first, and the other learns who it was.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use keydesk::chat::action::{Action, Seen, StaffAction};
use keydesk::domain::{
    ChatId, Notification, Order, OrderAction, OrderNumber, PersonId, PresetReason, Reason, Status, Stored,
};
use keydesk_emulator::{CallbackId, MemberStatus, MessageId, Sender};

use crate::support::actions::invoiced;
use crate::support::files::list;
use crate::support::outbox::{Delivery, messages_of};
use crate::support::serials::GivenSerials;
use crate::support::shop::{STAFF_CHAT, Shop, on_both};

on_both!(of_two_who_press_at_once_one_is_first_and_the_other_learns_who);

/// With five kinds these are forty races on each database.
const RACES_OF_A_KIND: i64 = 8;
const FIRST: i64 = 446;
/// Whatever message of the staff chat a button stood on of an order that has no alert.
const GONE: MessageId = MessageId(1);
/// Anna, and a colleague who shares her account.
const MEMBERS: [i64; 2] = [101, 301];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Take,
    Invoice,
    InvoiceAgainstCancel,
    StockAgainstFile,
    CancelAgainstComplete,
}

const KINDS: [Kind; 5] =
    [Kind::Take, Kind::Invoice, Kind::InvoiceAgainstCancel, Kind::StockAgainstFile, Kind::CancelAgainstComplete];

/// One order and the two who are at it.
struct Race<'s> {
    shop: &'s Shop,
    kind: Kind,
    order: i64,
    staff: [i64; 2],
}

impl Race<'_> {
    fn press(&self, who: usize, action: StaffAction, on: MessageId) -> (i64, CallbackId) {
        let data = Action::Staff(OrderNumber(self.order), action).encode();
        let person = self.staff[who];
        (person, self.shop.emulator.press(STAFF_CHAT, person, on, &data))
    }

    /// The message that shows the order to staff, once there is one.
    fn alert(&self) -> MessageId {
        let begins = format!("аказ №{}\n", self.order);
        let messages = self.shop.emulator.messages(STAFF_CHAT);
        messages.iter().find(|message| message.text.contains(&begins)).map_or(GONE, |message| message.id)
    }

    /// Whoever has to be asked something first is asked it.
    fn opens(&self) {
        let ask: &[(usize, StaffAction)] = match self.kind {
            Kind::Take | Kind::Invoice => &[],
            Kind::InvoiceAgainstCancel => &[(1, StaffAction::AskCancel)],
            Kind::StockAgainstFile => &[(1, StaffAction::Open), (1, StaffAction::AskComplete)],
            Kind::CancelAgainstComplete => &[(0, StaffAction::AskCancel)],
        };
        for (who, action) in ask.iter().copied() {
            self.press(who, action, self.alert());
            if action == StaffAction::AskCancel {
                self.press(who, StaffAction::Because(PresetReason::NotPaid), self.alert());
            }
        }
    }

    /// A file takes its time, so whoever sends one is a little ahead.
    fn sends_the_file(&self) {
        if self.kind == Kind::StockAgainstFile {
            let serials: String = (0..50).map(|line| format!("FILE-{}-{line}\n", self.order)).collect();
            self.shop.emulator.reply_with(STAFF_CHAT, self.staff[1], self.alert(), list("keys.txt", &serials));
        }
    }

    /// Both press; now one of them is ahead, now the other.
    fn runs(&self) -> Vec<(i64, CallbackId)> {
        let invoice = StaffAction::InvoiceTotal { seen: Seen::after(1), due: None };
        let give = StaffAction::CompleteFromStock(Seen::after(2));
        let cancel = StaffAction::ConfirmCancel(Seen::fingerprint(&Reason::Ready(PresetReason::NotPaid)));
        let mut press = match self.kind {
            Kind::Take => vec![(0, StaffAction::Take), (1, StaffAction::Take)],
            Kind::Invoice => vec![(0, invoice), (1, invoice)],
            Kind::InvoiceAgainstCancel => vec![(0, invoice), (1, cancel)],
            Kind::StockAgainstFile => vec![(0, give)],
            Kind::CancelAgainstComplete => vec![(0, cancel), (1, give)],
        };
        if self.order % 2 == 0 {
            press.reverse();
        }
        press.into_iter().map(|(who, action)| self.press(who, action, self.alert())).collect()
    }

    /// What the bot said to one of the two: what their press answered, or what it wrote below their file.
    fn said_to(&self, person: i64, presses: &[(i64, CallbackId)]) -> String {
        let mut said = String::new();
        for (_, press) in presses.iter().filter(|(presser, _)| *presser == person) {
            let answers = self.shop.emulator.answers();
            let answer = answers.into_iter().find(|answer| answer.callback == *press);
            said.push_str(answer.and_then(|answer| answer.text).as_deref().unwrap_or_default());
        }
        let messages = self.shop.emulator.messages(STAFF_CHAT);
        let theirs: BTreeSet<_> =
            messages.iter().filter(|one| one.from == Sender::Person(person)).map(|one| one.id).collect();
        for message in &messages {
            if message.reply_to.is_some_and(|replied| theirs.contains(&replied)) {
                said.push_str(&message.text);
            }
        }
        said
    }
}

/// Whether a notification tells of this action.
fn tells(notification: &Notification, of: &OrderAction) -> bool {
    matches!(notification, Notification::OrderActed { action, .. } if action.kind() == of.kind())
}

/// What the race was about.
fn races_for(kind: Kind, action: &OrderAction) -> bool {
    match kind {
        Kind::Take => *action == OrderAction::Taken,
        Kind::Invoice => matches!(action, OrderAction::Invoiced(_)),
        Kind::InvoiceAgainstCancel => matches!(action, OrderAction::Invoiced(_) | OrderAction::Cancelled(_)),
        Kind::StockAgainstFile | Kind::CancelAgainstComplete => {
            matches!(action, OrderAction::Completed | OrderAction::Cancelled(_))
        }
    }
}

async fn of_two_who_press_at_once_one_is_first_and_the_other_learns_who(shop: Shop) {
    shop.anna().says("/start").await;
    shop.visitor(MEMBERS[1], "ru").says("/start").await;
    shop.share_an_account(MEMBERS[0], MEMBERS[1]).await;
    let races: Vec<Race> = (0..RACES_OF_A_KIND)
        .flat_map(|_| KINDS)
        .zip(FIRST..)
        .map(|(kind, order)| {
            let staff = [10_000 + 2 * order, 10_001 + 2 * order];
            for person in staff {
                shop.visitor(person, "ru");
                shop.emulator.set_member(STAFF_CHAT, person, MemberStatus::Member);
            }
            Race { shop: &shop, kind, order, staff }
        })
        .collect();
    shop.anna().has_orders(races.len().try_into().unwrap()).await;
    shop.stocks_many("sp-1", 20 * races.len()).await;
    // So few at a time that each has an alert of its own.
    for some in races.chunks(KINDS.len()) {
        for race in some {
            if matches!(race.kind, Kind::StockAgainstFile | Kind::CancelAgainstComplete) {
                shop.staff_did(race.order, invoiced()).await;
            }
            race.opens();
        }
        shop.takes_all_updates().await;
        shop.delivers_in_leaps(TimeDelta::minutes(1)).await;
    }
    races.iter().for_each(Race::sends_the_file);
    shop.takes_all_updates().await;
    let presses: Vec<_> = races.iter().map(Race::runs).collect();
    shop.takes_all_updates_beside_deliveries(60).await;
    shop.emulator.until(|world| world.answers().count() >= world.presses().count()).await;
    shop.delivers_in_leaps(TimeDelta::minutes(1)).await;

    let (mut serials, mut given, mut firsts) = (BTreeSet::new(), 0, BTreeSet::new());
    for (race, presses) in races.iter().zip(&presses) {
        let order = shop.order(race.order).await;
        firsts.insert(one_was_first(race, &order, presses).await);
        let mut tx = shop.store().read();
        let its = tx.serials_of(order.summary.number).await.unwrap();
        assert_eq!(its.len(), if order.summary.status == Status::Completed { 50 } else { 0 }, "{:?}", race.kind);
        given += its.len();
        serials.extend(its.into_iter().map(|(_, serial)| serial));
    }
    assert_eq!(serials.len(), given, "a serial number was given twice");
    assert!(firsts.len() > KINDS.len(), "always the same one was first: {firsts:?}");
}

/// Checks one race; gives its kind and which of the two was first.
async fn one_was_first(race: &Race<'_>, order: &Order, presses: &[(i64, CallbackId)]) -> (String, usize) {
    let about = format!("{:?} of order {}", race.kind, race.order);
    let actions: Vec<_> = order.events.iter().filter(|event| races_for(race.kind, &event.action)).collect();
    let [first] = actions.as_slice() else { panic!("{about}: {actions:?}") };
    let winner = race.staff.iter().position(|person| first.actor.is(PersonId(*person))).unwrap();
    let said = race.said_to(race.staff[1 - winner], presses);
    let (name, date) = (first.actor.name().unwrap(), "01.04.2015 1");
    assert!(said.contains(name) && said.contains(date), "{about}, won by {name}: {said}");

    let mut tx = race.shop.store().read();
    let notices = messages_of(&mut tx, order.summary.number).await;
    for member in MEMBERS {
        let told: Vec<_> = notices.iter().filter(|notice| notice.chat == ChatId(member)).collect();
        let [notice] = told.as_slice() else {
            assert!(told.is_empty() && race.kind == Kind::Take, "{about}: {told:?}");
            continue;
        };
        assert!(tells(&Notification::decode(&notice.body).unwrap(), &first.action), "{about}: {}", notice.body);
        let Delivery::Sent(message) = notice.delivery else { panic!("{about}: {notice:?}") };
        let message = race.shop.emulator.message(member, MessageId(i32::try_from(message.0).unwrap()));
        assert!(message.is_some_and(|message| message.text.contains(&format!("№{}", race.order))), "{about}");
    }
    (about.split(' ').next().unwrap_or_default().to_owned(), winner)
}
