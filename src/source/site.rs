//! Who hires, as the address of a posting tells it on the sites where each employer has a place of its own.

/// Hosts on which the first step of the path is the employer.
const BY_STEP: &[&str] = &[
    "boards.greenhouse.io",
    "boards.eu.greenhouse.io",
    "job-boards.greenhouse.io",
    "job-boards.eu.greenhouse.io",
    "jobs.lever.co",
    "jobs.eu.lever.co",
    "jobs.ashbyhq.com",
    "apply.workable.com",
    "jobs.smartrecruiters.com",
    "careers.smartrecruiters.com",
    "ats.rippling.com",
];

/// Hosts under which the employer has one of its own.
const BY_NAME: &[&str] = &[
    "recruitee.com",
    "breezy.hr",
    "bamboohr.com",
    "teamtailor.com",
    "pinpointhq.com",
    "applytojob.com",
    "jobs.personio.com",
    "jobs.personio.de",
    "freshteam.com",
    "gupy.io",
];

/// First steps, and names of hosts, that are no employer.
const OTHERS: &[&str] = &["embed", "j", "api", "v1", "jobs", "careers", "www", "app", "portal"];

/// The employer in an address.
pub(super) fn employer(url: &str) -> Option<String> {
    let host = url.split_once("://")?.1.split('/').next()?;
    let by_step = || BY_STEP.iter().filter(|known| **known == host).find_map(|host| first_step(url, host));
    let by_name = || {
        let name = BY_NAME.iter().find_map(|known| host.strip_suffix(known)?.strip_suffix('.'))?;
        (!name.contains('.')).then(|| name.to_owned())
    };
    by_step().or_else(by_name).filter(|name| name.len() > 1 && !OTHERS.contains(&name.as_str()))
}

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
    fn addresses_tell_who_hires_where_each_employer_has_a_place() {
        const CASES: &[(&str, Option<&str>)] = &[
            ("https://jobs.lever.co/kelp/0b8c", Some("kelp")),
            ("https://jobs.ashbyhq.com/Kelp%20Works/90fb", Some("Kelp Works")),
            ("https://job-boards.greenhouse.io/kelp/jobs/1?gh_src=x", Some("kelp")),
            ("https://boards.greenhouse.io/embed/job_app?for=kelp", None),
            ("https://apply.workable.com/j/ABC", None),
            ("https://kelp.recruitee.com/o/product-manager", Some("kelp")),
            ("https://www.bamboohr.com/careers", None),
            ("https://api.lever.co/v0/postings/kelp", None),
            ("https://kelp.example/jobs/1", None),
            ("jobs.lever.co/kelp", None),
            ("", None),
        ];
        for (url, expected) in CASES {
            assert_eq!(employer(url).as_deref(), *expected, "{url}");
        }
    }
}
