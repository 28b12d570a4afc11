//! The status rules, as one function.

use serde::{Deserialize, Serialize};

use crate::domain::money::Money;

/// Where an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// The customer sent it.
    Placed,
    /// An amount to pay was set.
    Invoiced,
    /// Paid, and the serial numbers were given.
    Completed,
    /// Annulled by the vendor.
    Cancelled,
}

/// In which capacity somebody acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Orders and follows their orders.
    Customer,
    /// Acts in the staff chat.
    Staff,
    /// Everything that staff do, and the commands.
    Admin,
}

/// Why a status change is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The order is Completed or Cancelled.
    Final(Status),
    /// No rule leads from the one status to the other.
    NoWay,
    /// This role may not do it.
    NotAllowed,
    /// A Placed order completes without an invoice only when there is nothing to pay.
    NotFree,
}

impl Status {
    /// Every status, in the order of an order's life.
    pub const ALL: [Status; 4] = [Status::Placed, Status::Invoiced, Status::Completed, Status::Cancelled];

    /// The word that stands in the database and in buttons.
    pub fn code(self) -> &'static str {
        match self {
            Status::Placed => "placed",
            Status::Invoiced => "invoiced",
            Status::Completed => "completed",
            Status::Cancelled => "cancelled",
        }
    }

    /// Reads [`Status::code`].
    pub fn parse(code: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|status| status.code() == code)
    }

    /// Whether nothing follows.
    pub fn is_final(self) -> bool {
        matches!(self, Status::Completed | Status::Cancelled)
    }
}

/// Whether an order may go from `from` (`None`: it does not exist yet) to `to` by the hand of `role`.
pub fn may_change(from: Option<Status>, to: Status, role: Role, total: Money) -> Result<(), Refusal> {
    use Status::{Cancelled, Completed, Invoiced, Placed};
    if let Some(status) = from.filter(|status| status.is_final()) {
        return Err(Refusal::Final(status));
    }
    let by_vendor = matches!(role, Role::Staff | Role::Admin);
    match (from, to) {
        (None, Placed) if role == Role::Customer => Ok(()),
        (Some(Placed), Completed) if by_vendor && !total.is_zero() => Err(Refusal::NotFree),
        (Some(Placed | Invoiced), Invoiced | Completed | Cancelled) if by_vendor => Ok(()),
        (None, Placed) | (Some(Placed | Invoiced), Invoiced | Completed | Cancelled) => Err(Refusal::NotAllowed),
        _ => Err(Refusal::NoWay),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Currency;

    fn rubles(minor: i64) -> Money {
        Money::from_minor(minor, Currency::RUB).unwrap()
    }

    #[test]
    fn the_table_of_status_changes_is_what_the_shop_agreed() {
        use Status::{Cancelled, Completed, Invoiced, Placed};
        let origins = [None, Some(Placed), Some(Invoiced), Some(Completed), Some(Cancelled)];
        let roles = [Role::Customer, Role::Staff, Role::Admin];
        let mut allowed = Vec::new();
        for from in origins {
            for to in Status::ALL {
                for role in roles {
                    for total in [rubles(0), rubles(1)] {
                        if may_change(from, to, role, total).is_ok() {
                            allowed.push((from, to, role, total));
                        }
                    }
                }
            }
        }
        let mut expected = vec![(None, Placed, Role::Customer, rubles(0)), (None, Placed, Role::Customer, rubles(1))];
        for (from, to) in [
            (Placed, Invoiced),
            (Placed, Completed),
            (Placed, Cancelled),
            (Invoiced, Invoiced),
            (Invoiced, Completed),
            (Invoiced, Cancelled),
        ] {
            for role in [Role::Staff, Role::Admin] {
                for total in [rubles(0), rubles(1)] {
                    if total.is_zero() || (from, to) != (Placed, Completed) {
                        expected.push((Some(from), to, role, total));
                    }
                }
            }
        }
        assert_eq!(allowed, expected);
    }

    #[test]
    fn a_refusal_says_what_is_wrong() {
        use Status::{Cancelled, Completed, Invoiced, Placed};
        let refusal = |from, to, role| may_change(Some(from), to, role, rubles(1)).unwrap_err();
        assert_eq!(refusal(Cancelled, Invoiced, Role::Admin), Refusal::Final(Cancelled));
        assert_eq!(refusal(Placed, Completed, Role::Staff), Refusal::NotFree);
        assert_eq!(refusal(Placed, Cancelled, Role::Customer), Refusal::NotAllowed);
        assert_eq!(refusal(Invoiced, Placed, Role::Staff), Refusal::NoWay);
    }
}
