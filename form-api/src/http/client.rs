//! Who is asking: the address that counts for limits, and whether the request comes from our own pages.

use axum::http::{HeaderMap, Uri, header};
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

/// The peer of a connection, put into each request by the accept loop.
#[derive(Debug, Clone, Copy)]
pub(super) struct Peer(pub(super) SocketAddr);

/// The client's address: the entry of `X-Forwarded-For` that the nearest trusted proxies wrote, counted from
/// the right; the peer when no proxy is trusted. An IPv6 address stands for its /64.
pub(super) fn address(peer: IpAddr, headers: &HeaderMap, trusted_hops: usize) -> IpAddr {
    let claimed = || {
        let lists = headers
            .get_all("x-forwarded-for")
            .iter()
            .filter_map(|list| list.to_str().ok());
        let entries: Vec<&str> = lists.flat_map(|list| list.split(',')).map(str::trim).collect();
        let at = entries.len().checked_sub(trusted_hops)?;
        entries.get(at)?.parse().ok()
    };
    let address = if trusted_hops == 0 {
        peer
    } else {
        claimed().unwrap_or(peer)
    };
    match address.to_canonical() {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        v4 => v4,
    }
}

/// The origin that a browser says.
pub(super) fn origin_of(headers: &HeaderMap) -> Option<&str> {
    headers
        .get(header::ORIGIN)
        .and_then(|origin| origin.to_str().ok())
}

/// Whether a post comes from another site. What says nothing (old browsers, `Origin: null`) is let through:
/// the signed token of the page decides.
/// `site` is the one other origin that may post here, if any.
pub(super) fn is_foreign(headers: &HeaderMap, own: &str, site: Option<&str>) -> bool {
    if site.is_some() && origin_of(headers) == site {
        return false;
    }
    if headers
        .get("sec-fetch-site")
        .is_some_and(|site| site == "cross-site")
    {
        return true;
    }
    let Some(origin) = origin_of(headers) else {
        return false;
    };
    if origin == "null" || origin == own {
        return false;
    }
    let authority = origin
        .parse::<Uri>()
        .ok()
        .and_then(|uri| uri.authority().map(ToString::to_string));
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    authority.is_none() || authority.as_deref() != host
}

/// Whether the answer is wanted as JSON.
pub(super) fn wants_json(headers: &HeaderMap) -> bool {
    let accept = headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .unwrap_or_default();
    accept.contains("application/json") && !accept.contains("text/html")
}

#[cfg(test)]
mod tests {
    use super::{address, is_foreign};
    use axum::http::{HeaderMap, HeaderName, HeaderValue};
    use std::net::IpAddr;

    fn headers(all: &[(&'static str, &str)]) -> HeaderMap {
        let pair = |(name, value): &(&'static str, &str)| {
            (
                HeaderName::from_static(name),
                HeaderValue::from_str(value).expect("a value"),
            )
        };
        all.iter().map(pair).collect()
    }

    #[test]
    fn only_what_trusted_proxies_wrote_counts() {
        let peer: IpAddr = "10.0.0.1".parse().expect("an address");
        let forged = headers(&[
            ("x-forwarded-for", "1.1.1.1, 2.2.2.2"),
            ("x-forwarded-for", "3.3.3.3"),
        ]);
        assert_eq!(address(peer, &forged, 0).to_string(), "10.0.0.1");
        assert_eq!(address(peer, &forged, 1).to_string(), "3.3.3.3");
        assert_eq!(address(peer, &forged, 2).to_string(), "2.2.2.2");
        assert_eq!(address(peer, &forged, 9).to_string(), "10.0.0.1");
        let six: IpAddr = "2001:db8:1:2:3:4:5:6".parse().expect("an address");
        assert_eq!(address(six, &forged, 0).to_string(), "2001:db8:1:2::");
    }

    #[test]
    fn other_sites_are_foreign_and_silence_is_not() {
        let own = "https://mediation.exemple.fr";
        assert!(!is_foreign(&headers(&[]), own, None));
        assert!(!is_foreign(&headers(&[("origin", "null")]), own, None));
        assert!(!is_foreign(&headers(&[("origin", own)]), own, None));
        assert!(!is_foreign(
            &headers(&[("origin", "http://127.0.0.1:8080"), ("host", "127.0.0.1:8080")]),
            own,
            None
        ));
        assert!(is_foreign(
            &headers(&[("origin", "https://pirate.exemple"), ("host", "127.0.0.1:8080")]),
            own,
            None
        ));
        assert!(is_foreign(
            &headers(&[("sec-fetch-site", "cross-site")]),
            own,
            None
        ));
        assert!(is_foreign(&headers(&[("origin", "pas une adresse")]), own, None));
        let guides = headers(&[
            ("origin", "https://guides.exemple.fr"),
            ("sec-fetch-site", "cross-site"),
        ]);
        assert!(is_foreign(&guides, own, None) && is_foreign(&guides, own, Some("https://autre.exemple.fr")));
        assert!(
            !is_foreign(&guides, own, Some("https://guides.exemple.fr")),
            "the one site that may"
        );
    }
}
