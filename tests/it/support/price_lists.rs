//! The example catalogue, and others that differ from it in one thing.

/// The example catalogue, as every test shop begins.
pub const CATALOGUE: &str = include_str!("../../../catalog.example.toml");

/// The example catalogue, less this product.
pub fn catalogue_without(sku: &str) -> String {
    let named = format!("\nsku = \"{sku}\"\n");
    let kept = CATALOGUE.split("[[product]]").filter(|product| !product.starts_with(&named));
    kept.collect::<Vec<_>>().join("[[product]]")
}

/// The example catalogue with another price.
pub fn catalogue_with(old_price: &str, new_price: &str) -> String {
    assert!(CATALOGUE.contains(old_price), "no price {old_price} in the catalogue");
    CATALOGUE.replace(old_price, new_price)
}
