//! The preview: the same build, served from memory, made again when a file changes.

mod admin;
pub mod faults;
mod live;
pub mod overlay;
pub mod server;
pub mod tools;
pub mod watch;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::output::Output;
use crate::render::search;
use crate::review::Due;
use crate::{BuildOptions, Memory, Read, build_again, cms, load, report};
use faults::Told;
use jiff::civil::Date;
use live::Live;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock, mpsc};
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

/// What browsers are shown: the last whole site, and the faults of the last build.
#[derive(Debug, Clone, Default)]
pub struct Shown {
    /// The number of the last change that it holds.
    pub generation: u64,
    /// The last output that was whole. Before the first one, what could be built all the same.
    pub output: Output,
    /// The faults of the last build.
    pub faults: Vec<Told>,
    /// Whether a fault stops the build.
    pub refused: bool,
    /// Whether `output` is older than the faults: what was written since has no page.
    pub stale: bool,
    /// Whether `output` has ever been whole.
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
    /// The site as saved, between a saving and the end of the build that follows it.
    live: RwLock<Option<Live>>,
    /// The search index, and the generation that it was made of.
    search: Mutex<Option<(u64, Output)>>,
    /// How many changes were seen.
    generation: AtomicU64,
    changes: broadcast::Sender<()>,
}

impl Shared {
    fn new(root: PathBuf, shown: Shown) -> Self {
        Self {
            root,
            shown: RwLock::new(Arc::new(shown)),
            live: RwLock::default(),
            search: Mutex::default(),
            generation: AtomicU64::default(),
            changes: broadcast::channel(16).0,
        }
    }

    /// What is shown now.
    #[must_use]
    pub fn shown(&self) -> Arc<Shown> {
        Arc::clone(&self.shown.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The file at this path: of the site as saved when it is newer than the last whole one.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<Arc<[u8]>> {
        let shown = self.shown();
        let live = self.live.read().unwrap_or_else(PoisonError::into_inner);
        let newer = live.as_ref().filter(|live| live.generation > shown.generation);
        if let Some(bytes) = newer.and_then(|live| live.file(path)) {
            return Some(bytes);
        }
        drop(live);
        if path.starts_with(search::INDEX) {
            return self.search(path, &shown);
        }
        shown.output.get(path).cloned()
    }

    /// A file of the search index, which is made when somebody searches.
    fn search(&self, path: &str, shown: &Shown) -> Option<Arc<[u8]>> {
        let mut index = self.search.lock().unwrap_or_else(PoisonError::into_inner);
        if index
            .as_ref()
            .is_none_or(|(made_of, _)| *made_of != shown.generation)
        {
            let mut output = shown.output.clone();
            // A page that cannot be read is a fault of the build, told there.
            search::index(&mut output, &mut Diagnostics::default());
            *index = Some((shown.generation, output));
        }
        index.as_ref().and_then(|(_, output)| output.get(path).cloned())
    }

    fn tell(&self) {
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
    let root = std::path::absolute(&root).unwrap_or(root);
    let shared = Arc::new(Shared::new(root.clone(), Shown::default()));
    let rebuilder = Arc::new(Rebuilder::new(today, Arc::clone(&shared)));
    let (wake, woken) = mpsc::channel();
    let (on_change, first) = (Arc::clone(&rebuilder), wake.clone());
    let _watcher = watch::start(&root, move |paths| {
        let quick = on_change.change(&paths);
        // The receiver lives as long as the program.
        let _ = wake.send(quick);
    })?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    let listener = runtime.block_on(server::listen(port))?;
    let _ = first.send(false);
    std::thread::spawn(move || {
        while let Ok(quick) = woken.recv() {
            // Changes that came during a build are one.
            let quick = woken.try_iter().fold(quick, |all, one| all && one);
            rebuilder.rebuild(quick);
        }
    });
    runtime.block_on(server::serve(listener, shared))
}

/// Builds again and shows the result.
struct Rebuilder {
    today: Box<dyn Fn() -> Date + Send + Sync>,
    shared: Arc<Shared>,
    /// What the last build leaves to the next; one build at a time.
    memory: Mutex<Memory>,
    /// One core for the builds that nobody waits for.
    aside: Option<rayon::ThreadPool>,
}

impl Rebuilder {
    fn new(today: Box<dyn Fn() -> Date + Send + Sync>, shared: Arc<Shared>) -> Self {
        Self {
            today,
            shared,
            memory: Mutex::default(),
            aside: rayon::ThreadPoolBuilder::new().num_threads(1).build().ok(),
        }
    }

    /// Takes a change in. When it is quick, browsers have it already; in any case a whole build is to follow.
    fn change(&self, paths: &[PathBuf]) -> bool {
        let shared = &self.shared;
        let generation = shared.generation.fetch_add(1, Ordering::SeqCst) + 1;
        let mut live = shared.live.write().unwrap_or_else(PoisonError::into_inner);
        let today = (self.today)();
        let changed = catch_unwind(AssertUnwindSafe(|| {
            live.as_mut()
                .is_some_and(|live| live.change(&shared.root, paths, today, generation))
        }));
        let quick = changed.unwrap_or(false);
        if quick {
            drop(live);
            shared.tell();
        } else {
            *live = None;
        }
        quick
    }

    /// A fault of the program itself must not end the preview: it is told, and the last good site stays.
    fn rebuild(&self, quick: bool) {
        let mut turn = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        let memory: &mut Memory = &mut turn;
        let shared = &self.shared;
        let generation = shared.generation.load(Ordering::SeqCst);
        let today = (self.today)();
        let last = shared.shown();
        let mut build = || catch_unwind(AssertUnwindSafe(|| next(&shared.root, today, &last, memory)));
        let built = match self.aside.as_ref().filter(|_| quick) {
            Some(aside) => aside.install(build),
            None => build(),
        };
        let (shown, read) = built.unwrap_or_else(|_| {
            let message = "Le générateur s'est arrêté sur ce texte : c'est une faute du programme.";
            let fault = Diagnostic::error_nowhere("generateur", message)
                .hint("Défaites votre dernière modification, et signalez-la aux développeurs.");
            let told = faults::tell(&[fault], &crate::source::Sources::default());
            (refused(&last, told), None)
        });
        let shown = Shown { generation, ..shown };
        *shared.shown.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(shown);
        let mut live = shared.live.write().unwrap_or_else(PoisonError::into_inner);
        if shared.generation.load(Ordering::SeqCst) == generation {
            *live = read.map(|read| Live::new(read, generation));
        }
        drop(live);
        shared.tell();
    }
}

/// What to show after a change, and the site read when it is whole; otherwise the last whole site stays.
fn next(root: &Path, today: Date, last: &Shown, memory: &mut Memory) -> (Shown, Option<Read>) {
    let sources = match load::load(root) {
        Ok(sources) => sources,
        Err(error) => {
            eprintln!("erreur : {error}");
            let fault = Diagnostic::error_nowhere("fichier-manquant", error.to_string());
            let told = faults::tell(&[fault], &crate::source::Sources::default());
            return (refused(last, told), None);
        }
    };
    let options = BuildOptions {
        today,
        unpublished: true,
        production: false,
    };
    let (built, read) = build_again(&sources, &options, memory);
    let is_refused = built.diagnostics.has_errors();
    let found: Vec<Diagnostic> = built.diagnostics.sorted();
    if found.is_empty() {
        eprintln!("Site reconstruit, aucune faute.");
    } else {
        eprint!("{}", report::text(&found, &sources, crate::cli::colour()));
    }
    let told = faults::tell(&found, &sources);
    if !built.whole && last.sound {
        return (refused(last, told), None);
    }
    let shown = Shown {
        generation: last.generation,
        output: built.output,
        faults: told,
        refused: is_refused,
        stale: false,
        sound: built.whole,
        due: built.due,
        today,
        cms: cms::files(&sources, cms::repository()),
    };
    (shown, built.whole.then_some(read))
}

/// The last site, with the faults that hold the next one back.
fn refused(last: &Shown, faults: Vec<Told>) -> Shown {
    Shown {
        faults,
        refused: true,
        stale: true,
        ..last.clone()
    }
}

#[cfg(test)]
mod tests;
