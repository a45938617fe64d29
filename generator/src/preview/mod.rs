//! The preview: the same build, served from memory, made again when a file changes.

mod admin;
pub mod faults;
pub mod overlay;
pub mod server;
pub mod tools;
pub mod watch;

use crate::diagnostic::Diagnostic;
use crate::output::Output;
use crate::review::Due;
use crate::{BuildOptions, build, cms, load, report};
use faults::Told;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use tokio::sync::broadcast;

/// What the preview is given.
pub struct Options {
    /// Folder of `content` and `theme`.
    pub root: PathBuf,
    /// The port wanted; `None` for the usual one or a free one.
    pub port: Option<u16>,
    /// The day of each build: a preview may stay open past midnight.
    pub today: Box<dyn Fn() -> Date + Send + Sync>,
}

/// What browsers are shown: the last site without an error, and the faults of the last build.
#[derive(Debug, Clone, Default)]
pub struct Shown {
    /// The last output that held together. Before the first one, what could be built all the same.
    pub output: Output,
    /// The faults of the last build.
    pub faults: Vec<Told>,
    /// Whether a fault stops the build.
    pub refused: bool,
    /// Whether `output` has ever held together.
    pub sound: bool,
    /// The texts and the day until which each is reviewed, the most overdue first.
    pub due: Vec<Due>,
    /// The day of the build.
    pub today: Date,
    /// Files of the content manager, by name.
    pub cms: BTreeMap<&'static str, String>,
}

/// What the watcher and the server share.
pub struct Shared {
    root: PathBuf,
    shown: RwLock<Arc<Shown>>,
    changes: broadcast::Sender<()>,
}

impl Shared {
    fn new(root: PathBuf, shown: Shown) -> Self {
        Self {
            root,
            shown: RwLock::new(Arc::new(shown)),
            changes: broadcast::channel(16).0,
        }
    }

    /// What is shown now.
    #[must_use]
    pub fn shown(&self) -> Arc<Shown> {
        Arc::clone(&self.shown.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn show(&self, shown: Shown) {
        *self.shown.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(shown);
        // No browser may be listening.
        let _ = self.changes.send(());
    }
}

/// Serves the preview until Ctrl-C. The first build goes on while the server already answers.
///
/// # Errors
/// Why it cannot start, in French.
pub fn run(options: Options) -> Result<(), String> {
    let Options { root, port, today } = options;
    let shared = Arc::new(Shared::new(root.clone(), Shown::default()));
    let rebuilder = Rebuilder {
        root: root.clone(),
        today,
        shared: Arc::clone(&shared),
        turn: Mutex::new(()),
    };
    let rebuilder = Arc::new(rebuilder);
    let on_change = Arc::clone(&rebuilder);
    let _watcher = watch::start(&root, move || on_change.rebuild())?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    let listener = runtime.block_on(server::listen(port))?;
    std::thread::spawn(move || rebuilder.rebuild());
    runtime.block_on(server::serve(listener, shared))
}

/// Builds again and shows the result.
struct Rebuilder {
    root: PathBuf,
    today: Box<dyn Fn() -> Date + Send + Sync>,
    shared: Arc<Shared>,
    /// One build at a time.
    turn: Mutex<()>,
}

impl Rebuilder {
    /// A fault of the program itself must not end the preview: it is told, and the last good site stays.
    fn rebuild(&self) {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let today = (self.today)();
        let last = self.shared.shown();
        let next = catch_unwind(AssertUnwindSafe(|| next(&self.root, today, &last)));
        let shown = next.unwrap_or_else(|_| {
            let message = "Le générateur s'est arrêté sur ce texte : c'est une faute du programme.";
            let fault = Diagnostic::error_nowhere("generateur", message)
                .hint("Défaites votre dernière modification, et signalez-la aux développeurs.");
            refused(&last, faults::tell(&[fault], &crate::source::Sources::default()))
        });
        self.shared.show(shown);
    }
}

/// What to show after a change; a site with an error leaves the last good one in place.
fn next(root: &Path, today: Date, last: &Shown) -> Shown {
    let sources = match load::load(root) {
        Ok(sources) => sources,
        Err(error) => {
            eprintln!("erreur : {error}");
            let fault = Diagnostic::error_nowhere("fichier-manquant", error.to_string());
            return refused(last, faults::tell(&[fault], &crate::source::Sources::default()));
        }
    };
    let options = BuildOptions {
        today,
        unpublished: true,
        production: false,
    };
    let built = build(&sources, &options);
    let is_refused = built.diagnostics.has_errors();
    let found: Vec<Diagnostic> = built.diagnostics.sorted();
    if found.is_empty() {
        eprintln!("Site reconstruit, aucune faute.");
    } else {
        eprint!("{}", report::text(&found, &sources, crate::cli::colour()));
    }
    let told = faults::tell(&found, &sources);
    if is_refused && last.sound {
        return refused(last, told);
    }
    Shown {
        output: built.output,
        faults: told,
        refused: is_refused,
        sound: !is_refused,
        due: built.due,
        today,
        cms: cms::files(&sources, cms::repository()),
    }
}

/// The last site, with the faults that hold the next one back.
fn refused(last: &Shown, faults: Vec<Told>) -> Shown {
    Shown {
        faults,
        refused: true,
        ..last.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_keeps_the_last_good_site() {
        let good = Shown {
            sound: true,
            ..Shown::default()
        };
        let folder = tempfile::tempdir().expect("a folder");
        let shown = next(folder.path(), Date::constant(2026, 11, 25), &good);
        assert!(shown.refused && shown.sound && shown.faults.len() == 1);
    }

    #[test]
    fn a_panic_of_the_generator_is_told_and_not_the_end() {
        let shared = Arc::new(Shared::new(PathBuf::new(), Shown::default()));
        let rebuilder = Rebuilder {
            root: PathBuf::new(),
            today: Box::new(|| Date::constant(2026, 11, 25)),
            shared: Arc::clone(&shared),
            turn: Mutex::new(()),
        };
        rebuilder.rebuild();
        assert!(shared.shown().refused, "an empty folder is no site");
    }
}
