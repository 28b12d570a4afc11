//! What systemd is told of a service of `Type=notify`.

use std::os::unix::net::UnixDatagram;

use crate::support::program::{Flood, PATIENCE, Premises, Program};

/// The next word that tells something new.
fn hears(socket: &UnixDatagram, said: &str) -> String {
    let mut buffer = [0; 512];
    loop {
        let length = socket.recv(&mut buffer).unwrap_or_else(|error| panic!("nobody says {said}: {error}"));
        let word = String::from_utf8_lossy(&buffer[..length]).into_owned();
        if word.contains(said) {
            return word;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn systemd_hears_that_the_bot_starts_serves_lives_and_stops() {
    let premises = Premises::on_sqlite(Flood::Unlimited).await;
    let path = premises.file("notify");
    let socket = UnixDatagram::bind(&path).unwrap();
    socket.set_read_timeout(Some(PATIENCE)).unwrap();
    let mut command = premises.command(&["run"]);
    let bot = Program::start(command.env("NOTIFY_SOCKET", &path).env("WATCHDOG_USEC", "20000"));
    assert!(hears(&socket, "EXTEND_TIMEOUT_USEC").ends_with("\nSTATUS=opening the database"));
    assert_eq!(hears(&socket, "READY"), "READY=1\nSTATUS=serving");
    // Twice, so that it goes on.
    assert_eq!(hears(&socket, "WATCHDOG"), "WATCHDOG=1");
    assert_eq!(hears(&socket, "WATCHDOG"), "WATCHDOG=1");
    bot.ends_well().await;
    assert_eq!(hears(&socket, "STOPPING"), "STOPPING=1\nSTATUS=stopping");
}
