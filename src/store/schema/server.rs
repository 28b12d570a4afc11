//! The same on a server, whose migrations cannot be run aside: its tables are those that SQLite's make.

use sqlx::PgConnection;

use crate::store::schema::sqlite::tables;
use crate::store::schema::strange::{Strange, shown};

/// The triggers that the migrations make: table, name, and the function that it calls. A test holds it against a new database.
pub(in crate::store) const TRIGGERS: [(&str, &str, &str); 4] = [
    ("audit", "audit_rows_stay", "keep_audit"),
    ("audit", "audit_stays", "keep_audit"),
    ("orders", "orders_counted", "count_order"),
    ("orders", "orders_counted_anew", "count_order"),
];
/// Triggers that are enabled.
const FOUND: &str = "SELECT c.relname::TEXT, t.tgname::TEXT, p.proname::TEXT
     FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
     WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' AND c.relnamespace = current_schema()::regnamespace
     ORDER BY 1, 2";
/// Rules on tables: a view has one of its own, and is read by nobody but whoever made it.
const RULES: &str =
    "SELECT 'the rule ' || r.rulename || ' on ' || c.relname FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
     WHERE c.relkind NOT IN ('v', 'm') AND c.relnamespace = current_schema()::regnamespace
     ORDER BY 1";
/// Whatever can be read like a table, and what it is.
const RELATIONS: &str = "SELECT relname::TEXT,
         CASE relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table' ELSE 'table' END
     FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND relnamespace = current_schema()::regnamespace";

/// What a server's database has that no migration made, and what it lacks that one did make.
pub(in crate::store) async fn in_postgres(connection: &mut PgConnection) -> sqlx::Result<Strange> {
    let found: Vec<(String, String, String)> = sqlx::query_as(FOUND).fetch_all(&mut *connection).await?;
    let relations: Vec<(String, String)> = sqlx::query_as(RELATIONS).fetch_all(&mut *connection).await?;
    let rules: Vec<String> = sqlx::query_scalar(RULES).fetch_all(connection).await?;
    let words = |name: &str, table: &str| format!("the trigger {} on {}", shown(name), shown(table));
    let is_own = |(table, name, function): &(String, String, String)| {
        TRIGGERS.contains(&(table.as_str(), name.as_str(), function.as_str()))
    };
    let foreign = found.iter().filter(|trigger| !is_own(trigger)).map(|(table, name, _)| words(name, table));
    let is_missing = |own: &&(&str, &str, &str)| {
        !found.iter().any(|(table, name, function)| (table.as_str(), name.as_str(), function.as_str()) == **own)
    };
    let missing =
        TRIGGERS.iter().filter(is_missing).map(|(table, name, _)| format!("{} is missing", words(name, table)));
    let in_place = |name: String| match relations.iter().find(|(found, _)| *found == name) {
        Some((_, kind)) if kind == "table" => None,
        Some((_, kind)) => Some(format!("the {kind} {name} in the place of a table")),
        None => Some(format!("the table {name} is missing")),
    };
    Ok(Strange {
        in_place: tables().await?.into_iter().filter_map(in_place).collect(),
        beside: missing.chain(foreign).chain(rules.iter().map(|rule| shown(rule))).collect(),
    })
}

/// Which of these, each called by what it is and by its name, stand in the place of a table; a dump of an older release lacks some.
pub(in crate::store) async fn in_place_of_tables(relations: Vec<(String, String)>) -> sqlx::Result<Vec<String>> {
    let tables = tables().await?;
    let replaced = relations.into_iter().filter(|(_, name)| tables.contains(name));
    Ok(replaced.map(|(kind, name)| format!("the {kind} {name} in the place of a table")).collect())
}
