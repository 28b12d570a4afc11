//! What the staff chat reads.

use keydesk::chat::dialogue::{FileRefusal, How, Overtaken, Prompt, StaffBanner, StaffState, StaffToast};
use keydesk::chat::view::alert::{self, Background, Held, Place};
use keydesk::chat::view::{StaffFacts, StaffSubject, menu, staff, staff_banner};
use keydesk::domain::stock::serial_number::NotASerial;
use keydesk::domain::{
    ActionKind, Currency, FileFault, Invoice, Junk, MessageBody, Money, OrderNumber, Person, PersonId, PresetReason,
    Reason, Remarks, Role, Sending, Shortage, SomeLines, Status, Terms, Vocabulary, terms,
};

use super::reading::order;
use super::{Scenes, at, reviewed, sku};
use crate::support::examples;
use crate::support::screens::{assert_fits, readable};

const ORDER: OrderNumber = OrderNumber(450);

#[test]
fn the_alert_reads_well() {
    let person = |name: &str, username: Option<&str>| Person {
        id: PersonId(42),
        name: name.to_owned(),
        username: username.map(str::to_owned),
        telegram_language: None,
    };
    let (anna, nameless) = (person("Анна <Иванова>", Some("anna")), person("", None));
    let mut scenes = Scenes::new();
    scenes.add("a new order", |texts| {
        readable(&alert::order(&order(Status::Placed), &about(&anna), Sending::First, texts))
    });
    scenes.add("sent again, by somebody without a name", |texts| {
        readable(&alert::order(&order(Status::Placed), &about(&nameless), Sending::PossibleDuplicate, texts))
    });
    let invoiced = order(Status::Invoiced);
    for (title, order, stock) in [
        ("invoiced, and in stock", &invoiced, vec![50, 2, 1]),
        ("invoiced, and the stock is short", &invoiced, vec![50, 2, 0]),
    ] {
        let about = Background { stock, ..about(&anna) };
        scenes.add(title, |texts| readable(&alert::order(order, &about, Sending::First, texts)));
    }
    let placed = order(Status::Placed);
    let prompt = Prompt::about(&placed);
    let far = Invoice::of(Money::from_minor(1, Currency::RUB).unwrap());
    for (title, state) in [
        ("somebody is asked for a sum", StaffState::WaitingForInvoice(prompt)),
        ("somebody is asked about a strange sum", StaffState::ConfirmingInvoice(prompt, far.clone())),
        (
            "somebody is asked about a strange sum with a due date",
            StaffState::ConfirmingInvoice(prompt, Invoice { due: Some("2015-04-15".parse().unwrap()), ..far }),
        ),
        ("somebody is asked for a reason", StaffState::WaitingForReason(prompt)),
        ("somebody is asked once more", StaffState::ConfirmingCancel(prompt, Reason::Ready(PresetReason::NotPaid))),
    ] {
        let held = vec![Held { person: PersonId(5), name: "Вера <В>".to_owned(), state }];
        let about = Background { held, ..about(&anna) };
        scenes.add(title, |texts| {
            let screen = alert::order(&placed, &about, Sending::First, texts);
            assert_fits(&screen);
            readable(&screen)
        });
        let card = Background { place: Place::Card, ..about };
        scenes.add(&format!("{title}, on a card"), |texts| {
            readable(&alert::order(&placed, &card, Sending::First, texts))
        });
    }
    scenes.add("it stands below now", |texts| readable(&alert::moved(ORDER, texts)));
    reviewed!("alert", scenes.0);
}

#[test]
fn the_help_for_staff_reads_well() {
    let mut scenes = Scenes::new();
    for (title, role) in [("staff", Role::Staff), ("admins", Role::Admin)] {
        scenes.add(title, |texts| readable(&staff::help(role, texts)));
    }
    reviewed!("staff_help", scenes.0);
}

pub(super) fn about(customer: &Person) -> Background<'_> {
    let today = "2015-04-01".parse().unwrap();
    let (stock, place) = (vec![50, 2], Place::Alert);
    Background { customer, billing: None, unreached: Vec::new(), stock, held: Vec::new(), place, today }
}

#[test]
fn the_questions_to_staff_read_well() {
    let catalogue = examples::catalogue();
    let question = Prompt::about(&order(Status::Placed));
    let typed = Reason::Typed("оплаты нет <30 дней>".to_owned());
    let far = Invoice::of(Money::from_minor(1, Currency::RUB).unwrap());
    let far_and_due = Invoice { due: Some("2015-04-15".parse().unwrap()), ..far.clone() };
    let words = MessageBody::new("Завтра, см. пример.рф", None).unwrap();
    let mut scenes = Scenes::new();
    for (title, state) in [
        ("the invoice", StaffState::WaitingForInvoice(question)),
        ("the serial numbers", StaffState::WaitingForSerials(question)),
        ("the reason", StaffState::WaitingForReason(question)),
        ("a strange amount", StaffState::ConfirmingInvoice(question, far.clone())),
        ("a strange amount with a due date", StaffState::ConfirmingInvoice(question, far_and_due)),
        ("words for nobody", StaffState::OfferingToSend(ORDER, vec![words])),
        ("a ready reason", StaffState::ConfirmingCancel(question, Reason::Ready(PresetReason::NotPaid))),
        ("a typed reason", StaffState::ConfirmingCancel(question, typed)),
        ("a card", StaffState::ReadingOrder(ORDER)),
    ] {
        scenes.add(title, |texts| {
            let screen = draw(&state, &catalogue, texts);
            assert_fits(&screen);
            readable(&screen)
        });
    }
    for (title, state) in [
        ("a file is read", StaffState::ReadingSerials(ORDER)),
        ("an invoice is checked", StaffState::CheckingInvoice(ORDER)),
        ("nothing", StaffState::Idle),
    ] {
        scenes.add(title, |texts| readable(&draw(&state, &catalogue, texts)));
    }
    reviewed!("staff", scenes.0);
}

#[test]
fn the_example_of_a_due_date_can_be_typed() {
    let question = Prompt::about(&order(Status::Placed));
    for language in keydesk::domain::Language::all().iter().copied() {
        let texts = keydesk::chat::i18n::Texts::new(language, chrono_tz::Europe::Moscow);
        let screen = draw(&StaffState::WaitingForInvoice(question), &examples::catalogue(), &texts);
        let (_, example) = screen.text.as_str().rsplit_once(": ").unwrap();
        let read =
            terms::read(example, keydesk::domain::Currency::RUB, &Vocabulary::default(), "2015-04-01".parse().unwrap());
        assert!(matches!(read, Ok(Terms { due: Some(_), .. })), "{example}");
    }
}

fn draw(
    state: &StaffState,
    catalogue: &keydesk::domain::Catalogue,
    texts: &keydesk::chat::i18n::Texts,
) -> keydesk::chat::view::Screen {
    let order = order(Status::Placed);
    let vera = Person { id: PersonId(5), name: "Вера".to_owned(), username: None, telegram_language: None };
    let card = alert::order(&order, &about(&vera), Sending::First, texts);
    let subject = StaffSubject { order, card, in_stock: vec![50, 0, 1] };
    let facts = StaffFacts {
        person: vera.id,
        name: "Вера <В>",
        catalogue,
        subject: Some(&subject),
        today: "2015-04-01".parse().unwrap(),
        is_alone: true,
    };
    staff::screen(state, None, &facts, texts)
}

#[test]
fn every_sentence_to_staff_reads_well() {
    let catalogue = examples::catalogue();
    let short = |available| Shortage { sku: sku("sp-1"), needed: 50, available };
    let overtaken = |how| Overtaken {
        order: ORDER,
        status: Status::Invoiced,
        by: "Олег".to_owned(),
        at: at("2015-04-01T09:30:00Z"),
        how,
    };
    let serial = |reason| FileFault::Serial { line: 7, reason };
    let junk = |kind| FileFault::Junk { line: 7, kind };
    let some = |count| Some(SomeLines { first: 3, count });
    let heading = Remarks { heading: Some(1), ..Remarks::default() };
    let remarks = |count| Remarks {
        separator: Some(1),
        heading: Some(2),
        rules: some(count),
        notes: some(count),
        unwrapped: some(count),
    };
    let mut notices = vec![
        StaffBanner::NoSuchOrder(ORDER),
        StaffBanner::OrderNumberExpected,
        StaffBanner::AmountExpected,
        StaffBanner::DayExpected,
        StaffBanner::DueInThePast,
        StaffBanner::PdfNotFetched(FileRefusal::TooLarge),
        StaffBanner::PdfNotFetched(FileRefusal::NotThere),
        StaffBanner::PdfExpected,
        StaffBanner::NotAsked,
        StaffBanner::SerialsTyped,
        StaffBanner::SerialNamed,
        StaffBanner::TooManyOffered,
        StaffBanner::NotYours,
        StaffBanner::AskedAnew,
        StaffBanner::NoAnswer,
        StaffBanner::SecondHand,
        StaffBanner::OneFileExpected,
        StaffBanner::EditIgnored,
        StaffBanner::CurrencyNamed(keydesk::domain::Currency::RUB),
        StaffBanner::ReasonExpected,
        StaffBanner::FileExpected,
        StaffBanner::AnswerExpected,
        StaffBanner::InvoicedSo(ORDER),
        StaffBanner::PerhapsSerials,
        StaffBanner::Short(vec![short(37), short(0)]),
        StaffBanner::Overtaken(overtaken(How::Took)),
        StaffBanner::Overtaken(overtaken(How::Changed)),
        StaffBanner::NotNow(ORDER, Status::Completed),
        StaffBanner::InvoiceFirst(ORDER),
        StaffBanner::Held { by: "Вера".to_owned(), kind: ActionKind::Invoice },
        StaffBanner::Held { by: "Вера".to_owned(), kind: ActionKind::Cancel },
        StaffBanner::CompletedFromFile(ORDER, remarks(1)),
        StaffBanner::CompletedFromFile(ORDER, remarks(2)),
        StaffBanner::CompletedFromFile(ORDER, remarks(5)),
        StaffBanner::CompletedFromFile(ORDER, remarks(21)),
    ];
    let by_staff = ActionKind::ALL.into_iter().filter(|kind| kind.is_open_to(Role::Staff.into()));
    notices.extend(by_staff.map(|kind| StaffBanner::Done(ORDER, kind)));
    let faults = [
        FileFault::NotUtf8 { line: 7 },
        FileFault::LineTooLong { line: 7 },
        FileFault::Quotes { line: 7 },
        FileFault::Columns { line: 7 },
        FileFault::NoProduct { line: 7 },
        serial(NotASerial::Empty),
        serial(NotASerial::TooLong),
        serial(NotASerial::Space),
        serial(NotASerial::Invisible),
        junk(Junk::Marks),
        junk(Junk::Pair),
        junk(Junk::Figures),
        junk(Junk::Escaped),
        junk(Junk::Formula),
        junk(Junk::Rounded),
        junk(Junk::LookAlike),
        junk(Junk::Unlike),
        junk(Junk::Pattern),
        FileFault::Repeated { first: 7, again: 1_021 },
        FileFault::Respelled { first: 7, again: 1_021 },
        FileFault::Empty,
    ];
    let refusals = [
        FileRefusal::NotThere,
        FileRefusal::OutOfReach,
        FileRefusal::TooLarge,
        FileRefusal::GivenUp,
        FileRefusal::Counts(vec![short(37)]),
        FileRefusal::CountsBeside(vec![short(51)], heading),
        FileRefusal::OtherProduct(sku("sp-3")),
        FileRefusal::SkusExpected,
        FileRefusal::Given(sku("sp-1"), 1),
        FileRefusal::Given(sku("sp-1"), 3),
        FileRefusal::HeldFor(OrderNumber(450), sku("sp-1"), 5),
        FileRefusal::Moved(sku("sp-1")),
        FileRefusal::Respelled(sku("sp-1"), 21),
        FileRefusal::Withdrawn(sku("sp-1"), 1),
        FileRefusal::Foreign(sku("sp-1"), 1),
        FileRefusal::Foreign(sku("sp-1"), 5),
    ];
    let refusals = refusals.into_iter().chain(faults.map(FileRefusal::Fault));
    notices.extend(refusals.map(StaffBanner::FileRefused));
    let mut scenes = Scenes::new();
    for notice in notices {
        scenes.add(&format!("{notice:?}"), |texts| {
            staff_banner::sentence(&notice, &catalogue, texts).replace('\u{a0}', "~")
        });
    }
    let day = "2015-04-15".parse().unwrap();
    for answer in [
        StaffToast::Done(ORDER, ActionKind::Take),
        StaffToast::Outdated,
        StaffToast::Refused(StaffBanner::Short(vec![short(37), short(0)])),
        StaffToast::HowToInvoice(day),
        StaffToast::HowToComplete,
        StaffToast::Below(ORDER),
        StaffToast::Released,
    ] {
        scenes.add(&format!("{answer:?}"), |texts| staff_banner::toast(&answer, &catalogue, texts));
    }
    reviewed!("staff_notices", scenes.0);
}

#[test]
fn the_command_menus_of_staff_and_admins_read_well() {
    let mut scenes = Scenes::new();
    for (title, commands) in [("staff", menu::staff_commands as fn(&_) -> menu::Menu), ("admins", menu::admin_commands)]
    {
        scenes.add(title, |texts| {
            let lines = commands(texts).into_iter().map(|(command, description)| format!("/{command} {description}"));
            lines.collect::<Vec<_>>().join("\n")
        });
    }
    reviewed!("staff_menus", scenes.0);
}
