//! The preview: the same build, served from memory, made again when a file changes.

pub mod overlay;
pub mod server;
pub mod watch;

use crate::diagnostic::Diagnostic;
use crate::output::Output;
use crate::{BuildOptions, build, load, report};
use jiff::civil::Date;
use std::path::PathBuf;
use std::sync::{Arc, RwLock};
use tokio::sync::broadcast;

/// What the preview is given.
pub struct Options {
    /// Folder of `content` and `theme`.
    pub root: PathBuf,
    /// The port wanted; `None` for the usual one or a free one.
    pub port: Option<u16>,
    /// The day of each build: a preview may stay open past midnight.
    pub today: Box<dyn Fn() -> Date + Send>,
}

/// What browsers are shown: the last site without an error, and the faults of the last build.
#[derive(Debug, Clone, Default)]
pub struct Shown {
    /// The last output that held together; empty before the first one.
    pub output: Output,
    /// The faults of the last build as text; empty when there is none.
    pub faults: String,
    /// Whether a fault stops the build.
    pub refused: bool,
}

/// What the watcher and the server share.
pub struct Shared {
    shown: RwLock<Shown>,
    changes: broadcast::Sender<()>,
}

impl Shared {
    /// A copy of what is shown; files inside are shared, not copied.
    #[must_use]
    pub fn shown(&self) -> Shown {
        self.shown
            .read()
            .map_or_else(|broken| broken.into_inner().clone(), |shown| shown.clone())
    }

    fn show(&self, shown: Shown) {
        *self
            .shown
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner) = shown;
        // No browser may be listening.
        let _ = self.changes.send(());
    }
}

/// Serves the preview until Ctrl-C.
///
/// # Errors
/// Why it cannot start, in French.
pub fn run(options: Options) -> Result<(), String> {
    let shared = Arc::new(Shared {
        shown: RwLock::default(),
        changes: broadcast::channel(16).0,
    });
    let Options { root, port, today } = options;
    rebuild(&root, today(), &shared);
    let watched = root.clone();
    let rebuilt = Arc::clone(&shared);
    let _watcher = watch::start(&root, move || rebuild(&watched, today(), &rebuilt))?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    runtime.block_on(server::serve(shared, port))
}

/// Builds again and shows the result; a site with an error leaves the last good one in place.
fn rebuild(root: &std::path::Path, today: Date, shared: &Shared) {
    let sources = match load::load(root) {
        Ok(sources) => sources,
        Err(error) => {
            eprintln!("erreur : {error}");
            let faults = error.to_string();
            shared.show(Shown {
                faults,
                refused: true,
                ..shared.shown()
            });
            return;
        }
    };
    let options = BuildOptions {
        today,
        unpublished: true,
        production: false,
    };
    let built = build(&sources, &options);
    let refused = built.diagnostics.has_errors();
    let found: Vec<Diagnostic> = built.diagnostics.sorted();
    let faults = report::text(&found, &sources, false);
    if found.is_empty() {
        eprintln!("Site reconstruit, aucune faute.");
    } else {
        eprint!("{faults}");
    }
    let output = if refused {
        shared.shown().output
    } else {
        built.output
    };
    shared.show(Shown {
        output,
        faults,
        refused,
    });
}
