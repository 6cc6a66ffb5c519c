//! Stylesheets, scripts and pictures from `public/`, embedded in the binary and served under names that contain a hash of
//! the bytes, so that a browser may keep them for ever.

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
static ASSETS: LazyLock<BTreeMap<String, Asset>> = LazyLock::new(|| {
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
    let mut assets = BTreeMap::new();
    // a script that imports others comes after them, because their names with hashes stand in it
    while let Some(name) = next(&files, &assets) {
        let Some(bytes) = files.remove(&name) else { break };
        let bytes = if name.ends_with(".js") { with_hashed_imports(&bytes, &assets) } else { bytes };
        assets.insert(name.clone(), Asset::new(&name, &bytes));
    }
    assets
});

/// What staff's stylesheet has in common with the public one.
const SHARED: [&str; 2] = ["css/public/10-tokens.css", "css/public/20-base.css"];

/// A file that imports none of those that still wait; whatever comes, if they all import each other.
fn next(waiting: &BTreeMap<String, Vec<u8>>, known: &BTreeMap<String, Asset>) -> Option<String> {
    let is_ready = |(name, bytes): &(&String, &Vec<u8>)| {
        !name.ends_with(".js") || imported(bytes).iter().all(|file| known.contains_key(file))
    };
    waiting.iter().find(is_ready).or(waiting.first_key_value()).map(|(name, _)| name.clone())
}

fn imported(script: &[u8]) -> Vec<String> {
    let script = String::from_utf8_lossy(script);
    let after = script.split(" from \"./").skip(1);
    after.filter_map(|rest| rest.split_once('"')).map(|(file, _)| file.to_owned()).collect()
}

fn with_hashed_imports(script: &[u8], known: &BTreeMap<String, Asset>) -> Vec<u8> {
    let mut text = String::from_utf8_lossy(script).into_owned();
    for (name, asset) in known {
        text = text.replace(&format!(" from \"./{name}\""), &format!(" from \"{}\"", asset.url));
    }
    text.into_bytes()
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
