//! A later release goes on where an earlier one stopped, and nobody loses anything.
//!
//! `fixtures/RELEASE/` holds a database as that release left it, once for each kind of database, together with the messages
//! that stood in the chats. The tests beside this file open the present program on it and go on as its people would.
//! `dialogues.json` and `notifications.json` have, by name, every form in which that release stored where a dialogue stands
//! and what it says, what somebody is to be told, what a file is for, and what was done to an order. Conversations leave
//! most of them in the databases too, but not each sentence, and not the parts of a list that is too long for one file.
//!
//! The fixtures of a release never change, and those that exist are not overwritten. Those of the next one are made with its
//! program, when `Cargo.toml` has its number, by
//!
//! ```sh
//! KEYDESK_WRITE_FIXTURES=1 scripts/test -E 'test(upgrade::leaving)'
//! ```
//!
//! Without the variable these conversations are not held: they take seconds, and what comes of them is here already.

mod dump;
mod going_on;
mod leaving;
mod phone;
mod reading;
mod staff;
mod stored;
mod waiting;
mod world;

use crate::support::shop::Shop;
use world::World;

/// Makes `name::release_0_1_0_on_sqlite` and `…_on_postgres` of `async fn name(shop: Shop)`.
macro_rules! on_fixtures {
    ($($name:ident),+ $(,)?) => {$(
        mod $name {
            #[tokio::test]
            async fn release_0_1_0_on_sqlite() {
                super::$name(crate::upgrade::open_0_1_0().await).await;
            }

            #[tokio::test]
            async fn release_0_1_0_on_postgres() {
                super::$name(crate::upgrade::open_0_1_0_on_postgres().await).await;
            }
        }
    )+};
}
use on_fixtures;

/// The shop that release 0.1.0 left, on SQLite.
async fn open_0_1_0() -> Shop {
    let world = World::read(include_str!("fixtures/0.1.0/sqlite.world.json"));
    let shop = Shop::open_on_dump(include_str!("fixtures/0.1.0/sqlite.sql"), world.now()).await;
    world.put_into(&shop.emulator);
    shop
}

/// The same on PostgreSQL.
async fn open_0_1_0_on_postgres() -> Shop {
    let world = World::read(include_str!("fixtures/0.1.0/postgres.world.json"));
    let shop = Shop::open_on_postgres_dump(include_str!("fixtures/0.1.0/postgres.sql"), world.now()).await;
    world.put_into(&shop.emulator);
    shop
}
