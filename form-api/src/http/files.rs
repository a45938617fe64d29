//! The built site, as files: compressed copies when the browser takes them, our 404 page, never a hidden file.

use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, HeaderValue, LOCATION};
use axum::http::{Method, Request, StatusCode, Uri};
use axum::response::{Html, IntoResponse, Response};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use tower::ServiceExt;
use tower_http::services::ServeDir;

/// The folder of the site.
#[derive(Debug, Clone)]
pub(super) struct Files {
    folder: PathBuf,
    service: ServeDir,
    redirects: Arc<BTreeMap<String, String>>,
}

impl Files {
    /// `redirects`: former addresses without their final `/`, and where each leads now.
    pub(super) fn new(folder: PathBuf, redirects: Arc<BTreeMap<String, String>>) -> Self {
        let service = ServeDir::new(&folder).precompressed_br().precompressed_gzip();
        Self {
            folder,
            service,
            redirects,
        }
    }

    /// Where a former address leads: for good, and with what was asked of it.
    fn moved(&self, uri: &Uri) -> Option<Response> {
        let to = self.redirects.get(uri.path().trim_end_matches('/'))?;
        let to = uri
            .query()
            .map_or_else(|| to.clone(), |query| format!("{to}?{query}"));
        let location = HeaderValue::from_str(&to).ok()?;
        Some((StatusCode::PERMANENT_REDIRECT, [(LOCATION, location)]).into_response())
    }
}

pub(super) async fn serve(State(files): State<Files>, request: Request<Body>) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let path = request.uri().path().to_owned();
    if is_hidden(&path) {
        return missing(&files).await;
    }
    if let Some(moved) = files.moved(request.uri()) {
        return moved;
    }
    let answer = files.service.clone().oneshot(request).await;
    let mut response = match answer {
        Ok(response) if response.status() != StatusCode::NOT_FOUND => response.map(Body::new).into_response(),
        _ => return missing(&files).await,
    };
    let cache = if is_fingerprinted(&path) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    response
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static(cache));
    response
}

/// Whether the name changes with the content: browsers may keep the file for ever.
fn is_fingerprinted(path: &str) -> bool {
    let index = path.starts_with("/recherche/index/");
    path.starts_with("/assets/")
        || index
            && [".pf_fragment", ".pf_index", ".pf_meta"]
                .iter()
                .any(|end| path.ends_with(end))
}

/// Whether a part of the path begins with a dot, plain or encoded.
fn is_hidden(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    // RFC 9116: where people who find a vulnerability look first.
    if lower == "/.well-known/security.txt" {
        return false;
    }
    lower
        .split(['/', '\\'])
        .any(|part| part.starts_with('.') || part.starts_with("%2e"))
        || lower.contains("%2f")
        || lower.contains("%5c")
}

async fn missing(files: &Files) -> Response {
    match tokio::fs::read_to_string(files.folder.join("404.html")).await {
        Ok(page) => (StatusCode::NOT_FOUND, Html(page)).into_response(),
        Err(_) => (StatusCode::NOT_FOUND, "Page introuvable").into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Arc, BTreeMap, Files, LOCATION, StatusCode, is_hidden};

    #[test]
    fn a_former_address_leads_on_with_its_query() {
        let former = BTreeMap::from([(
            "/guides/caution".to_owned(),
            "/guides/depot-de-garantie/".to_owned(),
        )]);
        let files = Files::new("/nulle-part".into(), Arc::new(former));
        for (asked, to) in [
            ("/guides/caution/", "/guides/depot-de-garantie/"),
            ("/guides/caution?x=1", "/guides/depot-de-garantie/?x=1"),
        ] {
            let moved = files.moved(&asked.parse().expect("an address")).expect(asked);
            assert_eq!(moved.status(), StatusCode::PERMANENT_REDIRECT);
            assert_eq!(moved.headers()[LOCATION], to);
        }
        assert!(
            files
                .moved(&"/guides/cautions/".parse().expect("an address"))
                .is_none()
        );
    }

    #[test]
    fn hidden_files_stay_hidden_however_they_are_written() {
        for path in [
            "/.service/form.json",
            "/%2Eservice/form.json",
            "/assets/../.service/x",
            "/a%2f..%2f.service",
            "/a/.b",
            "/.well-known/",
            "/.well-known/x",
            "/.well-known/security.txt/../../.service/form.json",
        ] {
            assert!(is_hidden(path), "{path}");
        }
        assert!(!is_hidden("/guides/depot-de-garantie/index.html"));
        assert!(!is_hidden("/.well-known/security.txt"));
    }
}
