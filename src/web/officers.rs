//! Who a handler can ask for: somebody with a right, who acts with it from then on. See [`crate::web::session`].

use std::future::Future;
use std::ops::Deref;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use crate::survey::access::Right;
use crate::web::error::Failure;
use crate::web::session::Officer;

/// Declares who a handler can ask for: somebody with a right, who acts with it.
macro_rules! officers {
    ($($(#[$meta:meta])* $name:ident = $right:ident),+ $(,)?) => {
        $(
            $(#[$meta])*
            #[doc = "Others get [`Failure::Forbidden`]."]
            #[derive(Debug, Clone)]
            pub struct $name(pub Officer);

            impl Deref for $name {
                type Target = Officer;

                fn deref(&self) -> &Officer {
                    &self.0
                }
            }

            impl FromRequest for $name {
                type Error = Failure;
                type Future = Pin<Box<dyn Future<Output = Result<Self, Failure>>>>;

                fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
                    let officer = Officer::from_request(request, payload);
                    Box::pin(async move { officer.await?.acting(Right::$right).map(Self) })
                }
            }
        )+
    };
}

officers! {
    /// Somebody who sees rounds.
    Steering = See,
    /// Somebody who plans rounds.
    Planner = Plan,
    /// Somebody who writes questionnaires.
    Writer = Write,
    /// Somebody who approves what others wrote or planned.
    Approver = Approve,
    /// Somebody who opens and closes rounds.
    Opener = Open,
    /// Somebody who reads figures as they were counted.
    Insider = Figures,
    /// Somebody who reads single forms.
    Analyst = Rows,
    /// Somebody who handles opinions that cannot wait.
    Reader = Opinions,
    /// Somebody who is told what came of rounds.
    Contact = Releases,
    /// Somebody who enters forms for people who cannot.
    Assistant = Assist,
    /// Somebody who imports units.
    Registrar = Units,
    /// Somebody who makes tokens.
    TokenMaker = Tokens,
    /// Somebody who looks after people.
    Keeper = People,
}
