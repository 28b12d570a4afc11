//! Price lists and their differences as JSON, for scripts.

use serde_json::{Value, json};

use crate::domain::catalogue::diff::{Bounds, Change, Difference};
use crate::domain::{Money, Product, SerialPattern};

/// Amounts are texts of digits: a number of JSON may be read as a float.
fn amount(money: Money) -> Value {
    Value::String(money.to_decimal().to_string())
}

/// A product with all that the price list says of it.
pub fn product(product: &Product) -> Value {
    let packages = product.packages.iter();
    let packages: Vec<Value> =
        packages.map(|package| json!({ "quantity": package.quantity, "price": amount(package.price) })).collect();
    let free = product.free.as_ref().map(|free| {
        let tiers = free.tiers.iter();
        let tiers: Vec<Value> =
            tiers.map(|tier| json!({ "from": tier.from, "unit_price": amount(tier.unit_price) })).collect();
        json!({ "min": free.min, "max": free.max, "step": free.step, "tiers": tiers })
    });
    json!({
        "sku": product.sku.as_str(),
        "group": product.group.as_ref().map(|group| group.as_str()),
        "name": product.name,
        "description": product.description,
        "url": product.url.as_ref().map(|url| url.as_str()),
        "packages": packages,
        "free_quantity": free,
        "serial_pattern": product.serial_pattern.as_ref().map(SerialPattern::as_str),
    })
}

/// In what two price lists differ, with what was before and what comes.
pub fn difference(difference: &Difference) -> Value {
    match difference {
        Difference::Added(added) => json!({ "what": "added", "product": product(added) }),
        Difference::Gone(gone) => json!({ "what": "gone", "product": product(gone) }),
        Difference::Changed { sku, name, changes } => {
            let changes: Vec<Value> = changes.iter().map(change).collect();
            json!({ "what": "changed", "sku": sku.as_str(), "name": name, "changes": changes })
        }
        Difference::Arranged => json!({ "what": "arranged" }),
    }
}

fn change(change: &Change) -> Value {
    let amounts = |old: &Option<Money>, new: &Option<Money>| (old.map(amount), new.map(amount));
    match change {
        Change::Renamed(old) => json!({ "what": "renamed", "old": old }),
        Change::Described => json!({ "what": "described" }),
        Change::Regrouped => json!({ "what": "regrouped" }),
        Change::Package { quantity, old, new } => {
            let (old, new) = amounts(old, new);
            json!({ "what": "package", "quantity": quantity, "old": old, "new": new })
        }
        Change::Tier { from, old, new } => {
            let (old, new) = amounts(old, new);
            json!({ "what": "tier", "from": from, "old": old, "new": new })
        }
        Change::Bounds { old, new } => {
            json!({ "what": "bounds", "old": old.map(bounds), "new": new.map(bounds) })
        }
        Change::SerialPattern { old, new } => {
            let shown = |pattern: &Option<SerialPattern>| pattern.as_ref().map(|pattern| pattern.as_str().to_owned());
            json!({ "what": "serial_pattern", "old": shown(old), "new": shown(new) })
        }
    }
}

fn bounds(bounds: Bounds) -> Value {
    json!({ "min": bounds.min, "max": bounds.max, "step": bounds.step })
}
