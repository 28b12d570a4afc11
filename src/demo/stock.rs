//! The stock of the demo's shop: made-up serial numbers that look the part.

use std::collections::BTreeMap;

use anyhow::Context;

use crate::clock::Clock;
use crate::domain::{SerialNumber, Sku};
use crate::store::{Import, Store};

const STOCK: &str = include_str!("stock.toml");

/// Brings the serial numbers of `stock.toml` into the stock. Those that a kept database knows already stay as they are.
///
/// # Errors
///
/// If the store fails.
pub async fn fill_stock(store: &Store, clock: &Clock) -> anyhow::Result<()> {
    let stock: BTreeMap<String, u32> = toml::from_str(STOCK).context("stock.toml")?;
    let mut tx = store.begin().await?;
    for (sku, quantity) in stock {
        let sku = Sku::parse(&sku).with_context(|| format!("stock.toml: {sku} is no SKU"))?;
        let serials = (1..=quantity).map(|number| SerialNumber::parse(&serial(&sku, number)));
        let serials: Result<Vec<_>, _> = serials.collect();
        let serials = serials.map_err(|why| anyhow::anyhow!("stock.toml: {sku} makes no serial numbers: {why:?}"))?;
        if let Import::Refused(why) = tx.import_serials(&sku, &serials, clock.now()).await? {
            anyhow::bail!("the demo's stock cannot be filled: serial numbers of {sku} may not come in: {why:?}");
        }
    }
    Ok(tx.commit().await?)
}

/// Such as `DEMO-SP1-000001`.
fn serial(sku: &Sku, number: u32) -> String {
    let product: String = sku.as_str().chars().filter(char::is_ascii_alphanumeric).collect();
    format!("DEMO-{}-{number:06}", product.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::serial;
    use crate::domain::Sku;

    #[test]
    fn a_made_up_serial_number_names_its_product() {
        let sku = Sku::parse("trial-30000").unwrap();
        assert_eq!(serial(&sku, 7), "DEMO-TRIAL30000-000007");
    }
}
