//! States that have to do with letters, and of a round that pauses or asks pupils.

use langnghe::invitation::Leaving;
use langnghe::secret::Secret;

use super::{Round, START};
use crate::support::browser::Browser;

const NOTICE: &str = "GET /k/{code}/thu-cha-me";
const LEAVE: &str = "GET /thu/{token}";
const LEFT: &str = "POST /thu/{token}";

impl Round<'_> {
    /// What pupils see first, with the letter to their parents; a pause; letters that somebody wants no more of.
    pub(super) async fn letters(&mut self, browser: &Browser) {
        let pupils = self.installation.links("hoc-sinh")[0][3].clone();
        self.open(browser, START, "start, for pupils", &pupils).await;
        self.open(browser, NOTICE, "letter to parents", &format!("{pupils}/thu-cha-me")).await;
        let paused = self.installation.links("tam-dung")[0][3].clone();
        self.open(browser, START, "paused", &paused).await;
        let secret = Secret::load_or_make(&self.installation.path().join("data")).expect("the key");
        let letter = self.installation.url(&format!("/thu/{}", Leaving { invitee_id: 1 }.token(&secret)));
        self.open(browser, LEAVE, "no more letters?", &letter).await;
        browser.press("main form button", "/thu/").await;
        self.look(browser, LEFT, "no more letters").await;
    }
}
