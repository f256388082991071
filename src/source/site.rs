//! Who hires, as the address of a posting tells it on the sites where each employer has a place of its own.

/// The first step of the path of an address on `host` or under it, as words.
pub(super) fn first_step(url: &str, host: &str) -> Option<String> {
    let rest = url.split_once("://")?.1;
    let (found, path) = rest.split_once('/')?;
    let under = found.strip_suffix(host)?;
    let step = path.split(['/', '?', '#']).next().filter(|step| !step.is_empty())?;
    (under.is_empty() || under.ends_with('.')).then(|| step.replace("%20", " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_step_of_an_address_tells_who_hires() {
        const CASES: &[(&str, Option<&str>)] = &[
            ("https://jobs.lever.co/kelp/0b8c", Some("kelp")),
            ("https://jobs.eu.lever.co/Kelp%20Works?x", Some("Kelp Works")),
            ("https://lever.co/kelp#x", Some("kelp")),
            ("https://clever.co/kelp", None),
            ("https://jobs.lever.co/", None),
            ("jobs.lever.co/kelp", None),
            ("", None),
        ];
        for (url, expected) in CASES {
            assert_eq!(first_step(url, "lever.co").as_deref(), *expected, "{url}");
        }
    }
}
