//! What a link shows in a group of parents: a picture per round and school, and nothing that a look at it would change.

use reqwest::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};

use crate::support::{OTHER_PRIMARY, PRIMARY, TestApp, app};

/// The content of a `<meta property="…">`.
fn property(page: &str, name: &str) -> String {
    let after = page.split(&format!("<meta property=\"{name}\" content=\"")).nth(1);
    after.unwrap_or_else(|| panic!("{name} in {page}")).split('"').next().unwrap().replace("&#38;", "&")
}

impl TestApp {
    async fn start(&self, unit: &str, query: &str) -> String {
        self.get(&format!("/k/{}{query}", self.code(unit))).await.text().await.unwrap()
    }
}

#[tokio::test]
async fn a_link_in_a_group_shows_a_picture_of_its_round_and_school() {
    let app = app().await;
    let page = app.start(PRIMARY, "").await;
    let address = property(&page, "og:image");
    assert!(address.starts_with(&app.path(&format!("/k/{}/card.png", app.code(PRIMARY)))), "{address}");
    let picture = app.client.get(&address).send().await.unwrap();
    assert_eq!((picture.status().as_u16(), &picture.headers()[CONTENT_TYPE]), (200, &"image/png".parse().unwrap()));
    assert!(picture.headers()[CACHE_CONTROL].to_str().unwrap().starts_with("public"));
    let bytes = picture.bytes().await.unwrap();
    let size = ["og:image:width", "og:image:height"].map(|name| property(&page, name).parse::<u32>().unwrap());
    assert_eq!(bytes[16..24], size.map(u32::to_be_bytes).concat()[..]);
    assert_ne!(address, property(&app.start(OTHER_PRIMARY, "").await, "og:image"));
}

#[tokio::test]
async fn a_link_shared_before_the_round_opens_or_after_it_closed_has_its_picture_too() {
    let app = app().await;
    let later = app.state.clock.now() + chrono::TimeDelta::days(3);
    let open = property(&app.start(PRIMARY, "").await, "og:url");
    app.change(|db, id| langnghe::store::rounds::open(db, id, later));
    let page = app.start(PRIMARY, "").await;
    assert!(page.contains("Chưa đến ngày") && property(&page, "og:url") == open, "{page}");
    let picture = app.client.get(property(&page, "og:image")).send().await.unwrap();
    assert_eq!(picture.status(), 200);
}

#[tokio::test]
async fn whoever_has_the_picture_is_not_sent_it_again() {
    let app = app().await;
    let path = app.path(&format!("/k/{}/card.png", app.code(PRIMARY)));
    let first = app.client.get(&path).send().await.unwrap();
    let again = app.client.get(&path).header(IF_NONE_MATCH, &first.headers()[ETAG]).send().await.unwrap();
    assert_eq!(again.status(), 304);
    assert_eq!(app.get("/k/ABCDEF/card.png").await.status(), 404);
    assert_eq!((app.stored(), app.counted()), (0, 0));
}

#[tokio::test]
async fn a_new_closing_date_is_a_new_picture_at_a_new_address() {
    let app = app().await;
    let before = property(&app.start(PRIMARY, "").await, "og:image");
    let later = app.state.clock.now() + chrono::TimeDelta::days(30);
    app.change(|db, id| langnghe::store::rounds::close_at(db, id, later));
    let after = property(&app.start(PRIMARY, "").await, "og:image");
    assert_ne!(before, after);
    let pictures = [before, after].map(|address| app.client.get(address).send());
    let [before, after] = futures_util::future::join_all(pictures).await.try_into().unwrap();
    assert_eq!(before.unwrap().headers()[ETAG], after.unwrap().headers()[ETAG], "the old address shows the new date");
}

#[tokio::test]
async fn the_link_that_is_shared_leads_to_the_start_page_in_every_language() {
    let app = app().await;
    let clean = app.path(&format!("/k/{}", app.code(PRIMARY)));
    for (query, locale) in [("", "vi_VN"), ("?lang=en", "en_GB"), ("?zarsrc=30&lang=vi", "vi_VN")] {
        let page = app.start(PRIMARY, query).await;
        assert_eq!(property(&page, "og:url"), clean);
        assert!(page.contains(&format!("<link rel=\"canonical\" href=\"{clean}\">")));
        assert_eq!(property(&page, "og:locale"), locale);
        assert!(property(&page, "og:title").contains("Trường Tiểu học Hoa Mai"));
        assert!(property(&page, "og:image:alt").contains("Ý kiến cha mẹ"));
    }
}
