//! HTTP and HTML, by audience; templates beside their handlers.

mod account_news;
pub mod analyse;
pub mod api;
pub mod assets;
pub mod compressed;
pub mod deed;
pub mod desk;
pub mod error;
pub mod error_page;
pub mod figures;
pub mod front;
pub mod guard;
pub mod head;
pub mod headers;
pub mod languages;
pub mod manage;
pub mod officers;
pub mod page;
pub mod respond;
pub mod routes;
pub mod session;
pub mod sign_in;
pub mod visitor;
pub mod watch;
pub mod way_back;
pub mod words;
pub mod wrong;
