use std::io::Write;

use image::{ImageBuffer, Rgb, Rgba, RgbaImage};

use super::*;

/// Red on its left half, blue on its right.
fn halves(width: u32, height: u32) -> RgbImage {
    ImageBuffer::from_fn(width, height, |x, _| if x < width / 2 { Rgb([220, 20, 20]) } else { Rgb([20, 20, 220]) })
}

fn file(picture: impl Into<DynamicImage>, kind: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    picture.into().write_to(&mut file, kind).unwrap();
    file.into_inner()
}

/// The JPEG with an EXIF segment behind its first two bytes: an orientation, and a place as a camera writes it.
fn with_exif(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut tiff = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x02".to_vec();
    tiff.extend_from_slice(&[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    tiff.extend_from_slice(&[0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38]);
    tiff.extend_from_slice(&[0, 0, 0, 0]);
    // GPS: one entry, GPSLatitudeRef = "N"
    tiff.extend_from_slice(&[0, 1, 0, 1, 0, 2, 0, 0, 0, 2, b'N', 0, 0, 0, 0, 0, 0, 0]);
    tiff.extend_from_slice(b"CAMERA-OF-MR-AN 2026:11:25 07:30:00");
    let length = u16::try_from(tiff.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &length, &tiff, &jpeg[2..]].concat()
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

fn look(jpeg: &[u8]) -> RgbImage {
    assert_eq!(image::guess_format(jpeg).unwrap(), ImageFormat::Jpeg);
    image::load_from_memory(jpeg).unwrap().to_rgb8()
}

/// A PNG with these dimensions in its header and almost nothing behind it.
fn png_header(width: u32, height: u32) -> Vec<u8> {
    let chunk = |name: &[u8], data: &[u8]| {
        let named = [name, data].concat();
        let mut crc = flate2::Crc::new();
        crc.update(&named);
        [&u32::try_from(data.len()).unwrap().to_be_bytes()[..], &named, &crc.sum().to_be_bytes()].concat()
    };
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(&vec![0; 1 << 20]).unwrap();
    let data = packed.finish().unwrap();
    [&b"\x89PNG\r\n\x1a\n"[..], &chunk(b"IHDR", &header), &chunk(b"IDAT", &data), &chunk(b"IEND", &[])].concat()
}

#[test]
fn place_time_and_camera_stay_behind() {
    let sent = with_exif(&file(halves(64, 32), ImageFormat::Jpeg), 1);
    assert!(contains(&sent, b"Exif") && contains(&sent, b"CAMERA-OF-MR-AN"));
    let kept = renew(&sent).unwrap();
    for part in [&b"Exif"[..], b"CAMERA-OF-MR-AN", b"2026:11:25", &[0xff, 0xe1]] {
        assert!(!contains(&kept, part), "{part:?}");
    }
}

#[test]
fn a_picture_taken_with_the_telephone_on_its_side_stands_upright() {
    let lying = file(halves(64, 32), ImageFormat::Jpeg);
    // 6: to be turned by 90° clockwise, so that what was left is on top
    let kept = look(&renew(&with_exif(&lying, 6)).unwrap());
    assert_eq!(kept.dimensions(), (32, 64));
    assert!(kept.get_pixel(16, 8)[0] > 150 && kept.get_pixel(16, 56)[2] > 150);
    assert_eq!(look(&renew(&with_exif(&lying, 1)).unwrap()).dimensions(), (64, 32));
}

#[test]
fn a_large_picture_becomes_small_whatever_is_on_it() {
    let mut seed = 1_u32;
    let mut noise = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        u8::try_from(seed >> 24).unwrap()
    };
    let restless: RgbImage = ImageBuffer::from_fn(1800, 1500, |_, _| Rgb([noise(), noise(), noise()]));
    let kept = renew(&file(restless, ImageFormat::Jpeg)).unwrap();
    assert!(kept.len() <= KEPT, "{}", kept.len());
    let calm = look(&renew(&file(halves(2400, 600), ImageFormat::Png)).unwrap());
    assert_eq!(calm.dimensions(), (1600, 400));
}

#[test]
fn png_and_webp_become_jpeg_and_what_can_be_seen_through_becomes_white() {
    let glass: RgbaImage = ImageBuffer::from_pixel(16, 16, Rgba([0, 0, 0, 0]));
    for kind in [ImageFormat::Png, ImageFormat::WebP] {
        let kept = look(&renew(&file(glass.clone(), kind)).unwrap());
        assert!(kept.pixels().all(|pixel| pixel.0.iter().all(|colour| *colour > 250)), "{kind:?}");
    }
}

#[test]
fn a_small_file_with_a_huge_picture_is_refused_before_it_is_decoded() {
    for (width, height) in [(50_000, 50_000), (8_000, 5_001), (u32::MAX >> 1, 1)] {
        let bomb = png_header(width, height);
        assert!(bomb.len() < 10_000);
        assert_eq!(renew(&bomb), Err(Refused::TooManyPixels), "{width} × {height}");
    }
}

#[test]
fn of_a_file_that_is_two_things_at_once_only_the_picture_is_left() {
    let page = b"<html><script>alert(document.domain)</script></html>";
    let archive = b"PK\x03\x04\x14\0\0\0\0\0malware.exe";
    let picture = file(halves(32, 32), ImageFormat::Jpeg);
    for second in [&page[..], archive] {
        let kept = renew(&[&picture[..], second].concat()).unwrap();
        assert!(!contains(&kept, second) && !contains(&kept, b"<script>") && !contains(&kept, b"PK\x03\x04"));
        assert_eq!(look(&kept).dimensions(), (32, 32));
    }
    let comment = [&picture[..2], &[0xff, 0xfe, 0, 54], &page[..], &picture[2..]].concat();
    assert!(!contains(&renew(&comment).unwrap(), b"<script>"));
}

#[test]
fn heic_and_what_is_no_picture_are_told_apart_by_content() {
    let brands = |main: &[u8], other: &[u8]| [&b"\0\0\0\x18ftyp"[..], main, b"\0\0\0\0", other, b"rest"].concat();
    for (main, other) in [(b"heic", b"mif1"), (b"avif", b"avif"), (b"isom", b"heix"), (b"mif1", b"miaf")] {
        assert_eq!(renew(&brands(main, other)), Err(Refused::Heic));
    }
    for other in
        [&b""[..], b"%PDF-1.7", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a", &brands(b"isom", b"mp42")]
    {
        assert_eq!(renew(other), Err(Refused::OtherKind));
    }
    assert_eq!(renew(&vec![0; LARGEST + 1]), Err(Refused::TooLarge));
    let whole = file(halves(32, 32), ImageFormat::Png);
    assert_eq!(renew(&whole[..whole.len() / 2]), Err(Refused::Broken));
}

proptest::proptest! {
    #[test]
    fn no_bytes_make_it_stumble(place in 0_usize..600, byte: u8, cut in 0_usize..900) {
        for kind in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
            let mut spoilt = file(halves(16, 16), kind);
            if let Some(slot) = spoilt.get_mut(place) {
                *slot = byte;
            }
            spoilt.truncate(cut.max(12));
            let _ = renew(&spoilt);
        }
    }
}
