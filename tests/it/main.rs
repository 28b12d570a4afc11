//! Integration tests, in the words of a shop.

mod emulator;
