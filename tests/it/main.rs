//! The tests, in the words of a shop.

mod support;
mod tidy;
