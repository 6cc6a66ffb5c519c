//! What the API is, for programs that read OpenAPI. The document is written by hand, beside the handlers; tests hold every
//! registered route and every answer against it.

use std::sync::LazyLock;

use actix_web::{HttpRequest, HttpResponse};

use crate::web::compressed::Compressed;

static DOCUMENT: LazyLock<Compressed> = LazyLock::new(|| Compressed::new(include_bytes!("openapi.json")));

/// `GET /api/openapi.json`
pub(super) async fn show(request: HttpRequest) -> HttpResponse {
    DOCUMENT.respond(&request, "application/json", "public, max-age=300")
}
