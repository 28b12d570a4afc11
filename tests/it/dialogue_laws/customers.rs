//! Any step of a customer's dialogue.

use keydesk::chat::action::{AccountAction, Action, BillingAction, CardAction, DraftAction, Seen, StaffAction};
use keydesk::chat::dialogue::customer::{Context, OpenAlbum, OpenConversation, Turn, Unsent, needs, resume, step};
use keydesk::chat::dialogue::{
    AccountState, AdminCommand, AfterBilling, Banner, BillingState, Command, CustomerOutcome, CustomerRequest,
    Dialogue, Input, Loaded, SerialsState, State,
};
use keydesk::domain::billing::{BillingDetail, TaxNumber};
use keydesk::domain::{
    ChatId, Draft, DraftId, InvitationToken, Invited, LimitReached, MessageBody, OrderNumber, Request, SerialsChoice,
    Status, TypedLine,
};

use super::Met;
use super::loading::load;
use super::world::{CATALOGUE, World, billing, message, number, person, sku};
use crate::order_model::core::now;
use crate::support::examples::ORDER_WORDS;
use crate::support::random::Random;

pub fn hold(random: &mut Random, met: &mut Met) {
    let world = World::any(random);
    let before = dialogue(random);
    let input = input(random, &before);
    let (catalogue, words, chat) = (&world.catalogue, &*ORDER_WORDS, ChatId(101));
    let context = Context { catalogue, words, fresh_draft: DraftId(9), chat, now: now() };
    let number = number(random);
    let about = random.pick(&[None, None, Some(number)]);
    let turn = load(needs(&before, &input, about), &world);
    let given = order_given(&turn);
    let mut after = step(&before, turn, &context);
    if after.toast.is_some() {
        assert_eq!((&after.dialogue, &after.request), (&before, &None), "a toast changes nothing: {input:?}");
    }
    let request = after.request.take();
    if matches!(given, Some(Err(_))) {
        assert_eq!(request, None, "{input:?} in {before:?}");
    }
    met.note(given, request.as_ref().and_then(order_asked_about));
    if let Some(CustomerRequest::PlaceOrder(draft)) = &request {
        assert_eq!((Some(draft), &before.state), (before.draft.as_ref(), &State::Confirming), "{input:?}");
    }
    if let Some(request) = request {
        let resumed = resume(after, &request, outcome(random));
        assert_eq!(resumed.request, None, "one request a step: {request:?}");
    }
}

fn order_given(turn: &Turn<Loaded>) -> Option<Result<OrderNumber, OrderNumber>> {
    match turn {
        Turn::AskStaff(order, _)
        | Turn::Reply(order, _)
        | Turn::GoOn(order, _)
        | Turn::Correct(order, _)
        | Turn::OnCard(order, _)
        | Turn::Repeat(order) => Some(order.as_ref().map(|order| order.summary.number).map_err(|number| *number)),
        _ => None,
    }
}

fn order_asked_about(request: &CustomerRequest) -> Option<OrderNumber> {
    match request {
        CustomerRequest::AskStaff(number, ..)
        | CustomerRequest::SendInvoice(number)
        | CustomerRequest::SendFiles(number, _)
        | CustomerRequest::SendSerials(number) => Some(*number),
        CustomerRequest::PlaceOrder(_)
        | CustomerRequest::SendAllSerials
        | CustomerRequest::SendChosenSerials(..)
        | CustomerRequest::LookUp(_)
        | CustomerRequest::Speak(_)
        | CustomerRequest::Account(_) => None,
    }
}

fn token(random: &mut Random) -> InvitationToken {
    InvitationToken::from_random([random.pick(&[1, 2]); 16])
}

fn dialogue(random: &mut Random) -> Dialogue {
    let drafts = [None, Some(draft(random))];
    let conversation = OpenConversation { order: number(random), last: now() };
    let unsent = unsent(random);
    let album = OpenAlbum { id: "album".to_owned(), order: number(random) };
    Dialogue {
        state: state(random),
        draft: random.pick(&drafts),
        banner: random.pick(&[None, Some(Banner::OrderSent)]),
        album: random.pick(&[None, Some(album)]),
        conversation: random.pick(&[None, Some(conversation)]),
        unsent: random.pick(&[None, Some(unsent)]),
        half_billing: half_billing(random),
    }
}

fn half_billing(random: &mut Random) -> Option<BillingState> {
    let whole = billing();
    let TaxNumber::Organisation { inn, .. } = whole.tax else { panic!("the example is an organisation") };
    let asked = BillingState::WaitingForInn(AfterBilling::Details, whole.company);
    random.pick(&[None, Some(asked), Some(BillingState::CompletingInn(inn))])
}

fn unsent(random: &mut Random) -> Unsent {
    let words = (0..=random.below(Unsent::MOST as u64)).map(|_| MessageBody::new("Когда?", None).unwrap());
    let words = words.collect();
    let (order, other) = (number(random), number(random));
    Unsent { order, or: random.pick(&[vec![], vec![other]]), words }
}

/// Lines of products that the price list may not have any more.
fn draft(random: &mut Random) -> Draft {
    let mut draft = Draft::new(DraftId(1));
    for _ in 0..random.below(4) {
        let product = random.pick(&CATALOGUE.products);
        // Not every product is sold in every quantity, and a draft without it will do.
        let _ = draft.put(&product, random.pick(&[1, 5, 50, 100]));
    }
    draft.set_note(random.pick(&[None, Some("PO-77".to_owned())]));
    draft
}

fn state(random: &mut Random) -> State {
    let (number, sku, page) = (number(random), sku(random), random.pick(&[0, 1, u32::MAX]));
    let choices = [
        State::Home,
        State::OfferToResume,
        State::OfferToAdd(vec![TypedLine { sku: sku.clone(), quantity: 50 }]),
        State::ChoosingProduct { group: None, page },
        State::ChoosingProduct { group: Some(sku.clone()), page },
        State::WaitingForQuantity(sku.clone()),
        State::ReadingProducts { group: Some(sku), page },
        State::WaitingForNote,
        State::Confirming,
        State::Confirming,
        State::ReadingOrders { filter: Some(Status::Placed), page },
        State::ReadingOrder(number),
        State::Asking(number, Request::Answer),
        State::Asking(number, Request::Cancellation),
        State::Asking(number, Request::Answer),
        State::ReadingSerials,
        State::Serials(SerialsState::ChoosingOrder { page: 1 }),
        State::Serials(SerialsState::WaitingForPeriod),
        State::Serials(SerialsState::ChoosingFormat(SerialsChoice::Order(OrderNumber(446)))),
        State::ReadingPrices { page },
        State::ReadingProducts { group: None, page },
        State::ReadingHelp,
        State::ReadingPrivacy,
        State::ChoosingLanguage,
        State::Account(AccountState::ReadingMembers),
        State::Account(AccountState::ConfirmingRemoval(person(random))),
        State::Account(AccountState::ConfirmingLeave),
        State::Account(AccountState::Joining(token(random))),
        State::Billing(billing_state(random)),
        State::Billing(billing_state(random)),
    ];
    random.pick(&choices)
}

fn billing_state(random: &mut Random) -> BillingState {
    let then = random.pick(&[AfterBilling::Details, AfterBilling::Summary]);
    let whole = billing();
    let (company, tax) = (whole.company.clone(), whole.tax.clone());
    let TaxNumber::Organisation { inn, .. } = tax.clone() else { panic!("the example is an organisation") };
    let choices = [
        BillingState::Reading,
        BillingState::WaitingForCompany(then),
        BillingState::WaitingForInn(then, company.clone()),
        BillingState::WaitingForForeignNumber(then, company.clone()),
        BillingState::WaitingForKpp(then, company.clone(), inn.clone()),
        BillingState::WaitingForEmail(then, company, tax),
        BillingState::Confirming(then, whole),
        BillingState::Changing(detail(random)),
        BillingState::CompletingInn(inn),
    ];
    random.pick(&choices)
}

fn detail(random: &mut Random) -> BillingDetail {
    random.pick(&[
        BillingDetail::Company,
        BillingDetail::Inn,
        BillingDetail::Kpp,
        BillingDetail::ForeignNumber,
        BillingDetail::Email,
    ])
}

fn input(random: &mut Random, dialogue: &Dialogue) -> Input {
    match random.below(10) {
        0 => Input::Press(None),
        1 => Input::Edited(message(random)),
        6 if random.percent(60) => {
            let file = message(random);
            Input::SecondHand(random.pick(&[None, Some(file)]))
        }
        2 => Input::Command(command(random)),
        3..6 => Input::Message(message(random)),
        _ => Input::Press(Some(action(random, dialogue))),
    }
}

fn command(random: &mut Random) -> Command {
    let choices = [
        Command::Start,
        Command::New(String::new()),
        Command::New("sp-1 50; 2 trial-30000".to_owned()),
        Command::New("sp-1 51".to_owned()),
        Command::New(sku(random).to_string()),
        Command::Orders,
        Command::Order(Some(number(random))),
        Command::Order(None),
        Command::Join(Some(token(random))),
        Command::Join(None),
        Command::Serials,
        Command::Prices,
        Command::Products,
        Command::Help,
        Command::Settings,
        Command::Privacy,
        Command::Cancel,
        Command::Admin(AdminCommand::Complete(Some(number(random)))),
        Command::Unknown,
    ];
    random.pick(&choices)
}

fn action(random: &mut Random, dialogue: &Dialogue) -> Action {
    let (number, sku, page) = (number(random), sku(random), random.pick(&[0, u32::MAX]));
    match random.below(6) {
        0 => Action::Account(account_action(random)),
        1 => Action::Billing(billing_action(random)),
        2 => Action::Card(number, card_action(random)),
        3 | 4 => {
            let id = dialogue.draft.as_ref().filter(|_| random.percent(80)).map_or(DraftId(7), |draft| draft.id);
            Action::Draft(id, draft_action(random, dialogue))
        }
        _ => random.pick(&[
            Action::Home,
            Action::NewOrder,
            Action::Prices { page },
            Action::Products { group: Some(sku.clone()), page },
            Action::OrderProduct(sku),
            Action::Orders { filter: None, page },
            Action::Order(number),
            Action::Serials,
            Action::SerialsFile,
            Action::Repeat(number),
            Action::Staff(number, StaffAction::ConfirmCancel(Seen::UNKNOWN)),
            Action::Speak(Some(crate::support::languages::english())),
        ]),
    }
}

fn card_action(random: &mut Random) -> CardAction {
    random.pick(&[
        CardAction::Invoice,
        CardAction::Serials,
        CardAction::Ask,
        CardAction::AskToCancel,
        CardAction::CancelWithoutWords,
    ])
}

fn account_action(random: &mut Random) -> AccountAction {
    let choices = [
        AccountAction::Settings,
        AccountAction::Members,
        AccountAction::Invite,
        AccountAction::Withdraw(token(random)),
        AccountAction::AskRemove(person(random)),
        AccountAction::Remove(person(random)),
        AccountAction::AskLeave,
        AccountAction::Leave,
        AccountAction::Join(token(random)),
    ];
    random.pick(&choices)
}

fn billing_action(random: &mut Random) -> BillingAction {
    let choices = [
        BillingAction::Show,
        BillingAction::Change,
        BillingAction::ChangeOne(detail(random)),
        BillingAction::Back,
        BillingAction::Foreign,
        BillingAction::Keep,
    ];
    random.pick(&choices)
}

fn draft_action(random: &mut Random, dialogue: &Dialogue) -> DraftAction {
    let sku = sku(random);
    let current = dialogue.draft.as_ref().map_or(0, |draft| draft.revision);
    random.pick(&[
        DraftAction::Form { group: Some(sku.clone()), page: u32::MAX },
        DraftAction::Product(sku.clone()),
        DraftAction::Choose(sku.clone(), 50),
        DraftAction::Choose(sku.clone(), u32::MAX),
        DraftAction::Remove(sku),
        DraftAction::CheckOut,
        DraftAction::AskNote,
        DraftAction::RemoveNote,
        DraftAction::Send { revision: current },
        DraftAction::Send { revision: current.wrapping_add(1) },
        DraftAction::Leave,
        DraftAction::StartAfresh,
        DraftAction::AddTyped,
        DraftAction::StartTyped,
    ])
}

fn outcome(random: &mut Random) -> CustomerOutcome {
    random.pick(&[
        CustomerOutcome::Done,
        CustomerOutcome::Placed(OrderNumber(450)),
        CustomerOutcome::AlreadyPlaced(OrderNumber(446)),
        CustomerOutcome::NotReady,
        CustomerOutcome::OverLimit { sent: 0, reached: LimitReached::OpenOrders { most: 20 } },
        CustomerOutcome::SentInPart(0),
        CustomerOutcome::TooManyInvitations,
        CustomerOutcome::AccountFull,
        CustomerOutcome::NothingToDo,
        CustomerOutcome::NotJoined(Invited::IsMember),
    ])
}
