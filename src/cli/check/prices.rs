//! What the next start would change in the price list that holds: a price that was set since by `keydesk catalog apply` or in the
//! chat is undone by a catalogue file that was edited later.

use std::sync::Arc;

use crate::clock::Clock;
use crate::config::Config;
use crate::domain::Fault;
use crate::domain::catalogue::diff::Difference;
use crate::shop::Shop;
use crate::store::{Database, Store};

/// Products that a note names; the rest is counted.
const NAMED: usize = 10;

/// A note on what the catalogue file would change, if it would; a database that cannot be asked has its own line.
pub(super) async fn note(config: &Config, source: &str, database: Database<'_>) -> Option<Fault> {
    let store = Store::open_beside(database).await.ok()?;
    let shop = Shop::new(store.clone(), Clock::system(), Arc::new(config.clone()));
    let found = shop.changes_at_start(&mut store.read(), source).await;
    store.close().await;
    let changes = found.ok()??;
    let path = config.shop.catalog.display();
    let problem = format!(
        "the next start would change the price list in force ({}); `keydesk catalog diff {path}` shows how, and `keydesk catalog \
         show --toml` gives the list in force",
        named(&changes)?
    );
    Some(Fault { place: path.to_string(), problem })
}

/// The products whose prices or quantities change, or else what does.
fn named(changes: &[Difference]) -> Option<String> {
    let skus: Vec<&str> = changes
        .iter()
        .filter_map(|change| match change {
            Difference::Added(product) | Difference::Gone(product) => Some(product.sku.as_str()),
            Difference::Changed { sku, .. } => Some(sku.as_str()),
            Difference::Arranged => None,
        })
        .collect();
    let more = skus.len().saturating_sub(NAMED);
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    match (changes.is_empty(), skus.is_empty()) {
        (true, _) => None,
        (false, true) => Some("the order of products and groups".to_owned()),
        (false, false) => Some(format!("{}{rest}", skus.into_iter().take(NAMED).collect::<Vec<_>>().join(", "))),
    }
}
