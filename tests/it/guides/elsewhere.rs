//! The commands of the guides that no test runs.

/// How each of them begins, and why it is not run.
pub const ELSEWHERE: &[(&str, &str)] = &[
    ("apt install", "it would install onto this machine; the package's files are tested by themselves"),
    ("bash .ci/run", "it runs these tests"),
    ("cargo build", "cargo has built the program that the tests run"),
    ("cargo deb", "the release workflow makes the package"),
    ("cargo install", "it would fetch and compile another program"),
    ("cargo run --package keydesk-emulator", "the emulator's own tests start it"),
    ("chown", "the machine has no such user"),
    ("echo DATABASE_URL=", "the service that reads it is not there"),
    ("export TELEGRAM_WEBHOOK_SECRET=", "openssl need not be there; the webhook's own tests have a secret"),
    ("install -m", "it would write into folders of the system"),
    ("journalctl", "the bot does not run as a service"),
    ("mkdir shop", "it is the container's folder"),
    ("podman", "CI makes the image, once a week"),
    ("psql", "the server of the tests has other roles; the script is tested by itself"),
    ("scripts/test", "it runs these tests"),
    ("systemctl daemon-reload", "the unit is not installed; it is tested by itself"),
    ("systemd-sysusers", "it would write into folders of the system"),
    ("systemd-tmpfiles", "it would write into folders of the system"),
    ("tee -a /etc/keydesk", "the service that reads it is not there"),
];

/// Whether it is one of those that are not run, and which.
pub fn is_elsewhere(words: &[String]) -> Option<usize> {
    let line = words.join(" ");
    ELSEWHERE.iter().position(|(beginning, _)| line.starts_with(beginning))
}
