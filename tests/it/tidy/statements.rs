//! What no SQL statement may hold.

use super::source::Source;

/// PostgreSQL may run such a query once for each row outside, unless it is named and materialized: a claim among 150 messages
/// took 150 ms.
const REMEDY: &str = "IN (SELECT … LIMIT …): name the query before the statement, WITH … AS MATERIALIZED";

fn bounded_subqueries(sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources {
        for token in source.product_code() {
            let statement = token.text().unwrap_or_default();
            let subqueries = statement.match_indices(" IN (").filter_map(|(at, head)| {
                let inside = within_bracket(&statement[at + head.len()..]);
                (inside.trim_start().starts_with("SELECT") && inside.contains("LIMIT")).then_some(())
            });
            found.extend(subqueries.map(|()| source.at(token.line, REMEDY)));
        }
    }
    found
}

/// What stands in a bracket that is open already, without the brackets inside it.
fn within_bracket(text: &str) -> String {
    let mut depth = 1;
    let own = text.chars().take_while(|c| {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        depth > 0
    });
    let mut inner = 0;
    own.filter(|c| {
        match c {
            '(' => inner += 1,
            ')' => inner -= 1,
            _ => return inner == 0,
        }
        false
    })
    .collect()
}

#[test]
fn no_list_is_a_query_with_a_bound() {
    super::report(bounded_subqueries(&super::rust_files(&["src"])));
}

#[test]
fn a_query_with_a_bound_is_found() {
    let count = |statement: &str| bounded_subqueries(&[Source::new("src/x.rs", format!("\"{statement}\""))]).len();
    assert_eq!(count("DELETE FROM t WHERE id IN (\\n SELECT id FROM t ORDER BY id LIMIT 1 )"), 1);
    assert_eq!(count("DELETE FROM t WHERE (a, b) IN (SELECT a, b FROM t LIMIT $1) AND c IN (SELECT c FROM u)"), 1);
    assert_eq!(count("SELECT a FROM t WHERE a IN (SELECT (SELECT b FROM u LIMIT 1) FROM t)"), 0);
    assert_eq!(
        count("WITH old AS MATERIALIZED (SELECT id FROM t LIMIT 1) DELETE FROM t WHERE id IN (SELECT id FROM old)"),
        0
    );
}
