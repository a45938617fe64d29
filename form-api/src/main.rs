//! `form-api`: see `form-api --help`.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    form_api::cli::main().await
}
