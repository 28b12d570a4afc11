//! Nobody sees or changes what is not theirs: who may do what, as one table, and what stands nowhere.

mod actors;

use actors::{Does, Who};
use insta::assert_snapshot;
use keydesk::chat::action::{Action, CardAction, Seen, StaffAction};
use keydesk::domain::{OrderNumber, PresetReason};
use keydesk_emulator::{Group, GroupKind, PrivacyMode};
use serde_json::json;

use super::words::{OUTDATED, SECOND_HAND, UNKNOWN_COMMAND, USE_BUTTONS};
use crate::support::files::{document, list};
use crate::support::outbox::messages_of;
use crate::support::serials::GivenSerials;
use crate::support::shop::{ADMIN, CATALOGUE, OLEG, SP_1, STAFF_CHAT, Shop, VERA, on_both};
use crate::support::visitor::Visitor;

on_both!(
    nobody_does_or_sees_what_is_not_theirs,
    a_button_of_an_order_that_went_on_changes_nothing,
    nobody_answers_what_somebody_else_was_asked,
);

const ANNA: i64 = 101;
/// Another customer.
const GLEB: i64 = 302;
const OTHER_GROUP: i64 = -1_009_876_543_210;
/// Anna's orders, by their status.
const COMPLETED: i64 = 446;
const INVOICED: i64 = 447;
const PLACED: i64 = 448;
const NOTE: &str = "Договор 77 с «Ромашкой»";
/// What nobody is to read in an answer: serial numbers, who ordered, who works here, what it is and what it costs.
const SECRETS: [&str; 7] = ["SP-1-0", "Анна", "Иванова", "Вера", "Guardant SP,", "11 000", "Ромашк"];

/// What comes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Nothing,
    /// The same as for an order that does not exist.
    NoSuchOrder,
    UnknownCommand,
    UseButtons,
    Outdated,
    /// The button belongs to no question of theirs.
    ButtonClosed,
    /// A repetition of nothing.
    NothingToRepeat,
    /// The bot records who does what.
    AnonymousSender,
    /// What is passed on is not accepted.
    SecondHand,
}

const BUTTON_CLOSED: &str = "Эта кнопка относится к закрытому или чужому вопросу: откройте заказ или список заново.";
const NO_SUCH_ORDER: &str = "Такого заказа среди ваших нет. Все ваши заказы: /orders";

impl Answer {
    fn is(self, said: &str) -> bool {
        match self {
            Answer::Nothing => said.is_empty(),
            Answer::NoSuchOrder => said.contains(NO_SUCH_ORDER),
            Answer::UnknownCommand => said.contains(UNKNOWN_COMMAND),
            Answer::UseButtons => said.contains(USE_BUTTONS),
            Answer::Outdated => said == OUTDATED,
            Answer::ButtonClosed => said == BUTTON_CLOSED,
            Answer::NothingToRepeat => said.contains("Такого заказа среди ваших нет."),
            Answer::SecondHand => said.contains(SECOND_HAND),
            Answer::AnonymousSender => said.contains("не принимает действий от анонимных администраторов"),
        }
    }
}

fn staff_buttons(order: i64) -> Vec<Does> {
    let plain = [
        StaffAction::Open,
        StaffAction::Take,
        StaffAction::AskInvoice,
        StaffAction::InvoiceTotal { seen: Seen::after(1), due: None },
        StaffAction::AskComplete,
        StaffAction::CompleteFromStock(Seen::after(2)),
        StaffAction::AskCancel,
        StaffAction::ConfirmCancel(Seen::UNKNOWN),
        StaffAction::Dismiss,
    ];
    let all = plain.into_iter().chain(PresetReason::ALL.map(StaffAction::Because));
    all.map(|action| Does::Presses(Action::Staff(OrderNumber(order), action))).collect()
}

fn card_buttons(order: i64) -> Vec<Does> {
    let all = [
        CardAction::Invoice,
        CardAction::Serials,
        CardAction::Ask,
        CardAction::AskToCancel,
        CardAction::CancelWithoutWords,
    ];
    all.into_iter().map(|action| Does::Presses(Action::Card(OrderNumber(order), action))).collect()
}

fn types(texts: &[&str]) -> Vec<Does> {
    texts.iter().map(|text| Does::Types((*text).to_owned())).collect()
}

const STAFF_COMMANDS: [&str; 5] =
    ["/invoice 448 1", "/invoice 447 100 15.04.2015", "/complete 447", "/cancel_order 448 нет", "/order 446"];

/// Who may do what to Anna's orders.
fn table() -> Vec<(Vec<Who>, Vec<Does>, Answer)> {
    use Who::{
        AnonymousAdmin, Bot, Channel, Forwarding, ForwardingInPrivate, InAnotherGroup, InPrivate, InStaffChat, ViaBot,
    };
    let strangers = vec![InPrivate(GLEB), InPrivate(OLEG)];
    let all_orders = [COMPLETED, INVOICED, PLACED];
    vec![
        (
            strangers.clone(),
            types(&["/order 446", "/order_447", "/start order_448", "/order 999999"]),
            Answer::NoSuchOrder,
        ),
        (strangers.clone(), vec![Does::Presses(Action::Order(OrderNumber(446)))], Answer::NoSuchOrder),
        (strangers.clone(), vec![Does::Presses(Action::Repeat(OrderNumber(446)))], Answer::NothingToRepeat),
        (strangers.clone(), all_orders.into_iter().flat_map(card_buttons).collect(), Answer::NoSuchOrder),
        // Nobody but staff, in their chat, has staff buttons: not the customer of the order, nor staff in private.
        (
            [strangers.clone(), vec![InPrivate(ANNA)]].concat(),
            all_orders.into_iter().flat_map(staff_buttons).collect(),
            Answer::Outdated,
        ),
        ([strangers.clone(), vec![InPrivate(ANNA)]].concat(), types(&STAFF_COMMANDS[..4]), Answer::UnknownCommand),
        (strangers, vec![Does::SendsAnInvoice], Answer::UseButtons),
        // What was said in a staff's words by somebody else is no order to the bot.
        (vec![Forwarding, ViaBot], types(&STAFF_COMMANDS), Answer::Nothing),
        (vec![ForwardingInPrivate(GLEB), ForwardingInPrivate(ADMIN)], types(&STAFF_COMMANDS), Answer::SecondHand),
        // An admin is a customer as well, and has no other customer's buttons.
        (vec![InPrivate(ADMIN)], card_buttons(COMPLETED), Answer::NoSuchOrder),
        (vec![AnonymousAdmin, Channel, Bot], types(&STAFF_COMMANDS), Answer::AnonymousSender),
        (vec![AnonymousAdmin, Channel, Bot], types(&["25000", "да, отменяем"]), Answer::Nothing),
        (
            vec![InAnotherGroup],
            [
                types(&STAFF_COMMANDS),
                vec![Does::SendsAnInvoice],
                all_orders.into_iter().flat_map(staff_buttons).collect(),
            ]
            .concat(),
            Answer::Nothing,
        ),
        (vec![InAnotherGroup], all_orders.into_iter().flat_map(card_buttons).collect(), Answer::Nothing),
        // A customer's buttons mean nothing in the staff chat.
        (vec![InStaffChat(OLEG)], all_orders.into_iter().flat_map(card_buttons).collect(), Answer::ButtonClosed),
        // Nothing was asked of this one.
        (
            vec![InStaffChat(OLEG)],
            [types(&["25000", "0", "нет"]), vec![Does::SendsAnInvoice]].concat(),
            Answer::Nothing,
        ),
        (
            vec![InStaffChat(OLEG), InPrivate(ADMIN)],
            [
                StaffAction::InvoiceTotal { seen: Seen::UNKNOWN, due: None },
                StaffAction::ConfirmCancel(Seen::UNKNOWN),
                StaffAction::Because(PresetReason::NotPaid),
            ]
            .map(|action| Does::Presses(Action::Staff(OrderNumber(PLACED), action)))
            .to_vec(),
            Answer::ButtonClosed,
        ),
    ]
}

/// Anna's three orders, of which one has serial numbers, and a group of somebody else's.
async fn opens(shop: &Shop) {
    let title = "Чужая группа".to_owned();
    let group = Group { id: OTHER_GROUP, title, kind: GroupKind::Supergroup, privacy: PrivacyMode::SeesAll };
    shop.emulator.add_group(group, &[GLEB]);
    shop.stocks_many("sp-1", 150).await;
    for _ in 0..3 {
        shop.anna().chooses(&[(SP_1, 50)]).await.taps("Оформить заказ").await;
        shop.anna().taps("Добавить примечание").await.says(NOTE).await.taps("Отправить заказ").await;
    }
    shop.appoints(&[VERA]).await;
    for (order, complete) in [(COMPLETED, true), (INVOICED, false)] {
        let vera = shop.vera();
        vera.says(&format!("/invoice {order} 11000")).await;
        if complete {
            vera.says(&format!("/complete {order}")).await.taps_starting("Выдать со склада").await;
        }
    }
    shop.visitor(GLEB, "ru").says("/start").await;
    for stranger in [OLEG, ADMIN] {
        Who::InPrivate(stranger).at(shop).says("/start").await;
    }
}

/// Everything that must not change.
async fn state(shop: &Shop) -> String {
    let mut tx = shop.store().read();
    let mut state = format!("{:?}\n{:?}\n", tx.stock().await.unwrap(), tx.current_price_list().await.unwrap());
    state += &format!("{:?}\n", tx.audit_page(0, 50).await.unwrap());
    for number in [COMPLETED, INVOICED, PLACED].map(OrderNumber) {
        let order = tx.order(number).await.unwrap().unwrap();
        let (serials, told) = (tx.serials_of(number).await.unwrap(), messages_of(&mut tx, number).await);
        // Whoever presses in vain is shown the alert as it is.
        let told = told.iter().filter(|message| message.chat.0 > 0).count();
        state += &format!("{number}: {:?}\n{} serial numbers\n{told} notices\n", order, serials.len());
    }
    state
}

async fn nobody_does_or_sees_what_is_not_theirs(shop: Shop) {
    opens(&shop).await;
    let before = state(&shop).await;
    let mut faults = Vec::new();
    for (people, things, expected) in table() {
        for who in people {
            for does in &things {
                let said = who.tries(&shop, does).await;
                let secrets = SECRETS.into_iter().filter(|_| who != Who::InPrivate(ANNA));
                let leaked: Vec<&str> = secrets.filter(|secret| said.contains(secret)).collect();
                if !expected.is(&said) || !leaked.is_empty() {
                    faults.push(format!("{who:?} {does:?}: not {expected:?}, leaked {leaked:?}: «{said}»"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert_eq!(state(&shop).await, before);
    // Nor does anything stand in a stranger's chat that went there beside an answer.
    for stranger in [Who::InPrivate(GLEB), Who::InPrivate(OLEG), Who::InAnotherGroup] {
        let said = stranger.at(&shop).texts().join("\n");
        assert!(!SECRETS.iter().any(|secret| said.contains(secret)), "{stranger:?}: {said}");
    }
}

/// Also those of staff, on orders that went on since the button was shown.
async fn a_button_of_an_order_that_went_on_changes_nothing(shop: Shop) {
    opens(&shop).await;
    let before = state(&shop).await;
    let mut answers = Vec::new();
    for does in staff_buttons(COMPLETED)
        .into_iter()
        .filter(|does| !matches!(does, Does::Presses(Action::Staff(_, StaffAction::Open))))
    {
        answers.push(Who::InStaffChat(OLEG).tries(&shop, &does).await);
    }
    answers.dedup();
    assert_snapshot!(answers.join("\n"), @r"
        Заказ №446 уже в статусе «Выполнен», это сделано раньше: Вера, 01.04.2015 12:30
        Эта кнопка относится к закрытому или чужому вопросу: откройте заказ или список заново.
        Заказ №446 уже в статусе «Выполнен», это сделано раньше: Вера, 01.04.2015 12:30
        ");
    // The order's customer has old buttons too.
    answers.clear();
    for (order, action) in [
        (COMPLETED, CardAction::AskToCancel),
        (COMPLETED, CardAction::CancelWithoutWords),
        (COMPLETED, CardAction::Invoice),
        (INVOICED, CardAction::Invoice),
        (INVOICED, CardAction::Serials),
        (PLACED, CardAction::Serials),
    ] {
        let said = Who::InPrivate(ANNA).tries(&shop, &Does::Presses(Action::Card(OrderNumber(order), action))).await;
        answers.push(said.lines().next().unwrap_or_default().to_owned());
    }
    answers.dedup();
    assert_snapshot!(answers.join("\n"), @"Статус заказа изменился, сейчас это сделать нельзя. Что можно сделать, показывают кнопки ниже.");
    assert_eq!(state(&shop).await, before);
}

/// What the bot asks of one of the staff is theirs to answer, and of the admins no other one's.
async fn nobody_answers_what_somebody_else_was_asked(shop: Shop) {
    opens(&shop).await;
    let (vera, oleg, anna) = (shop.vera(), shop.oleg(), shop.anna());
    let zoya = Visitor { id: ADMIN, ..oleg };
    anna.says(&format!("/order {PLACED}")).await.taps("Вопрос по заказу").await.says("Когда счет?").await;
    let question = *vera.screens().last().unwrap();
    let before = state(&shop).await;
    let dearer = CATALOGUE.replace("11000.00", "12000.00");
    let mut answers = Vec::new();
    // A button that asks stands on an alert that is not drawn yet.
    for (command, ask) in [("/invoice 448", StaffAction::AskInvoice), ("/cancel_order 448", StaffAction::AskCancel)] {
        vera.says(command).await;
        for person in [&oleg, &zoya] {
            let said = person.forges(&Action::Staff(OrderNumber(PLACED), ask).encode()).await;
            answers.push(format!("{command} [{ask:?}] {}", said.unwrap_or_default()));
        }
        vera.says("/cancel").await;
    }
    for (command, reply, button) in [
        ("/invoice 448", Some("110000"), "Да, на 110 000,00 ₽"),
        ("/cancel_order 448", None, "Счет не оплачен в срок"),
        ("/cancel_order 448 дорого", None, "Отменить заказ"),
        ("/order 448", Some("Отгрузим завтра"), "Отправить клиенту"),
        ("/block 302", None, "Заблокировать"),
        ("/staff 202", None, "Назначить"),
    ] {
        vera.says(command).await;
        if let Some(reply) = reply {
            vera.replies(reply).await;
        }
        for person in [&oleg, &zoya] {
            let press = person.presses(button);
            shop.settle().await;
            answers.push(format!("{command} [{button}] {}", person.toast(&press).await.unwrap_or_default()));
        }
        vera.says("/cancel").await;
    }
    // Nor with words or a file.
    for person in [&oleg, &zoya] {
        vera.says("/cancel_order 448").await;
        answers.push(person.replies("Дорого").await.screen());
        vera.says("/cancel").await.says("/stock sp-1").await;
        answers.push(person.replies_with(list("keys.txt", "SP-1-900001\n")).await.sentence());
        vera.says("/cancel").await.sends(document("catalog.toml", dearer.as_bytes(), "/catalog")).await;
        let press = person.presses("Применить");
        shop.settle().await;
        answers.push(person.toast(&press).await.unwrap_or_default());
        vera.says("/cancel").await;
    }
    answers.dedup();
    assert_snapshot!(answers.join("\n"), @r"
        /invoice 448 [AskInvoice] Сумму указывает Вера
        /cancel_order 448 [AskCancel] Отменой занимается Вера
        /invoice 448 [Да, на 110 000,00 ₽] Сумму указывает Вера
        /cancel_order 448 [Счет не оплачен в срок] Отменой занимается Вера
        /cancel_order 448 дорого [Отменить заказ] Отменой занимается Вера
        /order 448 [Отправить клиенту] Эта кнопка относится к закрытому или чужому вопросу: откройте заказ или список заново.
        /block 302 [Заблокировать] Эта кнопка относится к закрытому или чужому вопросу: откройте заказ или список заново.
        /staff 202 [Назначить] Эта кнопка относится к закрытому или чужому вопросу: откройте заказ или список заново.
        Это сообщение не ждет ответа, и клиент ваш ответ не получит. Чтобы ответить клиенту, ответьте на его вопрос, остальное делается кнопками под заказом.

        Отправить это клиенту по заказу №448?
        Дорого
        [Отправить клиенту]
        [Не сейчас]
        Этот вопрос задан не вам, и ответ не принят.
        Эта кнопка относится к закрытому или чужому вопросу: откройте заказ или список заново.
        Это сообщение не ждет ответа, и клиент ваш ответ не получит. Чтобы ответить клиенту, ответьте на его вопрос, остальное делается кнопками под заказом.

        Отправить это клиенту по заказу №448?
        Дорого
        [Отправить клиенту]
        [Не сейчас]
        Этот вопрос задан не вам, и ответ не принят.
        Эта кнопка относится к закрытому или чужому вопросу: откройте заказ или список заново.
        ");
    // Nor is a customer answered by whoever cannot be named, whatever they answer to.
    let at = json!({ "id": STAFF_CHAT, "type": "supergroup", "title": "Сотрудники" });
    let us = json!({ "id": 1, "is_bot": true, "first_name": "keydesk", "username": "keydesk_bot" });
    let replied = json!({ "message_id": question.0, "date": 0, "chat": at, "from": us });
    let people = json!({ "id": VERA, "is_bot": false, "first_name": "Вера" });
    for (number, extra) in [
        json!({ "from": { "id": 1_087_968_824, "is_bot": true, "first_name": "Group" }, "sender_chat": at }),
        json!({ "from": { "id": 77, "is_bot": true, "first_name": "Робот" } }),
        json!({ "from": people, "sender_chat": { "id": -1_005, "type": "channel", "title": "Channel" } }),
        json!({ "from": people, "forward_origin": { "type": "hidden_user" } }),
        json!({ "from": people, "via_bot": { "id": 78, "is_bot": true, "first_name": "Other" } }),
        json!({ "from": people, "chat": { "id": OTHER_GROUP, "type": "supergroup", "title": "Чужая группа" } }),
    ]
    .into_iter()
    .enumerate()
    {
        let mut message = json!({
            "message_id": 900_000 + number, "date": 0, "chat": at, "text": "Завтра", "reply_to_message": replied,
        });
        message.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        shop.emulator.push_raw_update(json!({ "message": message }));
    }
    shop.settle().await;
    assert!(!anna.chat().contains("Завтра"), "{}", anna.chat());
    assert_eq!(state(&shop).await, before);
    // The question is open still, for anybody of the staff.
    shop.emulator.reply(STAFF_CHAT, OLEG, question, "Завтра");
    shop.settle().await;
    assert!(anna.screen().contains("Завтра"), "{}", anna.chat());
    // So is what a reply to the alert says by itself, whoever was asked for it.
    vera.says("/invoice 448").await;
    oleg.replies("11000").await;
    assert!(!shop.alert(PLACED).contains("[Не сейчас]"), "nobody is asked any more: {}", shop.alert(PLACED));
    assert!(shop.alert(PLACED).contains("выставлен счет на 11 000,00 ₽: Олег"), "{}", shop.alert(PLACED));
    vera.says("/complete 447").await;
    let serials: String = (0..50).map(|number| format!("OLEG-{number}\n")).collect();
    oleg.replies_with(list("keys.txt", &serials)).await;
    assert!(shop.alert(INVOICED).contains("выполнен: Олег"), "{}", shop.alert(INVOICED));
}
