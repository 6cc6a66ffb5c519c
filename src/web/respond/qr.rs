//! The QR of a collector's address.

use actix_web::{HttpResponse, web};
use qrcode::{Color, QrCode};

use super::code::entrance;
use super::notice::Turned;
use crate::document::qr::{self, QUIET};
use crate::state::State;
use crate::survey::collector::CollectorCode;
use crate::web::error::Failure;
use crate::web::words::Words;

/// Pixels per module of the PNG.
const SCALE: usize = 12;

/// The address that the QR of a collector holds.
pub fn address(public_url: &str, code: CollectorCode) -> String {
    format!("{public_url}/k/{code}")
}

fn matrix(text: &str) -> Result<QrCode, Failure> {
    Ok(qr::matrix(text)?)
}

/// The QR of a text as a picture that stands in the page itself: what it says is secret and has no address.
///
/// # Errors
/// The text is too long for one.
pub(crate) fn drawing(text: &str) -> Result<String, Failure> {
    let drawing = matrix(text)?.render::<qrcode::render::svg::Color<'_>>().min_dimensions(160, 160).build();
    Ok(format!("data:image/svg+xml;base64,{}", data_encoding::BASE64.encode(drawing.as_bytes())))
}

/// `GET /k/{code}/qr.svg`
pub(super) async fn svg(state: web::Data<State>, code: web::Path<String>) -> Result<HttpResponse, Turned> {
    let entrance = entrance(&state, &code, Words::VI).await?;
    let drawing = matrix(&address(&state.public_url, entrance.code))?
        .render::<qrcode::render::svg::Color<'_>>()
        .min_dimensions(320, 320)
        .build();
    Ok(HttpResponse::Ok()
        .content_type("image/svg+xml")
        .insert_header(("Cache-Control", "public, max-age=3600"))
        .body(drawing))
}

/// `GET /k/{code}/qr.png`
pub(super) async fn png(state: web::Data<State>, code: web::Path<String>) -> Result<HttpResponse, Turned> {
    let entrance = entrance(&state, &code, Words::VI).await?;
    let picture = picture(&matrix(&address(&state.public_url, entrance.code))?)?;
    Ok(HttpResponse::Ok()
        .content_type("image/png")
        .insert_header(("Cache-Control", "public, max-age=3600"))
        .body(picture))
}

fn picture(code: &QrCode) -> Result<Vec<u8>, Failure> {
    let modules = code.width();
    let side = (modules + 2 * QUIET) * SCALE;
    let dark = |x: usize, y: usize| {
        let (x, y) = ((x / SCALE).wrapping_sub(QUIET), (y / SCALE).wrapping_sub(QUIET));
        x < modules && y < modules && code[(x, y)] == Color::Dark
    };
    let pixels: Vec<u8> = (0..side * side).map(|at| if dark(at % side, at / side) { 0 } else { 255 }).collect();
    let failed = |error: png::EncodingError| Failure::Unknown(format!("QR: {error}"));
    let pixels_wide = u32::try_from(side).unwrap_or(u32::MAX);
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, pixels_wide, pixels_wide);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().map_err(failed)?;
    writer.write_image_data(&pixels).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(out)
}
