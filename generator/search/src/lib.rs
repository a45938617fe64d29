//! The search index of the site: pages in, files for the browser out.
//!
//! Pagefind does the work, as a library: the browser downloads a small engine and only the parts of the index
//! that a search needs. The same pages in the same order give the same bytes.

use pagefind::api::PagefindIndex;
use pagefind::options::PagefindServiceConfig;

/// A page to be found.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// Its address on the site: `/guides/charges/`.
    pub address: &'a str,
    /// Its HTML; what is inside `data-pagefind-body` counts.
    pub html: &'a str,
}

/// A file of the index: its path below the folder of the index, and its bytes.
pub type File = (String, Vec<u8>);

/// Files that Pagefind offers beside the index and that our own search page does not use.
const UNUSED: [&str; 5] = ["-ui", "component", "highlight", "playground", "modular"];

/// Indexes pages in French.
///
/// A curly apostrophe is no word break for Pagefind, a straight one is: « L’expulsion » would not be found under
/// « expulsion ». So straight ones are indexed, and the search page sets curly ones back in what it shows.
///
/// # Errors
/// What Pagefind says of the page that it cannot read.
pub fn build(pages: &[Page]) -> Result<Vec<File>, String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .map_err(|error| error.to_string())?;
    runtime.block_on(files(pages))
}

async fn files(pages: &[Page<'_>]) -> Result<Vec<File>, String> {
    let config = PagefindServiceConfig::builder()
        .force_language("fr".to_owned())
        .build();
    let mut index = PagefindIndex::new(Some(config)).map_err(|error| error.to_string())?;
    for page in pages {
        let html = page.html.replace('’', "'");
        index
            .add_html_file(None, Some(page.address.to_owned()), html)
            .await
            .map_err(|error| format!("{} : {error}", page.address))?;
    }
    let files = index.get_files().await.map_err(|error| error.to_string())?;
    let mut kept: Vec<File> = files
        .into_iter()
        .map(|file| (file.filename.to_string_lossy().replace('\\', "/"), file.contents))
        .filter(|(path, _)| !UNUSED.iter().any(|part| path.contains(part)))
        .collect();
    kept.sort();
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HTML: &str = "<html lang=\"fr\"><body><main data-pagefind-body><h1>L’expulsion</h1><p>Les dépôts.</p></main></body></html>";

    fn built() -> Vec<File> {
        let page = Page {
            address: "/guides/a/",
            html: HTML,
        };
        build(&[page]).expect("an index")
    }

    #[test]
    fn the_same_pages_give_the_same_bytes_and_no_interface() {
        let files = built();
        assert_eq!(files, built());
        let has = |part: &str| files.iter().any(|(path, _)| path.contains(part));
        for part in [
            "pagefind.js",
            "wasm.fr",
            "pagefind-entry.json",
            ".pf_fragment",
            ".pf_index",
            ".pf_meta",
        ] {
            assert!(has(part), "{part}");
        }
        assert!(!has(".css"));
    }
}
