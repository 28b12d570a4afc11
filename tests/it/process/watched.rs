//! The alert rules and the dashboard ask for figures that the running program has, and each figure is explained.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;
use serde_json::Value;

use super::health::page;
use crate::support::program::{Flood, Premises};

const ALERTS: &str = include_str!("../../../docs/observability/alerts.yml");
const DASHBOARD: &str = include_str!("../../../docs/observability/dashboard.json");
const EXPLAINED: &str = include_str!("../../../docs/observability.md");
/// What Prometheus itself adds to every series.
const ADDED: [&str; 3] = ["instance", "job", "le"];

/// The labels of each figure with their values.
type Figures = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

fn figures(page: &str) -> Figures {
    let (series, label) =
        (Regex::new(r"^([a-z_]+)(?:\{(.*)\})? \S+$").unwrap(), Regex::new(r#"([a-z_]+)="([^"]*)""#).unwrap());
    let mut figures = Figures::new();
    for line in page.lines().filter(|line| !line.starts_with('#')) {
        let found = series.captures(line).unwrap_or_else(|| panic!("no series: {line}"));
        let labels = figures.entry(found[1].to_owned()).or_default();
        for found in label.captures_iter(found.get(2).map_or("", |labels| labels.as_str())) {
            labels.entry(found[1].to_owned()).or_default().insert(found[2].to_owned());
        }
    }
    figures
}

/// What a query asks for and the program has not.
fn missing(query: &str, figures: &Figures) -> Vec<String> {
    let asked = Regex::new(r"\b((?:keydesk|process)_[a-z_]+)(?:\{([^}]*)\})?").unwrap();
    let matcher = Regex::new(r#"([a-z_]+)(=~|=)"([^"]*)""#).unwrap();
    let grouping = Regex::new(r"\b(?:by|on|without)\s*\(([^)]*)\)").unwrap();
    let (mut missing, mut labels) = (Vec::new(), BTreeSet::from(ADDED.map(str::to_owned)));
    for found in asked.captures_iter(query) {
        let Some(known) = figures.get(&found[1]) else {
            missing.push(format!("no figure {} for: {query}", &found[1]));
            continue;
        };
        labels.extend(known.keys().cloned());
        for found in matcher.captures_iter(found.get(2).map_or("", |labels| labels.as_str())) {
            let values = if &found[2] == "=~" { found[3].split('|').collect() } else { vec![&found[3]] };
            let is_known = |value: &&str| known.get(&found[1]).is_some_and(|values| values.contains(*value));
            let unknown = values.iter().filter(|value| !is_known(value) && !ADDED.contains(&&found[1]));
            missing.extend(unknown.map(|value| format!("no {}={value} for: {query}", &found[1])));
        }
    }
    for found in grouping.captures_iter(query) {
        let unknown = found[1].split(',').map(str::trim).filter(|label| !labels.contains(*label));
        missing.extend(unknown.map(|label| format!("no label {label} for: {query}")));
    }
    missing
}

/// Every query of the dashboard, panels within rows among them.
fn queries(dashboard: &Value) -> Vec<String> {
    match dashboard {
        Value::Object(fields) => {
            let own = fields.get("expr").and_then(Value::as_str).map(str::to_owned);
            own.into_iter().chain(fields.values().flat_map(queries)).collect()
        }
        Value::Array(parts) => parts.iter().flat_map(queries).collect(),
        _ => Vec::new(),
    }
}

#[tokio::test]
async fn alerts_and_dashboard_ask_for_what_the_program_has_and_each_figure_is_explained() {
    let premises = Premises::on_sqlite(Flood::Unlimited).await;
    let address = premises.serves_figures();
    premises.takes_backups("24h", 14);
    let bot = premises.runs().await;
    premises.until("it polls", |world| world.polls() > 0).await;
    premises.emulator.say(101, 101, "/start");
    premises.until("she is greeted, hence a poll was answered", |world| world.messages(101).count() == 2).await;
    let page = page(&address, "/metrics").await.1;
    bot.ends_well().await;

    let figures = figures(&page);
    let alerts: Vec<&str> = ALERTS.lines().filter_map(|line| line.trim_start().strip_prefix("expr: ")).collect();
    let dashboard = queries(&serde_json::from_str(DASHBOARD).unwrap());
    assert!(alerts.len() >= 10 && dashboard.len() >= 10, "{} {}", alerts.len(), dashboard.len());
    let asked = alerts.into_iter().chain(dashboard.iter().map(String::as_str));
    let missing: Vec<String> = asked.flat_map(|query| missing(query, &figures)).collect();
    assert!(missing.is_empty(), "{missing:#?}\n{page}");

    let names = page.lines().filter_map(|line| line.strip_prefix("# TYPE ")?.split(' ').next());
    let unexplained: Vec<&str> = names.filter(|name| !EXPLAINED.contains(&format!("`{name}"))).collect();
    assert!(unexplained.is_empty(), "docs/observability.md does not explain {unexplained:?}");
}

#[test]
fn a_query_for_what_is_not_there_is_found() {
    let figures = figures("# TYPE keydesk_orders gauge\nkeydesk_orders{status=\"placed\"} 1\nkeydesk_ready 1");
    let count = |query: &str| missing(query, &figures).len();
    assert_eq!(count("sum by (status, instance) (keydesk_orders{status=~\"placed\"}) > 0 and keydesk_ready == 1"), 0);
    assert_eq!(count("keydesk_oders"), 1);
    assert_eq!(count("keydesk_orders{state=\"placed\"}"), 1);
    assert_eq!(count("rate(keydesk_orders{status=~\"placed|gone\"}[5m])"), 1);
    assert_eq!(count("sum by (lane) (keydesk_orders)"), 1);
}
