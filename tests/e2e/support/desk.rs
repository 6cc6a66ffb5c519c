//! An officer of the demonstration at the desk, with a browser that knows pages and forms and no script.

use reqwest::Client;

use super::installation::Installation;

pub struct Desk<'a> {
    installation: &'a Installation,
    client: Client,
}

impl<'a> Desk<'a> {
    /// The first account that the demonstration printed, signed in.
    pub async fn sign_in(installation: &'a Installation, printed: &str) -> Self {
        let mut words = printed.split_whitespace().skip_while(|word| *word != "account").skip(1);
        let (login, password) = (words.next().expect("a login"), words.nth(1).expect("a password"));
        let none = reqwest::redirect::Policy::none();
        // the server ends a connection that was idle for 5 s
        let idle = std::time::Duration::from_secs(2);
        let client = Client::builder().cookie_store(true).redirect(none).pool_idle_timeout(idle).build();
        let desk = Self { installation, client: client.expect("a client") };
        desk.send("/sign-in", &[("login", login), ("password", password)]).await;
        desk
    }

    pub async fn get(&self, path: &str) -> String {
        let answer = self.client.get(self.installation.url(path)).send().await.expect("an answer");
        assert_eq!(answer.status(), 200, "{path}");
        answer.text().await.expect("text")
    }

    /// Sends a form of the desk; it must lead on to another page.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) {
        let page = self.get("/manage/account").await;
        let secret = page.split("name=\"_csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        self.send(path, &[&[("_csrf", secret.expect("the secret of the forms"))], fields].concat()).await;
    }

    async fn send(&self, path: &str, fields: &[(&str, &str)]) {
        let answer = self.client.post(self.installation.url(path)).form(fields).send().await.expect("an answer");
        assert_eq!(answer.status(), 303, "{path}: {}", answer.text().await.unwrap_or_default());
    }
}
