//! Why the chat could not do what an update asked for.

use crate::domain::{Unreadable, Unwritable};
use crate::shop::ShopError;
use crate::store::StoreError;

#[derive(Debug, thiserror::Error)]
pub enum ChatError {
    /// The shop, or its database.
    #[error(transparent)]
    Shop(#[from] ShopError),
    /// Another update of the same person came in between: handle this one again.
    #[error("another update of the same person came in between")]
    Overtaken,
}

impl ChatError {
    /// Whether the same update may succeed when it is handled again.
    pub fn is_transient(&self) -> bool {
        match self {
            ChatError::Shop(error) => error.is_transient(),
            ChatError::Overtaken => true,
        }
    }
}

impl From<Unreadable> for ChatError {
    fn from(error: Unreadable) -> ChatError {
        StoreError::from(error).into()
    }
}

impl From<Unwritable> for ChatError {
    fn from(error: Unwritable) -> ChatError {
        StoreError::from(error).into()
    }
}

impl From<StoreError> for ChatError {
    fn from(error: StoreError) -> ChatError {
        ChatError::Shop(error.into())
    }
}
