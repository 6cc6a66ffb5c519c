//! Where a request comes from, as far as that can be believed: a proxy that the operator trusts says it, anybody else's
//! headers are ignored. What is found here is used and forgotten, never stored or logged; of a network only a keyed hash is kept
//! where passwords were guessed.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use actix_web::http::header::HeaderMap;
use actix_web::{HttpRequest, web};

use crate::budget::Budget;
use crate::config::TrustedProxies;
use crate::state::State;

/// Whether the browser speaks https: `PUBLIC_URL` says so, or the proxy in front of us.
pub fn is_https(request: &HttpRequest) -> bool {
    state(request).is_some_and(|state| state.is_https()) || told_scheme(request) == Some("https")
}

/// The scheme that a trusted proxy says the browser used.
pub fn told_scheme(request: &HttpRequest) -> Option<&str> {
    let peer = request.peer_addr()?.ip();
    let is_trusted = state(request)?.proxies.contain(peer);
    // proxies append: the last one is what our peer itself saw
    let told = request.headers().get_all("x-forwarded-proto").last().filter(|_| is_trusted)?;
    let last = told.to_str().ok()?.rsplit(',').next()?.trim();
    ["https", "http"].into_iter().find(|scheme| last.eq_ignore_ascii_case(scheme))
}

/// Takes one from this visitor's budget.
///
/// # Errors
/// Nothing is left: how long to wait.
pub fn spend(request: &HttpRequest, of: impl Fn(&State) -> &Budget) -> Result<(), Duration> {
    let (Some(state), Some(peer)) = (state(request), request.peer_addr()) else { return Ok(()) };
    of(state).spend(address(peer.ip(), request.headers(), &state.proxies))
}

fn state(request: &HttpRequest) -> Option<&web::Data<State>> {
    request.app_data()
}

/// The network that this visitor comes from: a /24 of IPv4 or a /48 of IPv6. To be hashed with the installation's secret, never
/// to be kept as it is.
pub fn network(request: &HttpRequest) -> Vec<u8> {
    let (Some(state), Some(peer)) = (state(request), request.peer_addr()) else { return Vec::new() };
    network_of(address(peer.ip(), request.headers(), &state.proxies))
}

fn network_of(address: IpAddr) -> Vec<u8> {
    match address.to_canonical() {
        IpAddr::V4(address) => address.octets()[..3].to_vec(),
        IpAddr::V6(address) => address.octets()[..6].to_vec(),
    }
}

/// The nearest address that is not a trusted proxy. What stands further left was written by somebody we do not trust.
fn address(peer: IpAddr, headers: &HeaderMap, trusted: &TrustedProxies) -> IpAddr {
    let lines: Vec<&str> = headers.get_all("x-forwarded-for").map(|line| line.to_str().unwrap_or("?")).collect();
    let mut told = lines.iter().rev().flat_map(|line| line.rsplit(',')).map(parse);
    let mut nearest = peer;
    while trusted.contain(nearest) {
        match told.next() {
            Some(Some(address)) => nearest = address,
            _ => break,
        }
    }
    nearest
}

/// Some proxies write the port as well.
fn parse(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let with_port = || text.parse().ok().map(|address: SocketAddr| address.ip());
    text.trim_matches(['[', ']']).parse().ok().or_else(with_port)
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::{HeaderName, HeaderValue};

    fn found(peer: &str, lines: &[&'static str]) -> String {
        let trusted = TrustedProxies::parse("10.0.0.0/8, 2001:db8::5").unwrap();
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(HeaderName::from_static("x-forwarded-for"), HeaderValue::from_static(line));
        }
        address(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn neighbours_share_a_network() {
        let of = |text: &str| network_of(text.parse().unwrap());
        assert_eq!(of("203.0.113.7"), of("::ffff:203.0.113.200"));
        assert_ne!(of("203.0.113.7"), of("203.0.114.7"));
        assert_eq!(of("2001:db8:1:2::5"), of("2001:db8:1:ffff::9"));
        assert_ne!(of("2001:db8:1::5"), of("2001:db8:2::5"));
    }

    #[test]
    fn a_stranger_is_not_believed() {
        assert_eq!(found("203.0.113.7", &["198.51.100.1"]), "203.0.113.7");
        assert_eq!(found("10.1.2.3", &[]), "10.1.2.3");
        assert_eq!(found("10.1.2.3", &["not an address"]), "10.1.2.3");
    }

    #[test]
    fn the_address_nearest_to_the_trusted_proxies_counts_whatever_stands_before_it() {
        assert_eq!(found("10.1.2.3", &["198.51.100.1, 203.0.113.7"]), "203.0.113.7");
        assert_eq!(found("10.1.2.3", &["198.51.100.1", "203.0.113.7, 10.9.9.9"]), "203.0.113.7");
        assert_eq!(found("::ffff:10.1.2.3", &["203.0.113.7:50123"]), "203.0.113.7");
        assert_eq!(found("2001:db8::5", &["[2001:db8::77]:443"]), "2001:db8::77");
        assert_eq!(found("10.1.2.3", &["10.0.0.1, 10.0.0.2"]), "10.0.0.1");
    }
}
