//! Profiles are written by hand: none may do more than be refused, and what is understood is understood
//! again once it is written out.
#![no_main]

use libfuzzer_sys::fuzz_target;
use reelpack::job::preflight::Profile;

fuzz_target!(|text: &str| {
    if let Ok(profile) = Profile::parse(text, &|_| None) {
        let again = Profile::parse(&profile.render(), &|_| None);
        assert_eq!(again.map_err(|fault| fault.to_string()), Ok(profile));
    }
});
