//! What takes minutes by the real clock: `NEXTEST_PROFILE=long NEXTEST_TEST_THREADS=16 scripts/test --success-output immediate
//! process::long`.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use keydesk_emulator::{Fault, FaultKind, Person, World};
use tempfile::TempDir;
use tokio::time::timeout;

use super::memory::ADMIN;
use super::outages::{DatabaseRenamed, LockHeld, LoginRefused, Trouble, endures, endures_again};
use crate::support::postgres::Role;
use crate::support::program::{Flood, Premises, STAFF_CHAT};
use crate::support::random::number_in;

const PEOPLE: i64 = 30;

/// Makes a test of a kind of trouble for each of these lengths: half a minute, and around the minutes in which a bot might
/// lose its patience.
macro_rules! for_20_66_and_120_seconds {
    ($($trouble:ident),+ $(,)?) => {$(
        mod $trouble {
            use std::time::Duration;

            #[tokio::test(flavor = "multi_thread")]
            async fn for_20_seconds() {
                super::$trouble(Duration::from_secs(20)).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn for_66_seconds() {
                super::$trouble(Duration::from_secs(66)).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn for_120_seconds() {
                super::$trouble(Duration::from_secs(120)).await;
            }
        }
    )+};
}

for_20_66_and_120_seconds!(disk_full, lock_held, server_stopped, login_refused, database_renamed);

/// An outage that ends as soon as it was noticed, and comes back: `KEYDESK_RESTARTS` says how often.
mod again_and_again {
    use super::{Disk, PEOPLE, Server, again, on_disk};
    use crate::support::program::{Flood, Premises};

    #[tokio::test(flavor = "multi_thread")]
    async fn a_disk_is_full_and_freed() {
        let disk = Disk::mount();
        let premises = on_disk(&disk).await;
        again(&premises, disk, PEOPLE).await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_server_is_restarted() {
        let server = Server::start();
        let premises = Premises::on_database(server.url(), Flood::Unlimited).await;
        again(&premises, server, PEOPLE).await;
    }
}

async fn again<T: Trouble>(premises: &Premises, trouble: T, people: i64) {
    let times = number_in("KEYDESK_RESTARTS").unwrap_or(20);
    endures_again(premises, trouble, people, Duration::ZERO, usize::try_from(times).unwrap()).await;
}

async fn on_disk(disk: &Disk) -> Premises {
    let database = format!("sqlite://{}", disk.folder.path().join("keydesk.db").display());
    Premises::on_database(database, Flood::Unlimited).await
}

async fn disk_full(outage: Duration) {
    let disk = Disk::mount();
    let premises = on_disk(&disk).await;
    endures(&premises, disk, PEOPLE, outage).await;
}

async fn lock_held(outage: Duration) {
    let premises = Premises::on_sqlite(Flood::Unlimited).await;
    let trouble = LockHeld::on(&premises);
    endures(&premises, trouble, PEOPLE, outage).await;
}

async fn server_stopped(outage: Duration) {
    let server = Server::start();
    let premises = Premises::on_database(server.url(), Flood::Unlimited).await;
    endures(&premises, server, PEOPLE, outage).await;
}

async fn login_refused(outage: Duration) {
    let role = Role::create().await;
    let premises = Premises::on_database(role.url.clone(), Flood::Unlimited).await;
    endures(&premises, LoginRefused(role), PEOPLE, outage).await;
}

async fn database_renamed(outage: Duration) {
    let role = Role::create().await;
    let premises = Premises::on_database(role.url.clone(), Flood::Unlimited).await;
    endures(&premises, DatabaseRenamed(role), PEOPLE, outage).await;
}

#[tokio::test]
async fn a_full_disk_is_found_by_a_check() {
    let mut disk = Disk::mount();
    let premises = on_disk(&disk).await;
    premises.runs().await.ends_well().await;
    let sound = premises.starts(&["check"]).ends().await;
    assert_eq!(sound.status.code(), Some(0), "{sound:?}");
    disk.begins().await;
    let full = premises.starts(&["check"]).ends().await;
    assert_eq!(full.status.code(), Some(5), "{full:?}");
    assert!(full.stdout.contains("has 0 MB left: make room there"), "{full:?}");
}

/// Runs a program that has to succeed.
fn run(program: &str, arguments: &[&str]) {
    let output = Command::new(program).args(arguments).current_dir("/").output().unwrap();
    assert!(output.status.success(), "{program} {arguments:?} (root is needed here): {output:?}");
}

/// A small disk in memory, which another program fills.
struct Disk {
    folder: TempDir,
}

impl Disk {
    fn mount() -> Disk {
        let folder = TempDir::new().unwrap();
        run("mount", &["-t", "tmpfs", "-o", "size=48m", "tmpfs", &folder.path().display().to_string()]);
        Disk { folder }
    }

    fn ballast(&self) -> PathBuf {
        self.folder.path().join("ballast")
    }
}

impl Trouble for Disk {
    const NAME: &'static str = "SQLite, disk full";

    async fn begins(&mut self) {
        let mut ballast = File::create(self.ballast()).unwrap();
        for size in [1 << 20, 4_096] {
            while ballast.write_all(&vec![0; size]).is_ok() {}
        }
    }

    async fn ends(&mut self) {
        fs::remove_file(self.ballast()).unwrap();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // The bot may still have its files open; the folder is empty once nobody has.
        let _ = Command::new("umount").args(["-l", &self.folder.path().display().to_string()]).status();
    }
}

/// A PostgreSQL server of the test's own, which can be stopped.
struct Server {
    folder: TempDir,
    port: u16,
}

impl Server {
    fn start() -> Server {
        let folder = TempDir::new().unwrap();
        run("chown", &["postgres:", &folder.path().display().to_string()]);
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let server = Server { folder, port };
        server.as_postgres("initdb", &["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync"]);
        server.up();
        server
    }

    fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    fn up(&self) {
        let folder = self.folder.path().display();
        let options = format!("-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}", self.port);
        let log = format!("--log={folder}/log");
        self.as_postgres("pg_ctl", &["start", "--wait", "--silent", &log, "--options", &options]);
    }

    fn as_postgres(&self, program: &str, arguments: &[&str]) {
        let program = newest_postgres().join(program).display().to_string();
        let data = format!("--pgdata={}/data", self.folder.path().display());
        let before = ["-u", "postgres", "--", &program, &data];
        run("runuser", &[&before, arguments].concat());
    }
}

impl Trouble for Server {
    const NAME: &'static str = "PostgreSQL, stopped";

    async fn begins(&mut self) {
        self.as_postgres("pg_ctl", &["stop", "--mode=fast", "--wait", "--silent"]);
    }

    async fn ends(&mut self) {
        self.up();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.as_postgres("pg_ctl", &["stop", "--mode=immediate", "--silent"]);
    }
}

/// Debian keeps the programs out of `PATH`.
fn newest_postgres() -> PathBuf {
    let releases = fs::read_dir("/usr/lib/postgresql").expect("PostgreSQL as Debian installs it");
    let mut releases: Vec<PathBuf> = releases.map(|release| release.unwrap().path()).collect();
    releases.sort();
    let newest = releases.pop().expect("a release of PostgreSQL");
    Path::new(&newest).join("bin")
}

#[tokio::test]
async fn a_token_that_is_refused_for_a_minute_stops_a_running_bot_with_a_sentence() {
    let premises = Premises::on_sqlite(Flood::Unlimited).await;
    let bot = premises.runs().await;
    premises.until("it polls", |world| world.polls() > 0).await;
    let kind = FaultKind::Unauthorized;
    premises.emulator.inject(Fault { method: None, chat: None, times: u32::MAX, kind });
    // The poll that is under way ends with this, and everything after it is refused.
    premises.emulator.say(201, 201, "/start");
    let ended = bot.ends_within(Duration::from_secs(110)).await;
    assert_eq!(ended.status.code(), Some(4));
    assert_eq!(
        ended.stderr.lines().last(),
        Some(
            "keydesk: environment, TELOXIDE_TOKEN: is not accepted by the Bot API; copy the token from @BotFather again"
        )
    );
}

#[tokio::test]
async fn a_staff_chat_that_becomes_public_is_noticed_within_a_minute_though_nobody_writes() {
    let premises = Premises::on_sqlite(Flood::Unlimited).await;
    let emulator = &premises.emulator;
    emulator.add_person(Person { id: ADMIN, first_name: "Зоя".to_owned(), ..Person::default() });
    emulator.say(ADMIN, ADMIN, "/start");
    let bot = premises.runs().await;
    let reads = |world: &World, words: &str| world.messages(ADMIN).any(|message| message.text.contains(words));
    premises.until("the admin is greeted", |world| reads(world, "Guardant")).await;
    emulator.set_username(STAFF_CHAT, Some("guardant_sales"));
    let told = emulator.until(|world| reads(world, "Чат сотрудников стал публичным"));
    timeout(Duration::from_secs(100), told).await.expect("the admin is told");
    bot.stops().await;
}
