-- An account's open orders are found by the index of its orders by status as well. Each index costs every order that is placed.
DROP INDEX orders_open_by_account;
