//! `/k/{code}/card.png`: the picture that a link shows in a group of parents. Looking at it changes nothing.

mod picture;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use quick_cache::sync::Cache;

use self::picture::Said;
pub(super) use self::picture::{HEIGHT, WIDTH};
use super::code::{entrance, words};
use super::notice::Turned;
use crate::catalogue::Entrance;
use crate::state::State;
use crate::web::error::Failure;
use crate::web::words::Words;

/// So many pictures are kept, some 40 kB each: a messenger asks once per group, then shows its own copy.
const KEPT: usize = 200;

/// What tells one picture from another.
type Name = [u8; 8];

/// Pictures that were drawn, by what they show.
pub struct Cards(Cache<Name, Bytes>);

impl Default for Cards {
    fn default() -> Self {
        Self(Cache::new(KEPT))
    }
}

/// What the picture of this entrance says.
fn said(entrance: &Entrance, words: Words) -> Said {
    Said {
        title: entrance.round.title.clone(),
        unit: entrance.unit_name.clone(),
        owner: entrance.owner_name.clone(),
        facts: [
            words.with("card-minutes", "minutes", entrance.minutes()),
            words.say("card-anonymous"),
            words.with("card-closes", "closes", words.moment(entrance.round.closes_at)),
        ],
    }
}

/// The name of a picture, from what it says and how it is drawn: drawing it would take too long only to name it.
fn name(said: &Said) -> Name {
    let texts = [&said.title, &said.unit, &said.owner].into_iter().chain(&said.facts).map(String::as_str);
    let all: Vec<&str> = texts.chain([include_str!("card.svg"), env!("CARGO_PKG_VERSION")]).collect();
    let digest = crate::secret::digest(all.join("\0").as_bytes());
    std::array::from_fn(|i| digest[i])
}

/// A short text that changes whenever the picture does: messengers keep a picture by its address.
pub(super) fn version(entrance: &Entrance, words: Words) -> String {
    data_encoding::HEXLOWER.encode(&name(&said(entrance, words)))
}

/// `GET /k/{code}/card.png`
pub(super) async fn show(
    request: HttpRequest,
    state: web::Data<State>,
    cards: web::Data<Cards>,
    code: web::Path<String>,
) -> Result<HttpResponse, Turned> {
    let words = words(&request);
    let entrance = entrance(&state, &code, words).await?;
    let words = words.among(&entrance.languages());
    let said = said(&entrance, words);
    let name = name(&said);
    let etag = format!("\"{}\"", data_encoding::HEXLOWER.encode(&name));
    let caching = [(ETAG, etag.as_str()), (CACHE_CONTROL, "public, max-age=3600")];
    let known = request.headers().get(IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    if known.is_some_and(|known| known.split(',').any(|one| one.trim().trim_start_matches("W/") == etag)) {
        let mut unchanged = HttpResponse::NotModified();
        caching.into_iter().for_each(|header| {
            unchanged.insert_header(header);
        });
        return Ok(unchanged.finish());
    }
    // several who ask at once wait for one drawing
    let drawing =
        async { web::block(move || picture::png(&said.svg()?)).await.map_err(|e| Failure::Unknown(e.to_string()))? };
    let picture = cards.0.get_or_insert_async(&name, async { drawing.await.map(Bytes::from) }).await?;
    let mut response = HttpResponse::Ok();
    caching.into_iter().for_each(|header| {
        response.insert_header(header);
    });
    Ok(response.insert_header((CONTENT_TYPE, "image/png")).body(picture))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws to `target/cards/` what a person should look at.
    fn draw(file: &str, title: &str, unit: &str, owner: &str) -> Vec<u8> {
        let facts = ["Khoảng 5 phút", "Không hỏi tên", "Nhận phiếu đến 17:00 ngày 12/12/2026"].map(str::to_owned);
        let said = Said { title: title.to_owned(), unit: unit.to_owned(), owner: owner.to_owned(), facts };
        let png = picture::png(&said.svg().unwrap()).unwrap();
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/cards");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(file), &png).unwrap();
        png
    }

    #[test]
    fn a_picture_is_drawn_for_short_long_and_impossible_texts() {
        let office = "Sở Giáo dục và Đào tạo tỉnh An Lành";
        let long = "Lấy ý kiến cha mẹ, người nuôi dưỡng về chất lượng dạy học, chăm sóc bán trú và sự an toàn của học sinh \
                    năm học 2026–2027";
        let school = "Trường Phổ thông dân tộc nội trú Tiểu học và Trung học cơ sở N’Trang Lơng – Điểm trường Ea Kŭt";
        for (file, title, unit, owner) in [
            ("short.png", "Ý kiến cha mẹ", "Trường Tiểu học Hoa Mai", office),
            ("usual.png", "Lấy ý kiến cha mẹ học sinh tiểu học, học kỳ I", "Trường Tiểu học Hoa Mai", office),
            (
                "long.png",
                long,
                school,
                "Ủy ban nhân dân phường Thủ Dầu Một – Phòng Văn hóa – Xã hội, thành phố An Lành",
            ),
            ("endless.png", &"Ưỡng".repeat(100), &"Trường <Ộ> & “Ạ” ".repeat(20), &"Sở ".repeat(60)),
        ] {
            let png = draw(file, title, unit, owner);
            assert_eq!(png[16..24], [WIDTH.to_be_bytes(), HEIGHT.to_be_bytes()].concat()[..], "{file}");
        }
    }
}
