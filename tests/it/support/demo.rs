//! `keydesk demo` as its user starts it: the real program in a process of its own.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

/// How long it may take to say where its page is: far above what it takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running demo; killed with the value.
pub struct Demo {
    process: Child,
    /// Where its page is.
    pub address: String,
}

impl Demo {
    /// Starts one on any free port.
    pub fn start() -> Demo {
        Demo::start_on(0)
    }

    /// Starts one on this port.
    pub fn start_on(port: u16) -> Demo {
        Demo::start_with(&["--port", &port.to_string()])
    }

    /// Starts one whose chats are all in this language.
    pub fn start_in(language: &str) -> Demo {
        Demo::start_with(&["--port", "0", "--lang", language])
    }

    /// Starts one whose staff chat has a topic for each order.
    pub fn start_with_topics() -> Demo {
        Demo::start_with(&["--port", "0", "--topics"])
    }

    fn start_with(options: &[&str]) -> Demo {
        let mut process = Command::new(env!("CARGO_BIN_EXE_keydesk"))
            .arg("demo")
            .args(options)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the demo's process");
        let output = process.stdout.take().expect("the demo's output is piped");
        let (said, wait) = mpsc::channel();
        // Reads to the end, so that the demo never waits for its output to be taken.
        thread::spawn(move || {
            let lines = BufReader::new(output).lines().map_while(Result::ok);
            lines.filter_map(|line| address_in(&line)).for_each(|address| said.send(address).unwrap_or_default());
        });
        let address = wait.recv_timeout(PATIENCE).unwrap_or_else(|_| {
            let _ = process.kill();
            panic!("keydesk demo did not say where its page is: see what 'keydesk demo --port 0' says")
        });
        Demo { process, address }
    }

    /// Ends it at once, as a power cut would, and gives back its port.
    pub fn kill(mut self) -> u16 {
        self.process.kill().expect("the demo can be killed");
        self.process.wait().expect("the demo's end");
        let (_, port) = self.address.rsplit_once(':').expect("the address has a port");
        port.parse().expect("the port is a number")
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The address in `The demo is at http://127.0.0.1:8080`.
fn address_in(line: &str) -> Option<String> {
    line.split_whitespace().find(|word| word.starts_with("http://")).map(str::to_owned)
}
