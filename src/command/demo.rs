//! `langnghe demo`: a demonstration in an empty database, then the server.

use std::io::{self, IsTerminal, Write};
use std::net::{IpAddr, SocketAddr, UdpSocket};

use chrono::{NaiveDateTime, NaiveTime, TimeDelta};
use clap::Args;
use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;

use crate::command::serve::{Doors, mail_settings, until_stopped};
use crate::command::simulate::{block_on, send};
use crate::command::{CommandError, open_and_migrate, output, tokens};
use crate::config::{DataConfig, ListenConfig, MailConfig};
use crate::draft::{Draft, draft};
use crate::password;
use crate::release;
use crate::state::State;
use crate::store::{accounts, approval_rules, collectors, rounds, units};
use crate::survey::access::{Login, Scope};
use crate::survey::code::{Channel, UnitNature};
use crate::survey::templates;
use crate::survey::unit::{Preset, parse_csv};
use crate::vietnamese;

/// The demonstration
#[derive(Debug, Clone, Args)]
pub struct DemoCommand {
    /// Forms that are sent through the intake
    #[arg(long, default_value_t = 1500)]
    submissions: u64,
    /// Listen on the network address, so that a real phone can scan the code
    #[arg(long)]
    lan: bool,
    /// Prepare the database and stop
    #[arg(long)]
    no_serve: bool,
    #[command(flatten)]
    listen: ListenConfig,
    #[command(flatten)]
    mail: MailConfig,
}

/// One demonstration round.
struct Story {
    slug: &'static str,
    title: &'static str,
    templates: &'static [&'static str],
    channels: &'static [Channel],
    /// Share of the forms, in per cent.
    share: u64,
    frozen: bool,
}

const STORIES: [Story; 4] = [
    Story {
        slug: "phu-huynh-hk1",
        title: "Ý kiến cha mẹ học sinh, học kỳ 1",
        templates: &["hai-long-mam-non", "hai-long-tieu-hoc", "hai-long-thcs", "hai-long-thpt"],
        channels: &[Channel::Truong],
        share: 70,
        frozen: false,
    },
    Story {
        slug: "gio-vao-hoc",
        title: "Lấy ý kiến về giờ vào học",
        templates: &["lay-y-kien-gio-hoc"],
        channels: &[Channel::Truong, Channel::MatTran],
        share: 20,
        frozen: true,
    },
    Story {
        slug: "can-bo-nam-nay",
        title: "Ý kiến cán bộ, giáo viên, nhân viên",
        templates: &["can-bo-giao-vien"],
        channels: &[Channel::Truong],
        share: 5,
        frozen: false,
    },
    Story {
        slug: "gop-y",
        title: "Phiếu góp ý về giáo dục",
        templates: &["phieu-gop-y"],
        channels: &[Channel::Truong],
        share: 5,
        frozen: false,
    },
];

impl DemoCommand {
    /// Fills an empty database, prints what is needed, and serves.
    ///
    /// # Errors
    /// One sentence that says what to do.
    pub fn run(self, config: &DataConfig) -> Result<(), CommandError> {
        let mut config = config.clone();
        let mut listen = self.listen.clone();
        if self.lan {
            let address = SocketAddr::new(network_address(), listen.listen.port());
            config.public_url = format!("http://{address}");
            listen.listen = SocketAddr::new(IpAddr::from([0, 0, 0, 0]), listen.listen.port());
        }
        let mail = mail_settings(&self.mail, &config)?;
        let doors = if self.no_serve { None } else { Some(Doors::open(&listen)?) };
        let state = open_and_migrate(&config)?;
        let alone = state.store.serve_alone()?;
        let made =
            if state.store.read_now(units::all)?.is_empty() { Some(make(&state, self.submissions)?) } else { None };
        drop(alone);
        tell(&state, made.as_ref())?;
        match doors {
            Some(doors) => until_stopped(state, doors, &mail),
            None => {
                state.intake.drain();
                Ok(())
            }
        }
    }
}

/// The address under which other machines of this network reach this one. Connecting a UDP socket sends nothing.
fn network_address() -> IpAddr {
    let found = UdpSocket::bind("0.0.0.0:0").and_then(|socket| {
        socket.connect("192.0.2.1:9")?;
        socket.local_addr()
    });
    found.map_or(IpAddr::from([127, 0, 0, 1]), |address| address.ip())
}

/// What can be said only once: it is not stored.
struct Made {
    accounts: Vec<(String, String, String)>,
    token: String,
}

fn make(state: &State, submissions: u64) -> Result<Made, CommandError> {
    eprintln!("Making the demonstration…");
    let now = state.clock.now();
    let plan = parse_csv(Preset::PhuongSo.csv(), &[]).map_err(|errors| {
        CommandError::Said(format!("the units that come with the program do not read: {errors:?}"))
    })?;
    state.store.write_now(|db| {
        crate::store::danger_words::seed_if_empty(db, now)?;
        units::import(db, &plan)
    })?;
    let all = state.store.read_now(units::all)?;
    let of = |nature: UnitNature| all.iter().find(|stored| stored.unit.kind.nature == nature);
    let root = all.iter().find(|stored| stored.unit.is_office() && stored.unit.parent.is_none());
    let (Some(root), Some(school)) = (root, of(UnitNature::Truong)) else {
        return Err(CommandError::Said("the units that come with the program lack a Sở or a school".to_owned()));
    };
    let front = of(UnitNature::MatTran).map(|front| ("mattran", "Cán bộ Mặt trận", front.id));
    // one account does everything here; an administrator turns the rule on at /manage/rules
    let relaxed = "Bản trình diễn: một người làm mọi việc";
    state.store.write_now(|db| approval_rules::set(db, root.id, None, relaxed, None, now))?;
    let offices = [("chuyenvien", "Chuyên viên Sở", root.id), ("hieutruong", "Hiệu trưởng", school.id)];
    let people = offices.into_iter().chain(front);
    let mut made = Made { accounts: Vec::new(), token: String::new() };
    for (login, name, unit) in people {
        made.accounts.push((login.to_owned(), account(state, login, name, unit)?, name.to_owned()));
    }
    made.token = tokens::add(state, "Mặt trận (trình diễn)", &[Scope::Aggregates], root.unit.code.as_str(), None)?;
    let unit_ids: Vec<i64> = all.iter().filter(|s| s.unit.is_school()).map(|s| s.id).collect();
    for (story, seed) in STORIES.iter().zip(1..) {
        tell_story(state, story, root.id, &unit_ids, submissions * story.share / 100, seed)?;
    }
    Ok(made)
}

fn account(state: &State, login: &str, name: &str, unit_id: i64) -> Result<String, CommandError> {
    let now = state.clock.now();
    let login: Login = login.parse().map_err(|error| CommandError::Said(format!("{login}: {error}")))?;
    let secret = data_encoding::BASE32_NOPAD.encode(&crate::secret::random::<8>()).to_lowercase();
    let hash = password::hash(&secret).map_err(|error| CommandError::Said(error.to_string()))?;
    state.store.write_now(|db| {
        let id = accounts::add(db, &login, name, unit_id, now)?;
        accounts::set_password(db, id, &hash)
    })?;
    Ok(secret)
}

/// When people expect a round to close: 22:00 in Việt Nam, two weeks from now.
fn evening_in_two_weeks(now: NaiveDateTime) -> NaiveDateTime {
    let day = vietnamese::local(now).date() + TimeDelta::days(14);
    vietnamese::utc(day.and_time(NaiveTime::MIN) + TimeDelta::hours(22))
}

fn tell_story(
    state: &State,
    story: &Story,
    owner_id: i64,
    unit_ids: &[i64],
    count: u64,
    seed: u64,
) -> Result<(), CommandError> {
    let now = state.clock.now();
    let questionnaires =
        story.templates.iter().filter_map(|code| templates::find(code)).map(|t| t.text.to_owned()).collect();
    let plan = Draft {
        title: story.title.to_owned(),
        slug: story.slug.to_owned(),
        owner_id,
        contact: "Phòng Khảo thí, 0200 3999 014 (số trình diễn)".to_owned(),
        closes_at: evening_in_two_weeks(now),
        results_by: Some((evening_in_two_weeks(now) + TimeDelta::days(30)).date()),
        questionnaires,
        unit_ids: unit_ids.to_vec(),
        channels: story.channels.to_vec(),
    };
    let id = state.store.write_now(|db| {
        let id = draft(db, &plan, now)?.round_id;
        rounds::open(db, id, now)?;
        Ok(id)
    })?;
    state.catalogue.refresh()?;
    let Some(round) = state.store.read_now(|db| rounds::by_id(db, id))? else { return Ok(()) };
    block_on(send(state, &round, count, seed))??;
    if story.frozen {
        state.store.write_now(|db| rounds::close_at(db, id, state.clock.now()))?;
        release::freeze(state, &round)?;
    }
    Ok(())
}

/// Addresses, accounts and a code to scan, on stdout.
fn tell(state: &State, made: Option<&Made>) -> Result<(), CommandError> {
    let url = &state.public_url;
    let first = state.store.read_now(|db| {
        let Some(round) = rounds::by_slug(db, STORIES[0].slug)? else { return Ok(None) };
        Ok(collectors::of_round(db, round.id)?.into_iter().find(|collector| collector.revoked_at.is_none()))
    })?;
    output::print(|out| {
        writeln!(out, "Staff:    {url}/sign-in")?;
        tell_accounts(out, url, made)?;
        if let Some(collector) = first {
            let address = format!("{url}/k/{}", collector.code);
            writeln!(out, "Form:     {address}  ({})", collector.unit_name)?;
            if let Ok(code) = QrCode::new(&address) {
                writeln!(out, "{}", drawn(&code, io::stdout().is_terminal()))?;
            }
        }
        Ok(())
    })
}

fn tell_accounts(out: &mut dyn Write, url: &str, made: Option<&Made>) -> io::Result<()> {
    let Some(made) = made else {
        let way_in = "`langnghe accounts link chuyenvien` makes a new link to sign in";
        return writeln!(out, "  the database is not empty; {way_in}");
    };
    for (login, password, name) in &made.accounts {
        writeln!(out, "  account {login}  password {password}  ({name})")?;
    }
    writeln!(out, "Front:    {url}/api/v1/rounds/{}/tallies?by=unit", STORIES[1].slug)?;
    writeln!(out, "  token   {}", made.token)
}

/// The code in half blocks. In a terminal black on white, whatever its theme: these two of the 256 colours are fixed, the
/// first sixteen are not. In a file nothing can be said about colours, so it is drawn for a dark screen.
fn drawn(code: &QrCode, in_terminal: bool) -> String {
    let mut picture = code.render::<Dense1x2>();
    if !in_terminal {
        return picture.dark_color(Dense1x2::Light).light_color(Dense1x2::Dark).build();
    }
    let lines = picture.build();
    let lines: Vec<String> = lines.lines().map(|line| format!("\x1b[38;5;16;48;5;231m{line}\x1b[0m")).collect();
    lines.join("\n")
}
