//! What staff write and send, in the same simplest words.

use keydesk::chat::dialogue::staff::MOST_OFFERED;
use keydesk::domain::{OrderNumber, Status};

use super::actions::{File, Reply, Typed};
use super::asked::{Asked, Job, What};
use super::model::Model;

impl Model {
    pub(super) fn wrote(
        &mut self,
        staff: usize,
        typed: &Typed,
        file: Option<File>,
        reply: Reply,
    ) -> Option<(OrderNumber, What)> {
        let is_meant = match reply {
            Reply::Customer(number) => {
                self.orders.get(&number)?;
                if matches!(file, Some(File::List(_))) {
                    return self.remarked(staff, number, typed, file);
                }
                return (!typed.text.is_empty() || file.is_some()).then_some((number, What::Answered));
            }
            Reply::Prompt => match self.asked[staff] {
                Asked::Looks(number) => return self.replied(staff, number, typed, file),
                _ => true,
            },
            Reply::Order(number) => {
                let asked = self.asked[staff];
                if asked.changes().is_none() || asked.order() != Some(number) {
                    return self.replied(staff, number, typed, file);
                }
                true
            }
            Reply::Nothing => false,
        };
        if is_meant { self.answered(staff, typed, file) } else { None }
    }

    /// A reply to the message that shows an order says by what it holds what it is for.
    fn replied(
        &mut self,
        staff: usize,
        number: OrderNumber,
        typed: &Typed,
        file: Option<File>,
    ) -> Option<(OrderNumber, What)> {
        let order = self.orders.get(&number)?;
        let (may_invoice, changes, may_complete) =
            (order.may(Status::Invoiced), order.changes, order.may(Status::Completed));
        match file {
            Some(file @ File::List(_)) if may_complete => {
                self.asked[staff] = Asked::Reads(number);
                self.files.push_back(Job { staff, order: number, changes, file, amount: None });
                None
            }
            Some(File::Pdf) | None if file.is_some() || typed.amount.is_some() || is_figure(typed.text) => {
                self.asked[staff] = Asked::Looks(number);
                if !may_invoice {
                    return None;
                }
                self.billed(staff, number, changes, typed, file)
            }
            Some(File::List(_)) => {
                self.asked[staff] = Asked::Looks(number);
                None
            }
            _ => self.remarked(staff, number, typed, file),
        }
    }

    /// Words that ask for nothing are offered to the customer, unless a file is being read.
    fn remarked(
        &mut self,
        staff: usize,
        number: OrderNumber,
        typed: &Typed,
        file: Option<File>,
    ) -> Option<(OrderNumber, What)> {
        let says = !typed.text.is_empty() || file.is_some();
        let is_free = !matches!(self.asked[staff], Asked::Reads(_));
        if says && is_free && self.orders.contains_key(&number) {
            let before = match self.asked[staff] {
                Asked::Offers(about, messages) if about == number => messages,
                _ => 0,
            };
            self.asked[staff] = Asked::Offers(number, (before + 1).min(MOST_OFFERED));
        }
        None
    }

    /// An amount is understood: a document beside it is looked at first.
    pub(super) fn invoiced(
        &mut self,
        staff: usize,
        order: OrderNumber,
        changes: usize,
        amount: i64,
        file: Option<File>,
    ) -> Option<(OrderNumber, What)> {
        let Some(file) = file else {
            self.asked[staff] = Asked::Looks(order);
            self.orders.get_mut(&order)?.invoice = Some((amount, false));
            return Some((order, What::Invoiced(amount)));
        };
        self.asked[staff] = Asked::Reads(order);
        self.files.push_back(Job { staff, order, changes, file, amount: Some(amount) });
        None
    }

    /// An answer to what one of the staff was asked.
    pub(super) fn answered(&mut self, staff: usize, typed: &Typed, file: Option<File>) -> Option<(OrderNumber, What)> {
        let asked = self.asked[staff];
        let number = asked.order()?;
        let order = self.orders.get(&number)?;
        if asked.changes()? != order.changes {
            self.asked[staff] = Asked::Looks(number);
            return None;
        }
        match asked {
            Asked::Amount(_, changes) | Asked::Strange(_, changes, ..) => {
                return self.billed(staff, number, changes, typed, file);
            }
            Asked::Reason(_, changes) | Asked::Sure(_, changes) if !typed.text.is_empty() && file.is_none() => {
                self.asked[staff] = Asked::Sure(number, changes);
            }
            _ => {}
        }
        None
    }

    /// An amount, or a document for the order's total, where it is waited for.
    fn billed(
        &mut self,
        staff: usize,
        number: OrderNumber,
        changes: usize,
        typed: &Typed,
        file: Option<File>,
    ) -> Option<(OrderNumber, What)> {
        let total = self.orders.get(&number)?.total;
        let amount = match (file, typed.text) {
            (Some(File::Picture), _) => return None,
            (Some(File::Pdf | File::List(_)), "") => total,
            _ => typed.amount.filter(|amount| *amount != 0 || total == 0)?,
        };
        if typed.is_past || self.orders.get(&number)?.is_invoiced_so(amount, file) {
            return None;
        }
        if amount > 2 * total || 2 * amount < total {
            self.asked[staff] = Asked::Strange(number, changes, amount, file);
            return None;
        }
        self.invoiced(staff, number, changes, amount, file)
    }

    pub(super) fn read(&mut self) -> Option<(OrderNumber, What)> {
        let Job { staff, order: number, changes: then, file, amount } = self.files.pop_front()?;
        let order = self.orders.get(&number)?;
        let is_current = order.changes == then;
        let (fits, what) = match amount {
            Some(amount) => (file == File::Pdf, What::Invoiced(amount)),
            None => (file == File::List(order.keys), What::Completed),
        };
        let is_last = self.files.iter().all(|job| job.staff != staff);
        if let (true, Asked::Reads(order)) = (is_last, self.asked[staff]) {
            self.asked[staff] = Asked::Looks(order);
        }
        if !is_current || !fits {
            return None;
        }
        if let What::Invoiced(amount) = what {
            self.orders.get_mut(&number)?.invoice = Some((amount, true));
        }
        Some((number, what))
    }
}

/// Whether a text is a figure of some kind, which is an amount that was not understood.
fn is_figure(text: &str) -> bool {
    matches!(text, "-5" | "1e3")
}
