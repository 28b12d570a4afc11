//! What is sold: few and cheap products, so that a life of some minutes sells many.

/// The price list with which every life begins.
pub const CATALOGUE: &str = r#"
[[product]]
sku = "alpha"
name = { ru = "Ключ Альфа", en = "Alpha key" }
packages = [ { quantity = 2, price = "110.00" }, { quantity = 5, price = "250.00" } ]

[[product]]
sku = "beta"
name = { ru = "Ключ Бета", en = "Beta key" }
free_quantity = { min = 1, max = 9, step = 1, tiers = [ { from = 1, unit_price = "46.50" }, { from = 5, unit_price = "40.05" } ] }

[[product]]
sku = "gift"
name = { ru = "Пробный ключ", en = "Trial key" }
free_quantity = { min = 1, max = 3, step = 1, tiers = [ { from = 1, unit_price = "0.00" } ] }
"#;

pub const SKUS: [&str; 3] = ["alpha", "beta", "gift"];

/// The price list with other prices, a little above the first.
pub fn repriced(rise: u64) -> String {
    CATALOGUE.replace("110.00", &format!("{}.{:02}", 110 + rise, rise)).replace("46.50", &format!("46.{}", 50 + rise))
}
