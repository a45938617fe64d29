//! The least that a generator can do: read the sources, parse their Markdown, write as many bytes in as many files,
//! on every core.

use super::{Failure, run, stages};
use pulldown_cmark::{Options, Parser, html};
use rayon::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Measures it on the files that a build of the same site wrote.
pub(crate) fn measure(folder: &Path) -> Result<run::Measured, Failure> {
    stages::measure(folder, "equal")?;
    let own = std::env::current_exe()?;
    let out = folder.join("limit");
    let command = || {
        let mut command = Command::new(&own);
        command.arg("limit").arg(folder).arg(&out);
        command
    };
    run::median(command, || run::remove(&out))
}

/// Does it.
pub(crate) fn run(folder: &Path, out: &Path) -> Result<(), Failure> {
    let sources = files(&folder.join("content"));
    let parsed: usize = sources.par_iter().map(|path| parse(path)).sum();
    let model = folder.join("stages");
    let written = files(&model);
    let zeros = vec![b' '; 1 << 20];
    written.par_iter().try_for_each(|path| {
        let bytes = fs::metadata(path).map_err(|error| error.to_string())?.len();
        let to = out.join(path.strip_prefix(&model).map_err(|error| error.to_string())?);
        let parent = to.parent().ok_or("no folder")?;
        fs::create_dir_all(parent).map_err(|error| error.to_string())?;
        let bytes = usize::try_from(bytes).map_err(|error| error.to_string())?;
        let mut content = Vec::with_capacity(bytes);
        while content.len() < bytes {
            let more = (bytes - content.len()).min(zeros.len());
            content.extend_from_slice(&zeros[..more]);
        }
        fs::write(&to, &content).map_err(|error| error.to_string())
    })?;
    eprintln!("{parsed} bytes of HTML, {} files", written.len());
    Ok(())
}

fn parse(path: &Path) -> usize {
    let text = fs::read_to_string(path).unwrap_or_default();
    let mut page = String::new();
    html::push_html(&mut page, Parser::new_ext(&text, Options::ENABLE_TABLES));
    page.len()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .collect()
}
