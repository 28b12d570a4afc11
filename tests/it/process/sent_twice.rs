//! A form that was sent twice, since the answer to the first was lost: whoever presses on either sees what comes of it.

use keydesk_emulator::{ButtonAction, Fault, FaultKind, HangEnd, MessageId, World};

use super::crowd::Customer;
use crate::support::program::{Flood, Premises};

const ANNA: i64 = 3001;
const TRIAL: &str = "Лицензия Guardant SP Trial, 30 000 активаций";
const CHECK_OUT: &str = "Оформить заказ";
const SEND: &str = "Отправить заказ";

/// The buttons with such a label, the oldest first.
fn buttons(world: &World, label: &str) -> Vec<(MessageId, String)> {
    let standing = world.messages(ANNA).flat_map(|message| {
        let buttons = message.keyboard.iter().flatten();
        buttons.filter_map(|button| match &button.action {
            ButtonAction::Data(data) if button.label.replace('\u{a0}', " ").starts_with(label) => {
                Some((message.id, data.clone()))
            }
            _ => None,
        })
    });
    standing.collect()
}

#[tokio::test]
async fn a_form_on_its_way_out_of_the_chat_is_not_taken_for_the_screen() {
    let premises = Premises::on_sqlite(Flood::Unlimited).await;
    let bot = premises.runs().await;
    let anna = Customer::new(&premises.emulator, ANNA);
    let meets = |method: &str, times, kind| {
        premises.emulator.inject(Fault { method: Some(method.to_owned()), chat: Some(ANNA), times, kind });
    };
    let sees = async |label: &str, times| {
        premises.until(label, |world| buttons(world, label).len() == times).await;
        premises.emulator.look(|world| buttons(world, label))
    };
    let press = |(message, data): &(MessageId, String)| premises.emulator.press(ANNA, ANNA, *message, data);

    meets("sendMessage", 1, FaultKind::DropAfter);
    anna.says("/new");
    let [orphan, form] = sees(TRIAL, 2).await.try_into().unwrap();
    press(&form);
    press(&sees("1 — ", 1).await[0]);
    let check_out = &sees(CHECK_OUT, 1).await[0];

    // She presses on both before either is gone.
    meets("deleteMessage", 2, FaultKind::HangBefore);
    press(&orphan);
    premises.until("a form is on its way out", |world| world.hung() > 0).await;
    press(check_out);
    sees(SEND, 1).await;
    for call in 1..=2 {
        premises.emulator.let_go(call, HangEnd::Answered);
    }
    let screens = |world: &World| world.messages(ANNA).filter(|message| !message.keyboard.is_empty()).count();
    premises.until("the other forms are gone", |world| screens(world) == 1).await;
    bot.stops().await;
    let (summary, screens) = premises.emulator.look(|world| (buttons(world, SEND).len(), screens(world)));
    assert_eq!((summary, screens), (1, 1), "{:#?}", premises.emulator.messages(ANNA));
}
