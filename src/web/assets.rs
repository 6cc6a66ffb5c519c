//! Stylesheets, scripts and pictures from `public/`, embedded in the binary and served under names that contain a hash of
//! the bytes, so that a browser may keep them for ever. Comments and indentation are for readers of the source; a phone gets
//! stylesheets and scripts without.

mod joined;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use actix_web::{HttpRequest, HttpResponse, web};
use rust_embed::RustEmbed;

use crate::web::compressed::Compressed;

#[derive(RustEmbed)]
#[folder = "public"]
struct Public;

struct Asset {
    url: String,
    mime: &'static str,
    body: Compressed,
}

/// By file name (`public.css`) – the stylesheets are put together from their components.
static ASSETS: LazyLock<BTreeMap<String, Asset>> =
    LazyLock::new(|| served().into_iter().map(|(name, bytes)| (name.clone(), Asset::new(&name, &bytes))).collect());

/// What is served, by file name.
fn served() -> BTreeMap<String, Vec<u8>> {
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for path in Public::iter() {
        let Some(file) = Public::get(&path) else { continue };
        match path.strip_prefix("css/").and_then(|rest| rest.split_once('/')) {
            Some((sheet, _)) => files.entry(format!("{sheet}.css")).or_default().extend_from_slice(&file.data),
            None => {
                let name = path.rsplit('/').next().unwrap_or(&path).to_owned();
                files.insert(name, file.data.into_owned());
            }
        }
    }
    if let Some(desk) = files.get_mut("desk.css") {
        desk.splice(0..0, SHARED.iter().filter_map(|path| Public::get(path)).flat_map(|file| file.data.into_owned()));
    }
    let sources = files.iter().filter(|(name, _)| name.ends_with(".js"));
    let sources = sources.map(|(name, bytes)| (name.clone(), String::from_utf8_lossy(bytes).into_owned())).collect();
    files
        .into_iter()
        .map(|(name, bytes)| {
            let bytes = match name.rsplit('.').next() {
                Some("js") => smaller_script(joined::joined(&name, &sources)).into_bytes(),
                Some("css") => smaller_style(String::from_utf8_lossy(&bytes).into_owned()).into_bytes(),
                _ => bytes,
            };
            (name, bytes)
        })
        .collect()
}

/// What staff's stylesheet has in common with the public one.
const SHARED: [&str; 2] = ["css/public/10-tokens.css", "css/public/20-base.css"];

fn smaller_script(script: String) -> String {
    minifier::js::minify(&script).map(|smaller| smaller.to_string()).unwrap_or(script)
}

fn smaller_style(style: String) -> String {
    minifier::css::minify(&style).map(|smaller| smaller.to_string()).unwrap_or(style)
}

impl Asset {
    fn new(name: &str, bytes: &[u8]) -> Self {
        let hash = data_encoding::HEXLOWER.encode(&crate::secret::digest(bytes)[..6]);
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        let mime = match ending {
            "css" => "text/css; charset=utf-8",
            "js" => "text/javascript; charset=utf-8",
            "svg" => "image/svg+xml",
            "png" => "image/png",
            _ => "application/octet-stream",
        };
        Self { url: format!("/assets/{stem}.{hash}.{ending}"), mime, body: Compressed::new(bytes) }
    }
}

/// The address of an asset; `/assets/missing` when there is none of this name, which a test looks for.
pub fn url(name: &str) -> &'static str {
    ASSETS.get(name).map_or("/assets/missing", |asset| asset.url.as_str())
}

/// `GET /assets/{file}`
pub async fn serve(request: HttpRequest, file: web::Path<String>) -> HttpResponse {
    let wanted = format!("/assets/{file}");
    match ASSETS.values().find(|asset| asset.url == wanted) {
        Some(asset) => asset.body.respond(&request, asset.mime, "public, max-age=31536000, immutable"),
        None => HttpResponse::NotFound().finish(),
    }
}

#[cfg(test)]
mod tests;
