//! Bytes that are the same for everybody, compressed once and served from memory.

use std::io::Write;
use std::sync::Arc;

use actix_web::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};

/// One body in three encodings.
#[derive(Debug, Clone)]
pub struct Compressed {
    etag: Arc<str>,
    plain: Bytes,
    gzip: Bytes,
    brotli: Bytes,
}

impl Compressed {
    /// Compresses as well as possible: this happens once.
    pub fn new(bytes: &[u8]) -> Self {
        let plain = Bytes::copy_from_slice(bytes);
        let gzip = gzip(bytes).map_or_else(|_| plain.clone(), Bytes::from);
        let brotli = brotli(bytes).map_or_else(|_| plain.clone(), Bytes::from);
        let digest = data_encoding::HEXLOWER.encode(&crate::secret::digest(bytes)[..12]);
        Self { etag: Arc::from(format!("W/\"{digest}\"")), plain, gzip, brotli }
    }

    /// The answer in the best encoding that the browser takes; a browser that has the same bytes is told so.
    pub fn respond(&self, request: &HttpRequest, mime: &str, cache: &str) -> HttpResponse {
        let known = request.headers().get(IF_NONE_MATCH).and_then(|value| value.to_str().ok());
        if known.is_some_and(|known| known.split(',').any(|one| one.trim() == &*self.etag)) {
            return HttpResponse::NotModified()
                .insert_header((ETAG, &*self.etag))
                .insert_header((CACHE_CONTROL, cache))
                .finish();
        }
        let accepted = request.headers().get(ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).unwrap_or("");
        let (encoding, body) = if accepts(accepted, "br") {
            (Some("br"), &self.brotli)
        } else if accepts(accepted, "gzip") {
            (Some("gzip"), &self.gzip)
        } else {
            (None, &self.plain)
        };
        let mut response = HttpResponse::Ok();
        response
            .insert_header((CONTENT_TYPE, mime))
            .insert_header((CACHE_CONTROL, cache))
            .insert_header((ETAG, &*self.etag))
            .insert_header((VARY, "accept-encoding"));
        if let Some(encoding) = encoding {
            response.insert_header((CONTENT_ENCODING, encoding));
        }
        response.body(body.clone())
    }
}

fn accepts(header: &str, encoding: &str) -> bool {
    header.split(',').any(|part| {
        let mut words = part.split(';');
        let refused = words.clone().nth(1).is_some_and(|q| q.trim() == "q=0");
        words.next().is_some_and(|name| name.trim() == encoding) && !refused
    })
}

fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish()
}

fn brotli(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut out = Vec::new();
    {
        let mut encoder = brotli::CompressorWriter::new(&mut out, 4096, 9, 20);
        encoder.write_all(bytes)?;
        encoder.flush()?;
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn an_encoding_refused_by_the_browser_is_not_used() {
        assert!(accepts("gzip, deflate, br", "br"));
        assert!(!accepts("gzip, br;q=0", "br"));
        assert!(!accepts("", "gzip"));
    }
}
