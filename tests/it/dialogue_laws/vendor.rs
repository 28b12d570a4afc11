//! Any step of the dialogue of one of the vendor's people.

use chrono::NaiveDate;
use keydesk::chat::action::{Action, AdminAction, PersonAction, Seen, StaffAction};
use keydesk::chat::dialogue::{
    AdminBanner, AdminCommand, AdminState, Command, Loaded, Prompt, Receipts, Reply, StaffRequest, StaffState,
    StaffTurn, VendorContext, VendorInput, VendorOutcome, VendorRequest, VendorState, VendorTurn, WithdrawalState,
    machine,
};
use keydesk::chat::i18n::vocabulary;
use keydesk::domain::{
    ChatId, Currency, Invoice, MessageBody, Money, Offer, OrderNumber, PersonId, PresetReason, ProposalId, Reason,
    Refusal, Role, SearchText, Shortage, Sku, Status, TransitionError, WithdrawalReason,
};

use super::Met;
use super::loading::{Known, load_vendor};
use super::world::{World, file, message, number, order, person, sku, text};
use crate::support::random::Random;

pub fn hold(random: &mut Random, met: &mut Met) {
    let world = World::any(random);
    let role = random.pick(&[Role::Staff, Role::Admin]);
    let state = state(random, &world);
    let input = input(random);
    let today = NaiveDate::from_ymd_opt(2015, 4, 1).unwrap();
    let words = vocabulary();
    let (person, chat) = (PersonId(201), ChatId(-1));
    let context = VendorContext {
        person,
        role,
        today,
        catalogue: &world.catalogue,
        words: &words,
        chat,
        receipts: Receipts::Words,
    };
    let turn = load_vendor(machine::needs(&state, role, &input), &world);
    let given = order_given(&turn);
    let mut after = machine::step(&state, turn, &context);
    let request = after.request.take();
    if matches!(given, Some(Err(_))) {
        assert_eq!(request, None, "{input:?} in {state:?}");
    }
    let asked_of_shop = matches!(request, Some(VendorRequest::Admin(_)));
    assert!(role == Role::Admin || !asked_of_shop, "{input:?} in {state:?} is for admins alone: {request:?}");
    met.note(given, request.as_ref().and_then(order_asked_about));
    if let Some(request) = request {
        let resumed = machine::resume(after, &request, outcome(random));
        assert_eq!(resumed.request, None, "one request a step: {request:?}");
    }
}

fn order_given(turn: &VendorTurn<Loaded>) -> Option<Result<OrderNumber, OrderNumber>> {
    let VendorTurn::Staff(turn) = turn else { return None };
    match turn {
        StaffTurn::Press(order, ..)
        | StaffTurn::Show(order)
        | StaffTurn::Invoice(order, _)
        | StaffTurn::Complete(order)
        | StaffTurn::CancelOrder(order, ..)
        | StaffTurn::Heard(order, ..)
        | StaffTurn::Replied(order, ..)
        | StaffTurn::Corrected(order, ..)
        | StaffTurn::PerhapsMeant(order, ..)
        | StaffTurn::ToCustomer(order, ..) => {
            Some(order.as_ref().map(|order| order.summary.number).map_err(|number| *number))
        }
        StaffTurn::NumberExpected
        | StaffTurn::Drop
        | StaffTurn::Help
        | StaffTurn::UnknownCommand
        | StaffTurn::Unasked(_)
        | StaffTurn::SecondHand
        | StaffTurn::Edited(..)
        | StaffTurn::Outdated
        | StaffTurn::Nothing => None,
    }
}

fn order_asked_about(request: &VendorRequest) -> Option<OrderNumber> {
    match request {
        VendorRequest::Staff(
            StaffRequest::Perform(number, _)
            | StaffRequest::Release(number)
            | StaffRequest::Answer(number, _)
            | StaffRequest::SendFiles(number, _),
        ) => Some(*number),
        VendorRequest::Staff(StaffRequest::Help | StaffRequest::HintAtHelp) => None,
        VendorRequest::Staff(
            StaffRequest::CompleteFromFile(prompt, _) | StaffRequest::InvoiceWithDocument(prompt, ..),
        ) => Some(prompt.order),
        VendorRequest::Admin(_) => None,
    }
}

fn state(random: &mut Random, world: &World) -> VendorState {
    if random.percent(60) { staff_state(random, world).into() } else { admin_state(random).into() }
}

fn staff_state(random: &mut Random, world: &World) -> StaffState {
    let number = number(random);
    // Most prompts are about the order as it stands; the others were overtaken, or the order is gone.
    let current = world.order(number).filter(|_| random.percent(70)).map(|order| Prompt::about(&order));
    let prompt = current.unwrap_or(Prompt { order: number, changes: 1, seen: None });
    random.pick(&[
        StaffState::Idle,
        StaffState::ReadingOrder(number),
        StaffState::WaitingForInvoice(prompt),
        StaffState::WaitingForInvoice(prompt),
        StaffState::WaitingForSerials(prompt),
        StaffState::WaitingForSerials(prompt),
        StaffState::WaitingForReason(prompt),
        StaffState::ConfirmingCancel(prompt, Reason::Ready(PresetReason::NotPaid)),
        StaffState::ReadingSerials(number),
        StaffState::ConfirmingInvoice(prompt, Invoice::of(Money::zero(Currency::RUB))),
        StaffState::CheckingInvoice(number),
        StaffState::OfferingToSend(number, vec![MessageBody::new("Завтра", None).unwrap()]),
    ])
}

fn admin_state(random: &mut Random) -> AdminState {
    let (page, sku, person) = (random.pick(&[0, u32::MAX]), sku(random), person(random));
    random.pick(&[
        AdminState::ReadingQueue { status: Some(Status::Placed), page },
        AdminState::ReadingFindings { text: SearchText::parse("449").unwrap(), page },
        AdminState::ReadingStock { page },
        AdminState::WaitingForSerials(sku.clone()),
        AdminState::ImportingSerials { sku: sku.clone(), lines: 3 },
        AdminState::Withdrawing(WithdrawalState::WaitingForReason(sku.clone())),
        AdminState::Withdrawing(WithdrawalState::WaitingForFile(sku.clone(), WithdrawalReason::Lost)),
        AdminState::Withdrawing(WithdrawalState::InWork(sku.clone())),
        AdminState::ReadingCatalogue { page: 0 },
        AdminState::ChoosingPrice(sku.clone()),
        AdminState::WaitingForPrice(sku.clone(), Offer::Package(50)),
        AdminState::WaitingForQuantity(sku.clone(), Offer::Package(50)),
        AdminState::PickingAdmin,
        AdminState::CheckingCatalogue,
        AdminState::ConfirmingCatalogue(ProposalId(1)),
        AdminState::ReadingAdmins,
        AdminState::ReadingAudit { page: 1 },
        AdminState::ConfirmingAppointment(person),
        AdminState::ConfirmingDismissal(person),
        AdminState::ConfirmingBlock(person),
        AdminState::ConfirmingUnblock(person),
        AdminState::ReadingPerson(person),
        AdminState::ConfirmingErasure(person),
    ])
}

fn input(random: &mut Random) -> VendorInput {
    match random.below(20) {
        0 if random.percent(50) => VendorInput::Corrected(number(random), message(random)),
        0 => VendorInput::Press(None),
        1 => VendorInput::Edited(reply(random), message(random)),
        2..6 => VendorInput::Command(command(random)),
        6..11 => VendorInput::Message(message(random), reply(random)),
        11..17 => VendorInput::Press(Some(Action::Staff(number(random), staff_action(random)))),
        _ => VendorInput::Press(Some(Action::Admin(admin_action(random)))),
    }
}

fn reply(random: &mut Random) -> Reply {
    let choices = [
        Reply::Nothing,
        Reply::Prompt,
        Reply::Prompt,
        Reply::SomebodyElses,
        Reply::Closed,
        Reply::Order(number(random)),
        Reply::Customer(number(random)),
        Reply::Perhaps(number(random)),
    ];
    random.pick(&choices)
}

fn command(random: &mut Random) -> Command {
    let (number, file, text) = (number(random), file(random), text(random));
    let (number, file) = (random.pick(&[None, Some(number)]), random.pick(&[None, Some(file)]));
    let whom = random.pick(&["", "101", "@anna", "№446", "anna"]).to_owned();
    let choices = [
        Command::Start,
        Command::Cancel,
        Command::Unknown,
        Command::Order(number),
        Command::Admin(AdminCommand::Invoice(number, text.clone())),
        Command::Admin(AdminCommand::Complete(number)),
        Command::Admin(AdminCommand::CancelOrder(number, text.clone())),
        Command::Admin(AdminCommand::Queue(random.pick(&["", "placed", "completed", "nonsense"]).to_owned())),
        Command::Admin(AdminCommand::Find(SearchText::parse(&text))),
        Command::Admin(AdminCommand::Stock(random.pick(&["", "SP-1", "gone"]).to_owned(), file.clone())),
        Command::Admin(AdminCommand::Catalogue(file)),
        Command::Admin(AdminCommand::Staff(whom.clone())),
        Command::Admin(AdminCommand::Block(whom.clone())),
        Command::Admin(AdminCommand::Unblock(whom.clone())),
        Command::Admin(AdminCommand::Person(whom)),
        Command::Admin(AdminCommand::Stats(text.clone())),
        Command::Admin(AdminCommand::Export("02.04.2015 01.04.2015".to_owned())),
        Command::Admin(AdminCommand::Export(text)),
        Command::Admin(AdminCommand::Audit),
    ];
    random.pick(&choices)
}

fn staff_action(random: &mut Random) -> StaffAction {
    let seen = random.pick(&[Seen::UNKNOWN, Seen::after(1), Seen::after(2)]);
    let due = random.pick(&[None, NaiveDate::from_ymd_opt(2015, 3, 31), NaiveDate::from_ymd_opt(2015, 4, 1)]);
    random.pick(&[
        StaffAction::Open,
        StaffAction::Take,
        StaffAction::AskInvoice,
        StaffAction::InvoiceTotal { seen, due },
        StaffAction::ConfirmInvoice(seen),
        StaffAction::AskComplete,
        StaffAction::CompleteFromStock(seen),
        StaffAction::AskCancel,
        StaffAction::Because(PresetReason::NotPaid),
        StaffAction::ConfirmCancel(seen),
        StaffAction::SendWords(seen),
        StaffAction::Settle { row: 1 },
        StaffAction::Dismiss,
    ])
}

fn admin_action(random: &mut Random) -> AdminAction {
    let page = random.pick(&[0, u32::MAX]);
    let on_person = random.pick(&[
        PersonAction::Appoint,
        PersonAction::AskDismiss,
        PersonAction::Dismiss,
        PersonAction::Block,
        PersonAction::Unblock,
        PersonAction::Export,
        PersonAction::AskErase,
        PersonAction::Erase,
    ]);
    let proposal = random.pick(&[1, 2].map(ProposalId));
    let choices = [
        AdminAction::Queue { status: None, page },
        AdminAction::Found { page },
        AdminAction::Stock { page },
        AdminAction::AskSerials(sku(random)),
        AdminAction::CatalogueFile,
        AdminAction::Compare(proposal),
        AdminAction::Apply(proposal),
        AdminAction::Drop(proposal),
        AdminAction::AskWithdrawal(Sku::parse("sp-1").unwrap()),
        AdminAction::WithdrawLost,
        AdminAction::Withdraw { count: 3 },
        AdminAction::Admins,
        AdminAction::Audit { page: 2 },
        AdminAction::Person(person(random), on_person),
        AdminAction::Person(person(random), on_person),
        AdminAction::Leave,
    ];
    random.pick(&choices)
}

fn outcome(random: &mut Random) -> VendorOutcome {
    let number = number(random);
    let order = Box::new(order(random, number));
    let short = Shortage { sku: sku(random), needed: 2, available: 1 };
    let overtaken = order.events.last().unwrap().clone();
    random.pick(&[
        VendorOutcome::Done,
        VendorOutcome::Performed,
        VendorOutcome::Refused(order.clone(), TransitionError::OutOfStock(vec![short])),
        VendorOutcome::Refused(order.clone(), TransitionError::Overtaken(Box::new(overtaken))),
        VendorOutcome::Refused(order, TransitionError::Refused(Refusal::NoWay)),
        VendorOutcome::AfterAnotherFile,
        VendorOutcome::CatalogueApplied,
        VendorOutcome::CatalogueOvertaken,
        VendorOutcome::ProposalGone,
        VendorOutcome::TooManyAdmins,
        VendorOutcome::Erased { orders: 1 },
        VendorOutcome::NotErased(AdminBanner::ErasureOfAdmin),
    ])
}
