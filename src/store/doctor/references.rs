//! Rows that speak of others which must be there. The databases hold it themselves, unless somebody told them not to.

/// Table, its column, and the table and column that have what it names.
const REFERENCES: &[(&str, &str, &str, &str)] = &[
    ("people", "account_id", "accounts", "id"),
    ("billing", "account_id", "accounts", "id"),
    ("orders", "account_id", "accounts", "id"),
    ("orders", "placed_by", "people", "id"),
    ("order_lines", "order_number", "orders", "number"),
    ("order_events", "order_number", "orders", "number"),
    ("order_messages", "order_number", "orders", "number"),
    ("order_topics", "order_number", "orders", "number"),
    ("outbox_messages", "order_number", "orders", "number"),
    ("digest_lines", "order_number", "orders", "number"),
    ("passed_on", "order_number", "orders", "number"),
    ("holdings", "order_number", "orders", "number"),
    ("serial_numbers", "order_number", "orders", "number"),
    ("serial_requests", "account_id", "accounts", "id"),
    ("invitations", "account_id", "accounts", "id"),
];

/// Each table with what it names and is not there.
pub(super) fn missing() -> String {
    let parts = REFERENCES.iter().map(|(table, column, other, key)| {
        format!(
            "SELECT '{table} ' || CAST({column} AS TEXT) AS missing
             FROM (SELECT {column} FROM {table} WHERE {column} IS NOT NULL GROUP BY {column}) AS named
             WHERE NOT EXISTS (SELECT 1 FROM {other} o WHERE o.{key} = named.{column})"
        )
    });
    let all = parts.collect::<Vec<_>>().join(" UNION ALL ");
    format!("SELECT missing FROM ({all}) AS missing_rows ORDER BY missing")
}
