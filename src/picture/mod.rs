//! Pictures that people send. Nothing of what arrives is kept: a picture is told by its content, decoded within bounds and
//! drawn anew, so that place, time and camera, and whatever else was hidden in the file, stay behind.

mod turns;

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, RgbImage};

pub use turns::Turns;

/// The largest file that is read, in bytes; telephones make pictures of 3 to 8 MB.
pub const LARGEST: usize = 12 * 1024 * 1024;
/// More are not decoded, however small the file is.
const MOST_PIXELS: u64 = 40_000_000;
/// What decoding one picture may take, in bytes: 40 megapixels with colours of 16 bits.
const MEMORY: u64 = MOST_PIXELS * 8;
/// A kept picture is not larger than this, in bytes, unless the last step is.
const KEPT: usize = 400 * 1024;
/// The longest side and the quality that are tried one after the other until the picture is small enough.
const STEPS: [(u32, u8); 5] = [(1600, 80), (1600, 65), (1280, 60), (1024, 50), (800, 40)];

/// Why a file is not taken as a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// More than [`LARGEST`] bytes.
    TooLarge,
    /// More pixels than are decoded.
    TooManyPixels,
    /// HEIC, HEIF or AVIF: what an iPhone makes unless told otherwise.
    Heic,
    /// Neither JPEG nor PNG nor WebP.
    OtherKind,
    /// It says that it is one of them, and cannot be read.
    Broken,
}

/// The picture drawn anew, upright, as a JPEG of at most 1600 pixels on its longest side, without anything that was written
/// beside it.
///
/// # Errors
/// [`Refused`]
pub fn renew(file: &[u8]) -> Result<Vec<u8>, Refused> {
    if file.len() > LARGEST {
        return Err(Refused::TooLarge);
    }
    let mut picture = decode(file, kind(file)?)?;
    let mut jpeg = Vec::new();
    for (side, quality) in STEPS {
        if picture.width().max(picture.height()) > side {
            picture = picture.thumbnail(side, side);
        }
        let drawn = opaque(&picture);
        jpeg.clear();
        JpegEncoder::new_with_quality(&mut jpeg, quality).encode_image(&drawn).map_err(|_| Refused::Broken)?;
        if jpeg.len() <= KEPT {
            break;
        }
    }
    Ok(jpeg)
}

/// What the file is, by its content; names and headers are whatever somebody wrote.
fn kind(file: &[u8]) -> Result<ImageFormat, Refused> {
    if is_heic(file) {
        return Err(Refused::Heic);
    }
    match image::guess_format(file) {
        Ok(kind @ (ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) => Ok(kind),
        _ => Err(Refused::OtherKind),
    }
}

/// A box `ftyp` with a brand of the family (ISO/IEC 23008-12, AVIF 1.0), as the main one or among those it is compatible with.
fn is_heic(file: &[u8]) -> bool {
    const BRANDS: [&[u8; 4]; 11] =
        [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"mif2", b"msf1", b"avif", b"avis"];
    let is_box = file.get(4..8) == Some(b"ftyp");
    is_box
        && file
            .iter()
            .take(64)
            .skip(8)
            .copied()
            .collect::<Vec<u8>>()
            .chunks(4)
            .any(|brand| BRANDS.iter().any(|known| known.as_slice() == brand))
}

/// Decodes after a look at the header: what would be too large is not begun.
fn decode(file: &[u8], kind: ImageFormat) -> Result<DynamicImage, Refused> {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(file), kind);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(refused)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS || decoder.total_bytes() > MEMORY {
        return Err(Refused::TooManyPixels);
    }
    let upright = decoder.orientation().map_err(refused)?;
    let whole = DynamicImage::from_decoder(decoder).map_err(refused)?;
    // turned while it is small
    let (side, _) = STEPS[0];
    let mut picture = if width.max(height) > side { whole.thumbnail(side, side) } else { whole };
    picture.apply_orientation(upright);
    Ok(picture)
}

fn refused(error: ImageError) -> Refused {
    match error {
        ImageError::Limits(_) => Refused::TooManyPixels,
        _ => Refused::Broken,
    }
}

/// On white where it can be seen through: JPEG knows no transparency.
fn opaque(picture: &DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let seen_through = picture.to_rgba8();
    RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
        let [red, green, blue, alpha] = seen_through.get_pixel(x, y).0.map(u16::from);
        let on_white = |colour: u16| u8::try_from((colour * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX);
        image::Rgb([on_white(red), on_white(green), on_white(blue)])
    })
}

#[cfg(test)]
mod tests;
