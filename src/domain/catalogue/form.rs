//! A price list as somebody wrote it, before anything of it is checked: values, and where each stands in its file.

/// Where something stands in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// From one byte of a text to another.
    Text { start: usize, end: usize },
    /// In a table; both counted from 0.
    Cell { row: u32, column: u16 },
}

/// A value, and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field<T> {
    pub value: T,
    pub spot: Spot,
}

/// A whole price list. What is missing is `None`; whoever read the file has said so already.
#[derive(Debug, Default)]
pub struct FileForm {
    pub groups: Vec<GroupForm>,
    pub products: Vec<ProductForm>,
    /// Whether products were there that did not read, so that none is missing.
    pub is_unread: bool,
}

#[derive(Debug)]
pub struct GroupForm {
    pub spot: Spot,
    pub id: Option<Field<String>>,
    pub names: Option<Vec<NameForm>>,
}

#[derive(Debug)]
pub struct ProductForm {
    pub spot: Spot,
    pub sku: Option<Field<String>>,
    pub group: Option<Field<String>>,
    pub names: Option<Vec<NameForm>>,
    pub descriptions: Vec<NameForm>,
    pub url: Option<Field<String>>,
    pub packages: Vec<PackageForm>,
    pub free: Option<FreeForm>,
    pub serial_pattern: Option<Field<String>>,
    /// Packages and free quantities that did not read.
    pub misread: usize,
}

/// A name or a description in one language.
#[derive(Debug)]
pub struct NameForm {
    /// The code of the language.
    pub language: String,
    pub name: Field<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageForm {
    pub quantity: Option<Field<u32>>,
    pub price: Option<Field<String>>,
}

#[derive(Debug)]
pub struct FreeForm {
    pub spot: Spot,
    pub min: Option<Field<u32>>,
    pub max: Option<Field<u32>>,
    pub step: Option<Field<u32>>,
    pub tiers: Vec<TierForm>,
}

#[derive(Debug)]
pub struct TierForm {
    pub from: Option<Field<u32>>,
    pub unit_price: Option<Field<String>>,
}

impl<T> Field<T> {
    pub fn new(value: T, spot: Spot) -> Field<T> {
        Field { value, spot }
    }
}
