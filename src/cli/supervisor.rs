//! What systemd hears of a service of `Type=notify` (`man sd_notify`): that it serves, that it stops, and, as long as the work
//! moves, that it lives.

use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::{SocketAddr, UnixDatagram};
use std::time::Duration;

use crate::chat::Chat;

/// How much longer a start may take at each word of it: more than passes between two tries to reach the Bot API.
const LONGER: Duration = Duration::from_secs(90);

/// Whoever started the process, if they want to hear of it.
#[derive(Debug)]
pub struct Supervisor {
    socket: Option<(UnixDatagram, SocketAddr)>,
    /// A process that says nothing for so long is restarted.
    watchdog: Option<Duration>,
}

impl Supervisor {
    /// The one that the environment names.
    pub fn of_environment() -> Supervisor {
        Supervisor::read(|name| std::env::var(name).ok(), std::process::id())
    }

    fn read(variable: impl Fn(&str) -> Option<String>, own: u32) -> Supervisor {
        let address = variable("NOTIFY_SOCKET").and_then(|name| match name.strip_prefix('@') {
            Some(name) => SocketAddr::from_abstract_name(name).ok(),
            None => SocketAddr::from_pathname(name).ok(),
        });
        let socket = address.and_then(|address| Some((UnixDatagram::unbound().ok()?, address)));
        // Without a process id it is meant for whoever reads it.
        let is_meant = variable("WATCHDOG_PID").is_none_or(|pid| pid == own.to_string());
        let micros = variable("WATCHDOG_USEC").and_then(|micros| micros.parse::<u64>().ok());
        let watchdog = micros.filter(|micros| is_meant && *micros > 0).map(Duration::from_micros);
        Supervisor { watchdog: watchdog.filter(|_| socket.is_some()), socket }
    }

    /// The start goes on, and waits for this.
    pub fn starting(&self, what: &str) {
        self.tell(&format!("EXTEND_TIMEOUT_USEC={}\nSTATUS={what}", LONGER.as_micros()));
    }

    pub fn serving(&self) {
        self.tell("READY=1\nSTATUS=serving");
    }

    pub fn stopping(&self) {
        self.tell("STOPPING=1\nSTATUS=stopping");
    }

    /// Says that the process lives as long as its work moves. To be polled beside that work, by the same task, so that one that
    /// blocks keeps it from saying so.
    pub async fn watch(&self, chat: &Chat) {
        let Some(patience) = self.watchdog else { return std::future::pending().await };
        let mut said = None;
        loop {
            match chat.metrics().stuck(chat.clock().now()) {
                None => {
                    said = None;
                    self.tell("WATCHDOG=1");
                }
                Some(work) if said != Some(work) => {
                    said = Some(work);
                    tracing::error!("the work on {work} stands still; unless it moves, systemd restarts the bot");
                }
                Some(_) => {}
            }
            // As `man sd_watchdog_enabled` advises.
            tokio::time::sleep(patience / 2).await;
        }
    }

    fn tell(&self, what: &str) {
        if let Some((socket, address)) = &self.socket
            && let Err(error) = socket.send_to_addr(what.as_bytes(), address)
        {
            tracing::debug!("systemd cannot be told of the bot: {error}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_watchdog_is_heeded_where_it_is_meant_for_this_process() {
        let watchdog = |pid: Option<&'static str>, micros: &'static str, socket: Option<&'static str>| {
            let variable = |name: &str| match name {
                "NOTIFY_SOCKET" => socket.map(str::to_owned),
                "WATCHDOG_PID" => pid.map(str::to_owned),
                _ => Some(micros.to_owned()),
            };
            Supervisor::read(variable, 7).watchdog
        };
        let (path, second) = (Some("/run/notify"), Some(Duration::from_secs(1)));
        assert_eq!(watchdog(None, "1000000", path), second);
        assert_eq!(watchdog(Some("7"), "1000000", Some("@notify")), second);
        for (pid, micros, socket) in
            [(Some("8"), "1000000", path), (None, "", path), (None, "0", path), (None, "1", None)]
        {
            assert_eq!(watchdog(pid, micros, socket), None, "{pid:?} {micros} {socket:?}");
        }
    }
}
