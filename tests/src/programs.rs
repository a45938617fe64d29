//! Where things are: the repository, our two programs (built first if need be) and the outside tools.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The top folder of the repository, the one that holds `content` and `theme`.
#[must_use]
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the crate lies in the repository")
}

/// The folder of this crate: fixtures, `node_modules`.
#[must_use]
pub fn tests_folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Path of one of our programs: `generator`, `form-api`, `examples/vectors`.
///
/// Cargo does not build other packages' programs for a test, so the kit asks it once for each test
/// process: a stale program would make the whole suite lie. `TESTS_PROGRAMS` names a folder of
/// programs to be tested as they are, without building (release builds, a package).
///
/// # Panics
/// When the workspace does not build, with what the compiler said.
#[must_use]
pub fn program(name: &str) -> PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    let path = FOLDER.get_or_init(programs_folder).join(name);
    assert!(path.is_file(), "{} does not exist", path.display());
    path
}

fn programs_folder() -> PathBuf {
    if let Some(folder) = std::env::var_os("TESTS_PROGRAMS") {
        return PathBuf::from(folder);
    }
    let deps = std::env::current_exe().expect("a test has a path");
    // target/debug/deps/end_to_end-<hash> -> target/debug
    let profile = deps
        .ancestors()
        .nth(2)
        .expect("a test lies in target/<profile>/deps");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args([
            "build",
            "--workspace",
            "--bins",
            "--example",
            "vectors",
            "--quiet",
            "--color=never",
            "--target-dir",
        ])
        .arg(profile.parent().expect("a profile lies in the target folder"))
        .current_dir(repository())
        .output()
        .expect("cargo can be started");
    assert!(
        output.status.success(),
        "the workspace does not build:\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    profile.to_path_buf()
}

/// Path of an outside tool.
///
/// # Panics
/// When it is missing, saying what to install: a test is never skipped.
#[must_use]
pub fn tool(name: &str) -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain(["/usr/sbin".into(), "/sbin".into()]);
    let found = folders
        .map(|folder| folder.join(name))
        .find(|candidate| candidate.is_file());
    found
        .unwrap_or_else(|| panic!("`{name}` is missing: run `sh tests/install.sh` (it says what to install)"))
}

/// Path of a file that `npm ci --prefix tests` installs.
///
/// # Panics
/// When it is missing, saying which command to run.
#[must_use]
pub fn node_module(file: &str) -> PathBuf {
    let path = tests_folder().join("node_modules").join(file);
    assert!(
        path.is_file(),
        "{} is missing: run `npm ci --prefix tests`",
        path.display()
    );
    path
}

/// A port of the loopback address that nobody listens on at this moment.
///
/// # Panics
/// When the machine has no free port left.
#[must_use]
pub fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port on loopback");
    listener.local_addr().expect("a bound address").port()
}
