//! The accept loop: one task per connection, a time limit on headers, an end that does not wait for ever.

use super::client::Peer;
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tower::ServiceExt;
use tracing::warn;

/// Most time to send the headers of a request, and between two requests of a connection.
const HEADERS: Duration = Duration::from_secs(10);
/// Most bytes of the headers.
const HEADER_BYTES: usize = 64 * 1024;

/// Serves until told to stop, then finishes what runs, within `drain`.
pub async fn serve(listener: TcpListener, router: Router, mut stop: watch::Receiver<bool>, drain: Duration) {
    let graceful = GracefulShutdown::new();
    while !*stop.borrow() {
        let (stream, peer) = tokio::select! {
            _ = stop.changed() => break,
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    // Usually out of file descriptors: let some close.
                    warn!(event = "accept", reason = %error.kind());
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    continue;
                }
            },
        };
        connection(stream, peer, router.clone(), &graceful);
    }
    drop(listener);
    let _ = tokio::time::timeout(drain, graceful.shutdown()).await;
}

fn connection(stream: TcpStream, peer: SocketAddr, router: Router, graceful: &GracefulShutdown) {
    let service = hyper::service::service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
        let mut request: Request = request.map(Body::new);
        request.extensions_mut().insert(Peer(peer));
        router.clone().oneshot(request)
    });
    let mut builder = Builder::new(TokioExecutor::new()).http1_only();
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS)
        .max_buf_size(HEADER_BYTES);
    let watcher = graceful.watcher();
    tokio::spawn(async move {
        let serving = builder.serve_connection(TokioIo::new(stream), service);
        // A client that goes away in the middle is nobody's fault.
        let _ = watcher.watch(serving.into_owned()).await;
    });
}
