//! The price list: products, the quantities they are sold in, and what a quantity costs.

use url::Url;

use crate::domain::ids::Sku;
use crate::domain::language::LocalName;
use crate::domain::money::{Currency, Money, MoneyError};
use crate::domain::stock::serial_pattern::SerialPattern;

/// A heading that products stand under in the order form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What products refer to it by; has the form of a SKU.
    pub id: Sku,
    pub name: LocalName,
}

/// An allowed quantity and the price of that whole package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Package {
    pub quantity: u32,
    /// For all of them.
    pub price: Money,
}

/// A unit price from a volume on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tier {
    /// The smallest quantity that it holds for.
    pub from: u32,
    /// For each key of the line.
    pub unit_price: Money,
}

/// Quantities that the customer may choose freely.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreeQuantity {
    /// The smallest.
    pub min: u32,
    /// The largest.
    pub max: u32,
    /// Allowed are `min`, `min + step`, … up to `max`.
    pub step: u32,
    /// Rising by `from`; the first holds for `min`.
    pub tiers: Vec<Tier>,
}

/// A kind of licence key that can be ordered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// Its id in the price list.
    pub sku: Sku,
    /// Its heading, if it has one.
    pub group: Option<Sku>,
    pub name: LocalName,
    /// What it is, in the vendor's words.
    pub description: Option<LocalName>,
    /// Its page on the vendor's site.
    pub url: Option<Url>,
    /// Rising by quantity; empty when only free quantities are sold.
    pub packages: Vec<Package>,
    /// `None` when only packages are sold.
    pub free: Option<FreeQuantity>,
    /// The form of its serial numbers, if the shop gives one.
    pub serial_pattern: Option<SerialPattern>,
}

/// A product is not sold in this quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotSold;

impl FreeQuantity {
    /// The largest that is on a step.
    pub fn largest(&self) -> u32 {
        let span = self.max.saturating_sub(self.min);
        self.min + span - span.checked_rem(self.step).unwrap_or(0)
    }

    fn unit_price(&self, quantity: u32) -> Option<Money> {
        let on_step = quantity.checked_sub(self.min)?.checked_rem(self.step)? == 0;
        let allowed = on_step && quantity <= self.max;
        let tier = self.tiers.iter().rev().find(|tier| tier.from <= quantity)?;
        allowed.then_some(tier.unit_price)
    }
}

impl Product {
    /// What `quantity` keys cost: the package's price, else the unit price of its volume times the quantity.
    pub fn price(&self, quantity: u32) -> Result<Money, NotSold> {
        if let Some(package) = self.packages.iter().find(|package| package.quantity == quantity) {
            return Ok(package.price);
        }
        let unit_price = self.free.as_ref().and_then(|free| free.unit_price(quantity)).ok_or(NotSold)?;
        unit_price.times(quantity).map_err(|_: MoneyError| NotSold)
    }
}

/// A whole price list in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalogue {
    /// The currency of every price.
    pub currency: Currency,
    /// In the order in which they are shown.
    pub groups: Vec<Group>,
    /// In the order in which they are shown.
    pub products: Vec<Product>,
}

impl Catalogue {
    /// Largest file of a price list that somebody sends, in bytes: a thousand products of some packages. Reading it takes a
    /// hundred times that.
    pub const MAX_BYTES: usize = 1024 * 1024;
    /// Largest number of products.
    pub const MAX_PRODUCTS: usize = 1_000;
    /// Longest product or group name, in characters as Telegram counts them: a button and a line of a phone's screen end sooner.
    pub const MAX_NAME: usize = 100;
    /// Longest description, in characters as Telegram counts them: five fit a message.
    pub const MAX_DESCRIPTION: usize = 500;
    /// Longest address of a product's page.
    pub const MAX_URL: usize = 500;
    /// Largest quantity of one line.
    pub const MAX_QUANTITY: u32 = 1_000_000;
    /// Most packages of one product: each is a button on one screen.
    pub const MAX_PACKAGES: usize = 24;
    /// Most volume tiers of one product: each is a line of one screen, beside the packages.
    pub const MAX_TIERS: usize = 24;

    /// The product with this SKU.
    pub fn product(&self, sku: &Sku) -> Option<&Product> {
        self.products.iter().find(|product| product.sku == *sku)
    }

    /// The products under a heading; `None` gives those that stand under none.
    pub fn in_group<'a>(&'a self, group: Option<&'a Sku>) -> impl Iterator<Item = &'a Product> {
        self.products.iter().filter(move |product| product.group.as_ref() == group)
    }
}
