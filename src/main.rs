//! The keydesk program, all of which is the library's: a future that were polled from here would be compiled a second time.

use std::process::ExitCode;

fn main() -> ExitCode {
    keydesk::cli::main()
}
