//! What may be done to an order, by whom and when: the rules of its status, and what stands in the way.

use crate::domain::ids::Sku;
use crate::domain::limits::LimitReached;
use crate::domain::money::Money;
use crate::domain::orders::action::{ActionKind, OrderAction, Request};
use crate::domain::orders::actor::Capacity;
use crate::domain::orders::invoice::{Invoice, InvoiceStanding, Issued};
use crate::domain::orders::message::{KeptFile, MessageBody, Sequence, Source};
use crate::domain::orders::order::{Order, OrderEvent};
use crate::domain::orders::status::Status;
use crate::domain::stock::shortage::{SerialRefusal, Shortage};

/// Why somebody cannot do to an order what they want.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TransitionError {
    /// Somebody was first, with this.
    Overtaken(Box<OrderEvent>),
    /// The rules do not allow it.
    Refused(Refusal),
    /// The stock has less than the order needs.
    OutOfStock(Vec<Shortage>),
    /// The customer's account has reached a limit.
    OverLimit(LimitReached),
    /// Listed serial numbers cannot be issued.
    SerialsRefused {
        /// The product whose serial numbers they are.
        sku: Sku,
        /// What is wrong with them.
        why: SerialRefusal,
    },
}

/// Which rule does not allow something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The order is Completed or Cancelled.
    Final(Status),
    /// No rule leads from the one status to the other.
    NoWay,
    /// Whoever acts may not do it.
    NotAllowed,
    /// A Placed order completes without an invoice only when there is nothing to pay.
    NotFree,
    /// The customer has asked [`MAX_UNANSWERED`] questions that staff have not answered.
    TooManyQuestions,
}

/// How many questions a customer may ask before staff answer one.
pub const MAX_UNANSWERED: usize = 5;

/// Files of a conversation that can be had again at once: each is a message of its own.
const MOST_FILES: usize = 10;

/// The status that an action of this kind brings an order of `from` to (`None`: it does not exist yet), by the hand of `by`.
pub fn may_change(from: Option<Status>, kind: ActionKind, by: Capacity, total: Money) -> Result<Status, Refusal> {
    use Status::{Cancelled, Completed, Invoiced, Placed};
    if let Some(status) = from.filter(|status| status.is_final()) {
        return Err(Refusal::Final(status));
    }
    match (from, kind.leads_to()) {
        (None, Some(Placed)) | (Some(Placed | Invoiced), Some(Invoiced | Completed | Cancelled))
            if !kind.is_open_to(by) =>
        {
            Err(Refusal::NotAllowed)
        }
        (Some(Placed), Some(Completed)) if !total.is_zero() => Err(Refusal::NotFree),
        (None, Some(to @ Placed)) | (Some(Placed | Invoiced), Some(to @ (Invoiced | Completed | Cancelled))) => Ok(to),
        _ => Err(Refusal::NoWay),
    }
}

impl Order {
    /// The status that the order has after an action of this kind, if `by` may do it now.
    pub fn status_after(&self, kind: ActionKind, by: impl Into<Capacity>) -> Result<Status, TransitionError> {
        let (from, by) = (self.summary.status, by.into());
        if kind.leads_to().is_some() {
            return may_change(Some(from), kind, by, self.summary.total).map_err(|refusal| self.overtaken_or(refusal));
        }
        if !kind.is_open_to(by) {
            return Err(TransitionError::Refused(Refusal::NotAllowed));
        }
        match kind {
            ActionKind::Take if from.is_final() => Err(self.overtaken_or(Refusal::Final(from))),
            ActionKind::Take => match self.taken() {
                Some(event) => Err(TransitionError::Overtaken(Box::new(event.clone()))),
                None => Ok(from),
            },
            ActionKind::Ask if !self.may_ask() => Err(TransitionError::Refused(Refusal::TooManyQuestions)),
            _ => Ok(from),
        }
    }

    /// The same for this very action, decided by somebody who saw the order when it had `seen` changes of its status.
    pub fn status_after_action(
        &self,
        action: &OrderAction,
        by: impl Into<Capacity>,
        seen: usize,
    ) -> Result<Status, TransitionError> {
        let (kind, status) = (action.kind(), self.summary.status);
        let overtaken = self.overtaken_since(seen).filter(|_| kind.leads_to().is_some());
        if let Some(event) = overtaken {
            return Err(TransitionError::Overtaken(Box::new(event.clone())));
        }
        let asks_to_cancel = kind == ActionKind::Ask && matches!(action, OrderAction::Asked(Request::Cancellation, _));
        if asks_to_cancel && status.is_final() {
            return Err(self.overtaken_or(Refusal::Final(status)));
        }
        if let OrderAction::Settled { row } = action {
            if self.unanswered().iter().any(|(asked, _)| asked == row) {
                return self.status_after(kind, by);
            }
            return Err(match self.settled(*row) {
                Some(event) => TransitionError::Overtaken(Box::new(event.clone())),
                None => TransitionError::Refused(Refusal::NoWay),
            });
        }
        self.status_after(kind, by)
    }

    /// What is final was made so by somebody.
    fn overtaken_or(&self, refusal: Refusal) -> TransitionError {
        match self.last_change().filter(|_| matches!(refusal, Refusal::Final(_))) {
            Some(event) => TransitionError::Overtaken(Box::new(event.clone())),
            None => TransitionError::Refused(refusal),
        }
    }

    /// How often the status was set. Who was asked something under another count has been overtaken since.
    pub fn changes(&self) -> usize {
        self.events.iter().filter(|event| event.sets_status()).count()
    }

    /// Who set the status last.
    pub fn last_change(&self) -> Option<&OrderEvent> {
        self.events.iter().rev().find(|event| event.sets_status())
    }

    /// Who set the status last, if that was done since [`Order::changes`] gave `seen`.
    pub fn overtaken_since(&self, seen: usize) -> Option<&OrderEvent> {
        self.last_change().filter(|_| self.changes() != seen)
    }

    /// Who took the order in hand.
    pub fn taken(&self) -> Option<&OrderEvent> {
        self.events.iter().rev().find(|event| event.action == OrderAction::Taken)
    }

    /// What is to be paid, as it was set last.
    pub fn invoice(&self) -> Option<&Invoice> {
        self.invoices().next_back()
    }

    /// All that was ever to be paid, oldest first.
    pub fn invoices(&self) -> impl DoubleEndedIterator<Item = &Invoice> {
        self.issued().map(|(invoice, _)| invoice)
    }

    /// The same, with when each was set.
    pub fn issued(&self) -> impl DoubleEndedIterator<Item = Issued<'_>> {
        self.events.iter().filter_map(|event| match &event.action {
            OrderAction::Invoiced(invoice) => Some((invoice, event.at)),
            _ => None,
        })
    }

    /// Whether this would be the invoice that is to be paid already.
    pub fn is_invoiced_so(&self, invoice: &Invoice) -> bool {
        self.invoice().is_some_and(|former| invoice.adds_nothing_to(former))
    }

    /// How many invoices there were with this one, if it is one of them: the last that reads so.
    pub fn ordinal_of(&self, invoice: &Invoice) -> Option<usize> {
        let invoices: Vec<&Invoice> = self.invoices().collect();
        invoices.iter().rposition(|one| *one == invoice).map(|at| at + 1)
    }

    /// How an invoice that was issued for it stands now.
    pub fn standing_of(&self, invoice: &Invoice) -> InvoiceStanding<'_> {
        let ordinal = self.ordinal_of(invoice).unwrap_or_default();
        let current = self.issued().next_back().filter(|_| self.invoices().count() > ordinal);
        match (current, self.summary.status) {
            (Some(current), _) => InvoiceStanding::ReplacedBy(current),
            (None, Status::Cancelled) => InvoiceStanding::Cancelled,
            (None, _) => {
                let before = ordinal.checked_sub(2);
                InvoiceStanding::Current { replaces: before.and_then(|before| self.issued().nth(before)) }
            }
        }
    }

    /// The file of the invoice that was set last, unless it was lost since.
    pub fn invoice_document(&self) -> Option<&KeptFile> {
        let mut lost = Vec::new();
        for event in self.events.iter().rev() {
            match &event.action {
                OrderAction::FileLost(file) => lost.push(&file.file_id),
                OrderAction::Invoiced(invoice) => {
                    return invoice.document.as_ref().filter(|document| !lost.contains(&&document.file_id));
                }
                _ => {}
            }
        }
        None
    }

    /// The file by which Telegram knows this of the order, unless it is known to be lost.
    pub fn file(&self, file_id: &str) -> Option<&KeptFile> {
        let file = self.events.iter().rev().find_map(|event| match &event.action {
            OrderAction::Invoiced(Invoice { document: Some(file), .. }) if file.file_id == file_id => Some(Some(file)),
            OrderAction::Asked(_, words) | OrderAction::Answered(words) => {
                words.file.as_ref().filter(|file| file.file_id == file_id).map(Some)
            }
            OrderAction::FileLost(file) if file.file_id == file_id => Some(None),
            _ => None,
        });
        file.flatten()
    }

    /// The newest files that people sent each other about it, with the places of their rows in the audit trail, oldest first.
    /// A file that is known to be lost is none, and one that was sent again in a correction is one.
    pub fn newest_files(&self) -> Vec<(usize, &KeptFile)> {
        let mut files: Vec<(usize, &KeptFile)> = Vec::new();
        for (place, event) in self.events.iter().enumerate().rev() {
            let Some(file) = event.action.words().and_then(|words| words.file.as_ref()) else { continue };
            let is_new = files.iter().all(|(_, other)| !other.is(file)) && self.file(&file.file_id).is_some();
            if is_new {
                files.insert(0, (place, file));
            }
            if files.len() == MOST_FILES {
                break;
            }
        }
        files
    }

    /// What the customer asked and still waits for an answer, with the places of the rows in the audit trail. What goes on with
    /// a question that waits no more asks anew.
    pub fn unanswered(&self) -> Vec<(usize, &OrderEvent)> {
        let mut waiting: Vec<(usize, &OrderEvent)> = Vec::new();
        let mut newest = None;
        for (place, event) in self.events.iter().enumerate() {
            match event.action.kind() {
                ActionKind::Add if waiting.iter().any(|(asked, _)| Some(*asked) == newest) => {}
                ActionKind::Ask | ActionKind::Add => {
                    waiting.push((place, event));
                    newest = Some(place);
                }
                _ => waiting.retain(|(asked, _)| !event.action.settles(*asked)),
            }
        }
        waiting
    }

    /// Who was first to answer what the customer wrote in this row, or to see that it needs no answer.
    fn settled(&self, row: usize) -> Option<&OrderEvent> {
        self.events.iter().skip(row.saturating_add(1)).find(|event| event.action.settles(row))
    }

    /// What somebody wrote there, as it was passed on last, in all its parts.
    pub fn written_in(&self, source: Source) -> Vec<&OrderEvent> {
        let is_there = |event: &&OrderEvent| event.action.words().is_some_and(|words| words.source == Some(source));
        let mut written: Vec<&OrderEvent> = self.events.iter().filter(is_there).collect();
        let is_corrected =
            |event: &&OrderEvent| event.action.words().is_some_and(|words| words.sequence == Sequence::Correction);
        let newest = written.iter().rposition(is_corrected).unwrap_or(0);
        written.split_off(newest)
    }

    /// Whether these words, in all their parts, are what was passed on from there last.
    pub fn has_passed_on(&self, source: Source, parts: &[MessageBody]) -> bool {
        let written: Vec<_> = self.written_in(source).into_iter().filter_map(|event| event.action.words()).collect();
        written.len() == parts.len() && written.iter().zip(parts).all(|(former, part)| former.reads_as(part))
    }

    /// Whether the customer may turn to staff once more before they answer.
    pub fn may_ask(&self) -> bool {
        self.unanswered().len() < MAX_UNANSWERED
    }
}

impl OrderEvent {
    fn sets_status(&self) -> bool {
        self.action.kind().leads_to().is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Currency, Role};

    const CAPACITIES: [Capacity; 4] = [
        Capacity::Person(Role::Customer),
        Capacity::Person(Role::Staff),
        Capacity::Person(Role::Admin),
        Capacity::System,
    ];

    fn rubles(minor: i64) -> Money {
        Money::from_minor(minor, Currency::RUB).unwrap()
    }

    #[test]
    fn the_table_of_status_changes_is_what_the_shop_agreed() {
        use Status::{Cancelled, Completed, Invoiced, Placed};
        let origins = [None, Some(Placed), Some(Invoiced), Some(Completed), Some(Cancelled)];
        let mut allowed = Vec::new();
        for from in origins {
            for kind in ActionKind::ALL {
                for by in CAPACITIES {
                    for total in [rubles(0), rubles(1)] {
                        if let Ok(to) = may_change(from, kind, by, total) {
                            allowed.push((from, to, by, total));
                        }
                    }
                }
            }
        }
        let customer = Capacity::Person(Role::Customer);
        let mut expected = vec![(None, Placed, customer, rubles(0)), (None, Placed, customer, rubles(1))];
        for (from, to) in [
            (Placed, Invoiced),
            (Placed, Completed),
            (Placed, Cancelled),
            (Invoiced, Invoiced),
            (Invoiced, Completed),
            (Invoiced, Cancelled),
        ] {
            for by in [Capacity::Person(Role::Staff), Capacity::Person(Role::Admin), Capacity::System] {
                for total in [rubles(0), rubles(1)] {
                    let is_paid = total.is_zero() || (from, to) != (Placed, Completed);
                    if is_paid && (by, to) != (Capacity::System, Cancelled) {
                        expected.push((Some(from), to, by, total));
                    }
                }
            }
        }
        assert_eq!(allowed, expected);
    }

    #[test]
    fn a_refusal_says_what_is_wrong() {
        use Status::{Cancelled, Invoiced, Placed};
        let refusal = |from, kind, role: Role| may_change(Some(from), kind, role.into(), rubles(1)).unwrap_err();
        assert_eq!(refusal(Cancelled, ActionKind::Invoice, Role::Admin), Refusal::Final(Cancelled));
        assert_eq!(refusal(Placed, ActionKind::Complete, Role::Staff), Refusal::NotFree);
        assert_eq!(refusal(Placed, ActionKind::Cancel, Role::Customer), Refusal::NotAllowed);
        assert_eq!(refusal(Invoiced, ActionKind::Place, Role::Staff), Refusal::NoWay);
        let by_itself = may_change(Some(Invoiced), ActionKind::Cancel, Capacity::System, rubles(1));
        assert_eq!(by_itself, Err(Refusal::NotAllowed));
    }
}
