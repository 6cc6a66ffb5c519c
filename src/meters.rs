//! What an operator can watch: numbers counted in memory, which Prometheus reads at `/metrics`. A label is one of a few
//! words that this program knows, never anything that came with a request.

use std::time::Duration;

use prometheus::{
    Histogram, HistogramVec, IntCounter, IntCounterVec, IntGauge, Registry, TextEncoder,
    register_histogram_vec_with_registry as histograms, register_histogram_with_registry as histogram,
    register_int_counter_vec_with_registry as counters, register_int_counter_with_registry as counter,
    register_int_gauge_vec_with_registry as gauges, register_int_gauge_with_registry as gauge,
};

/// From an answer out of memory to one that nobody waits for.
const SECONDS: [f64; 12] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];
/// Up to the writer's largest batch.
const FORMS: [f64; 10] = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0];

/// The numbers of one process; cheap to clone.
#[derive(Clone)]
pub struct Meters {
    registry: Registry,
    requests: HistogramVec,
    /// What became of forms.
    pub intake: IntakeMeters,
    /// Forms that wait for a writer; set when somebody looks.
    pub waiting: IntGauge,
    /// Rounds that take forms; set when somebody looks.
    pub open_rounds: IntGauge,
    /// Whether the database answered; set when somebody looks.
    pub database_up: IntGauge,
    /// Looks at the rounds that ended in an error.
    pub release_failures: IntCounter,
}

/// What the intake counts.
#[derive(Clone)]
pub struct IntakeMeters {
    /// Stored now.
    pub accepted: IntCounter,
    /// The same form was stored before.
    pub repeat: IntCounter,
    /// The key was used for other answers.
    pub conflict: IntCounter,
    /// The round does not take it.
    pub closed: IntCounter,
    /// Its one-time code was used up.
    pub spent: IntCounter,
    /// A quota was full.
    pub full: IntCounter,
    /// The queue was full, or the server is stopping.
    pub busy: IntCounter,
    /// The database failed.
    pub failed: IntCounter,
    /// Forms in one transaction.
    pub batch: Histogram,
    /// One transaction, waiting for its turn included.
    pub commit: Histogram,
}

impl IntakeMeters {
    fn new(registry: &Registry) -> prometheus::Result<Self> {
        let forms: IntCounterVec =
            counters!("langnghe_intake_forms_total", "Forms by what became of them", &["outcome"], registry)?;
        Ok(Self {
            accepted: forms.with_label_values(&["accepted"]),
            repeat: forms.with_label_values(&["repeat"]),
            conflict: forms.with_label_values(&["conflict"]),
            closed: forms.with_label_values(&["closed"]),
            spent: forms.with_label_values(&["spent"]),
            full: forms.with_label_values(&["full"]),
            busy: forms.with_label_values(&["busy"]),
            failed: forms.with_label_values(&["failed"]),
            batch: histogram!("langnghe_intake_batch_forms", "Forms in one transaction", FORMS.to_vec(), registry)?,
            commit: histogram!(
                "langnghe_intake_commit_seconds",
                "One transaction of the intake, waiting for its turn included",
                SECONDS.to_vec(),
                registry
            )?,
        })
    }
}

impl Default for Meters {
    #[expect(
        clippy::expect_used,
        reason = "names and labels are constants of this file; whatever starts makes them all"
    )]
    fn default() -> Self {
        Self::new().expect("the meters have different names")
    }
}

impl Meters {
    fn new() -> prometheus::Result<Self> {
        let registry = Registry::new();
        let build = gauges!("langnghe_build_info", "The version that runs", &["version"], registry)?;
        build.with_label_values(&[env!("CARGO_PKG_VERSION")]).set(1);
        #[cfg(target_os = "linux")]
        registry.register(Box::new(prometheus::process_collector::ProcessCollector::for_self()))?;
        Ok(Self {
            requests: histograms!(
                "langnghe_http_request_seconds",
                "Requests by route, method and class of status, until the answer begins; _count says how many",
                &["route", "method", "status"],
                SECONDS.to_vec(),
                registry
            )?,
            intake: IntakeMeters::new(&registry)?,
            waiting: gauge!("langnghe_intake_waiting_forms", "Forms that wait for a writer", registry)?,
            open_rounds: gauge!("langnghe_open_rounds", "Rounds that take forms now", registry)?,
            database_up: gauge!("langnghe_database_up", "1: the database answered this reading", registry)?,
            release_failures: counter!(
                "langnghe_release_failures_total",
                "Attempts to freeze or release rounds that failed; each is repeated",
                registry
            )?,
            registry,
        })
    }

    /// One request was answered. `route` is the pattern, never the address.
    pub fn request(&self, route: &str, method: &'static str, status: &'static str, took: Duration) {
        self.requests.with_label_values(&[route, method, status]).observe(took.as_secs_f64());
    }

    /// Everything in Prometheus' text format.
    pub fn text(&self) -> String {
        TextEncoder::new().encode_to_string(&self.registry.gather()).unwrap_or_else(|error| {
            tracing::error!(%error, "the meters could not be written");
            String::new()
        })
    }
}
