//! The program itself, started as a child against an emulator in the test's process.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    thread,
    time::Duration,
};

use keydesk_emulator::{Emulator, FloodLimits, Group, GroupKind, Person, PrivacyMode, Setup};
use tempfile::TempDir;
use tokio::{sync::watch, time::timeout};

use super::postgres::Database;
use super::webhook::SECRET;

/// The staff chat of the example configuration.
pub const STAFF_CHAT: i64 = -1001234567890;
/// How long anything may take: far above what it takes on a busy machine, as only failures wait it out.
pub const PATIENCE: Duration = Duration::from_secs(50);
const CONFIG: &str = include_str!("../../../keydesk.example.toml");
const CATALOGUE: &str = include_str!("../../../catalog.example.toml");

/// A folder with the example files, a database, and a Bot API: all that the program needs.
pub struct Premises {
    pub emulator: Emulator,
    pub database: String,
    folder: TempDir,
    _server: Option<Database>,
}

/// Whether the emulator holds the bot to Telegram's limits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Flood {
    Limited,
    Unlimited,
}

impl Premises {
    pub async fn on_sqlite(flood: Flood) -> Premises {
        let folder = TempDir::new().unwrap();
        let database = format!("sqlite://{}", folder.path().join("keydesk.db").display());
        Premises::furnish(folder, database, None, flood).await
    }

    pub async fn on_postgres(flood: Flood) -> Premises {
        let server = Database::with_tables().await;
        Premises::furnish(TempDir::new().unwrap(), server.url.clone(), Some(server), flood).await
    }

    /// On a database of the test's own.
    pub async fn on_database(database: String, flood: Flood) -> Premises {
        Premises::furnish(TempDir::new().unwrap(), database, None, flood).await
    }

    /// On SQLite, with a Bot API of the test's own.
    pub async fn with_bot_api(setup: Setup) -> Premises {
        let folder = TempDir::new().unwrap();
        let database = format!("sqlite://{}", folder.path().join("keydesk.db").display());
        Premises::furnish_with(setup, folder, database, None, Flood::Unlimited).await
    }

    async fn furnish(folder: TempDir, database: String, server: Option<Database>, flood: Flood) -> Premises {
        Premises::furnish_with(Setup::loopback(), folder, database, server, flood).await
    }

    async fn furnish_with(
        setup: Setup,
        folder: TempDir,
        database: String,
        server: Option<Database>,
        flood: Flood,
    ) -> Premises {
        // The crowd orders for as long as a test lasts.
        let config = CONFIG
            .replace("orders_per_hour = 10", "orders_per_hour = 1000")
            .replace("open_orders = 20", "open_orders = 1000");
        fs::write(folder.path().join("keydesk.toml"), config).unwrap();
        fs::write(folder.path().join("catalog.toml"), CATALOGUE).unwrap();
        let limits = (flood == Flood::Limited).then(FloodLimits::default);
        let emulator =
            Emulator::start(Setup { limits, webhook_retry: Duration::from_millis(1), ..setup }).await.unwrap();
        emulator.add_person(Person { id: 201, first_name: "Вера".to_owned(), ..Person::default() });
        let title = "Сотрудники".to_owned();
        let group = Group { id: STAFF_CHAT, title, kind: GroupKind::Supergroup, privacy: PrivacyMode::SeesAll };
        emulator.add_group(group, &[201]);
        Premises { emulator, database, folder, _server: server }
    }

    /// A file of the folder in which the program runs.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Puts a text into a file of the folder.
    pub fn writes(&self, name: &str, text: &str) {
        fs::write(self.file(name), text).unwrap();
    }

    /// Has updates posted to this address, and the program listen on that port.
    pub fn posts_to(&self, url: &str, port: u16) {
        let webhook = format!("[telegram]\nwebhook = {{ url = \"{url}\", listen = \"127.0.0.1:{port}\" }}\n");
        self.replaces("keydesk.toml", "[telegram]\n", &webhook);
    }

    /// Has updates posted to the program itself; gives the address.
    pub fn takes_posts(&self) -> String {
        let port = free_port();
        let url = format!("http://127.0.0.1:{port}/telegram");
        self.posts_to(&url, port);
        url
    }

    /// Has health and figures served; gives their address.
    pub fn serves_figures(&self) -> String {
        let address = format!("127.0.0.1:{}", free_port());
        let config = fs::read_to_string(self.file("keydesk.toml")).unwrap();
        self.writes("keydesk.toml", &format!("{config}\n[http]\nlisten = \"{address}\"\n"));
        format!("http://{address}")
    }

    /// Has the bot take backups by itself, this often, into the folder `backups`, of which so many stay.
    pub fn takes_backups(&self, every: &str, keep: u32) {
        let config = fs::read_to_string(self.file("keydesk.toml")).unwrap();
        let section = format!("\n[backup]\nevery = \"{every}\"\nkeep = {keep}\nfolder = \"backups\"\n");
        self.writes("keydesk.toml", &(config + &section));
    }

    /// The program keeps no flood limits: a chat of its own gets more than a message a second.
    pub fn sends_at_once(&self) {
        self.replaces("keydesk.toml", "limits = \"telegram\"", "limits = \"off\"");
    }

    /// Changes the configuration or the catalogue.
    pub fn replaces(&self, name: &str, old: &str, new: &str) {
        let text = fs::read_to_string(self.file(name)).unwrap();
        assert!(text.contains(old), "{name} has no {old}");
        self.writes(name, &text.replace(old, new));
    }

    /// The program with these arguments, its environment set, not started yet.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_keydesk"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env("TELOXIDE_TOKEN", self.emulator.token())
            .env("TELOXIDE_API_URL", self.emulator.url())
            .env("DATABASE_URL", &self.database)
            .env("TELEGRAM_WEBHOOK_SECRET", SECRET)
            .env_remove("RUST_LOG")
            .env_remove("RUST_BACKTRACE");
        command
    }

    /// Starts the program; it may not be ready yet.
    pub fn starts(&self, arguments: &[&str]) -> Program {
        Program::start(&mut self.command(arguments))
    }

    /// Starts `keydesk run` and waits until it serves.
    pub async fn runs(&self) -> Program {
        let program = self.starts(&["run"]);
        program.says("serving as").await;
        program
    }

    /// Waits for a change of the emulator's world, not forever.
    pub async fn until(&self, what: &str, is_so: impl FnMut(&keydesk_emulator::World) -> bool) {
        let waited = timeout(PATIENCE, self.emulator.until(is_so)).await;
        waited.unwrap_or_else(|_| panic!("waited in vain until {what}"));
    }

    /// A text in which what differs from run to run has a name instead.
    pub fn plain(&self, text: &str) -> String {
        let folder = self.folder.path().display().to_string();
        text.replace(&folder, "FOLDER").replace(&self.emulator.url(), "API")
    }
}

/// A port that nothing else takes before the program does: below those that the kernel gives out by itself.
pub fn free_port() -> u16 {
    let drawn = || 10_000 + u16::try_from(getrandom::u32().unwrap() % 10_000).unwrap();
    std::iter::repeat_with(drawn).find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok()).unwrap()
}

/// A signal that asks a process to stop, or makes it stand still for a while.
#[derive(Debug, Clone, Copy)]
pub enum Signal {
    Terminate,
    Interrupt,
    Freeze,
    Thaw,
}

/// A running program; killed with the value.
pub struct Program {
    child: Child,
    heard: watch::Receiver<Heard>,
}

/// What the program wrote so far.
#[derive(Debug, Default)]
struct Heard {
    stdout: String,
    stderr: String,
    closed: usize,
}

/// How a program ended, and all that it wrote.
#[derive(Debug)]
pub struct Ended {
    pub status: ExitStatus,
    pub stdout: String,
    pub stderr: String,
}

impl Program {
    pub fn start(command: &mut Command) -> Program {
        Program::start_told(command, "")
    }

    /// Starts it with a text on its standard input.
    pub fn start_told(command: &mut Command, told: &str) -> Program {
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        // Shorter than what a pipe holds, so that nobody waits; one that has ended already reads nothing.
        let _ = child.stdin.take().expect("a pipe").write_all(told.as_bytes());
        let (say, heard) = watch::channel(Heard::default());
        listen(child.stdout.take().expect("a pipe"), say.clone(), |heard| &mut heard.stdout);
        listen(child.stderr.take().expect("a pipe"), say, |heard| &mut heard.stderr);
        Program { child, heard }
    }

    /// Waits until the program wrote this, and gives the line.
    pub async fn says(&self, text: &str) -> String {
        self.says_again(text, 1).await
    }

    /// Waits until the program wrote this so many times since it started, and gives the last line.
    pub async fn says_again(&self, text: &str, times: usize) -> String {
        let line_in = |heard: &Heard| {
            let lines = heard.stdout.lines().chain(heard.stderr.lines());
            lines.filter(|line| line.contains(text)).nth(times - 1).map(str::to_owned)
        };
        let mut heard = self.heard.clone();
        let waiting = heard.wait_for(|heard| heard.closed == 2 || line_in(heard).is_some());
        let line = timeout(PATIENCE, waiting).await.ok().and_then(|heard| line_in(&heard.expect("it is read")));
        line.unwrap_or_else(|| panic!("the program did not say «{text}»: {:#?}", self.heard.borrow()))
    }

    /// Sends a signal.
    pub fn gets(&self, signal: Signal) {
        let name = match signal {
            Signal::Terminate => "TERM",
            Signal::Interrupt => "INT",
            Signal::Freeze => "STOP",
            Signal::Thaw => "CONT",
        };
        let kill = format!("kill -{name} {}", self.child.id());
        assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success(), "{kill}");
    }

    /// Kills it on the spot, as the kernel does when memory runs out.
    pub async fn killed(mut self) -> Ended {
        self.child.kill().unwrap();
        self.ends().await
    }

    /// Asks it to stop, and waits until it did.
    pub async fn stops(self) -> Ended {
        self.gets(Signal::Terminate);
        self.ends().await
    }

    /// Waits until it ended by itself.
    pub async fn ends(self) -> Ended {
        self.ends_within(PATIENCE).await
    }

    /// Stops it in an orderly way, as soon as a supervisor wants it; gives all that it wrote.
    pub async fn ends_well(self) -> String {
        self.gets(Signal::Terminate);
        // What a supervisor grants before it kills.
        let ended = self.ends_within(Duration::from_secs(10)).await;
        assert_eq!(ended.status.code(), Some(0), "{ended:#?}");
        ended.output()
    }

    pub async fn ends_within(mut self, patience: Duration) -> Ended {
        let mut heard = self.heard.clone();
        // Both pipes close when the process ends: it has no children of its own.
        let ended = timeout(patience, heard.wait_for(|heard| heard.closed == 2)).await.is_ok();
        assert!(ended, "the program did not end: {:#?}", self.heard.borrow());
        let status = self.child.wait().unwrap();
        let heard = self.heard.borrow();
        Ended { status, stdout: heard.stdout.clone(), stderr: heard.stderr.clone() }
    }

    /// The most memory that it ever had, in kilobytes.
    pub fn most_memory(&self) -> u64 {
        let status = fs::read_to_string(Path::new("/proc").join(self.child.id().to_string()).join("status")).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("the system counts it");
        line.trim().trim_end_matches(" kB").parse().unwrap()
    }

    /// Waits until the program ended by itself; gives the most memory that it was seen to have, in kilobytes.
    pub async fn ends_with_memory(mut self) -> (Ended, u64) {
        let mut most = 0;
        // What ended is there, without memory, until somebody has waited for it.
        while self.child.try_wait().unwrap().is_none() {
            let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
            let seen =
                status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
            most = most.max(seen.unwrap_or(0));
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        (self.ends().await, most)
    }

    /// The time that it spent computing, in clock ticks (hundredths of a second).
    pub fn cpu_ticks(&self) -> u64 {
        let stat = fs::read_to_string(Path::new("/proc").join(self.child.id().to_string()).join("stat")).unwrap();
        let (_, fields) = stat.rsplit_once(") ").unwrap();
        let fields: Vec<&str> = fields.split(' ').collect();
        // User and system time are the 14th and 15th field; the two before the bracket are gone.
        fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Ended {
    /// Everything that it wrote.
    pub fn output(&self) -> String {
        format!("{}{}", self.stdout, self.stderr)
    }
}

/// Reads to the end, so that the program never waits for its output to be taken.
fn listen(pipe: impl Read + Send + 'static, say: watch::Sender<Heard>, part: fn(&mut Heard) -> &mut String) {
    thread::spawn(move || {
        for line in BufReader::new(pipe).lines().map_while(Result::ok) {
            say.send_modify(|heard| {
                part(heard).push_str(&line);
                part(heard).push('\n');
            });
        }
        say.send_modify(|heard| heard.closed += 1);
    });
}
