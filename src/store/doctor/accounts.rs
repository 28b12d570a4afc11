//! Accounts, who is in them and what they were given.

/// The products that an account is offered lists of are all those that it was given serial numbers of.
pub(super) const PRODUCTS: &str = "SELECT CAST(o.account_id AS TEXT)
     FROM orders o JOIN order_lines l ON l.order_number = o.number
     WHERE o.status = 'completed' AND NOT EXISTS (
         SELECT 1 FROM account_products p WHERE p.account_id = o.account_id AND p.sku = l.sku)
     GROUP BY o.account_id ORDER BY o.account_id";

/// Whoever founded an account is known.
pub(super) const FOUNDERS: &str = "SELECT CAST(a.id AS TEXT) FROM accounts a
     WHERE NOT EXISTS (SELECT 1 FROM people p WHERE p.id = a.founder) ORDER BY a.id";

/// An account with colleagues has its owner in it: an owner of colleagues joins no other account.
pub(super) const MEMBERS: &str = "SELECT CAST(a.id AS TEXT)
     FROM people p JOIN accounts a ON a.id = p.account_id JOIN people f ON f.id = a.founder
     WHERE p.id <> a.founder AND f.account_id <> a.id GROUP BY a.id ORDER BY a.id";
