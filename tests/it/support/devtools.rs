//! What WebDriver has no words for, asked of Chromium's own protocol.

use fantoccini::wd::WebDriverCompatibleCommand;
use reqwest::Method;
use serde_json::{Value, json};
use url::{ParseError, Url};

/// One command of the DevTools protocol.
#[derive(Debug)]
pub struct DevTools {
    name: &'static str,
    params: Value,
}

impl DevTools {
    /// Makes the page's window this large, in pixels of CSS, each drawn `density` times as fine.
    pub fn window(width: u32, height: u32, density: f64) -> DevTools {
        let params = json!({ "width": width, "height": height, "deviceScaleFactor": density, "mobile": false });
        DevTools { name: "Emulation.setDeviceMetricsOverride", params }
    }

    /// Puts the page's reader in this time zone, by its name in the IANA database.
    pub fn time_zone(name: &str) -> DevTools {
        DevTools { name: "Emulation.setTimezoneOverride", params: json!({ "timezoneId": name }) }
    }

    /// Gives the browser's user this language, by its tag; pages opened from then on see it.
    pub fn language(tag: &str) -> DevTools {
        let params = json!({ "userAgent": "Mozilla/5.0", "acceptLanguage": tag });
        DevTools { name: "Emulation.setUserAgentOverride", params }
    }

    /// Lets pages do what a browser asks its user about, such as reading the clipboard.
    pub fn grant(permissions: &[&str]) -> DevTools {
        DevTools { name: "Browser.grantPermissions", params: json!({ "permissions": permissions }) }
    }

    /// Tells the page that its reader prefers this colour scheme: `light` or `dark`.
    pub fn color_scheme(name: &str) -> DevTools {
        let features = json!([{ "name": "prefers-color-scheme", "value": name }]);
        DevTools { name: "Emulation.setEmulatedMedia", params: json!({ "features": features }) }
    }
}

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(json!({ "cmd": self.name, "params": self.params }).to_string()))
    }
}
