//! Addresses of this site that a reader came from or goes back to.

use actix_web::http::header::{HOST, REFERER};
use actix_web::{HttpRequest, web};

use crate::state::State;

/// An address as a form or a query carries it.
pub fn encode(path: &str) -> String {
    data_encoding::BASE64URL_NOPAD.encode(path.as_bytes())
}

/// The page that somebody wanted before signing in; only ever one of ours.
pub fn decode(encoded: &str) -> Option<String> {
    let decoded = data_encoding::BASE64URL_NOPAD.decode(encoded.as_bytes()).ok()?;
    String::from_utf8(decoded).ok().filter(|path| is_local(path))
}

/// Browsers read `//host` and `/\host` as another site, and drop control characters before they look.
pub fn is_local(path: &str) -> bool {
    path.starts_with('/') && !path.starts_with("//") && path.bytes().all(|b| b.is_ascii_graphic() && b != b'\\')
}

/// The page of this site on which the form of this request stood, with its query.
pub fn came_from(request: &HttpRequest) -> Option<String> {
    let text = |name| request.headers().get(name)?.to_str().ok();
    let public = request.app_data::<web::Data<State>>().map(|state| state.public_url.clone());
    local_part(text(REFERER)?, text(HOST).unwrap_or_default(), public.as_deref().unwrap_or_default())
}

fn local_part(referer: &str, host: &str, public_url: &str) -> Option<String> {
    let after_host = || referer.split_once("://")?.1.strip_prefix(host).filter(|_| !host.is_empty());
    let ours = (!public_url.is_empty()).then(|| referer.strip_prefix(public_url)).flatten();
    ours.or_else(after_host).filter(|path| is_local(path)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_never_leaves_this_site() {
        assert_eq!(decode(&encode("/manage/units?page=2")).as_deref(), Some("/manage/units?page=2"));
        for wrong in ["//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example", "/a\r\nb", ""] {
            assert_eq!(decode(&encode(wrong)), None, "{wrong:?}");
        }
        assert_eq!(decode("not base64!"), None);
    }

    #[test]
    fn a_page_of_another_site_is_no_page_to_open_again() {
        let from = |referer| local_part(referer, "10.0.0.5:8080", "https://khaosat.example.vn");
        assert_eq!(from("https://khaosat.example.vn/manage/tokens?x=1").as_deref(), Some("/manage/tokens?x=1"));
        assert_eq!(from("http://10.0.0.5:8080/manage").as_deref(), Some("/manage"));
        for wrong in ["https://khaosat.example.vn.evil.example/manage", "https://evil.example/manage", "garbage"] {
            assert_eq!(from(wrong), None, "{wrong}");
        }
    }
}
