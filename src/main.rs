//! The program: everything is in the library's `cli`, so that it can be tested and documented.

use std::process::ExitCode;

fn main() -> ExitCode {
    endpaper::cli::run()
}
