//! PostgreSQL's own programs, which copy a whole database in and out.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use rustix::process::{Pid, Signal, kill_process};
use url::{Url, form_urlencoded};

use crate::store::backup::error::BackupError;
use crate::store::backup::fitness::{Foreign, named, refuse_foreign};
use crate::store::backup::release::Release;
use crate::store::open::POSTGRES_MIGRATIONS;
use crate::store::schema::server::{TRIGGERS, in_place_of_tables};

/// Where Debian keeps those of each version of the server, out of PATH.
const DEBIAN: &str = "/usr/lib/postgresql";

/// What of this process's environment they see: nothing that holds a token, or an address with its password.
const PASSED_ON: &[&str] = &["PATH", "HOME", "LANG", "TMPDIR", "PGPASSFILE"];

/// What libpq calls the parameters of an address, by their names there.
const PARAMETERS: &[(&str, &[&str])] = &[
    ("PGHOST", &["host"]),
    ("PGHOSTADDR", &["hostaddr"]),
    ("PGPORT", &["port"]),
    ("PGUSER", &["user"]),
    ("PGPASSWORD", &["password"]),
    ("PGDATABASE", &["dbname"]),
    ("PGOPTIONS", &["options"]),
    ("PGSSLMODE", &["sslmode", "ssl-mode"]),
    ("PGSSLROOTCERT", &["sslrootcert", "ssl-root-cert", "ssl-ca"]),
    ("PGSSLCERT", &["sslcert", "ssl-cert"]),
    ("PGSSLKEY", &["sslkey", "ssl-key"]),
];

/// The program that dumps, if it is installed.
pub(super) fn pg_dump() -> Result<Command, BackupError> {
    tool("pg_dump")
}

/// Dumps the database of an address into a file that is there and empty.
pub(super) async fn dump(mut pg_dump: Command, url: &str, to: &Path) -> Result<(), BackupError> {
    // Who owns what, and remarks on extensions, are the server's: another role could not set them again.
    pg_dump.args(["--format=custom", "--no-owner", "--no-privileges", "--no-comments", "--no-password", "--file"]);
    pg_dump.arg(to).envs(environment(url));
    run(pg_dump).await.map_err(|error| match error {
        BackupError::ToolFailed { reason, .. } => BackupError::NotDumped(reason),
        other => other,
    })?;
    contents(to).await.map(drop)
}

/// Makes sure that a file is a dump of a keydesk's database; gives what is in it, a line each.
pub(super) async fn contents(dump: &Path) -> Result<String, BackupError> {
    let mut command = tool("pg_restore")?;
    command.arg("--list").arg(dump);
    let listed = run(command).await?;
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    let has_orders = listed.lines().any(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        words.windows(2).any(|pair| pair == ["TABLE", "DATA"]) && words.contains(&"orders")
    });
    if has_orders { Ok(listed) } else { Err(BackupError::NoBackup(dump.to_owned())) }
}

/// Refuses what is no dump of a keydesk's database, one with something else in the place of a table, and one with triggers and rules
/// that no migration made.
pub(super) async fn refuse_unfit_dump(dump: &Path, foreign: Foreign) -> Result<(), BackupError> {
    let contents = contents(dump).await?;
    let views = contents.lines().filter_map(view_in).collect();
    let in_place = in_place_of_tables(views).await.map_err(|error| BackupError::Damaged(error.to_string()))?;
    if !in_place.is_empty() {
        return Err(BackupError::Strange { path: dump.to_owned(), what: named(in_place) });
    }
    refuse_foreign(contents.lines().filter_map(strange_in).collect(), dump, foreign)
}

/// What a line of a dump's contents names that is read like a table and is none: what it is, and its name.
fn view_in(line: &str) -> Option<(String, String)> {
    let (kind, name) = match words_of(line)?[..] {
        ["VIEW", _, name, ..] => ("view", name),
        ["MATERIALIZED", "VIEW", _, name, ..] => ("materialized view", name),
        ["FOREIGN", "TABLE", _, name, ..] => ("foreign table", name),
        _ => return None,
    };
    Some((kind.to_owned(), name.to_owned()))
}

/// A line of a dump's contents behind its numbers: what it is, the schema, the table of what belongs to one, and the name.
fn words_of(line: &str) -> Option<Vec<&str>> {
    Some(line.split_once("; ")?.1.split_whitespace().skip(2).collect())
}

/// What a line of a dump's contents names that no migration made, in a few words.
fn strange_in(line: &str) -> Option<String> {
    match words_of(line)?[..] {
        ["TRIGGER", _, table, name, ..] if TRIGGERS.iter().any(|(of, own, _)| (*of, *own) == (table, name)) => None,
        ["TRIGGER", _, table, name, ..] => Some(format!("the trigger {name} on {table}")),
        ["RULE", _, table, name, ..] => Some(format!("the rule {name} on {table}")),
        ["EVENT", "TRIGGER", _, name, ..] => Some(format!("the event trigger {name}")),
        _ => None,
    }
}

/// The migrations that were applied to the database of a dump. Refuses one of a newer release: once it is in its place, nothing
/// could be read any more.
pub(super) async fn applied_in(dump: &Path) -> Result<Vec<i64>, BackupError> {
    let mut command = tool("pg_restore")?;
    command.args(["--data-only", "--table=_sqlx_migrations", "--file=-"]).arg(dump);
    let rows = run(command).await?;
    // Rows begin with the migration's number and a tab; no statement does.
    let rows = String::from_utf8_lossy(&rows.stdout).into_owned();
    let mut applied: Vec<i64> = rows.lines().filter_map(|line| line.split_once('\t')?.0.parse().ok()).collect();
    applied.sort_unstable();
    match Release::of(&applied, &POSTGRES_MIGRATIONS) {
        Release::Newer(migration) => Err(BackupError::Newer { path: dump.to_owned(), migration }),
        Release::This | Release::Older => Ok(applied),
    }
}

/// Plays a dump into the database of an address, all of it or nothing.
pub(super) async fn restore(url: &str, dump: &Path) -> Result<(), BackupError> {
    let mut command = tool("pg_restore")?;
    command.args(["--single-transaction", "--exit-on-error", "--clean", "--if-exists"]);
    command.args(["--no-owner", "--no-privileges", "--no-comments", "--no-password", "--dbname", &database(url)]);
    command.arg(dump).envs(environment(url));
    run(command).await.map(drop)
}

/// A program at work, which ends when nobody waits for it any more.
struct AtWork(Option<Pid>);

impl Drop for AtWork {
    fn drop(&mut self) {
        if let Some(program) = self.0 {
            // It may have ended by itself at this moment.
            let _ = kill_process(program, Signal::TERM);
        }
    }
}

async fn run(mut command: Command) -> Result<Output, BackupError> {
    let tool = Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let failed = |reason: String| BackupError::ToolFailed { tool: tool.clone(), reason };
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let program = command.spawn().map_err(|error| failed(error.to_string()))?;
    let mut at_work = AtWork(Some(Pid::from_child(&program)));
    let ran = tokio::task::spawn_blocking(move || program.wait_with_output()).await;
    at_work.0 = None;
    let output = ran.map_err(io::Error::other).flatten().map_err(|error| failed(error.to_string()))?;
    if output.status.success() {
        return Ok(output);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(failed(
        said.lines().find(|line| line.contains("error:")).or(said.lines().last()).unwrap_or_default().to_owned(),
    ))
}

/// A program of PostgreSQL, from PATH or, of the newest version, from Debian's folder.
fn tool(name: &'static str) -> Result<Command, BackupError> {
    let in_path = env::split_paths(&env::var_os("PATH").unwrap_or_default())
        .map(|folder| folder.join(name))
        .find(|path| path.is_file());
    let found = in_path.or_else(|| in_debian(name)).ok_or(BackupError::NoTool(name))?;
    let mut command = Command::new(found);
    command.env_clear().envs(PASSED_ON.iter().filter_map(|variable| Some((variable, env::var_os(variable)?))));
    Ok(command)
}

fn in_debian(name: &str) -> Option<PathBuf> {
    let versions =
        fs::read_dir(DEBIAN).ok()?.filter_map(|entry| entry.ok()?.file_name().into_string().ok()?.parse().ok());
    let mut versions: Vec<u32> = versions.collect();
    versions.sort_unstable();
    versions
        .iter()
        .rev()
        .map(|version| Path::new(DEBIAN).join(version.to_string()).join("bin").join(name))
        .find(|path| path.is_file())
}

/// What an address says, as libpq reads it from the environment: nobody sees that in a list of processes.
fn environment(url: &str) -> Vec<(&'static str, String)> {
    // The driver takes what an address leaves out from the same variables.
    let inherited = PARAMETERS.iter().filter_map(|(variable, _)| Some((*variable, env::var(variable).ok()?)));
    let Ok(url) = Url::parse(url) else { return inherited.collect() };
    let parts = [
        ("PGHOST", url.host_str().map(|host| decoded(host.trim_matches(['[', ']'])))),
        ("PGPORT", url.port().map(|port| port.to_string())),
        ("PGUSER", Some(decoded(url.username()))),
        ("PGPASSWORD", url.password().map(decoded)),
        ("PGDATABASE", Some(decoded(url.path().trim_start_matches('/')))),
    ];
    let parts =
        parts.into_iter().filter_map(|(variable, value)| Some((variable, value.filter(|value| !value.is_empty())?)));
    let parameters = url.query_pairs().filter_map(|(key, value)| {
        let (variable, _) = PARAMETERS.iter().find(|(_, names)| names.contains(&key.as_ref()))?;
        Some((*variable, value.into_owned()))
    });
    inherited.chain(parts).chain(parameters).collect()
}

fn decoded(part: &str) -> String {
    let form = format!("part={}", part.replace('+', "%2B").replace('&', "%26"));
    form_urlencoded::parse(form.as_bytes()).next().map(|(_, part)| part.into_owned()).unwrap_or_default()
}

fn database(url: &str) -> String {
    let environment = environment(url);
    let last =
        |name: &str| environment.iter().rev().find(|(variable, _)| *variable == name).map(|(_, value)| value.clone());
    last("PGDATABASE").or_else(|| last("PGUSER")).unwrap_or_default()
}
