//! Conversations: the whole bot over HTTP, in the words of its people.

mod ordering;
