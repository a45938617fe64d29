//! Headers of every answer, errors included; and the end of any panic.

use super::{App, problem};
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use std::sync::Arc;
use tracing::error;

const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The search engine is WebAssembly, run by a worker: its page and its files alone may compile some.
const SEARCH: &str = "/recherche/";
const SEARCH_CSP: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; \
    style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; \
    base-uri 'none'; frame-ancestors 'none'";

/// The content manager, when the owner of the site asked for it: it writes its own styles and shows its own
/// pictures; it works with a folder of the editor's machine, or with GitHub.
const ADMIN: &str = "/admin/";
const ADMIN_CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data: blob: https://avatars.githubusercontent.com; font-src 'self'; media-src 'self' blob:; \
    connect-src 'self' blob: data: https://api.github.com; frame-src 'self' blob:; worker-src 'self' blob:; \
    manifest-src 'self' data: blob:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

const FIXED: [(&str, &str); 5] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
];

pub(super) async fn add(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let is_admin = path.starts_with(ADMIN);
    let policy = if path.starts_with(SEARCH) {
        SEARCH_CSP
    } else if is_admin {
        ADMIN_CSP
    } else {
        CSP
    };
    // A panic in a handler is our fault: the person gets a page, the operator a line, the process lives.
    let mut response = match tokio::spawn(next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            error!(event = "panic");
            problem::unavailable(&app)
        }
    };
    app.metrics.answered(&path, response.status().as_u16());
    let headers = response.headers_mut();
    for (name, value) in FIXED {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    if is_admin {
        let robots = HeaderName::from_static("x-robots-tag");
        headers.insert(robots, HeaderValue::from_static("noindex, nofollow"));
    }
    headers
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    charset(headers);
    response
}

/// Texts are UTF-8, and say so.
fn charset(headers: &mut HeaderMap) {
    let Some(kind) = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()) else {
        return;
    };
    let text = kind.starts_with("text/") || kind == "application/xml" || kind == "image/svg+xml";
    if text
        && !kind.contains("charset")
        && let Ok(full) = HeaderValue::from_str(&format!("{kind}; charset=utf-8"))
    {
        headers.insert(CONTENT_TYPE, full);
    }
}
