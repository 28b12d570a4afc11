//! The program, started as a shell or a test of another language starts it.
// Tells clippy that helpers beside the tests may unwrap as well (clippy.toml).
#![cfg(test)]

use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::process::{Child, ChildStdout, Command, Output, Stdio};

use reqwest::Client;
use serde_json::Value;

const TOKEN: &str = "42:made-up";

/// A running emulator; killed with the value.
struct Program {
    child: Child,
    stdout: BufReader<ChildStdout>,
    address: String,
}

impl Program {
    fn starts() -> Program {
        let arguments = ["--listen", "127.0.0.1:0", "--token", TOKEN];
        let mut child = command(&arguments).stdout(Stdio::piped()).spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        Program { child, stdout, address: line.trim_end().to_owned() }
    }

    /// The status and the body of `getMe` with this token.
    async fn get_me(&self, token: &str) -> (u16, Value) {
        let client = Client::builder().no_proxy().tls_built_in_root_certs(false).build().unwrap();
        let answer = client.get(format!("{}/bot{token}/getMe", self.address)).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    /// Sends a signal; gives the exit status, and what was written after the address.
    fn ends_on(mut self, signal: &str) -> (Option<i32>, String) {
        let kill = format!("kill -{signal} {}", self.child.id());
        assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success(), "{kill}");
        let mut rest = String::new();
        self.stdout.read_to_string(&mut rest).unwrap();
        (self.child.wait().unwrap().code(), rest)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_keydesk-emulator"));
    command.args(arguments).stdin(Stdio::null());
    command
}

fn output_of(arguments: &[&str]) -> Output {
    command(arguments).output().unwrap()
}

/// The exit status and the first paragraph of what a start that is refused says.
fn refusal_of(arguments: &[&str]) -> (Option<i32>, String) {
    let Output { status, stdout, stderr } = output_of(arguments);
    assert!(stdout.is_empty());
    let said = String::from_utf8(stderr).unwrap();
    (status.code(), said.split("\n\n").next().unwrap_or_default().trim_end().to_owned())
}

#[tokio::test]
async fn it_names_its_address_and_takes_its_own_token_only() {
    let program = Program::starts();
    assert!(program.address.starts_with("http://127.0.0.1:"), "{}", program.address);

    let (status, me) = program.get_me(TOKEN).await;
    assert_eq!((status, &me["ok"], &me["result"]["id"]), (200, &Value::Bool(true), &Value::from(42)), "{me}");
    assert_eq!(me["result"]["is_bot"], true);

    let (status, refused) = program.get_me("42:another").await;
    assert_eq!((status, &refused["ok"]), (401, &Value::Bool(false)), "{refused}");
    assert_eq!(refused["description"], "Unauthorized");
}

#[test]
fn it_ends_cleanly_on_either_signal() {
    for signal in ["TERM", "INT"] {
        assert_eq!(Program::starts().ends_on(signal), (Some(0), String::new()), "{signal}");
    }
}

#[test]
fn help_names_its_options() {
    let Output { status, stdout, .. } = output_of(&["--help"]);
    let help = String::from_utf8(stdout).unwrap();
    assert_eq!(status.code(), Some(0));
    for option in ["--listen <IP:PORT>", "[default: 127.0.0.1:0]", "--token <TOKEN>"] {
        assert!(help.contains(option), "{option}: {help}");
    }
}

#[test]
fn a_bad_option_is_answered_with_what_it_needs() {
    assert_eq!(
        refusal_of(&["--listen", "localhost"]),
        (
            Some(2),
            "error: invalid value 'localhost' for '--listen <IP:PORT>': \
             it needs an IP address with a port, such as 127.0.0.1:8081"
                .to_owned()
        )
    );
    assert_eq!(
        refusal_of(&["--token", "secret"]),
        (
            Some(2),
            "error: invalid value 'secret' for '--token <TOKEN>': \
             it needs a number, a colon and a secret of letters, digits, - and _, such as 42:secret"
                .to_owned()
        )
    );
}

#[test]
fn an_address_that_cannot_be_used_is_named_with_the_remedy() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let sentence =
        format!("keydesk-emulator: {address} is taken; stop what uses it, or choose another port with --listen");
    assert_eq!(refusal_of(&["--listen", &address]), (Some(1), sentence));
}
