//! Compresses the pages made for one visitor: the form is six times lighter. The files of the site have compressed
//! copies of their own and stay as they are.
//!
//! Nobody can guess a secret from the size of an answer: the service knows no cookie, so that a page asked for by
//! another site is a stranger's, with a token of its own.

use axum::http::header::CONTENT_TYPE;
use axum::http::{Extensions, HeaderMap, StatusCode, Version};
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{Predicate, SizeAbove};

/// Lightest page that is worth it, in bytes: below, it fits in one packet anyway.
const LEAST: u64 = 1_400;

/// The layer that does it, in gzip: every browser reads it, and it costs little for each page.
pub(crate) fn layer() -> CompressionLayer<impl Predicate> {
    CompressionLayer::new().compress_when(SizeAbove::new(LEAST).and(is_page))
}

fn is_page(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("text/html"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::Router;
    use axum::body::Body;
    use axum::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING};
    use axum::http::{HeaderValue, Request};
    use axum::response::Html;
    use axum::routing::get;
    use tower::ServiceExt;

    async fn encoding(path: &str, accepted: &str) -> Option<HeaderValue> {
        let router = Router::new()
            .route("/page", get(|| async { Html("mot ".repeat(1_000)) }))
            .route("/courte", get(|| async { Html("mot") }))
            .route("/texte", get(|| async { "mot ".repeat(1_000) }))
            .layer(layer());
        let request = Request::get(path).header(ACCEPT_ENCODING, accepted);
        let request = request.body(Body::empty()).expect("a request");
        let mut answer = router.oneshot(request).await.expect("an answer");
        answer.headers_mut().remove(CONTENT_ENCODING)
    }

    #[tokio::test]
    async fn a_long_page_is_compressed_for_who_reads_gzip_and_nothing_else_is() {
        assert_eq!(encoding("/page", "br, gzip").await.expect("compressed"), "gzip");
        assert_eq!(encoding("/page", "identity").await, None);
        assert_eq!(encoding("/courte", "gzip").await, None);
        assert_eq!(encoding("/texte", "gzip").await, None);
    }
}
