//! A later release goes on where an earlier one stopped, and nobody loses anything.
//!
//! `fixtures/RELEASE/` holds a database as that release left it, once for each kind of database, together with the messages
//! that stood in the chats. The tests beside this file open the present program on it and go on as its people would.
//!
//! The fixtures of a release never change. Those of the next one are made with its program, after [`leaving::RELEASE`] was
//! set to its number, by
//!
//! ```sh
//! KEYDESK_WRITE_FIXTURES=1 scripts/test -E 'test(upgrade::leaving)'
//! ```
//!
//! Without the variable these conversations are not held: they take seconds, and what comes of them is here already.

mod dump;
mod leaving;
mod phone;
mod world;
