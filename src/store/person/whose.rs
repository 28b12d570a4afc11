//! Which orders are a person's, as a part of statements whose `$1` is the person.

/// The orders that somebody placed, in whoever's account.
macro_rules! placed {
    () => {
        "(SELECT number FROM orders WHERE placed_by = $1)"
    };
}

/// The orders that somebody placed, and those of the account that they founded.
macro_rules! own_orders {
    () => {
        "(SELECT number FROM orders
          WHERE placed_by = $1 OR account_id IN (SELECT id FROM accounts WHERE founder = $1))"
    };
}

pub(super) use {own_orders, placed};
