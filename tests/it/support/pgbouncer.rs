//! A real pgbouncer before a test's database.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use tempfile::TempDir;
use url::Url;

use super::program::Program;

/// A pooler that `scripts/test` installed; it ends with the value.
pub struct Pgbouncer {
    /// The database's address through it.
    pub url: String,
    _program: Program,
    _folder: TempDir,
}

impl Pgbouncer {
    /// Starts one in a `pool_mode`.
    pub async fn before(database_url: &str, pool_mode: &str) -> Pgbouncer {
        let server = Url::parse(database_url).unwrap();
        let (host, port, user) = (server.host_str().unwrap(), server.port().unwrap(), server.username());
        let folder = TempDir::new().unwrap();
        // It gives root up, and a socket in a folder of its own needs no free port.
        fs::set_permissions(folder.path(), Permissions::from_mode(0o777)).unwrap();
        let place = folder.path().display();
        let settings = format!(
            "[databases]\n* = host={host} port={port}\n[pgbouncer]\nlisten_addr =\nlisten_port = 6432\n\
             unix_socket_dir = {place}\nauth_type = trust\nauth_file = {place}/users\npool_mode = {pool_mode}\n"
        );
        for (name, text) in [("users", format!("\"{user}\" \"\"\n")), ("pgbouncer.ini", settings)] {
            fs::write(folder.path().join(name), text).unwrap();
            fs::set_permissions(folder.path().join(name), Permissions::from_mode(0o644)).unwrap();
        }
        let mut command = Command::new("pgbouncer");
        // Debian keeps programs of this kind out of other users' PATH.
        let path = std::env::var("PATH").unwrap_or_default();
        command.env("PATH", format!("{path}:/usr/sbin")).arg(folder.path().join("pgbouncer.ini"));
        if belongs_to_root(&folder) {
            command.args(["-u", "postgres"]);
        }
        let program = Program::start(&mut command);
        program.says("process up").await;
        let url = format!("postgres://{user}@localhost{}?host={place}&port=6432", server.path());
        Pgbouncer { url, _program: program, _folder: folder }
    }
}

/// Whether the tests run as root, as whom it does not run.
fn belongs_to_root(folder: &TempDir) -> bool {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(folder.path()).unwrap().uid() == 0
}
