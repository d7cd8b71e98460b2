//! Addresses, cookies, the proxy, mail: what the settings say of how people reach the service.

use super::Finding;
use crate::config::{Common, Serve};
use crate::outbox::{Postman, Sink};

pub fn examine(serve: &Serve, common: &Common) -> Vec<Finding> {
    let mut found = vec![address(serve), public_address(serve), proxy(serve), mail(serve, common)];
    if is_public(serve) {
        found.push(contact(serve));
        found.push(figures(serve));
    }
    found
}

/// Whether others than those at this machine are meant to reach it.
pub fn is_public(serve: &Serve) -> bool {
    !serve.bind.ip().is_loopback() || serve.public_url.starts_with("https://")
}

fn address(serve: &Serve) -> Finding {
    let about = "address";
    match serve.check() {
        Err(error) => Finding::wrong(about, format!("{error:#}"), ""),
        Ok(()) if serve.bind.ip().is_loopback() => Finding::ok(about, format!("{}, for this machine; a proxy brings the rest", serve.bind)),
        Ok(()) => Finding::warning(
            about,
            format!("{} takes plain HTTP from other machines", serve.bind),
            "See that only the proxy reaches it, by a firewall or a network of its own",
        ),
    }
}

fn public_address(serve: &Serve) -> Finding {
    let about = "public address";
    let url = serve.public_url.as_str();
    let host = url.split("://").nth(1).unwrap_or_default().split(['/', ':']).next().unwrap_or_default();
    let local = ["127.0.0.1", "localhost", "[", ""].contains(&host);
    let mend = "Set POLKU_PUBLIC_URL to the https:// address that people open";
    if url.starts_with("https://") && !local {
        return Finding::ok(about, format!("{url}; cookies are Secure and bound to the host"));
    }
    if !url.starts_with("http://") && !url.starts_with("https://") {
        return Finding::wrong(about, format!("{url} is no web address"), mend);
    }
    if !local {
        return Finding::wrong(about, format!("{url} is not https: passwords and cookies go over the wire in clear"), mend);
    }
    if !serve.bind.ip().is_loopback() {
        return Finding::wrong(about, format!("{url} leads nowhere from other machines, and mail sends people there"), mend);
    }
    Finding::ok(about, format!("{url}, for this machine only"))
}

fn proxy(serve: &Serve) -> Finding {
    let about = "proxy";
    let behind = serve.bind.ip().is_loopback() && serve.public_url.starts_with("https://");
    match (serve.trust_proxy, behind) {
        (false, true) => Finding::warning(
            about,
            "a proxy stands before the server but is not believed: everybody seems to come from one network, and the wrong passwords of one lock out all",
            "Set POLKU_TRUST_PROXY=true, and let the proxy set X-Forwarded-For itself",
        ),
        (true, _) if !serve.bind.ip().is_loopback() => Finding::warning(
            about,
            "a proxy is believed only when it is on this machine, and the server listens to others too",
            "Bind to 127.0.0.1, or take POLKU_TRUST_PROXY away",
        ),
        (true, _) => Finding::ok(about, "on this machine, believed"),
        (false, false) => Finding::ok(about, "none"),
    }
}

fn mail(serve: &Serve, common: &Common) -> Finding {
    let about = "mail";
    let sink = match serve.smtp().and_then(|url| Postman::sink(url.as_deref(), &common.data)) {
        Ok(sink) => sink,
        Err(error) => return Finding::wrong(about, format!("{error:#}"), "Mend POLKU_SMTP_URL"),
    };
    if let Err(error) = serve.mail_from.parse::<lettre::message::Mailbox>() {
        return Finding::wrong(about, format!("the sender {} is no address: {error}", serve.mail_from), "Mend POLKU_MAIL_FROM");
    }
    match sink {
        Sink::Server(server) => match server.test_connection() {
            Ok(true) => Finding::ok(about, "the mail server answers"),
            Ok(false) => Finding::wrong(about, "the mail server hangs up", "Look at its log, and at POLKU_SMTP_URL"),
            Err(error) => Finding::wrong(about, format!("the mail server: {error}"), "Look whether it runs, and at POLKU_SMTP_URL"),
        },
        Sink::Folder(folder) if is_public(serve) => Finding::warning(
            about,
            format!("nothing is sent: letters are written to {}", folder.display()),
            "Set POLKU_SMTP_URL or POLKU_SMTP_URL_FILE, or nobody gets an invitation",
        ),
        Sink::Folder(folder) => Finding::ok(about, format!("letters are written to {}", folder.display())),
    }
}

fn contact(serve: &Serve) -> Finding {
    let about = "contact";
    match serve.security_contact.as_deref() {
        None => Finding::warning(
            about,
            "who finds a weakness does not learn whom to tell",
            "Set POLKU_SECURITY_CONTACT to mailto:… or https://…",
        ),
        Some(contact) if ["mailto:", "https://", "tel:"].iter().any(|start| contact.starts_with(start)) => Finding::ok(about, contact),
        Some(contact) => Finding::wrong(
            about,
            format!("{contact} is no address that a browser can open"),
            "Begin POLKU_SECURITY_CONTACT with mailto: or https://",
        ),
    }
}

fn figures(serve: &Serve) -> Finding {
    match serve.metrics_bind {
        Some(bind) => Finding::ok("figures", format!("http://{bind}/metrics")),
        None => Finding::warning(
            "figures",
            "nobody sees how the server is",
            "Set POLKU_METRICS_BIND=127.0.0.1:9464 and let Prometheus read it, with docs/alerts.yml",
        ),
    }
}
